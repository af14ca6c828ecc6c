"""Two variables against each other as staff see it: counts with their shares of the row and of the column, and n."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext as _

from surveys.charts import Stack, stacked_bars
from surveys.crosstable import CrossTable
from surveys.exhibits import Cell, Exhibit, count, reading_direction, share, shown_or_withheld, words
from surveys.protection import Protection
from surveys.statistics import share_of
from surveys.variables import UNKNOWN, Variable
from surveys.wording import number_text, share_text

MOST_LEVELS = 7


@dataclass(frozen=True, slots=True)
class CrossCell:
    """Respondents who have both values, and which share of the row and of the column they are."""

    count: Cell
    of_row: Cell
    of_column: Cell


@dataclass(frozen=True, slots=True)
class CrossRow:
    """One value of the first variable."""

    label: str
    cells: tuple[CrossCell, ...]
    total: Cell


@dataclass(frozen=True, slots=True)
class Cross:
    """The table as printed. `is_withheld`: this reader may see none of its cells."""

    rows_title: str
    columns_title: str
    columns: tuple[str, ...]
    rows: tuple[CrossRow, ...]
    totals: tuple[Cell, ...]
    total: Cell
    is_withheld: bool
    exhibit: Exhibit


@dataclass(frozen=True, slots=True)
class _Kept:
    """What is kept back, by value."""

    rows: frozenset[str] = frozenset()
    columns: frozenset[str] = frozenset()
    cells: frozenset[tuple[str, str]] = frozenset()

    def shows(self, row: str, column: str) -> bool:
        return (row, column) not in self.cells and row not in self.rows and column not in self.columns


def cross(protection: Protection, rows: Variable, columns: Variable) -> Cross | None:
    """Cross two variables within a selection; None for a variable with itself."""
    if rows.name == columns.name:
        return None
    table = protection.reading.cross(rows.name, columns.name, protection.where)
    table = table.in_order(_ordered(rows, table.row_values, table.row_totals), table.column_values)
    table = table.in_order(table.row_values, _ordered(columns, table.column_values, table.column_totals))
    kept = _kept(protection, table)
    if kept is None:
        return _nothing(rows, columns)
    sums = dict(zip(table.column_values, table.column_totals, strict=True))
    labels = tuple(columns.label_of(value) for value in table.column_values)
    matrix = table.as_matrix()
    told = tuple(_row(rows.label_of(value), value, matrix[value], sums, kept) for value in table.row_values)
    return Cross(
        rows_title=str(rows.label),
        columns_title=str(columns.label),
        columns=labels,
        rows=told,
        totals=tuple(shown_or_withheld(count(s), is_shown=v not in kept.columns) for v, s in sums.items()),
        total=count(table.n),
        is_withheld=False,
        exhibit=_exhibit(rows, columns, labels, told, table.n),
    )


def _ordered(variable: Variable, values: Sequence[str], totals: Sequence[int]) -> tuple[str, ...]:
    """In the order of the variable's labels, or largest first where it has none; what is not known last."""
    size = dict(zip(values, totals, strict=True))
    places = {value: place for place, value in enumerate(variable.labels)}
    return tuple(sorted(values, key=lambda value: (value == UNKNOWN, places.get(value, len(places)), -size[value])))


def _kept(protection: Protection, table: CrossTable) -> _Kept | None:
    """None where no cell may be shown: a table within a selection has one variable too many."""
    if protection.sees_people:
        return _Kept()
    if protection.where:
        return None
    selections = protection.selections
    rows = frozenset(row for row in table.row_values if selections.is_hidden({table.rows: row}))
    columns = frozenset(column for column in table.column_values if selections.is_hidden({table.columns: column}))
    cells = selections.hidden_cells(table.rows, table.columns)
    is_withheld = len(cells) == len(table.row_values) * len(table.column_values)
    return None if is_withheld else _Kept(rows, columns, cells)


def _row(label: str, value: str, cells: Mapping[str, int], sums: Mapping[str, int], kept: _Kept) -> CrossRow:
    total = sum(cells.values())
    return CrossRow(
        label=label,
        cells=tuple(
            _cell(number, total, sums[column], is_shown=kept.shows(value, column)) for column, number in cells.items()
        ),
        total=shown_or_withheld(count(total), is_shown=value not in kept.rows),
    )


def _cell(number: int, row: int, column: int, *, is_shown: bool) -> CrossCell:
    return CrossCell(
        shown_or_withheld(count(number), is_shown=is_shown),
        shown_or_withheld(share(share_of(number, row)), is_shown=is_shown),
        shown_or_withheld(share(share_of(number, column)), is_shown=is_shown),
    )


def _title(rows: Variable, columns: Variable) -> str:
    return _("%(rows)s by %(columns)s") % {"rows": rows.label, "columns": columns.label}


def _exhibit(rows: Variable, columns: Variable, labels: Sequence[str], told: Sequence[CrossRow], n: int) -> Exhibit:
    """One line for each cell, as software likes it; drawn as one bar for each row of which nothing is withheld."""
    title, base = _title(rows, columns), _("n = %(n)s") % {"n": number_text(n)}
    stacks = [_stack(row) for row in told if not any(cell.count.is_withheld for cell in row.cells)]
    levels = [(number_text(place), label) for place, label in enumerate(labels, 1)]

    def draw(width: int | None) -> str:
        direction = reading_direction()
        return stacked_bars(stacks, levels, title=title, description=base, direction=direction, width=width)

    return Exhibit(
        id="cross",
        title=title,
        base=base,
        heads=(str(rows.label), str(columns.label), _("Count"), _("Share of the row"), _("Share of the column")),
        rows=tuple(
            (words(row.label), words(label), cell.count, cell.of_row, cell.of_column)
            for row in told
            for label, cell in zip(labels, row.cells, strict=True)
        ),
        draw=draw if stacks and len(labels) <= MOST_LEVELS else None,
    )


def _stack(row: CrossRow) -> Stack:
    numbers = [int(str(cell.count.value)) for cell in row.cells]
    shares = [share_of(number, sum(numbers)) or Fraction(0) for number in numbers]
    n = _("n = %(n)s") % {"n": row.total.text}
    return Stack(row.label, "", n, tuple(shares), tuple(share_text(one, 0) for one in shares))


def _nothing(rows: Variable, columns: Variable) -> Cross:
    empty = Exhibit("cross", _title(rows, columns), "", (str(rows.label), str(columns.label)), ())
    return Cross(str(rows.label), str(columns.label), (), (), (), words(""), is_withheld=True, exhibit=empty)
