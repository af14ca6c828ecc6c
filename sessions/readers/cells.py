"""Times in the cells of a list, as people type them, and the stays that they make."""

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from sessions.readers.columns import cell_at
from sessions.readers.moments import Order, clock_of, moment
from sessions.readers.titles import hours_in

NOON = {"midi", "noon", "mediodia", "mediodía", "meio-dia", "mittag", "полдень", "mezzogiorno", "中午", "12 midi"}
Clock = dt.datetime | dt.time
Stay = tuple[dt.datetime | None, dt.datetime | None, bool]  # joined, left, whether the moment of leaving is missing
HALF_A_DAY, LONGEST_NIGHT = dt.timedelta(hours=12), dt.timedelta(hours=12)


@lru_cache(maxsize=8192)
def times_in(text: str, order: Order) -> tuple[Clock, ...]:
    """The moments or times of day of one cell: `9h02`, `9`, `0902`, `2026-05-12 09:02`, `9:00-12:30`."""
    plain = text.strip()
    if not plain or len(plain) > 200:
        return ()
    one = moment(plain, order) or clock_of(plain) or unmarked(plain)
    return (one,) if one else tuple(hours_in(plain))


def unmarked(text: str) -> dt.time | None:
    """`9`, `0902`, `1430`, `midi`, and the fraction of a day that a workbook keeps for a time without its format."""
    if text.casefold() in NOON:
        return dt.time(12)
    try:
        if re.fullmatch(r"\d{1,2}", text):
            return dt.time(int(text))
        if re.fullmatch(r"\d{3,4}", text):
            return dt.time(int(text[:-2]), int(text[-2:]))
        if re.fullmatch(r"0[.,](?:\d|\d{3,17})", text):
            seconds = round(float(text.replace(",", ".")) * 86_400) % 86_400
            return dt.time(seconds // 3600, seconds // 60 % 60, seconds % 60)
    except ValueError:
        pass
    return None


@dataclass(frozen=True)
class Day:
    """What is known of the day on which the times of a line lie."""

    date: dt.date | None
    starts: dt.datetime | None = None  # as stated above the table
    ends: dt.datetime | None = None
    may_mean_afternoon: bool = False  # hours are written from 1 to 12, without saying which half of the day


def on_day(times: Iterable[Clock | None], day: Day) -> list[dt.datetime | None]:
    """Times in the order of their columns as moments: each is later than the one before, else of the afternoon or night."""
    found: list[dt.datetime | None] = []
    last: dt.datetime | None = None
    for time in times:
        if time is None or isinstance(time, dt.datetime):
            found.append(time)
        else:
            moment_of_time = dt.datetime.combine(day.date or dt.date.min, time)
            found.append(later(moment_of_time, last, day))
        last = found[-1] or last
    return found


def later(time: dt.datetime, last: dt.datetime | None, day: Day) -> dt.datetime:
    """The moment meant by a time of day that follows another one."""
    if last is None or time.tzinfo != last.tzinfo or time >= last:
        return time
    if day.may_mean_afternoon and time.hour < 12 and time + HALF_A_DAY >= last:
        return time + HALF_A_DAY
    next_day = time + dt.timedelta(days=1)
    return next_day if next_day - last <= LONGEST_NIGHT and last.hour >= 12 else time


def stays_of(
    cells: Sequence[str],
    pairs: Sequence[tuple[int, int | None]],
    usual_ends: dict[int, dt.time],
    day: Day,
    order: Order,
) -> list[Stay]:
    """The stays of one line, a pair of columns each."""
    texts = [(cell_at(cells, begin), cell_at(cells, end)) for begin, end in pairs]
    times: list[Clock | None] = []
    for begin, end in texts:
        first, second = times_in(begin, order), times_in(end, order)
        if len(first) > 1 and not second:
            times += [*first[:1], *first[-1:]] if len(first) % 2 else first
        else:
            times += [first[0] if first else None, second[-1] if second else None]
    moments = on_day(times, day)
    found = list(zip(moments[::2], moments[1::2], strict=True))
    return [stay for at, pair in enumerate(found) if (stay := closed(pair, found[at + 1 :], at, usual_ends, day))]


def closed(
    pair: tuple[dt.datetime | None, dt.datetime | None],
    following: Sequence[tuple[dt.datetime | None, dt.datetime | None]],
    at: int,
    usual_ends: dict[int, dt.time],
    day: Day,
) -> Stay | None:
    """A stay without a moment of leaving ends when the day ends as stated; before a break, when the others left for it."""
    joined, left = pair
    if joined is None and left is None:
        return None
    if joined is None:
        return (day.starts, left, True) if at == 0 and day.starts and left and day.starts < left else (None, left, True)
    if left is not None:
        return joined, left, False
    end = day.ends
    if any(later_joined for later_joined, _left in following) and at in usual_ends:
        end = dt.datetime.combine(joined.date(), usual_ends[at])
    return joined, end if end and joined.tzinfo is None and end > joined else None, True
