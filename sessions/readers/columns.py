"""Cells and columns of a table: what every reader does to names, addresses, heads and times, once per distinct text."""

import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from operator import itemgetter
from typing import TypeVar

from sessions.readers.moments import DateOrder, Order, date_of, moment, settled
from sessions.readers.regular import RegularRows
from sessions.readers.report import Source

BIDI = dict.fromkeys([0x200E, 0x200F, 0x61C, *range(0x202A, 0x202F), *range(0x2066, 0x206A)])
ADDRESS = re.compile(r"[^\s()<>,;:\"'|\[\]]+@[^\s()<>,;:\"'|\[\]]+")
PLAIN_ADDRESS = re.compile(r"[\w+\-]+(?:\.[\w+\-]+)*@[\w\-]+(?:\.[\w\-]+)+")  # what nearly all are
PLAIN_CLOCK = re.compile(r"(0[1-9]|1[0-2]):([0-5]\d):([0-5]\d) ([AP])M")  # in reports of thousands
PLAIN_ADDRESSES = re.compile(r"(?:[a-z0-9][a-z0-9._+\-]{0,80}@[a-z0-9.\-]{1,80}[a-z0-9](?:\n|\Z)|\n)*+")
NAME_LENGTH, EMAIL_LENGTH, TITLE_LENGTH = 300, 254, 300

T = TypeVar("T")


def head(cell: str) -> str:
    """A head as lists of known heads write it: lower case, straight apostrophes, single spaces, none before a bracket."""
    plain = unicodedata.normalize("NFC", cell).translate(BIDI).replace("’", "'").casefold()
    return re.sub(r"\s*[(（]\s*", "(", re.sub(r"\s+", " ", plain)).replace("）", ")").strip()


def heads(cells: Iterable[str]) -> list[str]:
    """The heads of a line."""
    return [head(cell) for cell in cells]


def place_of(line: Sequence[str], aliases: Iterable[str], *, after: int = -1) -> int | None:
    """Which head, behind the place `after`, is one of these; `None` where none is."""
    known = set(aliases)
    return next((index for index, text in enumerate(line) if index > after and text in known), None)


def cell_at(cells: Sequence[str], index: int | None) -> str:
    """The cell, or "" where the line is shorter or there is no such column."""
    return cells[index] if index is not None and index < len(cells) else ""


def column(rows: Sequence[tuple[int, list[str]]], index: int | None) -> list[str]:
    """One column of all lines; "" where a line is shorter, or all "" where there is no such column."""
    if index is None:
        return [""] * len(rows)
    if isinstance(rows, RegularRows):
        return rows.column(index) if index < rows.width else [""] * len(rows)
    try:
        return list(map(itemgetter(index), map(itemgetter(1), rows)))
    except IndexError:
        return [cells[index] if index < len(cells) else "" for _line, cells in rows]


def columns_at(rows: Sequence[tuple[int, list[str]]], *indexes: int | None) -> list[Sequence[str]]:
    """Several columns, each as `column` gives it, in one walk through the lines."""
    wanted = sorted({index for index in indexes if index is not None})
    if len(wanted) < 2 or not rows or isinstance(rows, RegularRows):
        return [column(rows, index) for index in indexes]
    try:
        found = dict(zip(wanted, zip(*map(itemgetter(*wanted), map(itemgetter(1), rows)), strict=True), strict=True))
    except IndexError:
        return [column(rows, index) for index in indexes]
    missing = [""] * len(rows)
    return [missing if index is None else found[index] for index in indexes]


def numbers_of(rows: Sequence[tuple[int, list[str]]]) -> Sequence[int]:
    """The numbers of the lines in the file."""
    return rows.numbers if isinstance(rows, RegularRows) else [line for line, _cells in rows]


def are_at(rows: Sequence[tuple[int, list[str]]], cells: list[str]) -> list[int]:
    """At which places a line of just these cells stands."""
    if isinstance(rows, RegularRows):
        if not cells or cells[0] not in rows.column(0):
            return []
        return [at for at, text in enumerate(rows.column(0)) if text == cells[0] and rows[at][1] == cells]
    return [at for at, (_line, others) in enumerate(rows) if others == cells]


