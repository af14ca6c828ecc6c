"""Values of expressions and how one kind becomes another. Source: XPath 1.0, chapter 4; the ODK XForms specification.

Numbers are decimal (34 digits), so that 0.1 + 0.2 is 0.3, where XPath's binary ones are not. The empty text is no
number (NaN): every comparison with it is false, but for "!=", which is true. A day becomes the number of days since
1970-01-01, and so does a text that is a day in ISO 8601, as questions for a day store it.
"""

import datetime as dt
import re
from decimal import Context, Decimal
from typing import TypeAlias

Value: TypeAlias = str | bool | Decimal | dt.date

EXACT = Context(prec=34, Emax=6144, Emin=-6143, traps=[])
NOT_A_NUMBER = Decimal("NaN")
NUMBER = re.compile(r"-?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
EPOCH = dt.date(1970, 1, 1)
LONGEST_NUMBER = 400  # characters


def day(text: str) -> dt.date | None:
    """The day that a text is in ISO 8601; None for any other text."""
    try:
        return dt.date.fromisoformat(text) if DAY.fullmatch(text) else None
    except ValueError:
        return None


def number(value: Value) -> Decimal:
    """A value as a number; NaN where it is none."""
    if isinstance(value, bool):
        return Decimal(value)
    if isinstance(value, Decimal):
        return value
    if isinstance(value, str):
        text = value.strip()
        if len(text) <= LONGEST_NUMBER and NUMBER.fullmatch(text):
            return EXACT.create_decimal(text)
        found = day(text)
        if found is None:
            return NOT_A_NUMBER
        value = found
    return Decimal((value - EPOCH).days)


def text(value: Value) -> str:
    """A value as a text: numbers without zeros that say nothing, days in ISO 8601."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return number_text(value)
    return value if isinstance(value, str) else value.isoformat()


def number_text(value: Decimal) -> str:
    """A number in digits."""
    if value.is_nan():
        return "NaN"
    if value.is_infinite():
        return "Infinity" if value > 0 else "-Infinity"
    digits = f"{value:f}"
    short = digits.rstrip("0").rstrip(".") if "." in digits else digits
    return "0" if short == "-0" else short


def boolean(value: Value) -> bool:
    """Whether a value counts as true: a text that is not empty, a number other than 0."""
    if isinstance(value, Decimal):
        return bool(value) and not value.is_nan()
    return value if isinstance(value, bool) else bool(value)


def is_equal(left: Value, right: Value) -> bool:
    """Whether two values are equal: as booleans if one is, else as numbers if one is a number or a day, else as texts."""
    if isinstance(left, bool) or isinstance(right, bool):
        return boolean(left) == boolean(right)
    if isinstance(left, str) and isinstance(right, str):
        return left == right
    return number(left) == number(right)


def is_less(left: Value, right: Value) -> bool:
    """Whether the first is less than the second, both taken as numbers."""
    first, second = number(left), number(right)
    return not first.is_nan() and not second.is_nan() and first < second


def is_at_most(left: Value, right: Value) -> bool:
    """Whether the first is less than the second or equal to it, both taken as numbers."""
    first, second = number(left), number(right)
    return not first.is_nan() and not second.is_nan() and first <= second
