"""XLSX workbooks, read as a stream: each part once, each sheet cell by cell, and nothing of what a file says of its size.

Read directly rather than by openpyxl, which fills up the rows and columns before a cell that stands far out, takes no
workbook in ISO's strict form, and builds whole rows as trees; its tables of number formats are used in `formats`.
Source of the layout: ECMA-376, part 1, chapters 18.2 to 18.8.
"""

import datetime as dt
import io
import posixpath
import re
import zipfile
from dataclasses import dataclass, field
from typing import Any

from sessions.readers.formats import EPOCH, EPOCH_1904, Kind, kinds_of_styles, number_in, text_of_number
from sessions.readers.kinds import refuse_directory, refuse_parts
from sessions.readers.limits import MAX_CELL, MAX_CELLS, MAX_COLUMNS, MAX_LINES, MAX_NARROW, MAX_SHEETS, MAX_STRINGS
from sessions.readers.markup import Counter, elements, feed, parser
from sessions.readers.report import ReadError, Reason, Sheet

ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
REFERENCE = re.compile(r"([A-Z]{1,7})(\d{1,9})")
SPACES = str.maketrans(dict.fromkeys("\u00a0\u202f\u2009\u2007", " "))

Rows = list[tuple[int, list[str]]]


@dataclass
class Book:
    """What the sheets of a workbook share."""

    archive: zipfile.ZipFile
    counter: Counter = field(default_factory=Counter)
    texts: list[str] = field(default_factory=list)
    styles: list[Kind] = field(default_factory=list)
    epoch: dt.datetime = EPOCH
    cells_left: int = MAX_CELLS
    spaces: dict[int, str] = field(default_factory=lambda: SPACES)  # what becomes a plain blank


def sheets_of(content: bytes) -> list[Sheet]:
    """The visible sheets of a workbook. Raises `ReadError` for what is none, is damaged or too large; see `limits`."""
    book, titles = opened_book(content)
    found = [Sheet(title, rows_of(book, target)) for title, target in titles]
    if not any(sheet.rows for sheet in found):
        raise ReadError(Reason.EMPTY)
    return [sheet for sheet in found if sheet.rows]


def opened_book(content: bytes, **changes: Any) -> tuple[Book, list[tuple[str, str]]]:
    """What the sheets share, with ``changes`` to it, and title and part of each visible sheet. Raises `ReadError`."""
    refuse_directory(content)
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError):
        raise ReadError(Reason.DAMAGED) from None
    refuse_parts(archive.infolist())
    book = Book(archive, **changes)
    path = main_part(book)
    targets, kinds = relations(book, path)
    titles = sheet_titles(book, path, targets)
    for kind, target in kinds.items():
        if kind == "sharedStrings":
            book.texts = shared_texts(book, target)
        elif kind == "styles":
            book.styles = kinds_of_styles(archive, target, book.counter)
    return book, titles


def main_part(book: Book) -> str:
    """The part that lists the sheets."""
    for tag, attributes in elements(book.archive, "_rels/.rels", book.counter):
        if tag == "Relationship" and attributes.get("Type", "").endswith("/officeDocument"):
            return attributes.get("Target", "").lstrip("/")
    return "xl/workbook.xml"


def relations(book: Book, path: str) -> tuple[dict[str, str], dict[str, str]]:
    """The parts that a part names: by their ids, and by their kinds."""
    folder, name = posixpath.split(path)
    by_id, by_kind = {}, {}
    for tag, attributes in elements(book.archive, f"{folder}/_rels/{name}.rels", book.counter):
        if tag == "Relationship" and attributes.get("TargetMode") != "External":
            target = attributes.get("Target", "")
            full = posixpath.normpath(target.lstrip("/") if target.startswith("/") else f"{folder}/{target}")
            by_id[attributes.get("Id", "")] = full
            by_kind[attributes.get("Type", "").rpartition("/")[2]] = full
    return by_id, by_kind


def sheet_titles(book: Book, path: str, targets: dict[str, str]) -> list[tuple[str, str]]:
    """Title and part of each sheet that is not hidden. Sets the day from which the workbook counts."""
    found = []
    for tag, attributes in elements(book.archive, path, book.counter):
        if tag == "workbookPr" and attributes.get("date1904", "0") in ("1", "true"):
            book.epoch = EPOCH_1904
        if tag == "sheet" and attributes.get("state", "visible") == "visible":
            found.append((attributes.get("name", "")[:100].strip(), targets.get(attributes.get("id", ""), "")))
    if len(found) > MAX_SHEETS:
        raise ReadError(Reason.TOO_MANY_SHEETS, most=MAX_SHEETS)
    if not any(part in book.archive.NameToInfo for _title, part in found):
        raise ReadError(Reason.DAMAGED)
    return [(title, part) for title, part in found if part in book.archive.NameToInfo]


