"""A workbook (XLSX, ECMA-376) sent while it is made: nothing of it is kept, however many rows it has.

Texts are inline strings, which nothing runs, whatever they begin with; numbers are numbers; `None` is an empty cell.
A sheet that is full, which is at 1,048,576 rows, is followed by another one.
"""

import re
import zipfile
from collections.abc import Generator, Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import islice
from typing import IO, cast
from xml.sax.saxutils import escape, quoteattr

Cell = str | int | Decimal | None

ROWS_OF_A_SHEET = 1_000_000
LONGEST_TEXT = 32_767  # characters that a cell may have
LONGEST_TITLE = 31
_CHUNK = 64 * 1024  # bytes that are sent together
_ROWS_AT_ONCE = 200
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NOT_IN_A_TITLE = re.compile(r"[\[\]:*?/\\]")

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


class Sheet:
    """A title, the heads of its columns, and its rows, which are read once."""

    def __init__(self, title: str, heads: Sequence[Cell], rows: Iterable[Sequence[Cell]]) -> None:
        self.title, self.heads, self.rows = title, heads, rows


def workbook(sheets: Iterable[Sheet]) -> Iterator[bytes]:
    """The file in pieces of some 64 kB; the first one comes before the first row is asked for."""
    pipe = _Pipe()
    titles: list[str] = []
    with zipfile.ZipFile(cast(IO[bytes], pipe), "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package:
        package.writestr("_rels/.rels", _root())
        yield pipe.taken()
        for sheet in sheets:
            rows = iter(sheet.rows)
            is_more = True
            while is_more:
                titles.append(_title(sheet.title, titles))
                with package.open(f"xl/worksheets/sheet{len(titles)}.xml", "w", force_zip64=True) as part:
                    is_more = yield from _written(part, pipe, sheet.heads, rows)
        for name, text in _directory(titles):
            package.writestr(name, text)
    yield pipe.taken()


def _written(
    part: IO[bytes], pipe: "_Pipe", heads: Sequence[Cell], rows: Iterator[Sequence[Cell]]
) -> Generator[bytes, None, bool]:
    """One sheet; whether rows are left for another one."""
    part.write(f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetData>{_row(heads)}'.encode())
    left = ROWS_OF_A_SHEET
    while left and (some := list(islice(rows, min(left, _ROWS_AT_ONCE)))):
        part.write("".join(map(_row, some)).encode())
        left -= len(some)
        if pipe.waiting >= _CHUNK:
            yield pipe.taken()
    part.write(b"</sheetData></worksheet>")
    return not left


def _row(cells: Sequence[Cell]) -> str:
    return f"<row>{''.join(map(_cell, cells))}</row>"


def _cell(value: Cell) -> str:
    if value is None or value == "":
        return "<c/>"
    if isinstance(value, int | Decimal):
        return f"<c><v>{value}</v></c>"
    text = escape(_NOT_XML.sub("", value[:LONGEST_TEXT])).replace("\r", "&#13;")
    return f'<c t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'


def _title(wished: str, taken: Sequence[str]) -> str:
    """A title that a sheet may have and that no other one has."""
    base = _NOT_IN_A_TITLE.sub(" ", wished).strip("' ")[:LONGEST_TITLE] or "Sheet"
    numbered = (f"{base[: LONGEST_TITLE - 4]} {number}" for number in range(2, 999))
    return base if base not in taken else next(title for title in numbered if title not in taken)


def _root() -> str:
    kind = f"{_RELATED}/officeDocument"
    return (
        f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{kind}" Target="xl/workbook.xml"/></Relationships>'
    )


def _directory(titles: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The parts that say which sheets there are."""
    numbered = list(enumerate(titles, 1))
    sheets = "".join(f'<sheet name={quoteattr(title)} sheetId="{n}" r:id="rId{n}"/>' for n, title in numbered)
    yield (
        "xl/workbook.xml",
        f'{_HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{_RELATED}"><sheets>{sheets}</sheets></workbook>',
    )
    links = "".join(
        f'<Relationship Id="rId{n}" Type="{_RELATED}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n, _title in numbered
    )
    yield (
        "xl/_rels/workbook.xml.rels",
        f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{links}</Relationships>',
    )
    parts = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{_KIND}.worksheet+xml"/>'
        for n, _title in numbered
    )
    yield (
        "[Content_Types].xml",
        f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_KIND}.sheet.main+xml"/>{parts}</Types>',
    )


class _Pipe:
    """What the archive is written to: it is handed on and not kept, so nobody can go back in it."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []
        self.waiting = 0

    def write(self, piece: bytes) -> int:
        self._pieces.append(bytes(piece))
        self.waiting += len(piece)
        return len(piece)

    def flush(self) -> None:
        """Nothing waits anywhere else."""

    def taken(self) -> bytes:
        """What was written since it was last asked for."""
        pieces = b"".join(self._pieces)
        self._pieces.clear()
        self.waiting = 0
        return pieces
