"""Codes for open texts, in plain Python: what a text counts as, and how far coders agree.

A text that several coders have gone through counts with the codes that more than half of them gave it (decision 22).
Agreement is told in two figures, both exact: the share of decisions that are the same, and Cohen's kappa, which takes
out what chance would give. J. Cohen, "A coefficient of agreement for nominal scales", Educational and Psychological
Measurement 20 (1960) 37-46.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

Given = Mapping[int, Set[str]]
"""What each coder who has gone through a text gave to it, by coder; an empty set is a decision, too."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """Of ``n`` texts gone through by both coders, how they decided on one code: both gave it, one did, neither."""

    both: int
    only_first: int
    only_second: int
    neither: int

    @property
    def n(self) -> int:
        """The texts that both have gone through."""
        return self.both + self.only_first + self.only_second + self.neither

    @property
    def share(self) -> Fraction | None:
        """The share of the same decisions; None without a common text."""
        return Fraction(self.both + self.neither, self.n) if self.n else None

    @property
    def kappa(self) -> Fraction | None:
        """Cohen's kappa; None without a common text, and where both always decided the same way (chance explains all)."""
        if not self.n:
            return None
        first, second = self.both + self.only_first, self.both + self.only_second
        chance = Fraction(first * second + (self.n - first) * (self.n - second), self.n**2)
        observed = Fraction(self.both + self.neither, self.n)
        return None if chance == 1 else (observed - chance) / (1 - chance)

    def __add__(self, other: "Agreement") -> "Agreement":
        """Both sets of decisions together."""
        return Agreement(
            self.both + other.both,
            self.only_first + other.only_first,
            self.only_second + other.only_second,
            self.neither + other.neither,
        )


NO_DECISIONS = Agreement(0, 0, 0, 0)


def agreed(given: Given) -> frozenset[str]:
    """The codes that more than half of the coders gave; with two coders, those that both gave."""
    votes = Counter(code for codes in given.values() for code in codes)
    return frozenset(code for code, count in votes.items() if 2 * count > len(given))


def is_disputed(given: Given) -> bool:
    """Whether coders decided differently on a code."""
    return len({frozenset(codes) for codes in given.values()}) > 1


def agreement(texts: Iterable[Given], code: str, first: int, second: int) -> Agreement:
    """How two coders decided on a code, over the texts that both have gone through."""
    counts: Counter[tuple[bool, bool]] = Counter(
        (code in given[first], code in given[second]) for given in texts if first in given and second in given
    )
    return Agreement(counts[True, True], counts[True, False], counts[False, True], counts[False, False])


def pairs_of(texts: Iterable[Given]) -> list[tuple[int, int]]:
    """The pairs of coders who have a text in common."""
    found = {pair for given in texts for pair in combinations(sorted(given), 2)}
    return sorted(found)


def told_apart(texts: Iterable[Given], codes: Iterable[str]) -> Counter[str]:
    """Texts by the codes that were agreed, several parted by a space in the order of ``codes``; "" for none."""
    order = list(codes)
    return Counter(" ".join(code for code in order if code in agreed(given)) for given in texts)
