"""What tests of imported responses do again and again: a survey of every kind of question, a file, its way."""

import csv
import datetime as dt
import io

from surveys.actions import apply_responses, carry_on_import, upload_responses
from surveys.models import Choice, Response, Survey
from tests.registrations_factories import NOW
from tests.surveys_factories import QuestionFactory, SurveyFactory

LATER = NOW + dt.timedelta(days=20)
ROLES = {"teacher": "Teacher", "officer": "Public officer", "nurse": "Nurse"}
TOPICS = {"energy": "Energy, heat and light", "water": "Water", "health": "Health"}
ROLES_FR = {"teacher": "Enseignante ou enseignant", "officer": "Agent public", "nurse": "Infirmière ou infirmier"}


def options(question, labels, translated=None, other=""):
    for position, (value, label) in enumerate(labels.items()):
        words = {"fr": {"label": translated[value]}} if translated else {}
        Choice.objects.create(question=question, value=value, label=label, position=position, translations=words)
    if other:
        Choice.objects.create(question=question, value=other, label="Other", position=9, is_other=True)


def make_survey(**changes):
    """One question of each kind that people write, in the order of the letters of the kinds."""
    survey = SurveyFactory(**{"form_id": "course_2026", **changes})
    ask = {"survey": survey}
    QuestionFactory(**ask, name="quality", label="How good was the course?")
    QuestionFactory(**ask, name="recommend", kind="yes_no", label="Would you recommend it?")
    role = QuestionFactory(
        **ask,
        name="role",
        kind="select_one",
        label="What do you do?",
        translations={"fr": {"label": "Que faites-vous ?"}},
    )
    options(role, ROLES, ROLES_FR)
    topics = QuestionFactory(**ask, name="topics", kind="select_multiple", label="Which topics matter to you?")
    options(topics, TOPICS, other="other")
    QuestionFactory(**ask, name="topics_other", kind="text", label="Which other topic?")
    QuestionFactory(**ask, name="comment", kind="text", label="What would you change?")
    QuestionFactory(**ask, name="years", kind="integer", label="For how many years?")
    return fetched(survey)


def fetched(survey):
    return Survey.objects.with_questions().select_related("programme").get(pk=survey.pk)


def table(*rows, delimiter=",", encoding="utf-8"):
    """A CSV file from rows of cells; the first is the heads."""
    made = io.StringIO(newline="")
    csv.writer(made, delimiter=delimiter).writerows(rows)
    return made.getvalue().encode(encoding)


def upload(survey, content, file_name="answers.csv", **changes):
    return upload_responses(survey, file_name=file_name, content=content, **{"now": LATER, **changes})


def read(survey, content, **changes):
    return carry_on_import(upload(survey, content, **changes), now=LATER)


def applied(survey, content, **changes):
    return apply_responses(read(survey, content, **changes), now=LATER)


def answers(survey):
    return [each.answers for each in Response.objects.filter(survey=survey).order_by("pk")]


def clock(seconds_later):
    """A clock that stands still."""
    return lambda: LATER + dt.timedelta(seconds=seconds_later)
