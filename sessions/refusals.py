"""Why a report cannot be used, in a sentence that its reader can act on."""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from sessions.readers import ReadError, Reason

SENTENCES: dict[str, str] = {
    Reason.EMPTY: gettext_noop("The file is empty. Export the report again."),
    Reason.TOO_BIG: gettext_noop(
        "The file is larger than %(megabytes)s MB. No attendance report is; is it the right file?"
    ),
    Reason.PROTECTED: gettext_noop(
        "The workbook is protected by a password. Open it, save a copy without a password, and upload the copy."
    ),
    Reason.OLD_WORKBOOK: gettext_noop(
        "This is a workbook of the old kind (.xls). Open it in a spreadsheet program, save it as .xlsx or .csv, and "
        "upload that."
    ),
    Reason.BINARY_WORKBOOK: gettext_noop(
        "This is a binary workbook (.xlsb). Open it in Excel, save it as .xlsx, and upload that."
    ),
    Reason.OPEN_DOCUMENT: gettext_noop(
        "This is an OpenDocument spreadsheet (.ods). Open it, save it as .xlsx or .csv, and upload that."
    ),
    Reason.NUMBERS: gettext_noop(
        "This is a document of Apple’s Numbers or Pages. Open it, export it as Excel or CSV, and upload that."
    ),
    Reason.MACROS: gettext_noop(
        "The workbook holds macros, which are programs. Save it as a workbook without macros (.xlsx), and upload that."
    ),
    Reason.EXTERNAL_LINKS: gettext_noop(
        "The workbook takes values from other files. Save it as .csv, or break the links, and upload it again."
    ),
    Reason.DOCUMENT: gettext_noop(
        "This is a text document or a presentation, not a table. Copy its table into a spreadsheet, and upload that."
    ),
    Reason.PDF: gettext_noop(
        "This is a PDF. Download the report as CSV or Excel from the meeting platform, or type the list into a "
        "spreadsheet."
    ),
    Reason.IMAGE: gettext_noop(
        "This is a picture or a recording. Type the list into a spreadsheet, or record the attendance by hand."
    ),
    Reason.ARCHIVE: gettext_noop("This is an archive of files. Unpack it, and upload the report that is in it."),
    Reason.WEB_PAGE: gettext_noop(
        "This is a web page, whatever its name says. Open it in a spreadsheet program, save it as .xlsx, and upload "
        "that; or download the report again while you are signed in to the meeting platform."
    ),
    Reason.MARKUP: gettext_noop(
        "This is an XML file, not a table. Open it in a spreadsheet program, save it as .xlsx or .csv, and upload that."
    ),
    Reason.NOT_TEXT: gettext_noop(
        "This is neither a text file nor a workbook. Upload the report as CSV, Excel (.xlsx) or JSON."
    ),
    Reason.ENCODING: gettext_noop(
        "The letters of the file cannot be read. Open it in a spreadsheet program, save it as .xlsx, or as CSV in "
        "UTF-8, and upload that."
    ),
    Reason.NUL: gettext_noop("The file holds characters that no report has; it may be damaged. Export it again."),
    Reason.CUT_OFF: gettext_noop("The end of the file is missing. Download it again, and upload it anew."),
    Reason.BROKEN: gettext_noop(
        "The file cannot be read from line %(line)s on: it may be cut off or damaged. Export it again."
    ),
    Reason.DAMAGED: gettext_noop(
        "The file is damaged, and cannot be opened. Open it in the program that made it, save it again, and upload that."
    ),
    Reason.UNPACKS_TOO_BIG: gettext_noop(
        "The workbook holds far more than a list of people. Copy the list into a new workbook, and upload that."
    ),
    Reason.DTD: gettext_noop(
        "The workbook holds instructions that no spreadsheet program writes. Copy the list into a new workbook, and "
        "upload that."
    ),
    Reason.TOO_MANY_LINES: gettext_noop(
        "The file has more than %(most)s lines or too many cells. Is it an attendance report? Split it, if so."
    ),
    Reason.TOO_MANY_SHEETS: gettext_noop(
        "The workbook has more than %(most)s sheets. Keep those with the lists of people, and upload it again."
    ),
    Reason.TOO_WIDE: gettext_noop("Line %(line)s of the file has more than %(most)s columns. Is it the right file?"),
    Reason.FAR_CELL: gettext_noop(
        "Something stands far away from the table, in cell %(cell)s. Empty that cell, or copy the table into a new "
        "workbook, and upload that."
    ),
    Reason.LONG_CELL: gettext_noop(
        "A cell holds more than %(most)s characters (line %(line)s). Is it the right file? A quotation mark may be missing."
    ),
    Reason.TOO_DEEP: gettext_noop("The JSON file is nested deeper than any report. Is it the right file?"),
    Reason.ODD_NUMBER: gettext_noop("The JSON file holds a number that no report has. Export it again."),
    Reason.SAID_TWICE: gettext_noop("The JSON file says the same thing twice, and differently. Export it again."),
    Reason.UNKNOWN_LAYOUT: gettext_noop(
        "This is no report that we know, and no list in which names and times can be told. The list needs a line of "
        "headings, such as name, e-mail, time of joining and time of leaving."
    ),
    Reason.NO_LINES: gettext_noop("The report lists nobody. Is it the right meeting?"),
    Reason.NO_TIMES: gettext_noop(
        "No line of the report says when somebody was there, or for how long. If the platform offers a report with "
        "times, export that one."
    ),
}


def sentence(reason: str, details: Mapping[str, object]) -> str:
    """Why a file cannot be read, in the reader's language."""
    return _(SENTENCES[reason]) % dict(details)


def sentence_of(error: ReadError) -> str:
    """The same, of an error."""
    return sentence(error.reason, error.details)
