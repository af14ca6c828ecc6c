"""GoToWebinar and GoToMeeting: attendee reports as CSV or workbook.

No export was at hand: columns are found by many names, wherever the table begins. Known from documentation: a general
block above, tables of attendees and of staff, `Yes`/`No` for who attended, dates such as `Jun 24, 2026 10:57 AM EDT`,
durations such as `62 minutes`. The abbreviation of a zone is left out: times stay in the file's own clock.
"""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sessions.readers.columns import (
    TITLE_LENGTH,
    addresses,
    cell_at,
    clean,
    cleaned,
    column,
    head,
    moments_of,
    order_for,
    place_of,
    same_clock,
)
from sessions.readers.durations import MINUTE, seconds_of
from sessions.readers.layout import Lines, is_title
from sessions.readers.meet_times import days_after
from sessions.readers.moments import Order, clock_of, date_of, moment
from sessions.readers.registrants import Columns, People, where_times_are_missing
from sessions.readers.report import Meeting, ReadError, Reason, Report, Role, Source, reader

NAMES = {"name", "attendee", "attendee name", "full name", "participant", "nom complet", "vollständiger name"}
GIVEN = {"first name", "firstname", "given name", "vorname", "prénom", "nombre", "nome"}
FAMILY = {"last name", "lastname", "surname", "family name", "nachname", "nom", "apellido", "apellidos", "sobrenome"}
EMAILS = {"email", "email address", "e-mail", "e-mail address", "attendee email", "e-mail-adresse", "adresse e-mail",
          "correo electrónico", "dirección de correo electrónico"}  # fmt: skip
JOINED = {"join time", "joined", "time joined", "join date/time", "join date / time", "join time(1)", "first join time",
          "beitrittszeit", "heure d'arrivée", "hora de entrada"}  # fmt: skip
LEFT = {"leave time", "left", "time left", "leave date/time", "leave date / time", "exit time", "last leave time",
        "verlassenszeit", "heure de départ", "hora de salida"}  # fmt: skip
DURATIONS = {"time in session", "time in session(minutes)", "in session duration", "in session duration(minutes)",
             "time in session(hh:mm)", "time in session(hh:mm:ss)", "duration(minutes)", "minutes in session",
             "attendance time", "attendance time(minutes)", "sitzungsdauer(minuten)"}  # fmt: skip
ATTENDED = {"attended", "attended live", "attendance", "teilgenommen", "a participé", "asistió"}
OF_GOTO = {"interest rating", "time in session", "time in session(minutes)", "in session duration(minutes)",
           "in session duration", "unsubscribed", "questions asked by attendee", "attentiveness"}  # fmt: skip
OF_ZOOM = {"user name(original name)", "user name", "is guest", "country/region name", "name(original name)"}
ROLES = {"role", "staff role", "type", "user type", "attendee type"}
TITLES = {"webinar name", "webinar title", "webinar", "meeting topic", "meeting name", "meeting title", "subject", "topic",
          "training name", "training title", "session name"}  # fmt: skip
LABELS = {*TITLES, "webinar id", "meeting id", "training id", "actual start date/time", "actual start date / time",
          "actual duration(minutes)", "start time", "end time", "duration", "meeting date", "general information",
          "report generated", "total attendees", "webinar key", "organizer", "date", "meeting type"}  # fmt: skip
DAYS = {"actual start date/time", "actual start date / time", "actual start time", "start time", "date", "webinar date",
        "meeting date", "session date"}  # fmt: skip
STAFF = ("staff", "organizer", "organiser", "panelist", "presenter", "veranstalter", "organisateur", "organizador")
HEAD_AMONG = 30  # lines in which the first heads are sought
ROUNDING = dt.timedelta(minutes=2)  # by which a stated duration may differ from the times without contradicting them


Moment = dt.datetime | None


@dataclass(frozen=True)
class Table:
    """People of one kind: attendees, or staff."""

    title: str
    heads: list[str]
    lines: Lines

    def column(self, names: set[str]) -> Sequence[str]:
        """The column with one of these heads, "" where there is none."""
        return column(self.lines, place_of(self.heads, names))


@reader
def read_gotowebinar(source: Source) -> Report | None:
    """Attendees, staff and the absent, or `None` where no line has the heads of GoTo's."""
    tables = [table for sheet in source.sheets for table in tables_in(sheet.rows)]
    if not any(set(table.heads) & OF_GOTO for table in tables):
        return None
    dates = order_for(source, *(table.column(names) for table in tables for names in (JOINED, LEFT)))
    day = day_of(source, dates.order)
    people = People()
    for table in tables:
        people.add(columns_of(table, dates.order, day))
    if not people.connections and not people.absent:
        raise ReadError(Reason.NO_LINES)
    title = next((text for sheet in source.sheets if (text := labelled(sheet.rows, TITLES))), "")
    meeting = Meeting(clean(title)[:TITLE_LENGTH], people.connections, people.still_absent)
    return Report("gotowebinar", "attendees", [meeting], dates.stated, dates.notes)


