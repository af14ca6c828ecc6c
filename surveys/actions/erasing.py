"""Forgetting a person: the answers stay counted, and lead to nobody."""

from collections import defaultdict
from collections.abc import Collection, Mapping

from django.db import transaction

from registrations.erased import ERASED
from registrations.models import Registration
from surveys.models import Draft, Question, Response


@transaction.atomic
def forget_person(registration: Registration) -> None:
    """Part the person's responses from the registration, with a mark where a text stood; delete what was not sent.

    That the person has answered stays: texts count by being there only, so every figure stays as it is. Two surveys are
    no longer compared person by person for this one.
    """
    Draft.objects.filter(registration=registration).delete()
    responses = list(Response.objects.select_for_update().filter(registration=registration).order_by("pk"))
    closed = names_without_texts({response.survey_id for response in responses})
    for response in responses:
        answers = without_texts(response.answers, closed[response.survey_id])
        Response.objects.filter(pk=response.pk).update(answers=answers, registration=None)


def without_texts(answers: Mapping[str, object], closed: Collection[str]) -> dict[str, object]:
    """The answers with a mark in the place of every text; `closed` names the questions that do not ask for one.

    What was left out stays left out.
    """
    return {name: value if name in closed or value in ("", None) else ERASED for name, value in answers.items()}


def names_without_texts(surveys: Collection[int]) -> Mapping[int, set[str]]:
    """The names of each survey's questions that do not ask for a text. One query."""
    found: dict[int, set[str]] = defaultdict(set)
    questions = Question.objects.filter(survey__in=surveys).exclude(kind=Question.Kind.TEXT).order_by()
    for survey, name in questions.values_list("survey_id", "name"):
        found[survey].add(name)
    return found
