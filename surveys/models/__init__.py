"""Tables of the second floor."""

from surveys.models.bank import BankQuestion
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
