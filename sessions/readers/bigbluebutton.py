"""BigBlueButton's learning dashboard: its data as JSON (epoch milliseconds, UTC) and the CSV that a browser makes of it.

Sources: `LearningDashboardActor.scala` for the JSON of three generations (times on the user; in `intIds`; in the sessions
of each of `intIds`), `bbb-learning-dashboard/src/services/UserService.js` for the CSV. The CSV's cells are all in quotes,
with quotes inside them left as they are; its heads are translated and not quoted; its moments are of the browser's
language and zone; its duration adds up all connections, overlapping ones too, and begins again after 24 hours.
"""

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence

from sessions.readers.columns import (
    TITLE_LENGTH,
    address_of,
    cell_at,
    clean,
    cleaned,
    column,
    moments_of,
    name_of,
    order_for,
    same_clock,
)
from sessions.readers.durations import seconds_of
from sessions.readers.moments import Order, moment
from sessions.readers.report import Connection, Exclusion, Meeting, ReadError, Reason, Report, Role, Source, reader

EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
LATEST = 4_102_444_800_000  # the year 2100, in milliseconds: beyond it no number is a moment of a meeting
DAY = 86_400
OWN_ID = re.compile(r"[a-z]_\w+")  # an id that the server gave to a connection; an account's id comes from elsewhere
CLOCK = re.compile(r"\d{1,2}:\d{2}:\d{2}")
MODERATORS = {  # as BigBlueButton writes it, and spreadsheets in several languages
    **dict.fromkeys(
        ["TRUE", "WAHR", "VRAI", "VERDADERO", "VERDADEIRO", "VERO", "PRAWDA", "ИСТИНА", "DOĞRU"], Role.HOST
    ),
    **dict.fromkeys(["FALSE", "FALSCH", "FAUX", "FALSO", "FAŁSZ", "ЛОЖЬ", "YANLIŞ"], Role.ATTENDEE),
}
FIRST_TIME = 6  # name, moderator, score, talk, webcam and messages stand before any moment


@reader
def read_dashboard_data(source: Source) -> Report | None:
    """The meeting of a dashboard's JSON, or `None` where no users with moments are in it."""
    document = source.document
    if not isinstance(document, dict) or not isinstance(document.get("users"), (dict, list)):
        return None
    users = [user for user in values(document["users"]) if "intIds" in user or "registeredOn" in user]
    if not users:
        if "endedOn" in document and "createdOn" in document:
            raise ReadError(Reason.NO_LINES)
        return None
    starts, ends = instant(document.get("createdOn")), instant(document.get("endedOn"))
    connections = [stay for number, user in enumerate(users, 1) for stay in stays_of(user, number, ends)]
    title = clean(document["name"])[:TITLE_LENGTH] if isinstance(document.get("name"), str) else ""
    return Report("bigbluebutton", "dashboard JSON", [Meeting(title, connections, (), starts, ends)])


def values(entries: object) -> list[Mapping[str, object]]:
    """The objects of a JSON object or list."""
    found = entries.values() if isinstance(entries, dict) else entries if isinstance(entries, list) else []
    return [entry for entry in found if isinstance(entry, dict)]


def stays_of(user: Mapping[str, object], number: int, ends: dt.datetime | None) -> Iterator[Connection]:
    """Every session of a user's connections. Who has not left was there until the meeting's end, if that is stated."""
    name, account = user.get("name"), user.get("extId")
    account = account if isinstance(account, str) else ""
    email = address_of(account)
    person = Connection(
        line=number,
        name=name_of(name) if isinstance(name, str) else "",
        email=email,
        role=Role.HOST if user.get("isModerator") is True else Role.ATTENDEE,
        account="" if email or OWN_ID.fullmatch(account) else account,
    )
    found = False
    for times in times_of(user):
        joined, left = instant(times.get("registeredOn")), instant(times.get("leftOn"))
        if joined is None:
            continue
        found, is_open = True, left is None
        if is_open:
            left = ends if ends is not None and ends > joined else None
        yield person._replace(joined=joined, left=left, is_open=is_open)
    if not found and (person.name or person.email):
        yield person._replace(excluded_because=Exclusion.NO_TIMES)


