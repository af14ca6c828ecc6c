"""Why a report cannot be used, in a sentence that its reader can act on."""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from sessions.readers import ReadError, Reason

SENTENCES: dict[str, str] = {
    Reason.EMPTY: gettext_noop("The file is empty. Export the report again."),
    Reason.TOO_BIG: gettext_noop(
        "The file is larger than %(megabytes)s MB. No meeting report is; is it the right file?"
    ),
    Reason.WORKBOOK: gettext_noop(
        "This is a spreadsheet workbook, not a CSV file. Save it as CSV, or take the CSV file that Zoom offers."
    ),
    Reason.NOT_TEXT: gettext_noop("This is not a CSV file. Export the meeting’s report from Zoom as CSV."),
    Reason.NUL: gettext_noop("The file holds characters that no report has; it may be damaged. Export it again."),
    Reason.BROKEN: gettext_noop(
        "The file cannot be read from line %(line)s on: it may be cut off or damaged. Export it again."
    ),
    Reason.TOO_MANY_LINES: gettext_noop("The file has more than %(most)s lines. Is it the report of one meeting?"),
    Reason.TOO_WIDE: gettext_noop("Line %(line)s of the file has more than %(most)s columns. Is it the right file?"),
    Reason.UNKNOWN_LAYOUT: gettext_noop(
        "This is not a meeting report of Zoom’s that we know: no line has the headings of its list of participants."
    ),
    Reason.NO_LINES: gettext_noop("The report lists nobody. Is it the right meeting?"),
    Reason.NO_TIMES: gettext_noop("No line of the report has a time of joining and of leaving that can be read."),
}


def sentence(reason: str, details: Mapping[str, object]) -> str:
    """Why a file cannot be read, in the reader's language."""
    return _(SENTENCES[reason]) % dict(details)


def sentence_of(error: ReadError) -> str:
    """The same, of an error."""
    return sentence(error.reason, error.details)
