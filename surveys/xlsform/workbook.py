"""The sheets of a form's workbook, read within the limits of `sessions.readers`; formulas are never computed."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from sessions.readers.kinds import is_archive, refuse_what_is_no_table
from sessions.readers.markup import feed, parser
from sessions.readers.report import ReadError, Reason
from sessions.readers.workbook import Book, SheetParser, opened_book
from sessions.refusals import sentence_of
from surveys.errors import Refused

ROWS: dict[str, int] = {"survey": 1_000, "choices": 5_000, "settings": 10}
"""The sheets that are read, and how many rows each may have."""


@dataclass(frozen=True)
class FormSheet:
    """A sheet: its title in small letters, its rows with their numbers, and rows with formulas that have no result."""

    title: str
    rows: Sequence[tuple[int, list[str]]]
    unresolved: frozenset[int] = field(default=frozenset())


class FormSheetParser(SheetParser):
    """Remembers the rows with a formula and no result beside it."""

    def __init__(self, book: Book) -> None:
        super().__init__(book)
        self.unresolved: set[int] = set()
        self.has_formula = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        super().start(tag, attributes)
        name = tag[tag.rfind(" ") + 1 :]
        if name == "c":
            self.has_formula = False
        self.has_formula = self.has_formula or name == "f"

    def end(self, tag: str) -> None:
        """An element ends."""
        if tag[tag.rfind(" ") + 1 :] == "c" and self.has_formula and not self.pieces:
            self.unresolved.add(self.line)
        super().end(tag)


def form_sheets(content: bytes) -> list[FormSheet]:
    """The visible sheets of a workbook, all of them. Raises Refused for a file that is no workbook, or none that is read."""
    try:
        refuse_what_is_no_table(content)
        if not is_archive(content):
            raise Refused(_("This is no workbook. Save the form as an Excel workbook (.xlsx), and upload that."))
        book, titles = opened_book(content, spaces={})
        return [sheet_of(book, title, target) for title, target in titles]
    except ReadError as error:
        raise Refused(refusal_of(error)) from None


def refusal_of(error: ReadError) -> str:
    """Why a file cannot be read, in words that fit a form."""
    if error.reason is Reason.EMPTY:
        return _("The workbook is empty. An XLSForm has a sheet “survey” with a row for each question.")
    if error.reason is Reason.OLD_WORKBOOK:
        return _(
            "This is a workbook of the old kind (.xls). Open it in a spreadsheet program, save it as .xlsx, and upload that."
        )
    return sentence_of(error)


def sheet_of(book: Book, title: str, part: str) -> FormSheet:
    """One sheet."""
    made, sheet = parser(), FormSheetParser(book)
    made.StartElementHandler, made.EndElementHandler = sheet.start, sheet.end
    made.CharacterDataHandler = sheet.data
    feed(made, book.archive, part, book.counter)
    name = title.strip().lower()
    most = ROWS.get(name)
    if most is not None and len(sheet.rows) > most + 1:
        raise Refused(
            _("The sheet “%(sheet)s” has %(rows)s rows; at most %(most)s are read. Make two surveys of it.")
            % {"sheet": name, "rows": len(sheet.rows), "most": most}
        )
    return FormSheet(name, sheet.rows, frozenset(sheet.unresolved))