def tables_in(rows: Lines) -> list[Table]:
    """Every table of people of a sheet; a line of one cell, or the next heads, ends it."""
    if not any(is_head(cells) for _line, cells in rows[:HEAD_AMONG]):
        return []
    starts = [at for at, (_line, cells) in enumerate(rows) if is_head(cells)]
    found = []
    for start, end in zip(starts, [*starts[1:], len(rows)], strict=True):
        above = next((cells[0] for _line, cells in reversed(rows[max(0, start - 2) : start]) if is_title(cells)), "")
        lines = [line for line in rows[start + 1 : end] if not is_title(line[1])]
        found.append(Table(head(above), list(map(head, rows[start][1])), lines))
    return found


def is_head(cells: Sequence[str]) -> bool:
    """Somebody, and how long or whether they were there; not one of Zoom's tables, whose minutes have the same head."""
    heads = set(map(head, cells))
    somebody = heads & (NAMES | GIVEN | FAMILY | EMAILS)
    return bool(somebody and heads & (DURATIONS | ATTENDED | JOINED | OF_GOTO)) and not heads & OF_ZOOM


def day_of(source: Source, order: Order) -> dt.date | None:
    """The webinar's day, for times that have none: the session's, else the one that the general block states."""
    texts = (labelled(sheet.rows, DAYS) for sheet in source.sheets)
    stated = next((text for text in texts if text), "")
    start = moment(stated, order)
    return source.near or (start.date() if start else date_of(stated, order))


def times_of(table: Table, order: Order, day: dt.date | None) -> tuple[Sequence[Moment], Sequence[Moment]]:
    """When each line joined and left; times of day alone are of the webinar's day."""
    joined, left = same_clock(*(moments_of(table.column(names), order) for names in (JOINED, LEFT)))
    if day is None or any(joined):
        return joined, left
    clocks = [(clock_of(start), clock_of(end)) for start, end in zip(*map(table.column, (JOINED, LEFT)), strict=True)]
    placed = days_after(day, clocks, is_start=True)
    return [start for start, _end in placed], [end for _start, end in placed]


def columns_of(table: Table, order: Order, day: dt.date | None) -> Columns:
    """The columns of one table."""
    joined, left = times_of(table, order, day)
    emails = addresses(table.column(EMAILS))
    named = zip(*(table.column(names) for names in (NAMES, GIVEN, FAMILY)), strict=True)
    names = cleaned([name or f"{given} {family}" for name, given, family in named])
    stated = [seconds_of(text, unit=MINUTE) for text in table.column(DURATIONS)]
    keys = [email or name for email, name in zip(emails, names, strict=True)]
    return Columns(
        lines=[line for line, _cells in table.lines],
        names=names,
        emails=emails,
        joined=joined,
        left=left,
        seconds=contradicted(keys, stated, joined, left),
        attended=table.column(ATTENDED),
        roles=[role_of(table.title, text) for text in table.column(ROLES)],
    )


def contradicted(
    keys: Sequence[str], stated: Sequence[int | None], joined: Sequence[Moment], left: Sequence[Moment]
) -> list[int | None]:
    """The durations that count: without both times, and where one line per person says far less than first to last."""
    lines = Counter(keys)
    missing = where_times_are_missing(stated, joined, left)
    return [
        stay if lines[key] == 1 and stay is not None and is_longer(start, end, than=stay) else otherwise
        for key, stay, start, end, otherwise in zip(keys, stated, joined, left, missing, strict=True)
    ]


def is_longer(start: Moment, end: Moment, *, than: int) -> bool:
    """Whether the time between two moments exceeds a duration by more than its rounding."""
    return start is not None and end is not None and end - start > ROUNDING + dt.timedelta(seconds=than)


def role_of(title: str, text: str) -> Role:
    """What a line or the title of its table says: staff are panelists or organisers."""
    word = head(text) or title
    if "panelist" in word:
        return Role.PANELIST
    return Role.ORGANIZER if any(part in word for part in STAFF) else Role.ATTENDEE


def labelled(rows: Lines, names: set[str]) -> str:
    """What stands behind, beside or below a label of the general block; "" where there is no such label."""
    for index, (_line, cells) in enumerate(rows[:HEAD_AMONG]):
        if is_head(cells):
            return ""
        for at, cell in enumerate(cells):
            name, _colon, value = cell.partition(":")
            if head(name) in names:
                below = cell_at(rows[index + 1][1], at) if index + 1 < len(rows) else ""
                candidates = [value.strip(), cell_at(cells, at + 1), below]
                return next((text for text in candidates if text and head(text.rstrip(":")) not in LABELS), "")
    return ""
