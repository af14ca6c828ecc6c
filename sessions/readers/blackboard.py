"""Blackboard Collaborate (Class Collaborate): the institution's attendance report as CSV, in UTC.

One line per attendee and session: the first time of joining, the last time of leaving, and the time in the session in
all, which counts. It may hold many sessions. Sources: class.com and help.blackboard.com, "Attendee Report"; times are
`MM/DD/YYYY HH:MM` there, `YYYY-MM-DD HH:MM:SS` in the interface's answers.
"""

import datetime as dt
from collections.abc import Iterator, Sequence

from sessions.readers.columns import (
    TITLE_LENGTH,
    addresses,
    cell_at,
    clean,
    cleaned,
    column,
    heads,
    moments_of,
    once_each,
    order_for,
)
from sessions.readers.durations import seconds_of
from sessions.readers.moments import Order
from sessions.readers.report import Connection, Exclusion, Meeting, ReadError, Reason, Report, Role, Source, reader

Lines = Sequence[tuple[int, list[str]]]
Places = dict[str, int]

NAME, EMAIL, USER = "nameofattendee", "emailofattendee", "username"
GIVEN, FAMILY = "firstnameofattendee", "lastnameofattendee"
JOINED, LEFT, TOTAL = "attendeefirstjointime", "attendeelastleavetime", "attendeetotaltimeinsession"
SESSION, OCCURRENCE, TITLE = "sessionidentifier", "sessioninstanceidentifer", "sessionname"
OPENED, CLOSED = "roomopened", "roomclosed"
ROLES = {"moderator": Role.HOST, "presenter": Role.PRESENTER}


@reader
def read_blackboard(source: Source) -> Report | None:
    """Every session of the report, or `None` where no line is its heads."""
    rows = source.sheets[0].rows if source.sheets else []
    for index, (_line, cells) in enumerate(rows[:20]):
        places = places_of(cells)
        if NAME in places and ({JOINED, LEFT, TOTAL, SESSION} & places.keys()):
            return report_of(rows[index + 1 :], places, source)
    return None


def places_of(cells: Sequence[str]) -> Places:
    """The place of each head, written without spaces; the vendor's `Identifer` as it should be, too."""
    plain = [text.replace(" ", "").replace("instanceidentifier", "instanceidentifer") for text in heads(cells)]
    return {text: place for place, text in reversed(list(enumerate(plain))) if text}


def report_of(rows: Lines, places: Places, source: Source) -> Report:
    """The sessions in the order in which the file first names them."""
    order = order_for(source, *(column(rows, places.get(name)) for name in (JOINED, LEFT, OPENED, CLOSED)))
    by_session: dict[tuple[str, str, str], list[tuple[int, list[str]]]] = {}
    for line, cells in rows:
        key = [cell_at(cells, places.get(name)) for name in (SESSION, OCCURRENCE, TITLE)]
        by_session.setdefault((key[0], key[1], "" if key[0] or key[1] else key[2]), []).append((line, cells))
    meetings = [meeting(lines, places, order.order) for lines in by_session.values()]
    meetings = [found for found in meetings if found.connections]
    if not meetings:
        raise ReadError(Reason.NO_LINES)
    return Report("blackboard", "attendance report", meetings, order.stated, order.notes)


def meeting(rows: Lines, places: Places, order: Order) -> Meeting:
    """One session's attendees."""
    starts, ends = (next(filter(None, utc(column(rows, places.get(name)), order)), None) for name in (OPENED, CLOSED))
    title = next(filter(None, column(rows, places.get(TITLE))), "")
    return Meeting(clean(title)[:TITLE_LENGTH], list(stays(rows, places, order, ends)), (), starts, ends)


def stays(rows: Lines, places: Places, order: Order, ends: dt.datetime | None) -> Iterator[Connection]:
    """The lines of a session. A user's name is an account, or the address where the report has no other."""
    shown = cleaned(column(rows, places.get(NAME)))
    parts = zip(column(rows, places.get(GIVEN)), column(rows, places.get(FAMILY)), strict=True)
    names = [name or whole for name, whole in zip(shown, cleaned([" ".join(part) for part in parts]), strict=True)]
    users = column(rows, places.get(USER))
    emails = addresses(column(rows, places.get(EMAIL, places.get(USER))))
    joins, leaves = (utc(column(rows, places.get(name)), order) for name in (JOINED, LEFT))
    totals = once_each(seconds_of, column(rows, places.get(TOTAL)))
    lines = zip(rows, names, emails, users, joins, leaves, totals, strict=True)
    for (line, cells), name, email, user, joined, left, seconds in lines:
        if not name and not email:
            continue
        is_open = joined is not None and left is None
        if joined is not None and left is None and ends is not None and ends > joined:
            left = ends
        is_empty = joined is None and left is None and seconds is None
        yield Connection(
            line,
            name,
            email,
            joined,
            left,
            seconds,
            ROLES.get(cell_at(cells, places.get("attendeerole")).casefold(), Role.ATTENDEE),
            Exclusion.NO_TIMES if is_empty else None,
            is_open,
            account=user if "@" not in user and user != name else "",
        )


def utc(texts: Sequence[str], order: Order) -> list[dt.datetime | None]:
    """Moments of the report's zone, which is UTC."""
    found = moments_of(texts, order)
    return [when if when is None or when.tzinfo else when.replace(tzinfo=dt.UTC) for when in found]
