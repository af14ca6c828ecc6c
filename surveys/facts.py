"""What is read of those who could answer a survey, whether they did or not."""

from collections import defaultdict
from collections.abc import Mapping

from django.db.models import Count, FilteredRelation, Q

from surveys.audience import asked, kept_plan
from surveys.counts import Chosen
from surveys.models import Survey
from surveys.variables import Variable

DIMENSIONS = ("gender", "sector", "country", "language")
"""The variables that registrations and responses have in common, value by value."""

Selection = Mapping[str, str]
"""Variables by their names with the value that each must have."""

People = list[tuple[dict[str, str], int, int]]
"""Everybody whom a survey asks by some fields: their values, how many there are, and how many of them answered."""

Asked = dict[tuple[str, ...], People]
"""What was read of them, by the fields."""

NOBODY = (0, 0)


def invited_counts(
    survey: Survey, chosen: Chosen, variable: Variable | None = None, *, read: Asked | None = None
) -> dict[str, tuple[int, int]]:
    """By group of a selection: how many the survey asks, and how many of these answered. One query, and one for the plan.

    Nothing where the selection or the groups are by a variable that registrations do not have, such as an answer.
    Without a variable there is one group, "". What was ``read`` by these fields or more is not read again.
    """
    involved = [*(each for each, _value in chosen), *([variable] if variable else [])]
    if not all(each.of_person for each in involved):
        return {}
    people = _read_once(survey, sorted({each.of_person for each in involved}), {} if read is None else read)
    counts: dict[str, tuple[int, int]] = defaultdict(lambda: NOBODY)
    for person, invited, responded in people:
        if all(_value(each, person) == wanted for each, wanted in chosen):
            group = _value(variable, person) if variable else ""
            counts[group] = counts[group][0] + invited, counts[group][1] + responded
    return dict(counts)


def _read_once(survey: Survey, fields: list[str], read: Asked) -> People:
    for known, people in read.items():
        if set(fields) <= set(known):
            return people
    read[tuple(fields)] = _asked(survey, fields)
    return read[tuple(fields)]


def _asked(survey: Survey, fields: list[str]) -> People:
    """Marks are joined, of which everybody has one or none: looked up one by one they took as long as the rest of a page."""
    mark = FilteredRelation("answered_marks", condition=Q(answered_marks__survey=survey))
    people = asked(survey, kept_plan(survey)).order_by().annotate(mark=mark)
    if not fields:
        counts = people.aggregate(invited=Count("pk"), responded=Count("mark"))
        return [({}, counts["invited"], counts["responded"])]
    grouped = people.values_list(*fields).annotate(invited=Count("pk"), responded=Count("mark"))
    return [
        (dict(zip(fields, map(str, values), strict=True)), invited, responded)
        for *values, invited, responded in grouped
    ]


def _value(variable: Variable, person: Mapping[str, str]) -> str:
    return variable.group_of(variable.of_field(person[variable.of_person]))
