"""The XML of a workbook's parts: small parts as attributes of their elements, sheets cell by cell, never as a tree."""

import zipfile
import zlib
from collections.abc import Iterator
from typing import NoReturn
from xml.parsers import expat

from sessions.readers.limits import MAX_ELEMENTS
from sessions.readers.report import ReadError, Reason

PIECE = 64 * 1024
Element = tuple[str, dict[str, str]]


class Counter:
    """How many more XML elements a workbook may have."""

    def __init__(self) -> None:
        self.left = MAX_ELEMENTS

    def spend(self) -> None:
        """One more. Raises `ReadError` beyond the limit."""
        self.left -= 1
        if self.left < 0:
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


def feed(made: expat.XMLParserType, archive: zipfile.ZipFile, name: str) -> None:
    """Give a part to a parser, piece by piece. Raises `ReadError` where the archive or the XML is damaged."""
    try:
        with archive.open(name) as part:
            while piece := part.read(PIECE):
                made.Parse(piece, False)
            made.Parse(b"", True)
    except (expat.ExpatError, zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError):
        raise ReadError(Reason.DAMAGED) from None


def elements(archive: zipfile.ZipFile, name: str, counter: Counter) -> Iterator[Element]:
    """The elements of a small part in their order, their names without namespace; nothing where there is no such part."""
    found: list[Element] = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        counter.spend()
        found.append((local(tag), {local(key): value for key, value in attributes.items()}))

    if name in archive.NameToInfo:
        made = parser()
        made.StartElementHandler = start
        feed(made, archive, name)
    return iter(found)


def local(tag: str) -> str:
    """A name without its namespace."""
    return tag.rpartition(" ")[2]
