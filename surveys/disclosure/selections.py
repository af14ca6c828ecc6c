"""Which selections may be shown at all: as groups among their siblings, and as cells of the table of two variables."""

from collections.abc import Mapping

from surveys.disclosure.groups import (
    LEAST,
    MOST_VARIABLES,
    Counts,
    Selection,
    Wider,
    contexts,
    hidden_groups,
    nothing_wider,
    without,
)
from surveys.disclosure.tables import Cells, column_sums, protect_table

OTHERS = "\0others"
Key = frozenset[tuple[str, str]]


class Selections:
    """Decides on respondents by ``counts(variable, selection)``, and remembers what it has looked at.

    ``wider(variable, value)`` names what is true of a group by definition, as of a country its region.
    """

    def __init__(self, counts: Counts, *, k: int = LEAST, wider: Wider = nothing_wider) -> None:
        self.counts, self.k, self.wider = counts, k, wider
        self._selections: dict[Key, bool] = {}
        self._groups: dict[tuple[str, Key], frozenset[str]] = {}
        self._cells: dict[tuple[str, str, Key], Cells] = {}

    def is_hidden(self, selection: Selection) -> bool:
        """Whether a selection may not be shown: any table that would contain it hides it, or it has too many variables."""
        key = frozenset(selection.items())
        if key not in self._selections:
            self._selections[key] = len(selection) > MOST_VARIABLES or self._is_hidden(selection)
        return self._selections[key]

    def hidden_cells(self, rows: str, columns: str) -> Cells:
        """The cells (row, column) of a table of two variables that may not be shown; its margins are selections too."""
        return frozenset(
            (row, column)
            for row in self.counts(rows, {})
            for column in self.counts(columns, {})
            if self.is_hidden({rows: row, columns: column})
        )

    def _is_hidden(self, selection: Selection) -> bool:
        for variable, value in selection.items():
            for context in contexts(variable, value, without(selection, variable), self.wider):
                if value in self._hidden_in(variable, context) or self.is_hidden(context):
                    return True
        return len(selection) == MOST_VARIABLES and self._is_hidden_cell(selection)

    def _hidden_in(self, variable: str, context: Selection) -> frozenset[str]:
        key = (variable, frozenset(context.items()))
        if key not in self._groups:
            self._groups[key] = hidden_groups(self.counts(variable, context), k=self.k)
        return self._groups[key]

    def _is_hidden_cell(self, selection: Selection) -> bool:
        """Whether the table of both variables hides the cell, in all or within what is wider than one of its values.

        Variables and values are taken in the order of their names, so that the same table hides the same cells on
        every page.
        """
        (one, row), (other, column) = sorted(selection.items())
        if (row, column) in self._table(one, other, {}):
            return True
        return any(
            (row, column) in self._table(one, other, dict([extra]))
            for variable, value in selection.items()
            for extra in self.wider(variable, value)
            if extra[0] not in selection
        )

    def _table(self, one: str, other: str, context: Selection) -> Cells:
        key = (one, other, frozenset(context.items()))
        if key not in self._cells:
            self._cells[key] = protect_table(self._matrix(one, other, context), k=self.k).cells
        return self._cells[key]

    def _matrix(self, one: str, other: str, context: Selection) -> dict[str, dict[str, int]]:
        """The table, or the part of it that belongs to a wider group, with whoever else belongs to that group."""
        rows, columns = sorted(self.counts(one, {})), sorted(self.counts(other, {}))
        if len(rows) <= len(columns):
            matrix = {row: self._line(self.counts(other, {one: row}), columns) for row in rows}
        else:
            turned = {column: self.counts(one, {other: column}) for column in columns}
            matrix = {row: {column: turned[column].get(row, 0) for column in columns} for row in rows}
        for extra in context.items():
            inside = [row for row in rows if extra in set(self.wider(one, row))]
            if inside:
                sums = column_sums(matrix := {row: matrix[row] for row in inside})
                everybody = self.counts(other, context)
                matrix[OTHERS] = {column: max(0, everybody.get(column, 0) - sums[column]) for column in columns}
            else:
                kept = [column for column in columns if extra in set(self.wider(other, column))]
                matrix = self._of_columns(matrix, kept, one, context)
        return matrix

    def _of_columns(
        self, matrix: Mapping[str, Mapping[str, int]], kept: list[str], one: str, context: Selection
    ) -> dict[str, dict[str, int]]:
        everybody = self.counts(one, context)
        lines = {row: self._line(cells, kept) for row, cells in matrix.items()}
        return {
            row: {**line, OTHERS: max(0, everybody.get(row, 0) - sum(line.values()))} for row, line in lines.items()
        }

    @staticmethod
    def _line(counts: Mapping[str, int], columns: list[str]) -> dict[str, int]:
        return {column: counts.get(column, 0) for column in columns}


def is_hidden(selection: Selection, counts: Counts, *, k: int = LEAST, wider: Wider = nothing_wider) -> bool:
    """Whether a selection may not be shown; see `Selections`, which remembers."""
    return Selections(counts, k=k, wider=wider).is_hidden(selection)
