"""A sheet of a form as rows whose cells are found by the name of the column and the language."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.utils.translation import gettext as _

from surveys.xlsform.languages import code_of
from surveys.xlsform.problems import Findings, row_place, sheet_place
from surveys.xlsform.workbook import FormSheet

TEXTS = frozenset(
    {"label", "hint", "constraint_message", "required_message", "introduction", "thanks", "form_title", "survey_title"}
)
"""The columns that may stand in several languages."""

OTHER_NAMES: Mapping[str, str] = {
    "command": "type",
    "tag": "name",
    "value": "name",
    "caption": "label",
    "relevance": "relevant",
    "constraining_message": "constraint_message",
    "constraintmsg": "constraint_message",
    "requiredmsg": "required_message",
    "readonly": "read_only",
    "calculate": "calculation",
    "count": "repeat_count",
    "set_form_title": "form_title",
    "title": "form_title",
    "set_form_id": "form_id",
    "id_string": "form_id",
}
UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


class Column(NamedTuple):
    """What a column holds: its name as Baraza writes it, and the language ("" where it names none)."""

    name: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One row."""

    sheet: str
    number: int
    cells: Mapping[Column, str]

    @property
    def place(self) -> str:
        """How the row is named."""
        return row_place(self.sheet, self.number)

    def get(self, name: str, language: str = "") -> str:
        """A cell; "" where it is empty or there is no such column."""
        return self.cells.get(Column(name, language), "")

    def filled(self, name: str) -> bool:
        """Whether the cell has something in it, in any language."""
        return any(column.name == name and text for column, text in self.cells.items())


@dataclass(frozen=True)
class Table:
    """The rows of a sheet that have something in them."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)


def column_of(head: str) -> Column:
    """What a head of a column means: "label::English (en)", "Relevance", "label:fr"."""
    name, separator, language = head.partition("::")
    if not separator and ":" in head:
        name, separator, language = head.partition(":")
    plain = re.sub(r"[\s-]+", "_", name.strip().lower())
    plain = OTHER_NAMES.get(plain, plain)
    if plain in TEXTS and separator:
        return Column(plain, language.strip())
    return Column(f"{plain}::{language.strip().lower()}" if separator else plain)


def table_of(sheet: FormSheet, findings: Findings) -> Table:
    """A sheet with its heads understood; its first row holds them."""
    if not sheet.rows:
        return Table(sheet.title, (), ())
    columns = [column_of(head) if head else None for head in sheet.rows[0][1]]
    named = [column for column in columns if column is not None]
    for column in sorted({column for column in named if named.count(column) > 1}):
        findings.wrong(
            sheet_place(sheet.title), _("there are two columns “%(name)s”.") % {"name": "::".join(filter(None, column))}
        )
    for number in sorted(sheet.unresolved):
        findings.wrong(
            row_place(sheet.title, number),
            _("a cell holds a formula without its result. Put the text itself into the cell."),
        )
    rows = [
        row for row in (row_of(sheet.title, number, columns, cells) for number, cells in sheet.rows[1:]) if row.cells
    ]
    return Table(sheet.title, tuple(named), tuple(rows))


def row_of(title: str, number: int, columns: Sequence[Column | None], cells: Sequence[str]) -> Row:
    """One row, without what stands under no head."""
    pairs = zip(columns, cells, strict=False)
    return Row(title, number, {column: text for column, cell in pairs if column and (text := clean(cell))})


def clean(text: str) -> str:
    """A text without characters that nobody sees, its lines parted as everywhere else."""
    return UNSEEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


@dataclass(frozen=True)
class Tongues:
    """Which language each column of texts is in."""

    original: str  # code of the language that unnamed columns are in, too

    def texts(self, row: Row, names: Sequence[str]) -> tuple[dict[str, str], dict[str, dict[str, str]]]:
        """The texts of a row: the original ones by name, and the versions by language and name."""
        original: dict[str, str] = {}
        versions: dict[str, dict[str, str]] = {}
        for column, text in row.cells.items():
            if column.name not in names:
                continue
            code = code_of(column.language) if column.language else self.original
            if code == self.original:
                original.setdefault(column.name, text)
            else:
                versions.setdefault(code, {}).setdefault(column.name, text)
        return original, versions
