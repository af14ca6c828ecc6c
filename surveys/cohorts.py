"""Surveys against each other: gains of the same people, and figures of programmes that asked the same question.

Questions are the same where they stand for the same one in the bank, are of one kind and offer the same values.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import add

from surveys.facts import Selection
from surveys.gain import Gain
from surveys.models import Question, Response
from surveys.results import EVERYBODY, QuestionResult, SurveyReading
from surveys.statistics import NUMBERS, RATING, QuestionStatistics, question_statistics


@dataclass(frozen=True, slots=True)
class QuestionGain:
    """The gain in one question of the bank: as it was asked before, as it was asked after."""

    key: str
    before: Question
    after: Question
    gain: Gain


@dataclass(frozen=True, slots=True)
class Compared:
    """One question of the bank in several surveys, in their order; None where a survey did not ask it so."""

    key: str
    label: str
    results: tuple[QuestionResult | None, ...]

    @property
    def together(self) -> QuestionStatistics:
        """The figures of all of them together."""
        return reduce(add, (each.statistics for each in self.results if each))


def gains(before: SurveyReading, after: SurveyReading, where: Selection = EVERYBODY) -> tuple[QuestionGain, ...]:
    """The gain of those who answered both surveys, validly each, in every rating and number that both ask.

    Pairs are matched by registration: there are none where a survey is anonymous or its responses were brought without a
    person. ``where`` selects in the survey after. Raises KeyError for an unknown variable.
    """
    pairs = [(one, other) for one, other in _same(before, after) if one.kind == RATING or one.kind in NUMBERS]
    if not pairs:
        return ()
    earlier, later = _answers(before, EVERYBODY), _answers(after, where)
    return tuple(
        QuestionGain(_key(one), one, other, Gain.of(_numbers(one, earlier), _numbers(other, later)))
        for one, other in pairs
    )


def compared(readings: Sequence[SurveyReading], wheres: Sequence[Selection] = ()) -> tuple[Compared, ...]:
    """Every question of the bank that two or more surveys ask in the same way, in the order of the first that asks it.

    ``wheres`` selects in each survey; nothing selects everybody.
    """
    results = [
        reading.results(where) for reading, where in zip(readings, wheres or [EVERYBODY] * len(readings), strict=True)
    ]
    found: dict[tuple[object, ...], list[QuestionResult | None]] = {}
    labels: dict[tuple[object, ...], str] = {}
    for place, reading in enumerate(readings):
        for question in reading.questions:
            if question.bank_question_id:
                identity = _identity(question)
                labels.setdefault(identity, question.label)
                row = found.setdefault(identity, [None] * len(readings))
                row[place] = results[place].question(question.name)
    several = {identity: row for identity, row in found.items() if sum(each is not None for each in row) > 1}
    keys = _keys(readings)
    return tuple(Compared(keys[identity], labels[identity], tuple(row)) for identity, row in several.items())


def _same(before: SurveyReading, after: SurveyReading) -> Iterable[tuple[Question, Question]]:
    earlier = {_identity(question): question for question in before.questions if question.bank_question_id}
    return [(earlier[_identity(question)], question) for question in after.questions if _identity(question) in earlier]


def _identity(question: Question) -> tuple[object, ...]:
    """What makes a question comparable."""
    return question.bank_question_id, question.kind, tuple(question.options)


def _key(question: Question) -> str:
    return question.bank_question.key if question.bank_question else question.name


def _keys(readings: Iterable[SurveyReading]) -> dict[tuple[object, ...], str]:
    return {_identity(question): _key(question) for reading in readings for question in reading.questions}


def _answers(reading: SurveyReading, where: Selection) -> dict[int, Mapping[str, str]]:
    """The answers of the valid responses that belong to a person, by registration."""
    valid = set(reading.valid_keys(where))
    rows = Response.objects.filter(survey=reading.survey, registration__isnull=False)
    found = rows.order_by().values_list("pk", "registration_id", "answers").iterator(chunk_size=5_000)
    return {person: answers for pk, person, answers in found if pk in valid and person is not None}


def _numbers(question: Question, answers: Mapping[int, Mapping[str, str]]) -> dict[int, str]:
    """The numeric answers to a question by person, as they are counted; what is none is left out."""
    options = list(question.options)
    numbers: dict[int, str] = {}
    for person, given in answers.items():
        figures = question_statistics(question.kind, options, {given.get(question.name, ""): 1}, responses=1)
        counted = [value for value, _count in figures.values] or [o.value for o in figures.options if o.count]
        if counted:
            numbers[person] = counted[0]
    return numbers
