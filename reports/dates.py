"""Days and ranges of days in words, in the order of the reader's language."""

import datetime as dt

from django.utils.dateformat import format as formatted
from django.utils.translation import pgettext


def date_range(first: dt.date, last: dt.date) -> str:
    """A day, or two days and what lies between: "21–25 March 2022"."""
    if first == last:
        return formatted(first, pgettext("date format", "j F Y"))
    begin, dash, end = _patterns(first, last)
    return f"{formatted(first, begin)}{dash}{formatted(last, end)}"


# Translators: letters of Django's date filter; E is the month as it stands beside a day where that differs from F. What
# stands between two days is a word in Arabic, with a blank on both sides: a dash between digits would turn them around.
def _patterns(first: dt.date, last: dt.date) -> tuple[str, str, str]:
    if first.year != last.year:
        pattern = pgettext("date format", "j F Y")
        return pattern, pgettext("between two days in full", " – "), pattern
    if first.month != last.month:
        return (
            pgettext("date format, first of two days in one year", "j F"),
            pgettext("between two days in full", " – "),
            pgettext("date format, last of two days in one year", "j F Y"),
        )
    return (
        pgettext("date format, first of two days in one month", "j"),
        pgettext("between two days of one month", "–"),
        pgettext("date format, last of two days in one month", "j F Y"),
    )


def day_of(moment: str) -> dt.date:
    """The day of a frozen day or moment (ISO 8601), in the zone in which it was written."""
    return dt.date.fromisoformat(moment[:10])
