"""Long regular tables: every line of a text with as many cells, and nothing in quotes.

Reports of thousands are such. Their cells are parted all at once and kept by column, each distinct text of a column once;
whatever is not regular in every line is read by `text`, line by line, and gives the same.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import reduce
from typing import overload

from sessions.readers.distinct import Column, numbering
from sessions.readers.limits import MAX_CELL, MAX_CELLS, MAX_COLUMNS, MAX_LINES

Row = tuple[int, list[str]]

WORTH_IT = 200  # lines, from which on it pays
TOP = 20  # lines, among which heads are: their texts are kept apart from those of the lines of people
LONG_LINE = 500  # letters
PIECE = 32_000  # letters parted at once: few enough to stay at hand


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
    top = parted(text[:end], delimiter, width)
    if top is None or any(delimiter in first for first in top[0]):
        return None
    together = of_people(top)
    places = [list(range(TOP)) for _ in range(width + 1 - together)]
    known: list[defaultdict[str, int]] = [numbering(TOP) for _ in places]
    while end < len(text):
        start, end = end, text.find("\n", end + PIECE) + 1 or len(text)
        cells = parted(text[start:end], delimiter, width, together)
        if cells is None or len(places[0]) > most:
            return None
        for own_places, texts, own in zip(places, known, cells, strict=True):
            own_places += map(texts.__getitem__, own)
    if len(places[0]) > most or any(first.count(delimiter) >= together for first in known[0]):
        return None
    values = [*zip(*(first.split(delimiter) for first in known[0]), strict=True), *known[1:]]
    shared = [places[0]] * (together - 1) + places
    return [Column([*above, *below], at, top=TOP) for above, below, at in zip(top, values, shared, strict=True)]


def of_people(top: Sequence[Sequence[str]]) -> int:
    """How many of the first columns say together who it is, so that they are kept together: a name and an address. If that
    is a mistake, it only takes longer.
    """
    return 2 if len(top) > 1 and any("@" in text for text in (*top[0], *top[1])) else 1


def parted(piece: str, delimiter: str, width: int, together: int = 1) -> list[tuple[str, ...]] | None:
    """The columns of some lines, so many of the first kept `together`; `None` where a line has too few cells or one that is
    too long. A line with too many has a delimiter more in what is kept together.
    """
    lines = [line.rsplit(delimiter, width - together) for line in piece.removesuffix("\n").split("\n")]
    try:
        columns = list(zip(*lines, strict=True))
    except ValueError:
        return None
    is_short = len(piece) <= MAX_CELL or max(max(map(len, texts)) for texts in columns) <= MAX_CELL
    return columns if is_short and len(columns) == width + 1 - together else None


def end_of_line(text: str, number: int) -> int:
    """Where the line of this number, counted from 1, is at its end; there must be so many."""
    return reduce(lambda end, _line: text.index("\n", end) + 1, range(number), 0)
