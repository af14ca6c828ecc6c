"""Groups of respondents side by side: means of ratings, shares of yes."""

from collections.abc import Iterable
from dataclasses import dataclass

from surveys.disclosure import hidden_groups, is_hidden
from surveys.facts import Selection
from surveys.filters import DIMENSION_LABELS, value_label
from surveys.results import QuestionResult, SurveyReading, SurveyResults
from surveys.statistics import RATING, YES_NO
from surveys.wording import figure_text, number_text, share_text


@dataclass(frozen=True, slots=True)
class Cell:
    """A mean or a share of yes, with the number of answers it rests on."""

    figure: str
    n: str


@dataclass(frozen=True, slots=True)
class GroupRow:
    """One group: its base, its response rate and a cell for each question."""

    label: str
    n: str
    rate: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A question of the comparison."""

    number: int
    label: str
    is_share: bool


@dataclass(frozen=True, slots=True)
class Comparison:
    """The table. ``hidden`` counts groups kept back because they, or what follows from them, are too small."""

    dimension: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[GroupRow, ...]
    hidden: int


def compare(reading: SurveyReading, dimension: str, *, where: Selection, sees_people: bool) -> Comparison:
    """Compare the groups that one variable tells apart within a selection, largest first."""
    present = {value: group for value, group in reading.results_by(dimension, where).items() if group.n}
    hidden = set() if sees_people else _hidden(reading, dimension, where)
    first = next(iter(present.values()), None)
    columns = _columns(first.questions if first else ())
    return Comparison(
        dimension=dimension,
        title=str(DIMENSION_LABELS[dimension]),
        columns=columns,
        rows=tuple(
            _row(value_label(dimension, value), group, columns)
            for value, group in present.items()
            if value not in hidden
        ),
        hidden=len(hidden),
    )


def _hidden(reading: SurveyReading, dimension: str, where: Selection) -> set[str]:
    """Groups that are small, that follow from small ones, or that another table hides."""
    rest = {name: value for name, value in where.items() if name != dimension}
    sizes = reading.respondents_by(dimension, where)
    hidden = {value for value in sizes if is_hidden({**rest, dimension: value}, reading.respondents_by)}
    hidden |= hidden_groups(sizes)
    shown = sorted(sizes.keys() - hidden, key=lambda value: (sizes[value], value))
    if len(hidden) == 1 and shown:
        hidden.add(shown[0])
    return hidden


def _columns(questions: Iterable[QuestionResult]) -> tuple[Column, ...]:
    return tuple(
        Column(number, question.label, question.kind == YES_NO)
        for number, question in enumerate(questions, 1)
        if question.kind in {RATING, YES_NO}
    )


def _row(label: str, results: SurveyResults, columns: Iterable[Column]) -> GroupRow:
    return GroupRow(
        label=label,
        n=number_text(results.n),
        rate=share_text(results.response_rate, 0),
        cells=tuple(_cell(results.questions[column.number - 1]) for column in columns),
    )


def _cell(question: QuestionResult) -> Cell:
    statistics = question.statistics
    if question.kind == YES_NO:
        figure = share_text(statistics.option("yes").share)
    else:
        figure = figure_text(statistics.mean)
    return Cell(figure, number_text(statistics.n))
