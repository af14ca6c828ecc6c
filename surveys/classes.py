"""Classes for numbers and days: few enough to see, with ends that people would choose."""

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

MOST = 12

Values = Sequence[tuple[str, int]]
"""Values as they were given with how many gave each, ascending."""


@dataclass(frozen=True, slots=True)
class Classes:
    """Neighbouring classes: from each edge up to the next, the last edge included; whole numbers fill theirs."""

    edges: tuple[Fraction, ...]
    is_whole: bool

    @classmethod
    def of(cls, values: Values, *, is_whole: bool) -> "Classes":
        """At most MOST classes of equal width (1, 2 or 5 times a power of ten) that hold all values; none without values."""
        if not values:
            return cls((), is_whole)
        least, greatest = Fraction(values[0][0]), Fraction(values[-1][0])
        end = greatest + 1 if is_whole else greatest
        step = _step(end - least, is_whole=is_whole)
        first = least // step
        count = int(max((end - first * step + step - 1) // step if is_whole else -((first * step - end) // step), 1))
        return cls(tuple((first + place) * step for place in range(count + 1)), is_whole)

    def counts(self, values: Values) -> list[int]:
        """How many values fall into each class; those outside of all are left out."""
        counts = [0] * max(len(self.edges) - 1, 0)
        for value, count in values:
            place = bisect_right(self.edges, Fraction(value)) - 1
            if place == len(counts) and Fraction(value) == self.edges[-1]:
                place -= 1
            if 0 <= place < len(counts):
                counts[place] += count
        return counts

    @property
    def bounds(self) -> list[tuple[Fraction, Fraction]]:
        """The first and last value of each class as it is named: of whole numbers, the last one in it."""
        return [(low, high - 1 if self.is_whole else high) for low, high in pairwise(self.edges)]

    def place(self, value: Fraction) -> Fraction:
        """Where a value lies between the first edge (0) and the last (1); whole numbers in the middle of their unit."""
        first, last = self.edges[0], self.edges[-1]
        at = value + Fraction(1, 2) if self.is_whole else value
        return min(max((at - first) / (last - first), Fraction(0)), Fraction(1)) if last > first else Fraction(1, 2)


def _step(span: Fraction, *, is_whole: bool) -> Fraction:
    """The least of 1, 2, 5, 10... (or their tenths, hundredths) of which MOST - 1 cover the span."""
    size = Fraction(1)
    if not is_whole:
        while span and span < size:
            size /= 10
    while True:
        for factor in (1, 2, 5):
            if span <= size * factor * (MOST - 1):
                return size * factor
        size *= 10


def days(first: dt.date, last: dt.date) -> list[dt.date]:
    """Every day from the first to the last."""
    return [first + dt.timedelta(days=number) for number in range((last - first).days + 1)]


def by_period(counts: Iterable[tuple[dt.date, int]], *, most: int = 62) -> tuple[str, list[tuple[dt.date, int]]]:
    """Counts by "day", "month" or "year", whichever first has at most ``most`` periods from first to last.

    Periods in which there was nothing are there with 0; each is named by its first day.
    """
    known = sorted(counts)
    if not known:
        return "day", []
    for period in ("day", "month", "year"):
        every = _periods(known[0][0], known[-1][0], period)
        if len(every) <= most or period == "year":
            break
    sums = dict.fromkeys(every, 0)
    for day, count in known:
        sums[_first_day(day, period)] += count
    return period, list(sums.items())


def _first_day(day: dt.date, period: str) -> dt.date:
    return day if period == "day" else day.replace(day=1) if period == "month" else day.replace(month=1, day=1)


def _periods(first: dt.date, last: dt.date, period: str) -> list[dt.date]:
    if period == "day":
        return days(first, last)
    if period == "month":
        months = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
        return [dt.date(number // 12, number % 12 + 1, 1) for number in months]
    return [dt.date(year, 1, 1) for year in range(first.year, last.year + 1)]