class TextParser:
    """The texts that cells share, in their order. Readings of Japanese names beside them (`rPh`) are left out."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.found: list[str] = []
        self.pieces: list[str] = []
        self.is_open = self.is_reading = False
        self.letters = 0

    def start(self, tag: str, _attributes: dict[str, str]) -> None:
        """An element begins."""
        name = tag[tag.rfind(" ") + 1 :]
        if name == "si":
            self.pieces = []
        elif name == "rPh":
            self.is_reading = True
        self.is_open = name == "t" and not self.is_reading

    def data(self, text: str) -> None:
        """Text within one."""
        if self.is_open:
            self.pieces.append(text)
            self.letters += len(text)
            if self.letters > MAX_NARROW:
                raise ReadError(Reason.UNPACKS_TOO_BIG)

    def end(self, tag: str) -> None:
        """An element ends."""
        self.is_open = False
        name = tag[tag.rfind(" ") + 1 :]
        if name == "rPh":
            self.is_reading = False
        elif name == "si":
            self.found.append(tidied("".join(self.pieces), self.book.spaces))
            if len(self.found) > MAX_STRINGS:
                raise ReadError(Reason.UNPACKS_TOO_BIG)


def shared_texts(book: Book, part: str) -> list[str]:
    """The texts that cells share."""
    made, texts = parser(), TextParser(book)
    made.StartElementHandler, made.EndElementHandler = texts.start, texts.end
    made.CharacterDataHandler = texts.data
    if part in book.archive.NameToInfo:
        feed(made, book.archive, part, book.counter)
    return texts.found


def tidied(text: str, spaces: dict[int, str] = SPACES) -> str:
    """Without white space around it, escapes of control characters and characters that no report has."""
    if len(text) > MAX_CELL:
        raise ReadError(Reason.LONG_CELL, line=0, most=MAX_CELL)
    if "_x" in text:
        text = ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)
        if "\0" in text:
            raise ReadError(Reason.NUL)
    return (text if text.isascii() else text.translate(spaces)).strip()


def rows_of(book: Book, part: str) -> Rows:
    """The lines of a sheet that have anything in them."""
    made, sheet = parser(), SheetParser(book)
    made.StartElementHandler, made.EndElementHandler = sheet.start, sheet.end
    made.CharacterDataHandler = sheet.data
    feed(made, book.archive, part, book.counter)
    return sheet.rows


class SheetParser:
    """One sheet, cell by cell. Only cells with something in them count; `<dimension>` is not asked."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.rows: Rows = []
        self.line = self.place = 0
        self.cells: list[str] = []
        self.reference = self.kind = self.style = ""
        self.pieces: list[str] = []
        self.is_open = self.is_reading = self.is_data = False
        self.places: dict[str, int] = {}

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        name = tag[tag.rfind(" ") + 1 :]
        if name == "c" and self.is_data:
            self.reference, self.kind = attributes.get("r", ""), attributes.get("t", "n")
            self.style = attributes.get("s", "")
            self.pieces.clear()
        elif name == "v" or name == "t":
            self.is_open = self.is_data and not self.is_reading
        elif name == "row" and self.is_data:
            stated = number_in(attributes.get("r"))
            self.line, self.place, self.cells = max(stated, self.line + 1), -1, []
        elif name == "sheetData":
            self.is_data = True
        elif name == "rPh":
            self.is_reading = True

    def data(self, text: str) -> None:
        """Text within one."""
        if self.is_open:
            self.pieces.append(text)
            if len(text) > MAX_CELL or len(self.pieces) > 1000:
                raise ReadError(Reason.LONG_CELL, line=self.line, most=MAX_CELL)

    def end(self, tag: str) -> None:
        """An element ends."""
        self.is_open = False
        name = tag[tag.rfind(" ") + 1 :]
        if name == "c" and self.is_data:
            self.place = self.place_of_cell()
            if self.pieces:
                self.keep(self.value("".join(self.pieces)))
        elif name == "row" and self.is_data:
            if any(self.cells):
                self.rows.append((self.line, self.cells))
            self.cells = []
        elif name == "sheetData":
            self.is_data = False
        elif name == "rPh":
            self.is_reading = False

    def place_of_cell(self) -> int:
        """The column of the cell that ends; the next one where it does not say."""
        letters = self.reference.rstrip("0123456789")
        if not letters:
            return self.place + 1
        if letters not in self.places:
            if not REFERENCE.fullmatch(self.reference):
                raise ReadError(Reason.DAMAGED)
            number = 0
            for letter in letters:
                number = number * 26 + ord(letter) - 64
            self.places[letters] = number - 1
        return self.places[letters]

    def value(self, raw: str) -> str:
        """The cell's content as text."""
        if self.kind == "n":
            style = number_in(self.style)
            kind = self.book.styles[style] if style < len(self.book.styles) else Kind.NUMBER
            return text_of_number(raw, kind, self.book.epoch)
        if self.kind == "s":
            place = number_in(raw)
            if place >= len(self.book.texts):
                raise ReadError(Reason.DAMAGED)
            return self.book.texts[place]
        if self.kind == "b":
            return "TRUE" if raw.strip() in ("1", "true") else "FALSE"
        if self.kind == "e":
            return ""
        return tidied(raw.replace("T", " ", 1) if self.kind == "d" else raw, self.book.spaces)

    def keep(self, text: str) -> None:
        """Put a cell where it belongs. Raises `ReadError` for one that stands farther out than any report's."""
        if not text:
            return
        missing = self.place - len(self.cells)
        if self.place >= MAX_COLUMNS or self.line > MAX_LINES:
            self.refuse_place(missing)
        if missing < 0:
            self.cells[self.place] = text
            return
        self.book.cells_left -= missing + 1
        if self.book.cells_left < 0:
            raise ReadError(Reason.TOO_MANY_LINES, most=MAX_LINES)
        self.cells += [""] * missing
        self.cells.append(text)

    def refuse_place(self, missing: int) -> None:
        """Say whether the table is too large, or one cell stands far away from it."""
        if self.place >= MAX_COLUMNS and missing < MAX_COLUMNS // 2:
            raise ReadError(Reason.TOO_WIDE, line=self.line, most=MAX_COLUMNS)
        if self.line > MAX_LINES and len(self.rows) > MAX_LINES // 2:
            raise ReadError(Reason.TOO_MANY_LINES, most=MAX_LINES)
        raise ReadError(Reason.FAR_CELL, cell=self.reference[:12] or str(self.line))
