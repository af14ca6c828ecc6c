"""Long regular tables: every line of a text with as many cells, and nothing in quotes.

Reports of thousands are such. Their cells are parted all at once and kept by column, each distinct text of a column once;
whatever is not regular in every line is read by `text`, line by line, and gives the same.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import reduce
from operator import itemgetter
from typing import Any, overload

from sessions.readers.distinct import Column, numbering
from sessions.readers.limits import MAX_CELL, MAX_CELLS, MAX_COLUMNS, MAX_LINES

Row = tuple[int, list[str]]

WORTH_IT = 200  # lines, from which on it pays
TOP = 20  # lines, among which heads are: their texts are kept apart from those of the lines of people
LONG_LINE = 500  # letters
PIECE = 30_000  # letters parted at once: few enough to stay at hand


class RegularRows(Sequence[Row]):
    """Lines of equally many cells, kept by column: to be used like a list of lines, or column by column."""

    def __init__(self, numbers: range, columns: Sequence[Column[str]]) -> None:
        self.numbers, self._columns = numbers, columns

    @property
    def width(self) -> int:
        """How many cells each line has."""
        return len(self._columns)

    def column(self, at: int) -> Column[str]:
        """One cell of every line."""
        return self._columns[at]

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
            places = {id(column.places): column.places[at] for column in self._columns}  # some share them
            return RegularRows(self.numbers[at], [each.part(at, places[id(each.places)]) for each in self._columns])
        return self.numbers[at], [column[at] for column in self._columns]

    def __iter__(self) -> Iterator[Row]:
        """Line by line."""
        return zip(self.numbers, map(list, zip(*self._columns, strict=True)), strict=True)

    def __eq__(self, other: object) -> bool:
        """Whether both have the same lines."""
        return isinstance(other, Sequence) and list(self) == list(other)

    __hash__ = None  # type: ignore[assignment]  # like a list's


def regular_rows(text: str, delimiter: str, trim: Callable[[str], str]) -> RegularRows | None:
    """The cells of a long regular text within the limits; `None` for any other, which `text.parsed` has to read."""
    if text.count("\n", 0, WORTH_IT * LONG_LINE) < WORTH_IT or '"' in text:
        return None
    plain = text.replace("\r\n", "\n") if "\r" in text else text
    if "\r" in plain or len(delimiter) != 1 or delimiter.isalnum() or delimiter == " ":
        return None
    width = plain.count(delimiter, 0, plain.index("\n")) + 1
    columns = columns_of(plain, delimiter, width) if width <= MAX_COLUMNS else None
    if columns is None or not all(map(str.strip, columns[0].values)):  # a line may be empty
        return None
    return RegularRows(range(1, len(columns[0]) + 1), [column.each(trim) for column in columns])


def columns_of(text: str, delimiter: str, width: int) -> list[Column[str]] | None:
    """The columns of a text all lines of which have `width` cells; `None` where one has not, or has a cell too long, or
    where there are more lines or cells than are read.
    """
    end, most = end_of_line(text, TOP), min(MAX_LINES, MAX_CELLS // width)
    cells = cells_of(text[:end].removesuffix("\n"), delimiter, width)
    if cells is None:
        return None
    top = [cells[at :: width + 1] for at in range(width)]
    parts = [Part(places) for places in grouped(top)]
    while end < len(text):
        start, end = end, text.find("\n", end + PIECE) + 1 or len(text)
        cells = cells_of(text[start:end].removesuffix("\n"), delimiter, width)
        if cells is None or len(parts[0].places) > most:
            return None
        for part in parts:
            part.take([cells[at :: width + 1] for at in part.columns])
    if len(parts[0].places) > most:
        return None
    found = dict(pair for part in parts for pair in part.found(top))
    return [found[at] for at in range(width)]


class Part:
    """Columns of a table that are kept together: each distinct line of them once."""

    def __init__(self, columns: Sequence[int]) -> None:
        self.columns = columns
        self.places = list(range(TOP))
        self._known: defaultdict[Any, int] = numbering(TOP)

    def take(self, cells: Sequence[list[str]]) -> None:
        """The columns of further lines."""
        self.places += map(self._known.__getitem__, zip(*cells, strict=True) if len(cells) > 1 else cells[0])

    def found(self, top: Sequence[list[str]]) -> Iterator[tuple[int, Column[str]]]:
        """Each column by its place in the table, the top of which is given."""
        for number, at in enumerate(self.columns):
            below = map(itemgetter(number), self._known) if len(self.columns) > 1 else self._known
            yield at, Column([*top[at], *below], self.places, top=TOP)


def grouped(top: Sequence[list[str]]) -> list[tuple[int, ...]]:
    """Which columns to keep together: names and addresses, which say together who it is; every other one is alone.

    Names are in the column with the most texts that have no digit. If that is a mistake, it only takes longer.
    """
    alone: list[tuple[int, ...]] = [(at,) for at in range(len(top))]
    emails = next((at for at, texts in enumerate(top) if any("@" in text for text in texts)), None)
    if emails is None or len(top) == 1:
        return alone
    names = max((at for at in range(len(top)) if at != emails), key=lambda at: len(worded(top[at])))
    return [(names, emails), *(each for each in alone if each[0] not in (names, emails))]


def worded(texts: Iterable[str]) -> set[str]:
    """The texts without digits."""
    return {text for text in texts if not any(map(str.isdecimal, text))}


def end_of_line(text: str, number: int) -> int:
    """Where the line of this number, counted from 1, is at its end; there must be so many."""
    return reduce(lambda end, _line: text.index("\n", end) + 1, range(number), 0)


def cells_of(piece: str, delimiter: str, width: int) -> list[str] | None:
    """The cells of some lines, each end of a line between two lines being a cell of its own: of regular lines, always
    behind equally many. `None` where one is not regular, or a cell too long.
    """
    cells = piece.replace("\n", f"{delimiter}\n{delimiter}").split(delimiter)
    ends = piece.count("\n")
    if len(cells) != width + ends * (width + 1) or cells[width :: width + 1].count("\n") != ends:
        return None
    return cells if len(piece) <= MAX_CELL or max(map(len, cells)) <= MAX_CELL else None
