"""The XML of a workbook's parts: small parts as attributes of their elements, sheets cell by cell, never as a tree."""

import zipfile
import zlib
from collections.abc import Iterator
from typing import NoReturn
from xml.parsers import expat

from sessions.readers.limits import MAX_ELEMENTS, MAX_EMPTY_ELEMENTS
from sessions.readers.report import ReadError, Reason

PIECE = 64 * 1024
Element = tuple[str, dict[str, str]]


class Counter:
    """How many more XML elements a workbook may have, all in all and such without content."""

    def __init__(self) -> None:
        self.left, self.empty_left = MAX_ELEMENTS, MAX_EMPTY_ELEMENTS

    def spend(self, piece: bytes) -> None:
        """Those that begin in a piece of a part. Raises `ReadError` beyond the limit."""
        self.left -= piece.count(b"<") - piece.count(b"</")
        self.empty_left -= piece.count(b"/>")
        if self.left < 0 or self.empty_left < 0:
            raise ReadError(Reason.UNPACKS_TOO_BIG)


def refuse_dtd(*_arguments: object) -> NoReturn:
    """A workbook needs no document type; who sends one means to blow a parser up or to read other files."""
    raise ReadError(Reason.DTD)


def parser() -> expat.XMLParserType:
    """A parser without entities, that gives text in one piece and element names as `namespace name`."""
    made = expat.ParserCreate(namespace_separator=" ")
    made.buffer_text = True
    made.buffer_size = 2**16
    made.StartDoctypeDeclHandler = refuse_dtd
    made.EntityDeclHandler = refuse_dtd
    return made


def feed(made: expat.XMLParserType, archive: zipfile.ZipFile, name: str, counter: Counter) -> None:
    """Give a part to a parser, piece by piece. Raises `ReadError` where the archive or the XML is damaged, or endless."""
    try:
        for piece in pieces(archive, name):  # counting is quick, parsing is not
            counter.spend(piece)
        for piece in pieces(archive, name):
            made.Parse(piece, False)
        made.Parse(b"", True)
    except (expat.ExpatError, zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError):
        raise ReadError(Reason.DAMAGED) from None


def pieces(archive: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    """A part, unpacked bit by bit."""
    with archive.open(name) as part:
        while piece := part.read(PIECE):
            yield piece


def elements(archive: zipfile.ZipFile, name: str, counter: Counter) -> Iterator[Element]:
    """The elements of a small part in their order, their names without namespace; nothing where there is no such part."""
    found: list[Element] = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        found.append((local(tag), {local(key): value for key, value in attributes.items()}))

    if name in archive.NameToInfo:
        made = parser()
        made.StartElementHandler = start
        feed(made, archive, name, counter)
    return iter(found)


def local(tag: str) -> str:
    """A name without its namespace."""
    return tag.rpartition(" ")[2]
