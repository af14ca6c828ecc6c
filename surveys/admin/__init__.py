"""The back office of the surveys: questions are edited until the first response, answers are only read."""

from surveys.admin.bank import BankQuestionAdmin
from surveys.admin.coding import CodeAdmin, CodingAdmin
from surveys.admin.locking import is_locked
from surveys.admin.question import QuestionAdmin
from surveys.admin.response import ResponseAdmin, answer_text
from surveys.admin.survey import BaseDefinitionAdmin, SurveyAdmin

__all__ = [
    "BankQuestionAdmin",
    "BaseDefinitionAdmin",
    "CodeAdmin",
    "CodingAdmin",
    "QuestionAdmin",
    "ResponseAdmin",
    "SurveyAdmin",
    "answer_text",
    "is_locked",
]
