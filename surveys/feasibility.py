"""Whether a printed figure can follow from any data at all, in whole numbers.

A share of n people is one of n + 1 fractions, a mean of n whole ratings one of few, and rounding leaves gaps between them
(for means: N. Brown, J. Heathers, The GRIM Test, 2017). Everything is exact, and rounded half up as by `statistics.rounded`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor


@dataclass(frozen=True, slots=True)
class Printing:
    """A number as printed: ``decimals`` digits after the point. A share is in percent."""

    value: Fraction
    decimals: int

    @property
    def half(self) -> Fraction:
        """Half a unit of the last digit printed."""
        return Fraction(1, 2 * 10**self.decimals)


@dataclass(frozen=True, slots=True)
class Span:
    """Whole numbers from ``low`` to ``high``, none where low is larger. ``high`` None is without end."""

    low: int
    high: int | None

    def __len__(self) -> int:
        """How many there are; of a span without end it cannot be asked."""
        if self.high is None:
            raise ValueError("a span without end has no length")
        return max(0, self.high - self.low + 1)

    def __contains__(self, number: int) -> bool:
        return self.low <= number and (self.high is None or number <= self.high)

    def both(self, other: "Span") -> "Span":
        """The numbers in both."""
        ends = [span.high for span in (self, other) if span.high is not None]
        return Span(max(self.low, other.low), min(ends) if ends else None)


def rounding_to(printing: Printing, unit: Fraction) -> Span:
    """The whole numbers c, 0 and above, for which c * unit is printed so. ``unit`` is above 0."""
    low = ceil((printing.value - printing.half) / unit)
    high = ceil((printing.value + printing.half) / unit) - 1
    return Span(max(low, 0), high)


def counts_for_share(printings: Iterable[Printing], n: int) -> Span:
    """How many of n people a share can be, printed once or several times; empty where it can be nobody's. n is above 0."""
    counts = Span(0, n)
    for printing in printings:
        counts = counts.both(rounding_to(printing, Fraction(100, n)))
    return counts


def sums_for_mean(printings: Iterable[Printing], n: int, scale: tuple[int, int] | None = None) -> Span:
    """What n whole ratings on a scale can add up to where their mean is printed so; without a scale, 0 and above."""
    low, high = scale or (0, None)
    sums = Span(n * low, None if high is None else n * high)
    for printing in printings:
        unit = Fraction(1, n)
        lowest = ceil((printing.value - printing.half) / unit)
        sums = sums.both(Span(lowest, ceil((printing.value + printing.half) / unit) - 1))
    return sums


def bases_for_share(printings: Iterable[Printing], count: int) -> Span:
    """Of how many people ``count`` can be a share printed so; a count of nobody is 0 % of any number."""
    bases = Span(max(count, 1), None)
    for printing in printings:
        low, high = printing.value - printing.half, printing.value + printing.half
        if not count:
            bases = bases if low <= 0 < high else Span(1, 0)
        elif high <= 0:
            return Span(1, 0)
        else:
            first = floor(Fraction(100 * count) / high) + 1
            last = floor(Fraction(100 * count) / low) if low > 0 else None
            bases = bases.both(Span(first, last))
    return bases


def parts_fill(parts: Sequence[Span], total: int) -> bool:
    """Whether numbers, one out of each span, can add up to a total."""
    if any(part.high is not None and part.high < part.low for part in parts):
        return False
    highest = None if any(part.high is None for part in parts) else sum(part.high or 0 for part in parts)
    return total in Span(sum(part.low for part in parts), highest)


def shares_can_fill(printings: Sequence[Printing]) -> bool:
    """Whether shares printed so can be parts of one whole, whatever its size: their sum is 100 within the rounding."""
    low = sum(max(Fraction(0), printing.value - printing.half) for printing in printings)
    high = sum(printing.value + printing.half for printing in printings)
    return low <= 100 < high
