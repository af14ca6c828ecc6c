"""How long somebody was present, and which evidence prevails."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

Interval = tuple[dt.datetime, dt.datetime]

# A person's entry over a platform's report; the first that there is prevails.
PRECEDENCE = ("hand", "file")


@dataclass(frozen=True)
class Presence:
    """Seconds of presence in one session, and the source that says so (`hand` or `file`)."""

    seconds: int
    source: str

    @property
    def minutes(self) -> int:
        """Full minutes."""
        return self.seconds // 60


def merged_seconds(intervals: Iterable[Interval], *, opens: dt.datetime, closes: dt.datetime) -> int:
    """Seconds covered by at least one of the intervals, within the session.

    Intervals are [joined, left) of aware moments, in any order and zone. Overlaps count once; what lies before the
    session opens or after it closes does not count, without a margin; an interval that ends before it begins is empty.
    """
    covered, until = dt.timedelta(), opens.astimezone(dt.UTC)
    end = closes.astimezone(dt.UTC)
    for joined, left in sorted((joined.astimezone(dt.UTC), left.astimezone(dt.UTC)) for joined, left in intervals):
        begins, ends = max(joined, until), min(left, end)
        if ends > begins:
            covered += ends - begins
            until = ends
    return int(covered.total_seconds())


def prevailing(evidence: Iterable[Presence]) -> Presence:
    """The piece of evidence that counts: an entry by hand, be it 0 minutes, before a file. Raises `ValueError` for none."""
    return min(evidence, key=lambda presence: PRECEDENCE.index(presence.source))
