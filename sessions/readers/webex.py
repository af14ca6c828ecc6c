"""Webex: the attendees of one or several meetings, one line per connection and per breakout session.

Thirteen columns, tab-separated UTF-16 under the name .csv, dates guarded as `="2026-05-20 09:01:11"`; saved again with
commas or semicolons. A telephone beside a computer is a line of its own, and breakouts overlap the main session:
merging the intervals counts them once. Heads: English and Brazilian Portuguese of public parsers; in other languages
the thirteen columns are known by what stands where.
"""

from collections.abc import Sequence

from sessions.readers.columns import (
    TITLE_LENGTH,
    addresses,
    cell_at,
    clean,
    cleaned,
    column,
    head,
    moments_of,
    once_each,
    order_for,
    place_of,
    same_clock,
)
from sessions.readers.durations import MINUTE, seconds_of
from sessions.readers.layout import Lines, is_moment
from sessions.readers.moments import Order, moment
from sessions.readers.report import Connection, Exclusion, Meeting, ReadError, Reason, Report, Role, Source, reader

COLUMNS = (
    ("meeting name", "nome da reunião", "nombre de la reunión", "nom de la réunion"),
    ("meeting start time", "data de início da reunião"),
    ("meeting end time", "data de término da reunião"),
    ("display name", "nome de exibição", "nombre para mostrar", "nom affiché"),
    ("first name", "nome", "nombre", "prénom"),
    ("last name", "sobrenome", "apellidos", "nom"),
    ("role", "função", "rol", "rôle"),
    ("attendee email", "e-mail do convidado", "invitee email"),
    ("join time", "hora da entrada"),
    ("leave time", "hora da saída"),
    ("attendance duration", "duração da presença"),
)
MEETING, STARTS, ENDS, SHOWN, GIVEN, FAMILY, ROLE, EMAIL, JOINED, LEFT, DURATION = range(len(COLUMNS))
HEAD_AMONG = 10
TELLING = {"attendee email", "attendance duration", "e-mail do convidado", "duração da presença"}
ROLES = {
    **dict.fromkeys(
        ("host", "anfitrião", "anfitriã", "anfitrión", "organizador", "hôte", "organisateur", "gastgeber", "organizzatore",
         "ospitante", "主持人", "主催者", "ホスト", "호스트", "主辦人", "организатор", "gospodarz", "toplantı sahibi"),
        Role.HOST,
    ),
    **dict.fromkeys(("cohost", "co-host", "coanfitrião", "coanfitrión", "presenter", "apresentador"), Role.PRESENTER),
    **dict.fromkeys(("panelist", "panellist", "palestrante", "panelista", "panéliste"), Role.PANELIST),
}  # fmt: skip


@reader
def read_webex(source: Source) -> Report | None:
    """The attendees, or `None` where no line has the heads, or the shape, of Webex's report."""
    rows = source.sheets[0].rows if source.sheets else []
    start = next((at for at in range(min(len(rows), HEAD_AMONG)) if is_head(rows[at][1], rows[at + 1 : at + 2])), None)
    if start is None:
        return None
    places, lines = places_of(rows[start][1]), [(line, unguarded(cells)) for line, cells in rows[start + 1 :]]
    dates = order_for(source, column(lines, places[JOINED]), column(lines, places[LEFT]))
    lines_of = dict[tuple[str, ...], list[tuple[int, list[str]]]]()
    for line in lines:
        lines_of.setdefault(tuple(cell_at(line[1], places[at]) for at in (MEETING, STARTS, ENDS)), []).append(line)
    meetings = [meeting_of(found, places, dates.order) for found in lines_of.values()]
    meetings = [meeting for meeting in meetings if meeting.connections]
    if not meetings:
        raise ReadError(Reason.NO_LINES)
    return Report("webex", "attendees", meetings, dates.stated, dates.notes)


def unguarded(cells: list[str]) -> list[str]:
    """Cells without the guard that keeps a spreadsheet from turning them into numbers: `="2026-05-20 09:01:11"`."""
    if not any(cell.startswith("=") for cell in cells):
        return cells
    return [cell[1:].strip('"').strip() if cell.startswith("=") else cell for cell in cells]


def is_head(cells: Sequence[str], below: Lines) -> bool:
    """Two heads that only Webex has, or thirteen columns over a line with its times and its address in their places."""
    heads = set(map(head, cells))
    if len(heads & TELLING) == 2 and heads & set(COLUMNS[JOINED]):
        return True
    if sum(map(bool, cells)) < 12 or not below or any(map(is_moment, cells)):
        return False
    times = [at for at, cell in enumerate(unguarded(below[0][1])) if is_moment(cell)]
    return times == [STARTS, ENDS, JOINED, LEFT]


def places_of(cells: Sequence[str]) -> list[int | None]:
    """Where the columns stand: by their heads, else, if none is known, in Webex's order."""
    heads = list(map(head, cells))
    if set(heads) & TELLING:
        return [place_of(heads, names) for names in COLUMNS]
    return list(range(len(COLUMNS)))


def meeting_of(lines: Lines, places: Sequence[int | None], order: Order) -> Meeting:
    """One meeting of the report."""
    columns = [column(lines, at) for at in places]
    named = zip(columns[SHOWN], columns[GIVEN], columns[FAMILY], strict=True)
    names = cleaned([shown or f"{given} {family}" for shown, given, family in named])
    times = (moments_of(columns[at], order) for at in (JOINED, LEFT))
    joined, left, (starts, ends) = same_clock(*times, [moment(columns[at][0], order) for at in (STARTS, ENDS)])
    roles = once_each(lambda text: ROLES.get(clean(text).casefold(), Role.ATTENDEE), columns[ROLE])
    stated = once_each(lambda text: seconds_of(text, unit=MINUTE), columns[DURATION])
    connections = []
    people = zip(lines, names, addresses(columns[EMAIL]), joined, left, stated, roles, strict=True)
    for (line, _cells), name, email, start, end, duration, role in people:
        if name or email:
            seconds = None if start else duration
            why = Exclusion.NO_TIMES if start is None and seconds is None else None
            is_open = start is not None and end is None
            connections.append(
                Connection(line, name, email, start, ends if is_open else end, seconds, role, why, is_open)
            )
    return Meeting(clean(columns[MEETING][0])[:TITLE_LENGTH], connections, (), starts, ends)
