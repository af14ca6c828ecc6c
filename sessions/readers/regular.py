"""Long regular tables: every line of a text with as many cells, and nothing in quotes.

Reports of thousands are such. Their cells are parted all at once and kept by column, which is as quick as counting them;
whatever is not regular in every line is read by `text`, line by line, and gives the same.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from typing import overload

from sessions.readers.limits import MAX_CELL, MAX_CELLS, MAX_COLUMNS, MAX_LINES

Row = tuple[int, list[str]]

WORTH_IT = 200  # lines, from which on it pays
PIECE = 100_000  # letters parted at once: few enough to stay at hand


class RegularRows(Sequence[Row]):
    """Lines of equally many cells, kept by column: to be used like a list of lines, or column by column."""

    def __init__(self, numbers: range, columns: Sequence["Cells"]) -> None:
        self.numbers, self._columns = numbers, columns

    @property
    def width(self) -> int:
        """How many cells each line has."""
        return len(self._columns)

    def column(self, at: int) -> list[str]:
        """One cell of every line."""
        return self._columns[at].texts

    def __len__(self) -> int:
        """How many lines there are."""
        return len(self.numbers)

    @overload
    def __getitem__(self, at: int) -> Row: ...
    @overload
    def __getitem__(self, at: slice) -> "RegularRows": ...
    def __getitem__(self, at: int | slice) -> "Row | RegularRows":
        """One line, or several."""
        if isinstance(at, slice):
            return RegularRows(self.numbers[at], [cells.part(at) for cells in self._columns])
        return self.numbers[at], [cells.text(at) for cells in self._columns]

    def __iter__(self) -> Iterator[Row]:
        """Line by line; whoever stops early has not paid for the rest."""
        for start in range(0, len(self), WORTH_IT):
            piece = slice(start, start + WORTH_IT)
            columns = [cells.part(piece).texts for cells in self._columns]
            yield from zip(self.numbers[piece], map(list, zip(*columns, strict=True)), strict=True)

    def __eq__(self, other: object) -> bool:
        """Whether both have the same lines."""
        return isinstance(other, Sequence) and list(self) == list(other)

    __hash__ = None  # type: ignore[assignment]  # like a list's


class Cells:
    """A column, whose cells are trimmed when they are asked for: most columns of a report never are."""

    def __init__(self, raw: list[str], trim: Callable[[str], str]) -> None:
        self.raw, self.trim = raw, trim

    @cached_property
    def texts(self) -> list[str]:
        """All cells."""
        return list(map(self.trim, self.raw))

    def text(self, at: int) -> str:
        """One cell."""
        return self.trim(self.raw[at])

    def part(self, at: slice) -> "Cells":
        """Some cells."""
        return Cells(self.raw[at], self.trim)


def regular_rows(text: str, delimiter: str, trim: Callable[[str], str]) -> RegularRows | None:
    """The cells of a long regular text within the limits; `None` for any other, which `text.parsed` has to read."""
    if text.count("\n", 0, PIECE) < WORTH_IT or '"' in text:
        return None
    plain = text.replace("\r\n", "\n") if "\r" in text else text
    if "\r" in plain or len(delimiter) != 1 or delimiter.isalnum():
        return None
    width = plain.count(delimiter, 0, plain.index("\n")) + 1
    columns = columns_of(plain, delimiter, width) if width <= MAX_COLUMNS else None
    if columns is None or len(columns[0]) > min(MAX_LINES, MAX_CELLS // width) or not all(map(str.strip, columns[0])):
        return None  # too large, which `text` says; or a line may be empty
    return RegularRows(range(1, len(columns[0]) + 1), [Cells(cells, trim) for cells in columns])


def columns_of(text: str, delimiter: str, width: int) -> list[list[str]] | None:
    """The columns of a text all lines of which have `width` cells; `None` where one has not, or has a cell too long."""
    columns: list[list[str]] = [[] for _ in range(width)]
    start = 0
    while start < len(text):
        end = text.find("\n", start + PIECE) + 1 or len(text)
        # Each end of a line becomes a cell of its own: of regular lines, always behind equally many.
        cells = text[start:end].removesuffix("\n").replace("\n", f"{delimiter}\n{delimiter}").split(delimiter)
        lines, rest = divmod(len(cells) + 1, width + 1)
        ends = [cells.count("\n"), cells[width :: width + 1].count("\n")]  # everywhere, and where they belong
        if rest or ends != [lines - 1] * 2 or max(map(len, cells)) > MAX_CELL:
            return None
        for at, column in enumerate(columns):
            column += cells[at :: width + 1]
        start = end
    return columns
