"""The table of an exhibit as a file: numbers as numbers, and beside every line what it is counted over."""

import io
from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from registrations.later import later
from registrations.spreadsheet import csv_lines, text_cell
from surveys.exhibits import Cell, Exhibit

openpyxl = later("openpyxl")

Facts = Sequence[tuple[str, str]]
"""What stands beside the figures: definition, selection, survey, as (head, text)."""


def as_csv(exhibit: Exhibit, facts: Facts) -> Iterator[str]:
    """CSV line by line; every line carries its base. Cells that a spreadsheet would run are guarded."""
    heads = [*exhibit.heads, *(head for head, _text in facts)]
    beside = [text for _head, text in facts]
    return csv_lines(heads, ([*map(_plain, row), *beside] for row in exhibit.rows))


def as_xlsx(exhibit: Exhibit, facts: Facts) -> bytes:
    """A workbook: the table, and a second sheet with what it is counted over. Texts are string cells, which nothing runs."""
    book = openpyxl().Workbook(write_only=True)
    sheet = book.create_sheet(_("Figures")[:31])
    sheet.append([text_cell(sheet, head) for head in exhibit.heads])
    for row in exhibit.rows:
        sheet.append([text_cell(sheet, cell.text) if isinstance(cell.value, str) else _number(cell) for cell in row])
    notes = book.create_sheet(_("Base")[:31])
    about = [(_("Figure"), exhibit.title), (_("Base"), exhibit.base), *facts, *((_("Note"), n) for n in exhibit.notes)]
    for head, text in about:
        notes.append([text_cell(notes, head), text_cell(notes, text)])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _plain(cell: Cell) -> str:
    """A number with a decimal point; a text as it is; what is withheld by its word."""
    return cell.text if cell.value is None else str(cell.value)


def _number(cell: Cell) -> object:
    return cell.text if cell.value is None else cell.value
