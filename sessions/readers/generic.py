"""Sign-in sheets that people type: one table or many, with times, with marks, for one day or several.

Tried after the platforms' readers, and only where heads and cells agree on who was there and when; everything else is
left to the mapping page.
"""

from sessions.readers.lists import read_lists
from sessions.readers.mapped import guess, report_of
from sessions.readers.report import ReadError, Reason, Report, Source


def read_generic(source: Source) -> Report | None:
    """The meetings of a sign-in sheet, or `None` where it cannot be told with confidence which column is what."""
    mapping = guess(source.sheets)
    if not mapping.head or not mapping.has_identity or not mapping.has_evidence:
        return None
    try:
        return report_of(read_lists(source, mapping), "sign-in sheet")
    except ReadError as error:
        if error.reason in (Reason.NO_TIMES, Reason.NO_LINES):
            return None
        raise
