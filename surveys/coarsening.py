"""What an anonymous response may say of its author: classes that enough people share.

Everybody who could answer is sorted into groups, one variable after the other. A group keeps the values that at least
`least` of its members have; the others are pooled without a value. A pool that is too small takes members of the
largest of the other values along, or the smallest of them altogether, until it is large enough. What a response
says is the group that its author is in: so every combination of classes that can be written down stands for `least`
people or more, whoever knows the rule included, and with fewer than `least` people nothing is said of anybody.

This is k-anonymity by local suppression (P. Samarati, L. Sweeney, 1998), counted over those who could answer.
"""

from collections.abc import Mapping, Sequence
from typing import TypeVar

SMALLEST_CLASS = 10
"""So many people share every combination of classes that is kept."""

SUPPRESSED = ""

Person = TypeVar("Person")
Classes = tuple[str, ...]


def coarse_classes(people: Mapping[Person, Classes], person: Person, *, least: int = SMALLEST_CLASS) -> Classes:
    """The classes of one person that may be kept, "" for the others.

    `people` has the classes of all who could answer, this person among them, all of one length, the most important
    variable first. Its order decides who is taken along into a pool, so it shall be one that nobody can guess.
    Whoever is not among them gets no class.
    """
    if person not in people:
        return (SUPPRESSED,) * len(next(iter(people.values()), ()))
    group: Sequence[Person] = list(people)
    kept: list[str] = []
    for variable in range(len(people[person])):
        group, value = _group_of(group, person, {each: people[each][variable] for each in group}, least)
        kept.append(value)
    return tuple(kept)


def attendance_class(sessions: int) -> str:
    """Sessions attended in three classes, each called by the least that it stands for: 0, 1 to 2, 3 or more."""
    return "0" if sessions <= 0 else "1" if sessions < 3 else "3"


def _group_of(
    group: Sequence[Person], person: Person, values: Mapping[Person, str], least: int
) -> tuple[Sequence[Person], str]:
    """The part of the group that stays together with this person, and the value that it shares."""
    parts = _parts(group, values, least)
    return next((part, value) for value, part in parts.items() if person in set(part))


def _parts(group: Sequence[Person], values: Mapping[Person, str], least: int) -> dict[str, list[Person]]:
    """The group parted by value. Each part has `least` members or more, unless the whole group has fewer."""
    by_value: dict[str, list[Person]] = {}
    for each in group:
        by_value.setdefault(values[each], []).append(each)
    pool = by_value.pop(SUPPRESSED, [])
    for value in [value for value, part in by_value.items() if len(part) < least]:
        pool += by_value.pop(value)
    while pool and len(pool) < least and by_value:
        _take_along(pool, by_value, least)
    return {**by_value, SUPPRESSED: pool} if pool else by_value


def _take_along(pool: list[Person], by_value: dict[str, list[Person]], least: int) -> None:
    """Make a pool larger: by a few of the largest part if that can spare them, else by the whole smallest one."""
    missing = least - len(pool)
    largest = max(sorted(by_value), key=lambda value: len(by_value[value]))
    if len(by_value[largest]) - missing >= least:
        pool += by_value[largest][-missing:]
        del by_value[largest][-missing:]
    else:
        pool += by_value.pop(min(sorted(by_value), key=lambda value: len(by_value[value])))
