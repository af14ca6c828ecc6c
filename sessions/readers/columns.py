"""Cells and columns of a table: what every reader does to names, addresses, heads and times, once per distinct text."""

import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from operator import itemgetter
from typing import TypeVar

from sessions.readers.distinct import Column, alike, as_column, distinct_of
from sessions.readers.moments import DateOrder, Order, moments_by_text, settled
from sessions.readers.regular import RegularRows
from sessions.readers.report import Source

BIDI = dict.fromkeys([0x200E, 0x200F, 0x61C, *range(0x202A, 0x202F), *range(0x2066, 0x206A)])
ADDRESS = re.compile(r"[^\s()<>,;:\"'|\[\]]+@[^\s()<>,;:\"'|\[\]]+")
PLAIN_ADDRESS = re.compile(r"[\w+\-]+(?:\.[\w+\-]+)*@[\w\-]+(?:\.[\w\-]+)+")  # what nearly all are
PLAIN_ADDRESSES = re.compile(r"(?:[a-z0-9][a-z0-9._+\-]{0,80}@[a-z0-9.\-]{1,80}[a-z0-9](?:\n|\Z)|\n)*+")
NAME_LENGTH, EMAIL_LENGTH, TITLE_LENGTH = 300, 254, 300

Moment = dt.datetime | None
T = TypeVar("T")


def head(cell: str) -> str:
    """A head as lists of known heads write it: lower case, straight apostrophes, single spaces, none before a bracket."""
    if cell.isascii():
        plain = cell.lower()
    else:
        plain = unicodedata.normalize("NFC", cell).translate(BIDI).replace("’", "'").casefold()
    single = " ".join(plain.split()).replace("（", "(")
    return single.replace(" (", "(").replace("( ", "(").replace("）", ")")


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


def column(rows: Sequence[tuple[int, list[str]]], index: int | None) -> Sequence[str]:
    """One column of all lines; "" where a line is shorter, or all "" where there is no such column."""
    if index is None:
        return alike("", len(rows))
    if isinstance(rows, RegularRows):
        return rows.column(index) if index < rows.width else alike("", len(rows))
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
    missing = alike("", len(rows))
    return [missing if index is None else found[index] for index in indexes]


def numbers_of(rows: Sequence[tuple[int, list[str]]]) -> Sequence[int]:
    """The numbers of the lines in the file."""
    return rows.numbers if isinstance(rows, RegularRows) else [line for line, _cells in rows]


def are_at(rows: Sequence[tuple[int, list[str]]], cells: list[str]) -> list[int]:
    """At which places a line of just these cells stands."""
    if isinstance(rows, RegularRows):
        if not cells or cells[0] not in rows.column(0).distinct:
            return []
        return [at for at, text in enumerate(rows.column(0)) if text == cells[0] and rows[at][1] == cells]
    return [at for at, (_line, others) in enumerate(rows) if others == cells]


def put_together(rows: Sequence[tuple[int, list[str]]], indexes: Sequence[int]) -> Sequence[str]:
    """Columns as one: given name and family name, with a space between."""
    parts = [column(rows, index) for index in indexes]
    return parts[0] if len(parts) == 1 else [" ".join(each).strip() for each in zip(*parts, strict=True)]


def once_each(convert: Callable[[str], T], texts: Sequence[str]) -> Column[T]:
    """What `convert` makes of each text; a text that stands there a thousand times is converted once."""
    return as_column(texts).each(convert)


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


def cleaned(texts: Sequence[str]) -> Column[str]:
    """Names; see `name_of`. A column in which nothing is to be done is found out at once."""
    column_of_names = as_column(texts)
    distinct = column_of_names.distinct
    together = "".join(distinct)
    is_plain = together.isascii() and together.isprintable() and "  " not in together
    if is_plain and max(map(len, distinct), default=0) <= NAME_LENGTH:
        return column_of_names
    return column_of_names.each(name_of)


def addresses(texts: Sequence[str]) -> Column[str]:
    """Addresses; see `address_of`. A column in which nothing is to be done is found out at once."""
    column_of_addresses = as_column(texts)
    together = "\n".join(column_of_addresses.distinct)
    if together == together.lower() and PLAIN_ADDRESSES.fullmatch(together):
        return column_of_addresses
    return column_of_addresses.each(address_of)


def moments_of(texts: Sequence[str], order: Order) -> Column[Moment]:
    """Moments; see `moment`. Each text is read once.

    Where only some state their distance from UTC, all are as written, for they could not be compared.
    """
    return moments_at([texts], order)[0]


def moments_at(columns: Sequence[Sequence[str]], order: Order) -> list[Column[Moment]]:
    """Moments of several columns, each as `moments_of` gives it; a text that stands in several is read once too."""
    known = moments_by_text(set[str]().union(*map(distinct_of, columns)), order)
    return [same_clock(as_column(texts).each(known.get))[0] for texts in columns]


def same_clock(*columns_of_moments: Sequence[Moment]) -> list[Column[Moment]]:
    """Columns of moments that can be compared: where some are in UTC and some state no zone, all as they are written."""
    found = list(map(as_column, columns_of_moments))
    zones = {when.tzinfo for moments in found for when in moments.distinct if when is not None}
    return found if len(zones) < 2 else [moments.each(as_written) for moments in found]


def as_written(when: Moment) -> Moment:
    """Without its distance from UTC."""
    return when and when.replace(tzinfo=None)


def order_for(source: Source, *columns_of_dates: Sequence[str]) -> DateOrder:
    """The order of a file's dates, settled by the session's day and a person's word too.

    Its `stated` and `notes` go into the report.
    """
    texts = set[str]().union(*map(distinct_of, columns_of_dates))
    return settled(texts, near=source.near, said=source.order)
