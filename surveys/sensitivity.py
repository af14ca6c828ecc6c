"""What each condition of a definition does to the figures: the results with it and without it."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from surveys.base import REASONS, Definition
from surveys.results import QuestionResult, SurveyReading, SurveyResults
from surveys.statistics import RATING


@dataclass(frozen=True, slots=True)
class Shift:
    """The mean of one rating as it is and as it would be; None where nobody answered."""

    question: QuestionResult
    before: Fraction | None
    after: Fraction | None

    @property
    def size(self) -> Fraction:
        """How far it moves, in points of the scale; 0 where there is a mean on one side only."""
        return abs(self.after - self.before) if self.before is not None and self.after is not None else Fraction(0)


@dataclass(frozen=True, slots=True)
class Variant:
    """The results with one condition dropped or added. ``reason`` "" drops them all."""

    reason: str
    is_in_force: bool
    results: SurveyResults
    shifts: tuple[Shift, ...]

    @property
    def largest(self) -> Shift | None:
        """The rating whose mean moves furthest; None where none moves."""
        furthest = max(self.shifts, key=lambda shift: shift.size, default=None)
        return furthest if furthest and furthest.size else None


def sensitivity(reading: SurveyReading) -> tuple[Variant, ...]:
    """Each condition toggled on its own, in the order of the reasons; then no condition at all.

    Conditions that take a choice (sectors, languages, seconds) are only dropped, never added.
    """
    now = reading.results()
    return tuple(
        Variant(reason, is_in_force, results, tuple(_shifts(now, results)))
        for reason, is_in_force, definition in _definitions(reading.definition)
        for results in [reading.by(definition).results()]
    )


def _definitions(definition: Definition) -> Iterator[tuple[str, bool, Definition]]:
    bare = definition
    for reason in REASONS:
        if reason in definition.conditions:
            bare = bare.without(reason)
            yield reason, True, definition.without(reason)
        elif added := definition.having(reason):
            yield reason, False, added
    yield "", bool(definition.conditions), bare


def _shifts(before: SurveyResults, after: SurveyResults) -> Iterator[Shift]:
    for old, new in zip(before.questions, after.questions, strict=True):
        if old.kind == RATING:
            yield Shift(old, old.statistics.mean, new.statistics.mean)
