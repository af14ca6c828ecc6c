"""What may still be edited of a survey."""

from django.db.models import Model

from surveys.models import Question, Survey

KNOWN = "is_locked"  # on an object of a survey, which lives as long as a page


def is_locked(survey: Survey | None) -> bool:
    """Whether somebody has answered: from then on questions and options keep their meaning, only words may change.

    Asked once for each object: all parts of a page are locked, or none.
    """
    if survey is None or survey.pk is None:
        return False
    if KNOWN not in survey.__dict__:
        survey.__dict__[KNOWN] = survey.responses.exists()
    return bool(survey.__dict__[KNOWN])


def survey_of(row: Model | None) -> Survey | None:
    """The survey of the page that an inline stands on."""
    if isinstance(row, Question):
        return row.survey
    return row if isinstance(row, Survey) else None
