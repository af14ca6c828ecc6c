"""The figures of one question as a value that adds up."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from fractions import Fraction
from math import floor

from surveys.statistics.kinds import NUMBERS, RANK, RATING, number_of
from surveys.statistics.rounding import share_of

PROMOTERS_FROM, DETRACTORS_TO = 9, 6
NET_PROMOTER_VALUES = frozenset(map(str, range(11)))


@dataclass(frozen=True, slots=True)
class OptionStatistics:
    """How many of ``n`` respondents gave one value."""

    value: str
    count: int
    n: int

    @property
    def share(self) -> Fraction | None:
        """Share of those who answered; None where nobody did."""
        return share_of(self.count, self.n)


@dataclass(frozen=True, slots=True)
class RankedOption:
    """How one option was ranked: ``places[0]`` put it first. ``points`` are Borda's: n - 1 for the first of n options."""

    value: str
    places: tuple[int, ...]

    @property
    def count(self) -> int:
        """How many gave it a place."""
        return sum(self.places)

    @property
    def first(self) -> int:
        """How many put it first."""
        return self.places[0] if self.places else 0

    @property
    def mean_place(self) -> Fraction | None:
        """Its mean place (1 is best) among those who gave it one; None where nobody did."""
        return share_of(sum(place * count for place, count in enumerate(self.places, 1)), self.count)

    @property
    def points(self) -> int:
        """Points by Borda: for each place the number of options behind it; none where it was left out."""
        return sum((len(self.places) - place) * count for place, count in enumerate(self.places, 1))


@dataclass(frozen=True, slots=True)
class NetPromoter:
    """Who would recommend (9 and 10), who would not (0 to 6), and who is in between, of n. Reichheld 2003."""

    promoters: int
    passives: int
    detractors: int

    @property
    def n(self) -> int:
        """All who answered."""
        return self.promoters + self.passives + self.detractors

    @property
    def score(self) -> Fraction | None:
        """Share of promoters less share of detractors, times 100: -100 to 100. None where nobody answered."""
        return share_of(100 * (self.promoters - self.detractors), self.n)


