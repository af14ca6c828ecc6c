"""Groups of respondents side by side: means of ratings, shares of yes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from surveys.disclosure import ProtectedOptions
from surveys.exhibits import Cell, Exhibit, count, figure, share, shown_or_withheld, withheld, words
from surveys.protection import Protection
from surveys.results import QuestionResult, SurveyResults
from surveys.statistics import RATING, YES_NO
from surveys.variables import Variable
from surveys.wording import number_text


@dataclass(frozen=True, slots=True)
class Column:
    """A question of the comparison."""

    number: int
    name: str
    label: str
    is_share: bool

    def head(self) -> str:
        """The question with what is told of it."""
        what = _("share of yes") if self.is_share else _("mean")
        return _("%(number)s. %(label)s (%(what)s)") % {"number": self.number, "label": self.label, "what": what}


@dataclass(frozen=True, slots=True)
class GroupCell:
    """A mean or a share of yes, with the number of answers it rests on."""

    figure: Cell
    n: Cell


@dataclass(frozen=True, slots=True)
class GroupRow:
    """One group: its base, its response rate and a cell for each question."""

    label: str
    n: Cell
    rate: Cell
    cells: tuple[GroupCell, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """The table. ``hidden`` counts groups kept back because they, or what follows from them, are too small."""

    variable: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[GroupRow, ...]
    hidden: int
    exhibit: Exhibit


def compare(protection: Protection, variable: Variable) -> Comparison:
    """Compare the groups that one variable tells apart within a selection, largest first."""
    groups = {value: g for value, g in protection.groups(variable.name, protection.where).items() if g.n}
    hidden = protection.hidden_values(variable.name)
    first = next(iter(groups.values()), None)
    columns = tuple(_columns(first.questions if first else ()))
    judged = {c.name: protection.of_groups(first.question(c.name), variable.name) for c in columns} if first else {}
    rows = tuple(
        _row(variable.label_of(value), group, columns, {name: by_group[value] for name, by_group in judged.items()})
        for value, group in groups.items()
        if value not in hidden
    )
    return Comparison(
        variable=variable.name,
        title=str(variable.label),
        columns=columns,
        rows=rows,
        hidden=len(hidden & groups.keys()),
        exhibit=_exhibit(variable, columns, rows),
    )


def _columns(questions: Iterable[QuestionResult]) -> Iterable[Column]:
    for number, question in enumerate(questions, 1):
        if question.kind in {RATING, YES_NO}:
            yield Column(number, question.name, question.label, question.kind == YES_NO)


def _row(
    label: str, group: SurveyResults, columns: Iterable[Column], judged: Mapping[str, ProtectedOptions]
) -> GroupRow:
    return GroupRow(
        label=label,
        n=count(group.n),
        rate=share(group.response_rate),
        cells=tuple(_cell(group.question(column.name), judged[column.name]) for column in columns),
    )


def _cell(question: QuestionResult, protected: ProtectedOptions) -> GroupCell:
    statistics = question.statistics
    n = shown_or_withheld(count(statistics.n), is_shown=protected.shows_n)
    if not protected.shows_n:
        return GroupCell(withheld(), n)
    if question.kind == YES_NO:
        shown = not protected.hidden
        return GroupCell(shown_or_withheld(share(statistics.option("yes").share), is_shown=shown), n)
    return GroupCell(shown_or_withheld(figure(statistics.mean), is_shown=protected.shows_mean), n)


def _exhibit(variable: Variable, columns: tuple[Column, ...], rows: tuple[GroupRow, ...]) -> Exhibit:
    n = sum(int(str(row.n.value)) for row in rows)
    pairs = [head for column in columns for head in (column.head(), _("n of %(number)s") % {"number": column.number})]
    return Exhibit(
        id="comparison",
        title=_("Compared by: %(variable)s") % {"variable": variable.label},
        base=_("n = %(n)s in the groups shown") % {"n": number_text(n)},
        heads=(str(variable.label), "n", _("Response rate"), *pairs),
        rows=tuple(
            (words(row.label), row.n, row.rate, *(one for cell in row.cells for one in (cell.figure, cell.n)))
            for row in rows
        ),
    )
