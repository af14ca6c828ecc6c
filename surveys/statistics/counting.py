"""From counts of encoded answers to the figures of a question."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from surveys.statistics.figures import OptionStatistics, QuestionStatistics, ascending
from surveys.statistics.kinds import DATE, NOTE, NUMBERS, RANK, SELECT_MULTIPLE, TEXT, canonical


@dataclass(slots=True)
class _Tally:
    """What is counted while answers are gone through."""

    n: int = 0
    outside: int = 0
    ticks: Counter[str] = field(default_factory=Counter)
    unknown: Counter[str] = field(default_factory=Counter)
    values: Counter[str] = field(default_factory=Counter)
    places: Counter[tuple[str, int]] = field(default_factory=Counter)

    def add(self, kind: str, offered: Sequence[str], answer: str, count: int) -> None:
        """Count respondents who gave one encoded answer, which is not empty."""
        if kind in {TEXT, NOTE}:
            self.n += count
        elif kind in NUMBERS or kind == DATE:
            self._add_value(canonical(kind, answer), answer, count)
        else:
            self._add_ticks(kind, offered, ticks_of(kind, answer), count)

    def _add_value(self, value: str | None, answer: str, count: int) -> None:
        if value is None:
            self.outside += count
            self.unknown[answer] += count
        else:
            self.n += count
            self.values[value] += count

    def _add_ticks(self, kind: str, offered: Sequence[str], ticks: Sequence[str], count: int) -> None:
        known = [tick for tick in ticks if tick in offered]
        self.n += count if known else 0
        self.outside += count if ticks and not known else 0
        for tick in ticks:
            (self.ticks if tick in offered else self.unknown)[tick] += count
        for place, tick in enumerate(known if kind == RANK else ()):
            self.places[tick, place] += count


def question_statistics(
    kind: str, values: Sequence[str], answers: Mapping[str, int], *, responses: int
) -> QuestionStatistics:
    """Compute the statistics of one question.

    ``values`` are what the question offers, in order (empty for texts, numbers and days); ``answers`` counts
    respondents by encoded answer; ``responses`` is the size of the base, so that those without an answer were not
    shown the question. In a ranking places are counted among what is offered. Raises ValueError when there are more
    answers than responses.
    """
    if sum(answers.values()) > responses:
        raise ValueError(f"{sum(answers.values())} answers cannot come from {responses} responses")
    tally = _Tally()
    declined = 0
    for answer, count in answers.items():
        if answer.strip(" "):
            tally.add(kind, values, answer, count)
        else:
            declined += count
    return QuestionStatistics(
        kind=kind,
        n=tally.n,
        declined=declined,
        not_shown=responses - sum(answers.values()),
        outside=tally.outside,
        options=tuple(OptionStatistics(value, tally.ticks[value], tally.n) for value in values),
        outside_values=tuple(sorted(tally.unknown.items())),
        values=ascending(kind, tally.values.items()),
        places=tuple(tuple(tally.places[value, place] for place in range(len(values))) for value in values)
        if kind == RANK
        else (),
    )


def coded_statistics(
    codes: Sequence[str], coded: Mapping[str, int], *, declined: int, not_shown: int
) -> QuestionStatistics:
    """Compute the statistics of an open text by the codes that people gave it.

    ``coded`` counts the texts by their codes, several parted by a space, "" for a text that has none yet; shares are
    of all who wrote something, coded or not. Codes that are not (any more) in ``codes`` are `outside_values`.
    """
    ticks: Counter[str] = Counter()
    for given, count in coded.items():
        for code in ticks_of(SELECT_MULTIPLE, given):
            ticks[code] += count
    n = sum(coded.values())
    return QuestionStatistics(
        kind=TEXT,
        n=n,
        declined=declined,
        not_shown=not_shown,
        outside=0,
        options=tuple(OptionStatistics(code, ticks[code], n) for code in codes),
        outside_values=tuple(sorted((code, count) for code, count in ticks.items() if code not in codes)),
    )


def ticks_of(kind: str, answer: str) -> tuple[str, ...]:
    """The different values in one answer, in their order; none where it was declined."""
    if kind in {SELECT_MULTIPLE, RANK}:
        return tuple(dict.fromkeys(tick for tick in answer.split(" ") if tick))
    return (answer,) if answer else ()
