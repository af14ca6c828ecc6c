"""The statistics of one question, exact and in plain Python: counts of encoded answers in, figures out.

Answers come encoded as they are stored: ``""`` was seen and declined, several ticks are parted by spaces, and whoever
was never shown the question has no answer at all. Shares are fractions of the respondents who saw *and* answered the
question, never of ticks. ``None`` means "nobody answered" and is not 0.

Figures are exact (int and Fraction) until they are printed; ``rounded`` and ``percent`` are the only rounding there is,
for pages, PDF and exports alike.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from math import floor

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

RATING_VALUES = ("1", "2", "3", "4", "5")
YES_NO_VALUES = ("yes", "no")


def rounded(value: Fraction, decimals: int) -> Decimal:
    """Round half up (halves away from zero) to a number of decimals, exactly, whatever the size of the number.

    >>> rounded(Fraction(1, 8), 2)
    Decimal('0.13')
    """
    digits = floor(abs(value) * 10**decimals + Fraction(1, 2))
    return Decimal((int(value < 0), tuple(map(int, str(digits))), -decimals))


def percent(share: Fraction, decimals: int) -> Decimal:
    """A share (0..1) in percent, rounded half up. >>> percent(Fraction(1352, 1500), 0) -> Decimal('90')."""
    return rounded(share * 100, decimals)


def share_of(count: int, total: int) -> Fraction | None:
    """``count`` of ``total`` as a fraction; None where there is no total."""
    return Fraction(count, total) if total else None


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
class QuestionStatistics:
    """What the respondents of one base answered to one question.

    ``n`` answered with a value that the question offers, ``declined`` saw the question and left it out, ``not_shown``
    never saw it, ``outside`` gave only values that the question does not offer. The four add up to ``responses``.
    ``outside_values`` counts every value not offered, also those ticked beside an offered one.
    """

    kind: str
    n: int
    declined: int
    not_shown: int
    outside: int
    options: tuple[OptionStatistics, ...]
    outside_values: tuple[tuple[str, int], ...] = ()

    @property
    def responses(self) -> int:
        """The base: everybody, whether they answered this question or not."""
        return self.n + self.declined + self.not_shown + self.outside

    @property
    def total(self) -> int | None:
        """Sum of all ratings; None for other kinds."""
        if self.kind != RATING:
            return None
        return sum(int(option.value) * option.count for option in self.options)

    @property
    def mean(self) -> Fraction | None:
        """Mean rating; None for other kinds and where nobody answered."""
        if self.total is None or not self.n:
            return None
        return Fraction(self.total, self.n)

    @property
    def median(self) -> Fraction | None:
        """Median rating, the mean of the two middle ones when n is even; None as for the mean."""
        if self.kind != RATING or not self.n:
            return None
        return Fraction(self._nth_rating((self.n - 1) // 2) + self._nth_rating(self.n // 2), 2)

    def _nth_rating(self, position: int) -> int:
        """The rating at a position, counted from 0, when all are sorted."""
        ratings = Counter({int(option.value): option.count for option in self.options})
        reached = 0
        for rating in sorted(ratings):
            reached += ratings[rating]
            if position < reached:
                return rating
        raise ValueError(f"there is no rating at position {position} of {self.n}")

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
        values = Counter(dict(self.outside_values)) + Counter(dict(other.outside_values))
        return replace(
            self,
            n=n,
            declined=self.declined + other.declined,
            not_shown=self.not_shown + other.not_shown,
            outside=self.outside + other.outside,
            options=tuple(OptionStatistics(a.value, a.count + b.count, n) for a, b in both),
            outside_values=tuple(sorted(values.items())),
        )


def question_statistics(
    kind: str, values: Sequence[str], answers: Mapping[str, int], *, responses: int
) -> QuestionStatistics:
    """Compute the statistics of one question.

    ``values`` are what the question offers, in order (empty for a text); ``answers`` counts respondents by encoded
    answer; ``responses`` is the size of the base, so that those without an answer were not shown the question.
    Raises ValueError when there are more answers than responses.
    """
    if sum(answers.values()) > responses:
        raise ValueError(f"{sum(answers.values())} answers cannot come from {responses} responses")
    known: Counter[str] = Counter()
    unknown: Counter[str] = Counter()
    n = outside = 0
    for answer, count in answers.items():
        ticks = _ticks(kind, answer)
        if kind == TEXT or ticks.intersection(values):
            n += count if ticks else 0
        else:
            outside += count if ticks else 0
        for tick in ticks if kind != TEXT else ():
            (known if tick in values else unknown)[tick] += count
    return QuestionStatistics(
        kind=kind,
        n=n,
        declined=answers.get("", 0),
        not_shown=responses - sum(answers.values()),
        outside=outside,
        options=tuple(OptionStatistics(value, known[value], n) for value in values),
        outside_values=tuple(sorted(unknown.items())),
    )


def _ticks(kind: str, answer: str) -> frozenset[str]:
    """The different values in one answer; none where it was declined."""
    if kind == SELECT_MULTIPLE:
        return frozenset(answer.split(" ")) - {""}
    return frozenset([answer]) - {""}
