"""Dates and times as exports write them. Which of 03/04 is the month is decided once per file."""

import datetime as dt
import re
from collections.abc import Iterable
from enum import StrEnum

MOMENT = re.compile(
    r"""(?P<first>\d{1,4})(?P<mark>[/.\-])(?P<second>\d{1,2})(?P=mark)(?P<third>\d{1,4})
        [,\sT]+(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?:[:.](?P<sec>\d{2})(?:[.,]\d+)?)?
        \s*(?P<half>[ap]\.?\s?m\.?)?""",
    re.VERBOSE | re.IGNORECASE,
)


class Order(StrEnum):
    """Order of the fields of a date that does not begin with its year."""

    MONTH_FIRST = "MDY"
    DAY_FIRST = "DMY"


def moment(text: str, order: Order) -> dt.datetime | None:
    """The local moment that `text` names, naive; `None` where it names none."""
    match = MOMENT.fullmatch(text.strip())
    if match is None:
        return None
    year, month, day = date_fields(match, order)
    try:
        hour = hour_of_day(int(match["hour"]), match["half"])
        return dt.datetime(year, month, day, hour, int(match["minute"]), int(match["sec"] or 0))  # noqa: DTZ001  files state no zone
    except ValueError:
        return None


def date_fields(match: re.Match[str], order: Order) -> tuple[int, int, int]:
    """Year, month, day. A year of four digits in front, or dots as in 31.12.2026, leave no choice."""
    first, second, third = int(match["first"]), int(match["second"]), int(match["third"])
    if len(match["first"]) == 4:
        return first, second, third
    year = third if third > 99 else 2000 + third
    if match["mark"] == "." or order == Order.DAY_FIRST:
        return year, second, first
    return year, first, second


def hour_of_day(hour: int, half: str | None) -> int:
    """From 0 to 23; raises `ValueError` for 13 PM."""
    if half is None:
        return hour
    if not 1 <= hour <= 12:
        raise ValueError(hour)
    return hour % 12 + (12 if half[0] in "pP" else 0)


def order_of(texts: Iterable[str], *, near: dt.date | None) -> Order:
    """The order in which a file writes its dates.

    A field above 12 settles it. Where every date can be read both ways, the reading closer to `near`, the session's
    day, is taken; without such a day, month first, which is what platforms write unless told otherwise.
    """
    matches = [
        match for match in map(MOMENT.fullmatch, texts) if match and len(match["first"]) < 4 and match["mark"] != "."
    ]
    if any(int(match["first"]) > 12 for match in matches):
        return Order.DAY_FIRST
    if near is None or not matches or any(int(match["second"]) > 12 for match in matches):
        return Order.MONTH_FIRST
    return min(Order, key=lambda order: distance(matches, order, near))


def distance(matches: list[re.Match[str]], order: Order, near: dt.date) -> int:
    """Days between `near` and the nearest date of the file, read in this order."""
    fields = {date_fields(match, order) for match in matches}
    return min((abs((dt.date(*date) - near).days) for date in fields if all(date)), default=0)
