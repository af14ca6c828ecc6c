"""What people gained between two surveys: pairs of answers of the same person to the same question.

Only matched pairs are compared; means of everybody before and everybody after would compare different people.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from surveys.statistics import number_of


@dataclass(frozen=True, slots=True)
class Gain:
    """Pairs of numeric answers. ``pairs`` counts respondents by (before, after), in ascending order.

    ``only_before`` and ``only_after`` answered one of the two; they are in no other figure.
    """

    pairs: tuple[tuple[tuple[str, str], int], ...]
    only_before: int
    only_after: int

    @classmethod
    def of(cls, before: Mapping[int, str], after: Mapping[int, str]) -> "Gain":
        """From the numeric answers by person."""
        both = before.keys() & after.keys()
        pairs = Counter((before[person], after[person]) for person in both)
        ordered = sorted(pairs.items(), key=lambda item: (number_of(item[0][0]), number_of(item[0][1])))
        return cls(tuple(ordered), len(before) - len(both), len(after) - len(both))

    @property
    def n(self) -> int:
        """The matched pairs."""
        return sum(count for _pair, count in self.pairs)

    @property
    def mean_before(self) -> Fraction | None:
        """Mean of the pairs before; None where there is no pair."""
        return self._mean(lambda before, _after: before)

    @property
    def mean_after(self) -> Fraction | None:
        """Mean of the pairs after; None where there is no pair."""
        return self._mean(lambda _before, after: after)

    @property
    def mean_gain(self) -> Fraction | None:
        """Mean of after less before; None where there is no pair."""
        return self._mean(lambda before, after: after - before)

    @property
    def distribution(self) -> tuple[tuple[Fraction, int], ...]:
        """How many gained how much, ascending; losses are negative."""
        gains: Counter[Fraction] = Counter()
        for before, after, count in self._numbers():
            gains[after - before] += count
        return tuple(sorted(gains.items()))

    @property
    def improved(self) -> int:
        """How many are higher after than before."""
        return sum(count for gain, count in self.distribution if gain > 0)

    @property
    def unchanged(self) -> int:
        """How many are the same."""
        return sum(count for gain, count in self.distribution if gain == 0)

    @property
    def declined(self) -> int:
        """How many are lower after than before."""
        return sum(count for gain, count in self.distribution if gain < 0)

    def __add__(self, other: "Gain") -> "Gain":
        """The gain of both groups of people; nobody may be in both."""
        pairs = Counter(dict(self.pairs)) + Counter(dict(other.pairs))
        ordered = sorted(pairs.items(), key=lambda item: (number_of(item[0][0]), number_of(item[0][1])))
        return Gain(tuple(ordered), self.only_before + other.only_before, self.only_after + other.only_after)

    def _numbers(self) -> list[tuple[Fraction, Fraction, int]]:
        return [(number_of(before), number_of(after), count) for (before, after), count in self.pairs]

    def _mean(self, value: Callable[[Fraction, Fraction], Fraction]) -> Fraction | None:
        if not self.n:
            return None
        return sum((value(before, after) * count for before, after, count in self._numbers()), Fraction(0)) / self.n
