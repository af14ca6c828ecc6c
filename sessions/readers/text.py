"""From bytes to cells: encoding and delimiter are found out, never believed, and nothing is read without a bound."""

import codecs
import csv
import io
import re

from sessions.readers.report import ReadError, Reason

MAX_BYTES = 10 * 1024 * 1024
MAX_LINES = 200_000
MAX_CELLS = 200  # in one line
SNIFFED_LINES = 20

# The first bytes of files that people send by mistake.
WORKBOOKS = (b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0")
NOT_TEXT = (
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"\x1f\x8b",
    b"Rar!",
    b"7z\xbc\xaf",
    b"BM",
    b"II*\x00",
    b"{\\rtf",
)
MARKUP = re.compile(rb"\s*(<!doctype|<html|<\?xml|<table)", re.IGNORECASE)

# Windows code pages of spreadsheets that saved the file again: Western European, Cyrillic.
CODE_PAGES = ("cp1252", "cp1251")
SPACES = str.maketrans({"\u00a0": " ", "\u202f": " ", "\u2009": " "})


def lines_of(content: bytes) -> list[tuple[int, list[str]]]:
    """The cells of a delimited text file by number of line, without lines that are empty.

    At most 10 MB, 200,000 lines of 200 cells; raises `ReadError` beyond, and for anything that is no such file.
    """
    refuse_what_is_no_table(content)
    text = decoded(content)
    if "\0" in text:
        raise ReadError(Reason.NUL)
    found = table(text, delimiter_of(text))
    if not found:
        raise ReadError(Reason.EMPTY)
    return found


def refuse_what_is_no_table(content: bytes) -> None:
    """By size and by the first bytes: the name of a file proves nothing."""
    if not content.strip():
        raise ReadError(Reason.EMPTY)
    if len(content) > MAX_BYTES:
        raise ReadError(Reason.TOO_BIG, megabytes=MAX_BYTES // 1024**2)
    if content.startswith(WORKBOOKS):
        raise ReadError(Reason.WORKBOOK)
    if content.startswith(NOT_TEXT) or MARKUP.match(content[:500]):
        raise ReadError(Reason.NOT_TEXT)


def decoded(content: bytes) -> str:
    """UTF-8 or UTF-16 by their marks, UTF-16 by its zero bytes, UTF-8 if it is valid, else a Windows code page."""
    try:
        if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return content.decode("utf-16")
        if content[1:200:2].count(0) > len(content[1:200:2]) // 2:
            return content.decode("utf-16-le")
    except UnicodeDecodeError:
        raise ReadError(Reason.NOT_TEXT) from None
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return from_code_page(content)


def from_code_page(content: bytes) -> str:
    """The first code page in which the words look like words."""
    for page in CODE_PAGES:
        try:
            text = content.decode(page)
        except UnicodeDecodeError:
            continue
        if not looks_garbled(text):
            return text
    return content.decode("cp1252", errors="replace")


def looks_garbled(text: str) -> bool:
    """Whether words are made of accented Western letters only, as Cyrillic read as Western is (`Èìÿ`)."""
    words = [word for word in re.findall(r"[^\W\d_]{3,}", text[:5_000]) if not word.isascii()]
    garbled = [word for word in words if all("\u00a1" <= letter <= "\u00ff" for letter in word)]
    return len(garbled) * 2 > len(words)


def delimiter_of(text: str) -> str:
    """A tab where the first lines have one, else the more frequent of semicolon and comma outside of quotes."""
    head = "\n".join(text.split("\n", SNIFFED_LINES)[:SNIFFED_LINES])
    bare = re.sub(r'"[^"]*"', "", head)
    if "\t" in bare:
        return "\t"
    return ";" if bare.count(";") > bare.count(",") else ","


def table(text: str, delimiter: str) -> list[tuple[int, list[str]]]:
    """Cells with white space taken off, by number of line."""
    found: list[tuple[int, list[str]]] = []
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for cells in rows:
            if len(cells) > MAX_CELLS:
                raise ReadError(Reason.TOO_WIDE, line=rows.line_num, most=MAX_CELLS)
            if rows.line_num > MAX_LINES:
                raise ReadError(Reason.TOO_MANY_LINES, most=MAX_LINES)
            if any(cells):
                found.append((rows.line_num, [cell.translate(SPACES).strip() for cell in cells]))
    except csv.Error:
        raise ReadError(Reason.BROKEN, line=rows.line_num) from None
    return found