def times_of(user: Mapping[str, object]) -> Iterator[Mapping[str, object]]:
    """The objects with `registeredOn` and `leftOn`: of each session, of each connection, or of the user."""
    found = False
    for connection in values(user.get("intIds")):
        for times in values(connection.get("sessions")) or [connection]:
            found = found or "registeredOn" in times
            yield times
    if not found:
        yield user


def instant(value: object) -> dt.datetime | None:
    """A moment in UTC of epoch milliseconds; `None` for 0, which means not yet."""
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 < value < LATEST:
        return None
    return EPOCH + dt.timedelta(milliseconds=value)


@reader
def read_dashboard_csv(source: Source) -> Report | None:
    """The meeting of a dashboard's CSV, or `None` where no line has its shape, which is the same in all languages."""
    rows = source.sheets[0].rows if source.sheets else []
    joined = next((at for _line, cells in rows[:50] if (at := place_of_join(cells)) is not None), None)
    if joined is None:
        return None
    lines = [(number, cells) for number, cells in rows if cell_at(cells, 1).upper() in MODERATORS]
    rest = [(number, cells) for number, cells in rows[1:] if cell_at(cells, 1).upper() not in MODERATORS and cells[0]]
    order = order_for(source, column(lines, joined), column(lines, joined + 1))
    connections = list(csv_stays(lines, joined, order.order))
    connections += [
        Connection(number, name_of(cells[0]), "", excluded_because=Exclusion.NOT_A_PERSON)
        for number, cells in rest
        if not any(cells[1:joined]) and len(cells) > joined
    ]
    return Report("bigbluebutton", "dashboard CSV", [Meeting("", connections)], order.stated, order.notes)


def place_of_join(cells: Sequence[str]) -> int | None:
    """The place of the moment of joining in a line: name, TRUE or FALSE, figures, a moment, a moment or -, 01:02:03."""
    if len(cells) <= FIRST_TIME + 2 or cells[1].upper() not in MODERATORS:
        return None
    for place in range(FIRST_TIME, len(cells) - 2):
        if CLOCK.fullmatch(cells[place + 2]) and is_moment(cells[place]):
            return place if cells[place + 1] == "-" or is_moment(cells[place + 1]) else None
    return None


def is_moment(text: str) -> bool:
    """Whether a text is one, in either order of dates."""
    return moment(text, Order.DAY_FIRST) is not None or moment(text, Order.MONTH_FIRST) is not None


def csv_stays(lines: Sequence[tuple[int, list[str]]], place: int, order: Order) -> Iterator[Connection]:
    """One line per person: the first join, the last leave, and the sum of the time between, which counts."""
    names = cleaned(column(lines, 0))
    joins, leaves = same_clock(*(moments_of(column(lines, at), order) for at in (place, place + 1)))
    for (number, cells), name, joined, left in zip(lines, names, joins, leaves, strict=True):
        yield Connection(
            line=number,
            name=name,
            email="",
            joined=joined,
            left=left,
            seconds=seconds_within(joined, left, seconds_of(cell_at(cells, place + 2))),
            role=MODERATORS[cells[1].upper()],
            excluded_because=Exclusion.NO_TIMES if joined is None else None,
            is_open=joined is not None and left is None,
        )


def seconds_within(joined: dt.datetime | None, left: dt.datetime | None, seconds: int | None) -> int | None:
    """The sum, as far as it fits between joining and leaving; whole days that the clock has lost are put back."""
    if joined is None or left is None or seconds is None:
        return seconds
    span = int((left - joined).total_seconds())
    lost = max(0, span - seconds) // DAY * DAY
    return min(seconds + lost, max(span, 0))
