"""What may still be edited of a survey."""

from django.db.models import Model

from surveys.models import Question, Survey


def is_locked(survey: Survey | None) -> bool:
    """Whether somebody has answered: from then on questions and options keep their meaning, only words may change."""
    return survey is not None and survey.pk is not None and survey.responses.exists()


def survey_of(row: Model | None) -> Survey | None:
    """The survey of the page that an inline stands on."""
    if isinstance(row, Question):
        return row.survey
    return row if isinstance(row, Survey) else None
