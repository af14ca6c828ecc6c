"""Times of day without a date, and durations without a unit, as Google Meet's reports have them."""

import datetime as dt
from collections.abc import Sequence
from functools import lru_cache

from sessions.readers.durations import seconds_of

DAY = 86_400
Clocks = tuple[dt.time | None, dt.time | None]
Moments = tuple[dt.datetime | None, dt.datetime | None]


def days_after(day: dt.date, clocks: Sequence[Clocks], *, is_start: bool) -> list[Moments]:
    """Moments of a meeting's times of joining and leaving.

    The meeting begins after the longest part of the day in which nobody was there; what is earlier on the clock is of
    the next day. It begins on `day` if `is_start` says so or most joined on that side of midnight, else the day before.
    """
    joins = [(seconds(joined), seconds(left)) for joined, left in clocks if joined is not None]
    begins = beginning([(first, first if last is None else last) for first, last in joins if first is not None])
    later = sum(first < begins for first, _last in joins if first is not None)
    midnight = dt.datetime.combine(day, dt.time())
    if not is_start and later * 2 > len(joins):
        midnight -= dt.timedelta(days=1)

    def at(second: int | None) -> dt.datetime | None:
        return None if second is None else midnight + dt.timedelta(seconds=second)

    def placed(joined: dt.time | None, left: dt.time | None) -> Moments:
        first, last = seconds(joined), seconds(left)
        came = None if first is None else begins + (first - begins) % DAY
        since = begins if came is None else came
        return at(came), at(None if last is None else since + (last - since) % DAY)

    return [placed(joined, left) for joined, left in clocks]


def seconds(clock: dt.time | None) -> int | None:
    """Seconds since midnight."""
    return None if clock is None else clock.hour * 3600 + clock.minute * 60 + clock.second


def span_of(joined: dt.time, left: dt.time) -> int:
    """Seconds from one time of day to the next time that the other one comes."""
    return ((seconds(left) or 0) - (seconds(joined) or 0)) % DAY


def beginning(stays: Sequence[tuple[int, int]]) -> int:
    """The second of the day at which the longest time without anybody ends, the day taken as a circle."""
    arcs = sorted((first, first + (last - first) % DAY) for first, last in stays)
    best, begins, reach = -1, arcs[0][0] if arcs else 0, arcs[0][0] if arcs else 0
    for turn in (0, DAY):
        for first, last in arcs:
            if turn and first + turn - reach > best:
                best, begins = first + turn - reach, first
            reach = max(reach, last + turn)
    return begins


def stated_seconds(text: str, unit: str, joined: dt.datetime | None, left: dt.datetime | None) -> int | None:
    """The duration that a line states. Of `32:14` and of a plain number, the reading that fits the two moments best.

    `unit` is the column's head. Without moments, `32:14` is minutes and seconds, and a plain number is minutes.
    """
    span = None if joined is None or left is None else int((left - joined).total_seconds())
    found = readings(text, unit)
    fitting = [seconds for seconds in found if span is not None and seconds <= span + 60]
    return max(fitting) if fitting else next(iter(found), None)


@lru_cache(maxsize=4096)
def readings(text: str, unit: str) -> tuple[int, ...]:
    """The seconds that a text may mean, the likelier first."""
    plain = seconds_of(text, unit=1)
    if plain is None:
        return ()
    if seconds_of(text) is not None:
        return (plain, plain * 60) if text.count(":") == 1 else (plain,)
    if "sec" in unit or "seg" in unit or "sek" in unit:
        return (plain,)
    return (plain * 60,) if "min" in unit else (plain * 60, plain)
