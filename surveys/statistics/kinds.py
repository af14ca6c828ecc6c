"""The kinds of questions, and how the values of each are written."""

import datetime as dt
import re
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

RATING = "rating"
YES_NO = "yes_no"
SELECT_ONE = "select_one"
SELECT_MULTIPLE = "select_multiple"
TEXT = "text"
INTEGER = "integer"
DECIMAL = "decimal"
DATE = "date"
RANK = "rank"
NOTE = "note"

NUMBERS = frozenset({INTEGER, DECIMAL})
"""The kinds whose answers are numbers that nobody listed."""

RATING_VALUES = ("1", "2", "3", "4", "5")
YES_NO_VALUES = ("yes", "no")

MOST_RATINGS = 101
"""No scale has more steps: 0 to 100 in whole numbers."""

_PATTERNS = {
    INTEGER: re.compile(r"[+-]?[0-9]{1,30}"),
    DECIMAL: re.compile(r"[+-]?([0-9]{1,30}(\.[0-9]{0,30})?|\.[0-9]{1,30})"),
    DATE: re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}"),
}


@lru_cache(maxsize=1024)
def number_of(text: str) -> Fraction:
    """The number that a canonical value or the value of a rating stands for, exactly. Raises ValueError for none."""
    return Fraction(text)


def canonical(kind: str, text: str) -> str | None:
    """A number or a day as it is counted, "3" for "3.0" and "+03"; None for what is none of its kind."""
    if not _PATTERNS[kind].fullmatch(text):
        return None
    return _day(text) if kind == DATE else plain(Decimal(text))


def plain(number: Decimal) -> str:
    """A number without an exponent and without zeros that say nothing."""
    text = f"{number:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in {"-0", ""} else text


def rating_values(parameters: Mapping[str, object]) -> tuple[str, ...]:
    """The values of a scale from its "start", "end" and "step" (decimal texts); 1 to 5 without them.

    Raises ValueError for parameters that make no scale: a step away from the end, more than MOST_RATINGS values.
    """
    if not parameters:
        return RATING_VALUES
    start, end, step = (Decimal(str(parameters.get(name, d))) for name, d in (("start", 1), ("end", 5), ("step", 1)))
    if not all(number.is_finite() for number in (start, end, step)) or not step or (end - start) / step < 0:
        raise ValueError(f"no scale goes from {start} to {end} by {step}")
    steps = int((end - start) / step)
    if steps >= MOST_RATINGS:
        raise ValueError(f"a scale of {steps + 1} values is too long")
    return tuple(plain(start + step * number) for number in range(steps + 1))


def _day(text: str) -> str | None:
    try:
        return dt.date.fromisoformat(text).isoformat()
    except ValueError:
        return None
