"""The table of an exhibit as a file: numbers as numbers, and beside every line what it is counted over."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from registrations.spreadsheet import csv_lines
from registrations.workbook import Sheet, workbook
from surveys.exhibits import Cell, Exhibit

Facts = Sequence[tuple[str, str]]
"""What stands beside the figures: definition, selection, survey, as (head, text)."""


def as_csv(exhibit: Exhibit, facts: Facts) -> Iterator[str]:
    """CSV line by line; every line carries its base. Cells that a spreadsheet would run are guarded."""
    heads = [*exhibit.heads, *(head for head, _text in facts)]
    beside = [text for _head, text in facts]
    return csv_lines(heads, ([*map(_plain, row), *beside] for row in exhibit.rows))


def as_xlsx(exhibit: Exhibit, facts: Facts) -> bytes:
    """A workbook: the table, and a second sheet with what it is counted over. Texts are string cells, which nothing runs."""
    about = [(_("Figure"), exhibit.title), (_("Base"), exhibit.base), *facts, *((_("Note"), n) for n in exhibit.notes)]
    rows = (list(map(_number_or_text, row)) for row in exhibit.rows)
    return b"".join(workbook([Sheet(_("Figures"), exhibit.heads, rows), Sheet(_("Base"), about[0], about[1:])]))


def _number_or_text(cell: Cell) -> int | Decimal | str:
    return cell.text if cell.value is None or isinstance(cell.value, str) else cell.value


def _plain(cell: Cell) -> str:
    """A number with a decimal point; a text as it is; what is withheld by its word."""
    return cell.text if cell.value is None else str(cell.value)
