"""From text to cells: the delimiter is found out, never believed, and nothing is read without a bound."""

import csv
import io
import re
import sys
from collections.abc import Iterator, Sequence
from itertools import accumulate, chain, islice, repeat
from typing import TYPE_CHECKING

from sessions.readers.encodings import decoded
from sessions.readers.limits import MAX_CELL, MAX_CELLS, MAX_COLUMNS, MAX_LINES, MAX_TEXT
from sessions.readers.regular import regular_rows
from sessions.readers.report import ReadError, Reason

if TYPE_CHECKING:
    import _csv

SNIFFED_LINES = 30
PIECE = 2_000_000  # letters
LONGEST_LINE = MAX_COLUMNS * (MAX_CELL + 2)  # any longer has too many columns, or too long a cell
CHUNK = 500  # lines parsed at once: few enough to be still at hand when they are trimmed
SPACES = ("\u00a0", "\u202f", "\u2009", "\u2007")
SEP = re.compile(r'"?sep=(.)"?[;,\t]*\r?\n', re.IGNORECASE)  # Excel's own first line
# What spreadsheets put around a text that shall stay text: ="2026-03-18" and '+41 22.
GUARD = re.compile(r"""="(?P<formula>.*)"|'(?=[=+\-@\d])(?P<text>.*)""", re.DOTALL)

Rows = list[tuple[int, list[str]]]


