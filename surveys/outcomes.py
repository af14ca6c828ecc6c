"""What became of everybody whom a survey asked, and whom its respondents stand for: facts from the rows, in few queries."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from registrations import kept
from registrations.geography import region_of
from registrations.models import Mail
from registrations.models.registration import RegistrationQuerySet
from surveys.audience import asked
from surveys.disposition import Outcome, PersonFacts
from surveys.models import AnsweredMark, Draft, Invitation, Response, Survey
from surveys.representation import Representation, representation

COMPARED = ("gender", "sector", "region", "language")
"""The variables on which respondents are held against all who were asked."""

TASK = "surveys.tasks.count_respondents"
LETTERS = ("survey_invitation", "survey_reminder")


@dataclass(frozen=True, slots=True)
class SurveyOutcome:
    """The dispositions of everybody asked, respondents against them by variable, and responses of nobody on the list.

    ``unlisted`` responses are anonymous, brought from elsewhere, or of people who were not asked or have left.
    """

    outcome: Outcome
    by_variable: Mapping[str, Representation]
    unlisted: int


def survey_outcome(survey: Survey, *, now: dt.datetime) -> SurveyOutcome | None:
    """Read a survey's outcome: five queries, two more where those are asked who came. Tests count as no answer.

    Of a large programme people's facts are kept, see `registrations.kept`; `None` while they are counted for the first time.
    """
    counted = kept.figures(survey.programme, kind_of(survey.pk), lambda: figures(survey), TASK, now=now)
    if counted is None:
        return None
    facts = [(PersonFacts(*known), people) for *known, people in counted["facts"]]
    outcome = Outcome.of(facts)
    responses = Response.objects.filter(survey=survey, is_test=False).count()
    return SurveyOutcome(
        outcome=outcome,
        by_variable=MappingProxyType(_representations(counted["people"])),
        unlisted=max(0, responses - outcome.interviews),
    )


def figures(survey: Survey) -> kept.Figures:
    """How many people there are with the same `facts`, in the order of `PersonFacts`, and of the same kind of `people`."""
    people = asked(survey)
    return {"facts": _facts(survey, people), "people": _people(survey, people)}


def kind_of(survey: int) -> str:
    """What the figures of a survey are kept as."""
    return f"respondents-{survey}"


def _facts(survey: Survey, people: RegistrationQuerySet) -> list[list[bool | int | None]]:
    """People by what is known of them, in one query; whether they are asked by mail in another."""
    is_by_mail = Invitation.objects.filter(survey=survey).exists()
    of_person = {"survey": survey, "registration": OuterRef("pk")}
    names = ("has_answered", "is_unfinished", "has_declined", "has_begun", "has_mail_left")
    rows = (
        people.order_by()
        .annotate(
            has_answered=_answered(survey),
            is_unfinished=Exists(Response.objects.filter(**of_person, is_finished=False)),
            has_declined=Exists(Invitation.objects.filter(**of_person, declined_at__isnull=False)),
            has_begun=Exists(Draft.objects.filter(**of_person)),
            has_mail_left=Exists(_arrived(survey).filter(registration=OuterRef("pk"))),
        )
        .values_list(*names)
        .annotate(people=Count("pk"))
    )
    return [
        [answered, not unfinished, declined, begun, mail_left if is_by_mail else None, count]
        for answered, unfinished, declined, begun, mail_left, count in rows
    ]


def _answered(survey: Survey) -> Exists:
    """Whether a registration is marked as having answered; the mark of an anonymous response, too, and none of a test."""
    tests = Response.objects.filter(survey=survey, registration=OuterRef("registration"), is_test=True)
    return Exists(AnsweredMark.objects.filter(~Exists(tests), survey=survey, registration=OuterRef("pk")))


def _arrived(survey: Survey) -> QuerySet[Mail]:
    """Letters that left and, as far as we know, did not come back."""
    return _letters(survey).filter(sent_at__isnull=False, bounce__isnull=True)


def _letters(survey: Survey) -> QuerySet[Mail]:
    kinds = [f"{kind}:{survey.pk}:" for kind in LETTERS]
    return Mail.objects.filter(kind__in=LETTERS).filter(Q(key__startswith=kinds[0]) | Q(key__startswith=kinds[1]))


def _people(survey: Survey, people: RegistrationQuerySet) -> list[list[Any]]:
    rows = (
        people.order_by()
        .annotate(has_answered=_answered(survey))
        .values_list("gender", "sector", "country", "language", "has_answered")
        .annotate(people=Count("pk"))
    )
    return [[gender, sector, str(country), *others] for gender, sector, country, *others in rows]


def _representations(rows: Iterable[Sequence[Any]]) -> dict[str, Representation]:
    invited: dict[str, Counter[str]] = {variable: Counter() for variable in COMPARED}
    answered: dict[str, Counter[str]] = {variable: Counter() for variable in COMPARED}
    for gender, sector, country, language, has_answered, count in rows:
        for variable, value in zip(COMPARED, (gender, sector, region_of(country), language), strict=True):
            invited[variable][value] += count
            answered[variable][value] += count if has_answered else 0
    return {variable: representation(variable, invited[variable], answered[variable]) for variable in COMPARED}
