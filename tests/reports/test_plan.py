"""The plan of a synthetic cohort, whatever its seed."""

import pytest

from reports.cohort.plan import Figures, plan_course, plan_webinars
from reports.reference import published_figures

HOURS = 3 * 3600
RULE = {"sessions_required": 4, "share_required": 75}


def figures(index):
    return Figures.of(published_figures()[index])


def merged(intervals):
    """Seconds within the session, marked one by one."""
    marked = bytearray(HOURS)
    for start, end in intervals:
        start, end = max(start, 0), min(end, HOURS)
        marked[start:end] = b"\1" * (end - start)
    return sum(marked)


@pytest.mark.parametrize("seed", [0, 1, 12345, -3, 2**40])
def test_plan_course_certifies_as_many_as_printed(seed):
    participants = plan_course(figures(0), [HOURS] * 5, RULE, seed)
    enough = [p for p in participants if sum(merged(i) >= 0.75 * HOURS for i in p.presence.values()) >= 4]
    answered = [p for p in participants if p.answers is not None]
    assert len(answered) == 606
    assert len([p for p in enough if p.answers is not None]) == 580
    assert len({p.person.email for p in participants}) == len(participants)


def test_the_same_seed_plans_the_same_people_and_another_seed_others():
    first, again, other = (plan_course(figures(0), [HOURS] * 5, RULE, seed) for seed in (1, 1, 2))
    assert first == again
    assert first != other


def test_a_town_lies_in_one_country():
    participants = plan_webinars(figures(1), 1)
    homes = {(p.person.country, p.person.city) for p in participants}
    assert len(homes) == len({city for _country, city in homes})
    assert 200 < len(homes) <= 260
    assert len({country for country, _city in homes}) == 56
