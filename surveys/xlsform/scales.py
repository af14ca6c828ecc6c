"""Scales as XLSForm writes them, and as ratings store them."""

from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation

from surveys.statistics import RATING_VALUES, rating_values

DEFAULT = {"start": "1", "end": "5", "step": "1"}


def scale_of_range(parameters: Mapping[str, str]) -> dict[str, str] | None:
    """What a rating stores for the parameters of a range (1, 10, 1 unless given); None for what makes no scale."""
    given = {"start": "1", "end": "10", "step": "1", **parameters}
    scale = {name: given[name] for name in ("start", "end", "step")}
    try:
        values = rating_values(scale)
    except (ValueError, InvalidOperation, ArithmeticError):
        return None
    if len(values) < 2:
        return None
    return {} if values == RATING_VALUES else scale


def scale_of_values(values: Sequence[str]) -> dict[str, str] | None:
    """The scale whose values these are, in their order; None where they are no scale."""
    try:
        numbers = [Decimal(value) for value in values]
    except InvalidOperation:
        return None
    if len(numbers) < 2 or not all(number.is_finite() for number in numbers):
        return None
    scale = {"start": values[0], "end": values[-1], "step": f"{numbers[1] - numbers[0]:f}"}
    try:
        found = rating_values(scale)
    except (ValueError, ArithmeticError):
        return None
    if found != tuple(values):
        return None
    return {} if found == RATING_VALUES else scale


def stated(parameters: Mapping[str, object]) -> dict[str, str]:
    """The scale of a rating in full, also where it is the usual one."""
    return {name: str(parameters.get(name, default)) for name, default in DEFAULT.items()}