def lines_of(content: bytes) -> Sequence[tuple[int, list[str]]]:
    """The cells of a delimited text file by number of line, without lines that are empty; see `limits`.

    Raises `ReadError` beyond the limits, and for anything that is no such file.
    """
    text = decoded(content)
    if sys.getsizeof(text) > MAX_TEXT:
        raise ReadError(Reason.TOO_BIG, megabytes=MAX_TEXT // 4 // 1024**2)
    for space in SPACES:
        if space in text:
            text = text.replace(space, " ")
    if "\n" not in text:
        text = text.replace("\r", "\n")
    stated = SEP.match(text)
    if stated:
        text = "\n" + text[stated.end() :]
    delimiter = stated[1] if stated else delimiter_of(text)
    found = regular_rows(text, delimiter, plain_cell if "'" in text else str.strip) or table(text, delimiter)
    if is_packed_in_one_column(found):
        inner = "\n".join(cells[0] for _line, cells in found)
        found = table(inner, delimiter_of(inner))
    if not found:
        raise ReadError(Reason.EMPTY)
    return found


def delimiter_of(text: str) -> str:
    """A tab where lines have one about as often as anything else, else the more frequent of semicolon and comma."""
    first = text[:200_000].split("\n", SNIFFED_LINES)[:SNIFFED_LINES]
    bare = [re.sub(r'"[^"]*"', "", line) for line in first]
    lines_with = {sign: sum(sign in line for line in bare) for sign in "\t;,|"}
    if lines_with["\t"] and lines_with["\t"] * 2 >= max(lines_with.values()):
        return "\t"
    counts = {sign: sum(map(str.count, bare, [sign] * len(bare))) for sign in ",;"}
    best = ";" if counts[";"] > counts[","] else ","
    return "|" if not counts[best] and lines_with["|"] else best


def is_packed_in_one_column(rows: Sequence[tuple[int, list[str]]]) -> bool:
    """Whether a spreadsheet that took the wrong delimiter saved every line as one cell: `"Ana,ana@x.example,9:00"`."""
    sample = rows[:SNIFFED_LINES]
    full = [cells[0] for _line, cells in sample if sum(map(bool, cells)) == 1 and cells[0]]
    packed = [cell for cell in full if max(cell.count(sign) for sign in ",;\t") > 1]
    return len(full) == len(sample) > 1 and len(packed) * 3 > len(full) * 2


def table(text: str, delimiter: str) -> Rows:
    """Cells with white space and spreadsheets' guards taken off, by number of line."""
    rows = csv.reader(chain.from_iterable(pieces_of(text)), delimiter=delimiter, strict=True, skipinitialspace=True)
    try:
        lines = parsed(rows)
    except csv.Error as error:
        if "field larger" in str(error):
            raise ReadError(Reason.LONG_CELL, line=rows.line_num, most=MAX_CELL) from None
        lines = loosely_quoted(text, delimiter, rows.line_num)
    return without_guards(lines, text)


def pieces_of(text: str) -> Iterator[io.StringIO]:
    """The text in pieces of whole lines: to be read line by line, each needs four bytes for every letter."""
    start = 0
    while start < len(text):
        end = text.find("\n", start + PIECE) + 1 or len(text)
        end = min(end, start + LONGEST_LINE)
        yield io.StringIO(text[start:end], newline="")
        start = end


def parsed(rows: "_csv.Reader") -> Rows:
    """All lines that have anything in them, within the limits; cells without blanks around them."""
    found: Rows = []
    total = before = 0
    while lines := list(islice(rows, CHUNK)):
        widest, line = max(map(len, lines)), rows.line_num
        if widest > MAX_COLUMNS:
            raise ReadError(Reason.TOO_WIDE, line=before + 1 + list(map(len, lines)).index(widest), most=MAX_COLUMNS)
        total += sum(map(len, lines))
        numbers = range(before + 1, line + 1) if line - before == len(lines) else numbers_of(lines, before)
        trimmed = [list(map(str.strip, cells)) for cells in lines]
        found += [row for row in zip(numbers, trimmed, strict=True) if any(row[1])]
        if total > MAX_CELLS or len(found) > MAX_LINES:
            raise ReadError(Reason.TOO_MANY_LINES, most=MAX_LINES)
        before = line
    return found


def numbers_of(lines: Sequence[Sequence[str]], before: int) -> list[int]:
    """The line on which each row ends, where cells hold line ends."""
    heights = (1 + sum(map(str.count, cells, repeat("\n"))) for cells in lines)
    return [before + height for height in accumulate(heights)]


def loosely_quoted(text: str, delimiter: str, broken_at: int) -> Rows:
    """Lines that are quoted from end to end by a program that does not double the quotes within (BigBlueButton).

    Raises `ReadError` where a line has a quote without its fellow: the file is cut off, or damaged.
    """
    rows: Rows = []
    for number, line in whole_lines(text):
        if len(line) > 1 and line[0] == line[-1] == '"':
            rows.append((number, line[1:-1].split(f'"{delimiter}"')))
        elif line.count('"') % 2 == 0:
            rows.append((number, next(csv.reader([line], delimiter=delimiter, skipinitialspace=True), [])))
        else:
            raise ReadError(Reason.BROKEN, line=broken_at)
    if len(rows) > MAX_LINES or sum(len(cells) for _line, cells in rows) > MAX_CELLS:
        raise ReadError(Reason.TOO_MANY_LINES, most=MAX_LINES)
    widest = max(rows, key=lambda row: len(row[1]))
    if len(widest[1]) > MAX_COLUMNS:
        raise ReadError(Reason.TOO_WIDE, line=widest[0], most=MAX_COLUMNS)
    trimmed = [(number, list(map(str.strip, cells))) for number, cells in rows]
    return [row for row in trimmed if any(row[1])]


def whole_lines(text: str) -> list[tuple[int, str]]:
    """The lines of a text; of one in quotes that does not end in one, with those behind it up to the one that does."""
    found: list[tuple[int, str]] = []
    is_open = False
    for number, line in enumerate(text.split("\n"), 1):
        plain = line.rstrip("\r ")
        if is_open:
            found[-1] = (found[-1][0], f"{found[-1][1]}\n{plain}")
        else:
            found.append((number, plain))
        begins = not is_open and plain.startswith('"') and '","' in plain.replace('";"', '","')
        is_open = (is_open or begins) and not (len(plain) > 1 - is_open and plain.endswith('"'))
    return found


def without_guards(rows: Rows, text: str) -> Rows:
    """Without what spreadsheets and exports put around a text so that it stays one."""
    if '="' not in text and "'" not in text:
        return rows
    return [(number, list(map(unguarded, cells))) for number, cells in rows]


def unguarded(cell: str) -> str:
    """`="2021-03-21 09:01"` and `'+41 22` as they are meant."""
    guard = GUARD.fullmatch(cell) if cell[:1] in ("=", "'") else None
    if guard is None:
        return cell
    return (guard["text"] if guard["formula"] is None else guard["formula"].replace('""', '"')).strip()


def plain_cell(cell: str) -> str:
    """A cell without blanks around it, and without a guard."""
    return unguarded(cell.strip())
