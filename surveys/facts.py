"""What is read of those who could answer a survey, whether they did or not."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from django.db.models import Count, Exists, OuterRef

from surveys.audience import asked, kept_plan
from surveys.counts import Chosen
from surveys.models import AnsweredMark, Survey
from surveys.variables import Variable

DIMENSIONS = ("gender", "sector", "country", "language")
"""The variables that registrations and responses have in common, value by value."""

Selection = Mapping[str, str]
"""Variables by their names with the value that each must have."""

NOBODY = (0, 0)


def invited_counts(survey: Survey, chosen: Chosen, variable: Variable | None = None) -> dict[str, tuple[int, int]]:
    """By group of a selection: how many the survey asks, and how many of these answered. One query, and one for the plan.

    Nothing where the selection or the groups are by a variable that registrations do not have, such as an answer.
    Without a variable there is one group, "".
    """
    involved = [*(each for each, _value in chosen), *([variable] if variable else [])]
    if not all(each.of_person for each in involved):
        return {}
    fields = sorted({each.of_person for each in involved})
    counts: dict[str, tuple[int, int]] = defaultdict(lambda: NOBODY)
    for *values, invited, responded in _asked(survey, fields):
        person = dict(zip(fields, map(str, values), strict=True))
        if all(_value(each, person) == wanted for each, wanted in chosen):
            group = _value(variable, person) if variable else ""
            counts[group] = counts[group][0] + invited, counts[group][1] + responded
    return dict(counts)


def _asked(survey: Survey, fields: list[str]) -> list[tuple[Any, ...]]:
    """Everybody whom the survey asks by some fields: their values, how many there are, and how many of them answered."""
    answered = Exists(AnsweredMark.objects.filter(survey=survey, registration=OuterRef("pk")))
    people = asked(survey, kept_plan(survey)).order_by()
    if not fields:
        counts = people.aggregate(invited=Count("pk"), responded=Count("pk", filter=answered))
        return [(counts["invited"], counts["responded"])]
    grouped = people.values_list(*fields)
    return list(grouped.annotate(invited=Count("pk"), responded=Count("pk", filter=answered)))


def _value(variable: Variable, person: Mapping[str, str]) -> str:
    return variable.group_of(variable.of_field(person[variable.of_person]))