@dataclass(frozen=True, slots=True)
class QuestionStatistics:
    """What the respondents of one base answered to one question.

    ``n`` answered with a value that the question offers, ``declined`` saw the question and left it out, ``not_shown``
    never saw it, ``outside`` gave only values that the question does not offer. The four add up to ``responses``.
    ``outside_values`` counts every value not offered, also those ticked beside an offered one. ``values`` are the
    numbers or days that were given, with how many gave each, ascending; ``places`` are for a ranking, by option, how
    many gave it the first, second... place.
    """

    kind: str
    n: int
    declined: int
    not_shown: int
    outside: int
    options: tuple[OptionStatistics, ...]
    outside_values: tuple[tuple[str, int], ...] = ()
    values: tuple[tuple[str, int], ...] = ()
    places: tuple[tuple[int, ...], ...] = ()

    @property
    def responses(self) -> int:
        """The base: everybody, whether they answered this question or not."""
        return self.n + self.declined + self.not_shown + self.outside

    @property
    def sum(self) -> Fraction | None:
        """Sum of all ratings or numbers, exactly; None for other kinds."""
        if self.kind != RATING and self.kind not in NUMBERS:
            return None
        return sum((value * count for value, count in self._numbers()), Fraction(0))

    @property
    def total(self) -> int | None:
        """Sum of all ratings where it is a whole number; None for other kinds."""
        total = self.sum
        return None if total is None or self.kind != RATING or total.denominator != 1 else int(total)

    @property
    def mean(self) -> Fraction | None:
        """Mean of ratings or numbers; None for other kinds and where nobody answered."""
        total = self.sum
        return None if total is None or not self.n else total / self.n

    @property
    def median(self) -> Fraction | None:
        """Median rating or number, the mean of the two middle ones when n is even; None as for the mean."""
        return self.quantile(Fraction(1, 2))

    @property
    def quartiles(self) -> tuple[Fraction, Fraction] | None:
        """The lower and the upper quartile; None as for the mean."""
        lower, upper = self.quantile(Fraction(1, 4)), self.quantile(Fraction(3, 4))
        return None if lower is None or upper is None else (lower, upper)

    @property
    def least(self) -> str | None:
        """The smallest number or the first day that was given, as it is written; None where there is none."""
        return self.values[0][0] if self.values else None

    @property
    def greatest(self) -> str | None:
        """The largest number or the last day that was given."""
        return self.values[-1][0] if self.values else None

    def quantile(self, share: Fraction) -> Fraction | None:
        """The value below which a share of the answers lies, between two in proportion; None as for the mean.

        Position (n - 1) * share among the sorted answers: definition 7 of Hyndman and Fan (1996), as in spreadsheets.
        """
        if self.sum is None or not self.n:
            return None
        position = (self.n - 1) * share
        below = floor(position)
        low, high = self._nth(below), self._nth(min(below + 1, self.n - 1))
        return low + (high - low) * (position - below)

    def top_box(self, k: int = 2) -> OptionStatistics | None:
        """Those who gave one of the k highest ratings; None for other kinds and where there are not more than k."""
        return self._box(k, highest=True)

    def bottom_box(self, k: int = 2) -> OptionStatistics | None:
        """Those who gave one of the k lowest ratings; None as for the top box."""
        return self._box(k, highest=False)

    @property
    def net_promoter(self) -> NetPromoter | None:
        """Promoters and detractors of a rating from 0 to 10; None for any other question."""
        if self.kind != RATING or {option.value for option in self.options} != NET_PROMOTER_VALUES:
            return None
        counts = {int(option.value): option.count for option in self.options}
        promoters = sum(count for value, count in counts.items() if value >= PROMOTERS_FROM)
        detractors = sum(count for value, count in counts.items() if value <= DETRACTORS_TO)
        return NetPromoter(promoters, self.n - promoters - detractors, detractors)

    @property
    def ranks(self) -> tuple[RankedOption, ...]:
        """How each option was ranked, in the order of the options; nothing for other kinds."""
        if self.kind != RANK:
            return ()
        return tuple(RankedOption(o.value, places) for o, places in zip(self.options, self.places, strict=True))

    def option(self, value: str) -> OptionStatistics:
        """One option by its value. Raises KeyError for a value that the question does not offer."""
        for option in self.options:
            if option.value == value:
                return option
        raise KeyError(value)

    def __add__(self, other: "QuestionStatistics") -> "QuestionStatistics":
        """The statistics of both groups of respondents together. Raises ValueError unless it is the same question."""
        if (self.kind, [o.value for o in self.options]) != (other.kind, [o.value for o in other.options]):
            raise ValueError("only answers to the same question add up")
        n = self.n + other.n
        both = zip(self.options, other.options, strict=True)
        outside = Counter(dict(self.outside_values)) + Counter(dict(other.outside_values))
        values = Counter(dict(self.values)) + Counter(dict(other.values))
        return replace(
            self,
            n=n,
            declined=self.declined + other.declined,
            not_shown=self.not_shown + other.not_shown,
            outside=self.outside + other.outside,
            options=tuple(OptionStatistics(a.value, a.count + b.count, n) for a, b in both),
            outside_values=tuple(sorted(outside.items())),
            values=ascending(self.kind, values.items()),
            places=tuple(
                tuple(map(sum, zip(*two, strict=True))) for two in zip(self.places, other.places, strict=True)
            ),
        )

    def __radd__(self, other: int) -> "QuestionStatistics":
        """So that `sum` adds them up."""
        return self if other == 0 else NotImplemented

    def _numbers(self) -> list[tuple[Fraction, int]]:
        """Ratings or numbers with how many gave each, ascending."""
        if self.kind == RATING:
            return sorted((number_of(option.value), option.count) for option in self.options)
        return [(number_of(value), count) for value, count in self.values]

    def _nth(self, position: int) -> Fraction:
        """The answer at a position, counted from 0, when all are sorted."""
        reached = 0
        for value, count in self._numbers():
            reached += count
            if position < reached:
                return value
        raise ValueError(f"there is no answer at position {position} of {self.n}")

    def _box(self, k: int, *, highest: bool) -> OptionStatistics | None:
        if self.kind != RATING or len(self.options) <= k:
            return None
        counts = [count for _value, count in self._numbers()]
        chosen = counts[-k:] if highest else counts[:k]
        return OptionStatistics(f"{'top' if highest else 'bottom'}_{k}", sum(chosen), self.n)


def ascending(kind: str, values: Iterable[tuple[str, int]]) -> tuple[tuple[str, int], ...]:
    """Values with their counts in ascending order: numbers by their size, days as they are written."""
    if kind in NUMBERS:
        return tuple(sorted(values, key=lambda pair: number_of(pair[0])))
    return tuple(sorted(values))