def put_together(rows: Sequence[tuple[int, list[str]]], indexes: Sequence[int]) -> list[str]:
    """Columns as one: given name and family name, with a space between."""
    parts = [column(rows, index) for index in indexes]
    return parts[0] if len(parts) == 1 else [" ".join(each).strip() for each in zip(*parts, strict=True)]


def once_each(convert: Callable[[str], T], texts: Sequence[str]) -> list[T]:
    """What `convert` makes of each text; a text that stands there a thousand times is converted once."""
    return list(map(Known(convert).__getitem__, texts))


class Known(dict[str, T]):
    """What a conversion made of each text so far."""

    def __init__(self, convert: Callable[[str], T]) -> None:
        super().__init__()
        self.convert = convert

    def __missing__(self, text: str) -> T:
        """Convert a text that is asked for the first time."""
        found = self[text] = self.convert(text)
        return found


def clean(text: str) -> str:
    """Composed letters, no direction marks or control characters, single spaces."""
    if text.isprintable() and unicodedata.is_normalized("NFC", text):  # direction marks are not printable
        return " ".join(text.split())
    composed = unicodedata.normalize("NFC", text).translate(BIDI)
    if not composed.isprintable():
        composed = "".join(" " if unicodedata.category(letter) == "Cc" else letter for letter in composed)
    return " ".join(composed.split())


def name_of(text: str) -> str:
    """A name, cleaned and cut to what is kept."""
    return clean(text)[:NAME_LENGTH]


def address_of(text: str) -> str:
    """The first address in a text, in lower case; "" where there is none, or an endless one."""
    if "@" not in text:
        return ""
    if len(text) <= EMAIL_LENGTH and PLAIN_ADDRESS.fullmatch(text):
        return text.lower()
    found = ADDRESS.search(text.translate(BIDI).replace("mailto:", ""))
    return found[0].strip(".").lower() if found and len(found[0]) <= EMAIL_LENGTH else ""


def cleaned(texts: Sequence[str]) -> list[str]:
    """Names; see `name_of`. A column in which nothing is to be done is found out at once."""
    distinct = set(texts)
    together = "".join(distinct)
    is_plain = together.isascii() and together.isprintable() and "  " not in together
    if is_plain and max(map(len, distinct), default=0) <= NAME_LENGTH:
        return list(texts)
    return once_each(name_of, texts)


def addresses(texts: Sequence[str]) -> list[str]:
    """Addresses; see `address_of`. A column in which nothing is to be done is found out at once."""
    together = "\n".join(set(texts))
    if together == together.lower() and PLAIN_ADDRESSES.fullmatch(together):
        return list(texts)
    return once_each(address_of, texts)


def moments_of(texts: Sequence[str], order: Order) -> list[dt.datetime | None]:
    """Moments; see `moment`. The date and the time of a text are each read once.

    Where only some state their distance from UTC, all are as written, for they could not be compared.
    """
    days: dict[str, dt.date | None] = {}

    def fast(text: str) -> dt.datetime | None:
        first, _, rest = text.partition(" ")
        if first not in days:
            days[first] = date_of(first.rstrip(","), order)
        day, clock = days[first], PLAIN_CLOCK.fullmatch(rest)
        if day and clock:
            hour, minute, second, half = clock.groups()
            return dt.datetime.combine(day, dt.time(int(hour) % 12 + 12 * (half == "P"), int(minute), int(second)))
        return moment(text, order)

    known = Known(fast)
    found = list(map(known.__getitem__, texts))
    return found if len({when.tzinfo for when in known.values() if when}) < 2 else same_clock(found)[0]


def same_clock(*columns_of_moments: list[dt.datetime | None]) -> list[list[dt.datetime | None]]:
    """Columns of moments that can be compared: where some are in UTC and some state no zone, all as they are written."""
    zones = [{when.tzinfo for when in moments if when is not None} for moments in columns_of_moments]
    if len(set().union(*zones)) < 2:
        return list(columns_of_moments)
    return [[when and when.replace(tzinfo=None) for when in moments] for moments in columns_of_moments]


def order_for(source: Source, *columns_of_dates: Sequence[str]) -> DateOrder:
    """The order of a file's dates, settled by the session's day and a person's word too.

    Its `stated` and `notes` go into the report.
    """
    texts = set[str]().union(*map(set, columns_of_dates))
    return settled(texts, near=source.near, said=source.order)
