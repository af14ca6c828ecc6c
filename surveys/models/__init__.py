"""Tables of the second floor."""

from surveys.models.bank import BankQuestion
from surveys.models.coding import Code, CodedText, Coding
from surveys.models.definition import BaseDefinition
from surveys.models.imports import ResponseImport, ResponseMapping
from surveys.models.inviting import Invitation, InvitationPlan
from surveys.models.questionnaire import Choice, Group, Question, Survey
from surveys.models.response import AnsweredMark, Draft, Response
from surveys.models.segment import ResponseSegment

__all__ = [
    "AnsweredMark",
    "BankQuestion",
    "BaseDefinition",
    "Choice",
    "Code",
    "CodedText",
    "Coding",
    "Draft",
    "Group",
    "Invitation",
    "InvitationPlan",
    "Question",
    "Response",
    "ResponseImport",
    "ResponseMapping",
    "ResponseSegment",
    "Survey",
]
