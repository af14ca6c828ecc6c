"""Tables of the second floor."""

from surveys.models.questionnaire import BaseDefinition, Choice, Question, Survey
from surveys.models.response import Answer, Response

__all__ = ["Answer", "BaseDefinition", "Choice", "Question", "Response", "Survey"]
