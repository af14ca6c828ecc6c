"""Two-way tables of respondents."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from surveys.statistics import share_of

Counts = tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class CrossTable:
    """Valid respondents by two variables. ``counts[r][c]`` belongs to ``row_values[r]`` and ``column_values[c]``.

    Everybody is in exactly one cell; "" is the value of those of whom nothing is known.
    """

    rows: str
    columns: str
    row_values: tuple[str, ...]
    column_values: tuple[str, ...]
    counts: Counts

    @classmethod
    def of(cls, rows: str, columns: str, pairs: Mapping[tuple[str, str], int]) -> "CrossTable":
        """From counts by pair of values; the values are in their usual order, and only those that occur."""
        row_values = tuple(sorted({row for row, _column in pairs}))
        column_values = tuple(sorted({column for _row, column in pairs}))
        counts = tuple(tuple(pairs.get((row, column), 0) for column in column_values) for row in row_values)
        return cls(rows, columns, row_values, column_values, counts)

    @property
    def n(self) -> int:
        """All respondents."""
        return sum(self.row_totals)

    @property
    def row_totals(self) -> tuple[int, ...]:
        """Respondents by row."""
        return tuple(sum(line) for line in self.counts)

    @property
    def column_totals(self) -> tuple[int, ...]:
        """Respondents by column."""
        return tuple(sum(line) for line in zip(*self.counts, strict=True))

    def count(self, row: str, column: str) -> int:
        """One cell; 0 for a value that does not occur."""
        return self.as_matrix().get(row, {}).get(column, 0)

    def share_of_row(self, row: str, column: str) -> Fraction | None:
        """A cell as a share of its row; None for a row of nobody."""
        return share_of(self.count(row, column), sum(self.as_matrix().get(row, {}).values()))

    def as_matrix(self) -> dict[str, dict[str, int]]:
        """By row and column, as `surveys.disclosure` takes it."""
        return {
            row: dict(zip(self.column_values, line, strict=True))
            for row, line in zip(self.row_values, self.counts, strict=True)
        }

    def in_order(self, rows: tuple[str, ...], columns: tuple[str, ...]) -> "CrossTable":
        """The same table with its values in an order; values of nobody may be added, and none left out (ValueError)."""
        if missing := (set(self.row_values) - set(rows)) | (set(self.column_values) - set(columns)):
            raise ValueError(f"the order leaves out {sorted(missing)}")
        counts = tuple(tuple(self.count(row, column) for column in columns) for row in rows)
        return CrossTable(self.rows, self.columns, rows, columns, counts)

    def __add__(self, other: "CrossTable") -> "CrossTable":
        """The table of both groups of respondents. Raises ValueError for other variables."""
        if (self.rows, self.columns) != (other.rows, other.columns):
            raise ValueError("only tables by the same variables add up")
        pairs = {
            (row, column): self.count(row, column) + other.count(row, column)
            for row in {*self.row_values, *other.row_values}
            for column in {*self.column_values, *other.column_values}
        }
        return CrossTable.of(self.rows, self.columns, pairs)
