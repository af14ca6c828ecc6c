"""From bytes to blocks of columns: a file of responses may hold a million lines, so it is never a list of lines at once.

Encodings, delimiters and workbooks are read as files of attendance are (`sessions.readers`); only the limits differ.
"""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, compress, count, islice
from typing import TYPE_CHECKING

from sessions.readers.encodings import decoded
from sessions.readers.kinds import is_archive, refuse_what_is_no_table
from sessions.readers.limits import MAX_BYTES as MAX_TABLE_BYTES
from sessions.readers.limits import MAX_COLUMNS
from sessions.readers.report import ReadError, Reason
from sessions.readers.text import SEP, delimiter_of, pieces_of
from sessions.readers.workbook import sheets_of

if TYPE_CHECKING:
    import _csv

MAX_BYTES = 128 * 1024 * 1024  # of text: a million responses to twenty questions
MAX_ROWS = 2_000_000
BLOCK = 10_000  # lines at once: 0.1 s of work, few enough to stay at hand
LONGEST_HEAD = 2_000  # letters; the texts of questions are heads


@dataclass(frozen=True, slots=True)
class Block:
    """Some lines as columns. ``first`` is the place of the first among all; ``numbers`` are lines of the file."""

    first: int
    numbers: Sequence[int]
    columns: Sequence[Sequence[str]]

    def __len__(self) -> int:
        """How many lines."""
        return len(self.numbers)


@dataclass(frozen=True, slots=True)
class Table:
    """A table with one line of heads, whose lines can be gone through any number of times."""

    heads: tuple[str, ...]
    rows: Sequence[tuple[int, Sequence[str]]] | None  # of a workbook
    text: str = ""  # of a delimited file, behind the mark of Excel
    delimiter: str = ","
    skipped: int = 0  # lines of the file before `text`

    def blocks(self) -> Iterator[Block]:
        """The lines below the heads. Raises `ReadError` where the file is damaged or larger than allowed."""
        first, width = 0, len(self.heads)
        for numbers, rows in self._lines():
            if len(rows):
                yield Block(first, numbers, columns_of(rows, numbers, width))
            first += len(rows)
            if first > MAX_ROWS:
                raise ReadError(Reason.TOO_MANY_LINES, most=MAX_ROWS)

    def _lines(self) -> Iterator[tuple[Sequence[int], Sequence[Sequence[str]]]]:
        if self.rows is not None:
            yield [number for number, _cells in self.rows], [cells for _number, cells in self.rows]
            return
        reader = csv_reader(self.text, self.delimiter)
        before = self.skipped
        is_head = True
        while lines := next_lines(reader):
            after = self.skipped + reader.line_num
            numbers, rows = numbered(lines, before, after)
            if is_head and rows:
                numbers, rows, is_head = numbers[1:], rows[1:], False
            yield numbers, rows
            before = after


def opened(content: bytes) -> Table:
    """The table of a CSV file or of the first sheet of a workbook. Raises `ReadError` for anything else."""
    if len(content) > MAX_BYTES:
        raise ReadError(Reason.TOO_BIG, megabytes=MAX_BYTES // 1024**2)
    refuse_what_is_no_table(content[: MAX_TABLE_BYTES // 2])
    if is_archive(content):
        rows = sheets_of(content)[0].rows
        return Table(heads_of(rows[0][1]), rows[1:])
    text = decoded(content)
    if "\n" not in text:
        text = text.replace("\r", "\n")
    stated = SEP.match(text)
    text = text[stated.end() :] if stated else text
    delimiter = stated[1] if stated else delimiter_of(text)
    first = first_line(text, delimiter)
    if first is None:
        raise ReadError(Reason.EMPTY)
    return Table(heads_of(first), None, text, delimiter, int(bool(stated)))


def first_line(text: str, delimiter: str) -> list[str] | None:
    """The first line that holds anything."""
    try:
        return next(filter(any, csv_reader(text[: MAX_COLUMNS * LONGEST_HEAD], delimiter)), None)
    except csv.Error:
        raise ReadError(Reason.BROKEN, line=1) from None


def heads_of(cells: Sequence[str]) -> tuple[str, ...]:
    """The heads, without empty ones at the end."""
    heads = [" ".join(cell[:LONGEST_HEAD].split()) for cell in cells]
    while heads and not heads[-1]:
        heads.pop()
    if len(heads) > MAX_COLUMNS:
        raise ReadError(Reason.TOO_WIDE, line=1, most=MAX_COLUMNS)
    if not heads:
        raise ReadError(Reason.EMPTY)
    return tuple(heads)


def csv_reader(text: str, delimiter: str) -> "_csv.Reader":
    """The lines of a delimited text, in pieces: as one it would need four bytes for every letter."""
    return csv.reader(chain.from_iterable(pieces_of(text)), delimiter=delimiter, strict=True)


def next_lines(reader: "_csv.Reader") -> list[list[str]]:
    """The next lines. Raises `ReadError` where a quotation mark is missing, or a cell is larger than any answer."""
    try:
        return list(islice(reader, BLOCK))
    except csv.Error as error:
        if "field larger" in str(error):
            raise ReadError(Reason.LONG_CELL, line=reader.line_num, most=csv.field_size_limit()) from None
        raise ReadError(Reason.BROKEN, line=reader.line_num) from None


def numbered(lines: Sequence[Sequence[str]], before: int, after: int) -> tuple[Sequence[int], Sequence[Sequence[str]]]:
    """Lines that hold anything, and the line of the file on which each begins."""
    if after - before == len(lines):
        numbers: Sequence[int] = range(before + 1, after + 1)
    else:
        heights = [1 + sum(cell.count("\n") for cell in cells) for cells in lines]
        starts = list(accumulated(heights, before + 1))
        numbers = starts[: len(lines)]
    if all(map(any, lines)):
        return numbers, lines
    full = list(map(any, lines))
    return list(compress(numbers, full)), list(compress(lines, full))


def accumulated(heights: Sequence[int], start: int) -> Iterator[int]:
    """Where each begins that follows others of these heights."""
    for height in heights:
        yield start
        start += height


def columns_of(rows: Sequence[Sequence[str]], numbers: Sequence[int], width: int) -> Sequence[Sequence[str]]:
    """Lines as columns: short lines end in empty cells. Raises `ReadError` for one that has more cells than heads."""
    if set(map(len, rows)) == {width}:
        return list(zip(*rows, strict=True))
    for at, cells in zip(count(), rows):
        if any(cells[width:]):
            raise ReadError(Reason.TOO_WIDE, line=numbers[at], most=width)
    blank = [""] * width
    return list(zip(*([*cells[:width], *blank[len(cells) :]] for cells in rows), strict=True))
