"""How long somebody was present, and which evidence prevails.

What a file says of a person in a session is a set of stays. They are clipped to the session's window, which is the session
with a margin before and after; overlaps count once; the sum is capped by the session's length, so that the margin makes
up for a late start or a long ending and never gives more than everything.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

Interval = tuple[dt.datetime, dt.datetime]

# A person's entry over a check-in over a platform's report; the first that there is prevails.
PRECEDENCE = ("hand", "correction", "check_in", "file")


@dataclass(frozen=True)
class Presence:
    """Seconds of presence in one session, and the source that says so: one of `PRECEDENCE`."""

    seconds: int
    source: str

    @property
    def minutes(self) -> int:
        """Full minutes."""
        return self.seconds // 60


def prevailing(evidence: Iterable[Presence]) -> Presence:
    """The piece of evidence that counts: an entry by hand, be it 0 minutes, before a file. Raises `ValueError` for none."""
    return min(evidence, key=lambda presence: PRECEDENCE.index(presence.source))


@dataclass(frozen=True)
class Window:
    """When presence counts: aware moments, and a margin before and after. `margin` is not negative."""

    starts: dt.datetime
    ends: dt.datetime
    margin: dt.timedelta = dt.timedelta()

    @property
    def opens(self) -> dt.datetime:
        """The first moment that counts."""
        return self.starts.astimezone(dt.UTC) - self.margin

    @property
    def closes(self) -> dt.datetime:
        """The moment from which on nothing counts."""
        return self.ends.astimezone(dt.UTC) + self.margin

    @property
    def seconds(self) -> int:
        """The most that anybody can be present: the session's length, without the margin."""
        return int((self.ends.astimezone(dt.UTC) - self.starts.astimezone(dt.UTC)).total_seconds())

    def clipped(self, joined: dt.datetime, left: dt.datetime) -> Interval:
        """The part of a stay within the window, in UTC; what lies outside ends before it begins."""
        return max(joined.astimezone(dt.UTC), self.opens), min(left.astimezone(dt.UTC), self.closes)

    def overlaps(self, joined: dt.datetime, left: dt.datetime) -> bool:
        """Whether any of a stay lies within the window; a stay of no length is where its moment is."""
        return joined < self.closes and (left > self.opens or joined == left == self.opens)


class Stay(NamedTuple):
    """What one row says of its person: an interval, seconds that the file states, both, or the bare fact of presence.

    An interval without an end is closed at the session's end where `is_open` says that the file has none, or lasts for the
    stated seconds; otherwise it is a broken line and counts nothing. `file` tells the files apart that state seconds.
    """

    joined: dt.datetime | None = None
    left: dt.datetime | None = None
    seconds: int | None = None
    is_open: bool = False
    file: int = 0

    @property
    def is_mark(self) -> bool:
        """Whether it only says that somebody was there: that counts as the whole session."""
        return self.joined is None and self.left is None and self.seconds is None


def interval_of(stay: Stay, window: Window) -> Interval | None:
    """The stay's part of the window; None where it has no interval, or none within."""
    if stay.joined is None:
        return None
    left = stay.left or (window.ends if stay.is_open else None)
    if left is None and stay.seconds is not None:
        left = stay.joined + dt.timedelta(seconds=stay.seconds)
    if left is None:
        return None
    clipped = window.clipped(stay.joined, left)
    return clipped if clipped[1] > clipped[0] else None


def merged(intervals: Iterable[Interval]) -> list[Interval]:
    """The same time in intervals that do not touch, in order."""
    found: list[Interval] = []
    for begins, ends in sorted(intervals):
        if found and begins <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], ends))
        elif ends > begins:
            found.append((begins, ends))
    return found


def length(intervals: Iterable[Interval]) -> int:
    """Full seconds of intervals that do not overlap."""
    return int(sum((ends - begins for begins, ends in intervals), dt.timedelta()).total_seconds())


def counted_seconds(stays: Iterable[Stay], window: Window) -> int:
    """Seconds of presence that one person's stays in a session prove, in whatever order and however often they are given.

    A bare mark is the whole session. Stays without stated seconds are merged: an overlap counts once. Stated seconds count
    within their interval, as far as the merged ones do not cover it already: those of one file add up, of two files about
    the same time the greater counts, since it may be one meeting that was exported twice.
    """
    distinct = set(stays)
    if any(stay.is_mark for stay in distinct):
        return window.seconds
    sure = merged(
        interval for stay in distinct if stay.seconds is None and (interval := interval_of(stay, window)) is not None
    )
    stated = [(interval_of(stay, window), stay) for stay in distinct if stay.seconds is not None]
    placed = [(interval, stay) for interval, stay in stated if interval is not None]
    total = length(sure) + sum(
        max(0, _said(spell, placed) - length(merged(_common(spell, sure))))
        for spell in merged(each for each, _ in placed)
    )
    anywhere = _most((stay.file, stay.seconds or 0) for interval, stay in stated if stay.joined is None)
    return min(max(total, anywhere), window.seconds)


def _said(spell: Interval, placed: Iterable[tuple[Interval, Stay]]) -> int:
    """What the files state of one spell, which is no longer than itself."""
    inside = [(interval, stay) for interval, stay in placed if spell[0] <= interval[0] < spell[1]]
    each = ((stay.file, min(stay.seconds or 0, length([interval]))) for interval, stay in inside)
    return min(_most(each), length([spell]))


def _most(seconds_by_file: Iterable[tuple[int, int]]) -> int:
    """Seconds add up within a file; of several files the greatest sum."""
    sums: dict[int, int] = defaultdict(int)
    for file, seconds in seconds_by_file:
        sums[file] += seconds
    return max(sums.values(), default=0)


def _common(spell: Interval, intervals: Iterable[Interval]) -> Iterable[Interval]:
    """The parts of the intervals within the spell."""
    return ((max(spell[0], begins), min(spell[1], ends)) for begins, ends in intervals)
