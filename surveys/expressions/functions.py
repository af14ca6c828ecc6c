"""The functions of expressions. Source: the ODK XForms specification, "XPath functions"."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from decimal import ROUND_CEILING, ROUND_DOWN, ROUND_FLOOR, Decimal

from surveys.expressions.patterns import matches
from surveys.expressions.values import EXACT, NOT_A_NUMBER, Value, boolean, day, number, text

MANY = 100

# How many arguments each takes, at least and at most.
ARGUMENTS: Mapping[str, tuple[int, int]] = {
    "not": (1, 1),
    "true": (0, 0),
    "false": (0, 0),
    "boolean": (1, 1),
    "if": (3, 3),
    "coalesce": (2, MANY),
    "selected": (2, 2),
    "count-selected": (1, 1),
    "selected-at": (2, 2),
    "string": (1, 1),
    "string-length": (1, 1),
    "concat": (1, MANY),
    "contains": (2, 2),
    "starts-with": (2, 2),
    "ends-with": (2, 2),
    "normalize-space": (1, 1),
    "regex": (2, 2),
    "number": (1, 1),
    "int": (1, 1),
    "round": (1, 2),
    "floor": (1, 1),
    "ceiling": (1, 1),
    "abs": (1, 1),
    "min": (1, MANY),
    "max": (1, MANY),
    "sum": (1, MANY),
    "today": (0, 0),
    "date": (1, 1),
}


def rounded(value: Decimal, digits: int = 0) -> Decimal:
    """The nearest number with so many decimals, halves upwards, as XPath's round() does: -2.5 becomes -2."""
    if not value.is_finite() or value.adjusted() > 30:
        return value
    scale = Decimal(10) ** digits
    return EXACT.divide((EXACT.multiply(value, scale) + Decimal("0.5")).to_integral_value(ROUND_FLOOR), scale)


def whole(value: Decimal, rounding: str) -> Decimal:
    """A number without decimals; what is no number stays so."""
    return value.to_integral_value(rounding) if value.is_finite() else value


def round_to(values: Sequence[Value]) -> Value:
    """round(number, digits): digits are 0 unless given, and at most 10."""
    digits = whole(number(values[1]), ROUND_DOWN) if len(values) > 1 else Decimal(0)
    if not digits.is_finite():
        return NOT_A_NUMBER
    return rounded(number(values[0]), int(max(Decimal(-10), min(Decimal(10), digits))))


def extreme(values: Sequence[Value], choose: Callable[[Sequence[Decimal]], Decimal]) -> Value:
    """The least or the greatest of the numbers; empty arguments are left out, as ODK leaves out what is not relevant."""
    given = [number(value) for value in values if value != ""]
    if not given or any(each.is_nan() for each in given):
        return NOT_A_NUMBER
    return choose(given)


def total(values: Sequence[Value]) -> Value:
    """The sum of the numbers; empty arguments count nothing."""
    result = Decimal(0)
    for value in values:
        result = EXACT.add(result, number(value)) if value != "" else result
    return result


def selected_at(values: Sequence[Value]) -> Value:
    """selected-at(list, place): the option at a place, counted from 0; empty where there is none."""
    chosen, place = text(values[0]).split(), number(values[1])
    return chosen[int(place)] if place.is_finite() and 0 <= place < len(chosen) else ""


def as_day(values: Sequence[Value]) -> Value:
    """date(text): the day; empty where the text is none."""
    value = values[0]
    if isinstance(value, dt.date):
        return value
    return day(text(value).strip()) or ""


FUNCTIONS: Mapping[str, Callable[[Sequence[Value]], Value]] = {
    "not": lambda values: not boolean(values[0]),
    "true": lambda values: True,
    "false": lambda values: False,
    "boolean": lambda values: boolean(values[0]),
    "selected": lambda values: text(values[1]).strip() in text(values[0]).split(),
    "count-selected": lambda values: Decimal(len(text(values[0]).split())),
    "selected-at": selected_at,
    "string": lambda values: text(values[0]),
    "string-length": lambda values: Decimal(len(text(values[0]))),
    "concat": lambda values: "".join(map(text, values)),
    "contains": lambda values: text(values[1]) in text(values[0]),
    "starts-with": lambda values: text(values[0]).startswith(text(values[1])),
    "ends-with": lambda values: text(values[0]).endswith(text(values[1])),
    "normalize-space": lambda values: " ".join(text(values[0]).split()),
    "regex": lambda values: matches(text(values[1]), text(values[0])),
    "number": lambda values: number(values[0]),
    "int": lambda values: whole(number(values[0]), ROUND_DOWN),
    "round": round_to,
    "floor": lambda values: whole(number(values[0]), ROUND_FLOOR),
    "ceiling": lambda values: whole(number(values[0]), ROUND_CEILING),
    "abs": lambda values: number(values[0]).copy_abs(),
    "min": lambda values: extreme(values, min),
    "max": lambda values: extreme(values, max),
    "sum": total,
    "date": as_day,
}
