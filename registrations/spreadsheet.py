"""CSV and cells of workbooks that spreadsheets open without running anything.

A cell that begins with `= + - @`, a tab or a line break would be taken for a formula, so it gets an apostrophe in
front; so does one that begins with an apostrophe already. Taking one leading apostrophe away from every cell that has
one gives the original back: `+41 22` and `-3` survive the round trip.
"""

import csv
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from registrations.later import later

if TYPE_CHECKING:
    from openpyxl.cell import Cell as XlsxCell
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

openpyxl_cells = later("openpyxl.cell.cell")

BYTE_ORDER_MARK = "\ufeff"  # by which spreadsheets recognise UTF-8
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "'", "＝", "＋", "－", "＠")


def guarded(cell: str) -> str:
    """The cell as written to a CSV."""
    return f"'{cell}" if cell.startswith(_DANGEROUS) else cell


def unguarded(cell: str) -> str:
    """The cell as it was before `guarded`."""
    return cell.removeprefix("'")


def csv_lines(header: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """A CSV of guarded cells, line by line (RFC 4180), beginning with a byte order mark."""
    writer = csv.writer(_Echo())
    yield BYTE_ORDER_MARK + writer.writerow([guarded(cell) for cell in header])
    for row in rows:
        yield writer.writerow([guarded(cell) for cell in row])


def text_cell(sheet: "WriteOnlyWorksheet", text: str) -> "XlsxCell | str":
    """A text that stays one: openpyxl would take what begins with "=" for a formula and "#N/A" for an error."""
    clean: str = openpyxl_cells().ILLEGAL_CHARACTERS_RE.sub("", text)
    if not clean.startswith(("=", "#")):
        return clean
    cell: XlsxCell = openpyxl_cells().WriteOnlyCell(sheet, value=clean)
    cell.data_type = "s"
    return cell


class _Echo:
    """A file that hands each line back."""

    def write(self, line: str) -> str:
        return line
