"""The questionnaire as it was asked: every question with its hint and its options, in the reader's language."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from reports.figures import QuestionFigures, SurveyFigures
from reports.naming import option_label, question_label, survey_title, version
from surveys.models import Question


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """One question: its number in the form, its wording, its kind in words, and what it offers."""

    number: int
    label: str
    hint: str
    kind: str
    is_required: bool
    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AskedSurvey:
    """A questionnaire."""

    title: str
    introduction: str
    questions: tuple[AskedQuestion, ...]


def asked(survey: SurveyFigures) -> AskedSurvey:
    """The questionnaire of a survey, as frozen with its figures."""
    fieldwork = survey.fieldwork
    return AskedSurvey(
        title=survey_title(survey),
        introduction=version(fieldwork.introduction, fieldwork.versions) if fieldwork else "",
        questions=tuple(
            AskedQuestion(
                number=number,
                label=question_label(question),
                hint=version(question.hint, question.hints),
                kind=_kind(question),
                is_required=question.is_required,
                options=tuple(option_label(option) for option in question.options),
            )
            for number, question in enumerate(survey.questions, 1)
        ),
    )


def _kind(question: QuestionFigures) -> str:
    """What kind of answer was asked for; of a rating its own scale, which need not go from 1 to 5."""
    if question.kind == Question.Kind.RATING and question.options:
        ends = {"first": question.options[0].value, "last": question.options[-1].value}
        return _("rating %(first)s to %(last)s") % ends
    kinds = {value: str(label) for value, label in Question.Kind.choices}
    return kinds.get(question.kind, question.kind)
