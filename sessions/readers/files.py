"""From bytes to tables: what kind of file it is is found out, never believed, and nothing is read without a bound."""

from collections.abc import Sequence

from sessions.readers.documents import document_of, is_document
from sessions.readers.kinds import is_archive, refuse_what_is_no_table
from sessions.readers.report import Sheet
from sessions.readers.text import lines_of
from sessions.readers.workbook import sheets_of


def opened(content: bytes, file_name: str) -> tuple[Sequence[Sheet], object]:
    """The sheets of a text file or a workbook, or the content of a JSON file. Raises `ReadError`."""
    refuse_what_is_no_table(content)
    if is_archive(content):
        return sheets_of(content), None
    if is_document(content):
        return [], document_of(content)
    return [Sheet("", lines_of(content))], None
