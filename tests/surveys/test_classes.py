import datetime as dt
from collections import Counter
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from surveys.classes import MOST, Classes, by_period

whole_numbers = st.lists(st.integers(-(10**6), 10**6), min_size=1, max_size=30)
decimals = st.lists(st.decimals(-1000, 1000, places=3), min_size=1, max_size=30)


def values(numbers):
    return [(str(number), count) for number, count in sorted(Counter(numbers).items())]


@given(whole_numbers)
def test_whole_numbers_are_all_in_few_classes(numbers):
    classes = Classes.of(values(numbers), is_whole=True)
    assert sum(classes.counts(values(numbers))) == len(numbers)
    assert len(classes.bounds) <= MOST


@given(decimals)
def test_numbers_with_decimals_are_all_in_few_classes(numbers):
    classes = Classes.of(values(numbers), is_whole=False)
    assert sum(classes.counts(values(numbers))) == len(numbers)
    assert len(classes.bounds) <= MOST
    assert all(0 <= classes.place(Fraction(number)) <= 1 for number in numbers)


def test_classes_have_ends_that_people_would_choose():
    assert Classes.of([("0", 1), ("40", 1)], is_whole=True).bounds[:2] == [(0, 4), (5, 9)]
    assert Classes.of([("0.5", 1), ("12.25", 2)], is_whole=False).bounds[0] == (0, 2)
    assert Classes.of([("3", 1)], is_whole=True).bounds == [(3, 3)]
    assert Classes.of([], is_whole=True).counts([("3", 1)]) == []


def test_days_that_are_many_are_told_by_month_and_by_year():
    day = dt.date(2026, 1, 31)
    assert by_period([(day, 1), (dt.date(2026, 2, 2), 2)]) == (
        "day",
        [(day, 1), (dt.date(2026, 2, 1), 0), (dt.date(2026, 2, 2), 2)],
    )
    months = by_period([(day, 1), (dt.date(2026, 4, 2), 2)], most=30)
    assert months == ("month", [(dt.date(2026, m, 1), n) for m, n in ((1, 1), (2, 0), (3, 0), (4, 2))])
    assert by_period([(day, 1), (dt.date(2035, 4, 2), 2)])[0] == "year"
    assert by_period([]) == ("day", [])
