"""Microsoft Teams' event logs: the attendance list of 2020 (`Full Name, User Action, Timestamp`) and live events.

They have one line per event, so joins and leaves are paired: by name in the list, by session id in the report of a live
event, which is in UTC. In the list, `Joined before` carries the moment at which whoever downloaded it came, and nobody
who was there at that time has a `Left`. A word for an action that stands in no list below is a join where people's
events begin with it, else a leave. Sources: public parsers and files, among them renefb/teams-report-converter.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from sessions.readers.columns import (
    addresses,
    cell_at,
    cleaned,
    column,
    head,
    heads,
    moments_of,
    once_each,
    order_for,
    place_of,
)
from sessions.readers.moments import DateOrder, Order, moment
from sessions.readers.report import Connection, Exclusion, Meeting, ReadError, Reason, Report, Role, Source, reader
from sessions.readers.roles import roles

Lines = list[tuple[int, list[str]]]

JOINED = {
    "joined", "ingressou", "entrou", "se unió", "se ha unido", "unido", "a rejoint", "beigetreten", "ist beigetreten",
    "partecipazione", "dołączono", "dołączył", "присоединился", "присоединилась", "已加入", "加入", "参加しました", "انضم",
    "katıldı", "deelgenomen",
}  # fmt: skip
BEFORE = {
    "joined before", "entrou antes de", "entrou antes", "ingressou antes", "se unió antes", "se unió antes de",
    "a rejoint avant", "vorher beigetreten", "beigetreten vor", "zuvor beigetreten",
}  # fmt: skip
LEFT = {
    "left", "saiu", "salió", "ha salido", "a quitté", "verlassen", "hat verlassen", "uscita", "opuszczono", "opuścił",
    "вышел", "вышла", "покинул", "已离开", "离开", "退出しました", "غادر", "ayrıldı", "verlaten",
}  # fmt: skip
LIST_HEADS = {
    "user action",
    "atividade",
    "acción del usuario",
    "acción de usuario",
    "action de l'utilisateur",
    "benutzeraktion",
}
APART = dt.timedelta(hours=6)  # no meeting is silent for so long: what follows is another one
RESTART = dt.timedelta(minutes=10)


class Event(NamedTuple):
    """Somebody came or went; `word` is the export's own, as `head` writes it."""

    line: int
    name: str
    word: str
    at: dt.datetime


class Stay(NamedTuple):
    """From one line's event on. Without `joined`, somebody left who had not come; without `left`, nobody saw them go."""

    line: int
    joined: dt.datetime | None
    left: dt.datetime | None


class Actions(NamedTuple):
    """Which words of a file mean what."""

    joins: frozenset[str]
    before: frozenset[str]


@reader
def read_attendance_list(source: Source) -> Report | None:
    """The meetings of a list of 2020, or `None` where its lines are not name, action and moment."""
    rows = source.sheets[0].rows if source.sheets else []
    if not is_list(rows):
        return None
    texts = moments_in(rows)
    order = order_for(source, texts)
    events, starts = events_of(rows, texts, order.order)
    if not events:
        raise ReadError(Reason.NO_LINES)
    actions = actions_of(events)
    meetings = [list_meeting(part, actions) for part in parts_of(events, starts, actions)]
    return Report("teams", "event list", meetings, order.stated, order.notes)


def moments_in(rows: Sequence[tuple[int, list[str]]]) -> list[str]:
    """The third cell; with the fourth, where a comma between date and time has parted them."""
    return [" ".join(cell for cell in cells[2:5] if cell) for _line, cells in rows]


def is_list(rows: Sequence[tuple[int, list[str]]]) -> bool:
    """Whether this is such a list: by its heads, by a known action, or by a name with two actions at two moments."""
    if any(LIST_HEADS & set(heads(cells[:3])) and len(cells) < 6 for _line, cells in rows[:5]):
        return True
    lines = [(cells[0], head(cells[1])) for _line, cells in rows[:200] if is_event(cells)]
    if not lines or len(lines) * 2 < len(rows[:200]):
        return False
    words = {word for _name, word in lines}
    if len(words) > 4:
        return False
    return bool(words & (JOINED | BEFORE)) or max(Counter(name for name, _word in set(lines)).values()) > 1


def is_event(cells: Sequence[str]) -> bool:
    """Whether a line is a name, one word or a few, a moment, and nothing else."""
    if len(cells) < 3 or not cells[0] or not cells[1] or any(cells[4:]):
        return False
    texts = (" ".join(filter(None, cells[2:4])), cells[1], cells[0])
    at, word, name = (moment(text, Order.DAY_FIRST) or moment(text, Order.MONTH_FIRST) for text in texts)
    return at is not None and word is None and name is None and not any(sign.isdecimal() for sign in cells[1])


def events_of(
    rows: Sequence[tuple[int, list[str]]], texts: Sequence[str], order: Order
) -> tuple[list[Event], list[int]]:
    """The events, and at which of them a line of heads begins another meeting."""
    names, words = cleaned(column(rows, 0)), once_each(head, column(rows, 1))
    events: list[Event] = []
    starts: list[int] = []
    for (line, _cells), name, word, at in zip(rows, names, words, moments_of(texts, order), strict=True):
        if at is not None and name and word:
            events.append(Event(line, name, word, at))
        elif word and events and starts[-1:] != [len(events)]:
            starts.append(len(events))
    return events, starts


def actions_of(events: Sequence[Event]) -> Actions:
    """Known words as they are known; of the others, those that people's events begin with are joins."""
    first: dict[str, Event] = {}
    for event in sorted(events, key=lambda each: each.at):
        first.setdefault(event.name, event)
    begins, all_words = Counter(event.word for event in first.values()), Counter(event.word for event in events)
    new = {word for word in all_words if word not in JOINED | BEFORE | LEFT}
    joins = {word for word in new if begins[word] * 4 >= all_words[word]} | (set(all_words) & (JOINED | BEFORE))
    times = {word: {event.at for event in events if event.word == word} for word in joins}
    at_once = {
        word for word in new & joins if len(times[word]) == 1 and any(times[word] < times[other] for other in joins)
    }
    return Actions(frozenset(joins), frozenset(at_once | (joins & BEFORE)))


def parts_of(events: list[Event], starts: Sequence[int], actions: Actions) -> Iterator[list[Event]]:
    """The meetings: parted by lines of heads, by hours of silence, and by another arrival of whoever downloaded."""
    for first, last in pairwise([0, *starts, len(events)]):
        part = sorted(events[first:last], key=lambda each: each.at)
        arrivals = {event.at for event in part if event.word in actions.before}
        found = part[:1]
        for before, event in pairwise(part):
            pause = event.at - before.at
            if pause >= APART or (pause >= RESTART and event.at in arrivals and event.at > min(arrivals)):
                yield found
                found = []
            found.append(event)
        yield found


def list_meeting(events: list[Event], actions: Actions) -> Meeting:
    """One meeting of a list. Whoever came with those who were there before is the one who downloaded it."""
    arrivals = {event.at for event in events if event.word in actions.before}
    organizer = next((e.name for e in events if e.at in arrivals and e.word in actions.joins - actions.before), None)
    by_name: dict[str, list[Event]] = {}
    for event in events:
        by_name.setdefault(event.name, []).append(event)
    found = [
        connection(stay, name, "", Role.ORGANIZER if name == organizer else Role.ATTENDEE)
        for name, theirs in by_name.items()
        for stay in paired(theirs, actions, on_devices=True)
    ]
    return Meeting("", sorted(found, key=lambda each: each.line))


def paired(events: Iterable[Event], actions: Actions, *, on_devices: bool) -> Iterator[Stay]:
    """Each leave ends the longest stay that is open. A second join is another device's, or else the same one again."""
    waiting: list[Event] = []
    has_stayed = False
    for event in events:
        if event.word in actions.joins:
            if on_devices or not waiting:
                waiting.append(event)
        elif waiting:
            joined = waiting.pop(0)
            yield Stay(joined.line, joined.at, event.at)
            has_stayed = True
        elif on_devices or not has_stayed:
            yield Stay(event.line, None, event.at)
    for event in waiting:
        yield Stay(event.line, event.at, None)


def connection(stay: Stay, name: str, email: str, role: Role, account: str = "") -> Connection:
    """A stay as a line of the report. Who only left is listed, and counts for nothing."""
    excluded = Exclusion.NO_TIMES if stay.joined is None else None if name or email else Exclusion.NOT_A_PERSON
    return Connection(
        stay.line,
        name,
        email,
        stay.joined,
        stay.left,
        role=role,
        excluded_because=excluded,
        is_open=stay.left is None,
        account=account,
    )


@reader
def read_live_event(source: Source) -> Report | None:
    """A live event's or town hall's report: events of sessions in UTC, or `None` where no line is its heads."""
    rows = source.sheets[0].rows if source.sheets else []
    for index, (_line, cells) in enumerate(rows[:20]):
        places = live_columns(heads(cells))
        if places is not None:
            below = rows[index + 1 :]
            order = order_for(source, column(below, places["at"]))
            connections = list(live_stays(below, places, order))
            if not connections:
                raise ReadError(Reason.NO_LINES)
            return Report("teams", "live event", [Meeting("", connections)], order.stated, order.notes)
    return None


def live_columns(line: Sequence[str]) -> Mapping[str, int | None] | None:
    """Where the report has what, by heads written with spaces or without; `None` where they are other heads."""
    plain = [text.replace(" ", "") for text in line]
    at = next((index for index, text in enumerate(plain) if "utc" in text and "timestamp" in text), None)
    session, action = place_of(plain, {"sessionid"}), place_of(plain, {"action", "useraction"})
    if at is None or session is None or action is None:
        return None
    name, role = place_of(plain, {"fullname", "name", "displayname"}), place_of(plain, {"role"})
    return {"session": session, "action": action, "at": at, "name": name, "role": role} | {
        "who": place_of(plain, {"participantid"}),
        "email": place_of(plain, {"email", "emailaddress"}),
    }


def live_stays(
    rows: Sequence[tuple[int, list[str]]], places: Mapping[str, int | None], order: DateOrder
) -> Iterator[Connection]:
    """The sessions of a live event. A participant's id is the address of whoever signed in with one, else an account."""
    who = column(rows, places["who"])
    given = addresses(column(rows, places["email"]))
    own = [email or found for email, found in zip(given, addresses(who), strict=True)]
    accounts = ["" if "@" in text else text for text in who]
    people = zip(cleaned(column(rows, places["name"])), own, roles(column(rows, places["role"])), accounts, strict=True)
    moments = moments_of(column(rows, places["at"]), order.order)
    words = once_each(head, column(rows, places["action"]))
    events: dict[str, list[Event]] = {}
    persons: dict[str, tuple[str, str, Role, str]] = {}
    keys = column(rows, places["session"])
    for (line, cells), key, person, word, at in zip(rows, keys, people, words, moments, strict=True):
        session = key or f"{cell_at(cells, places['who'])} {person[0]}"
        if at is not None and word:
            at = at if at.tzinfo else at.replace(tzinfo=dt.UTC)
            events.setdefault(session, []).append(Event(line, session, word, at))
            persons[session] = max(persons.get(session, person), person, key=lambda each: bool(each[1] or each[0]))
    if events:
        actions = actions_of([event for theirs in events.values() for event in theirs])
        for session, theirs in events.items():
            for stay in paired(sorted(theirs, key=lambda each: each.at), actions, on_devices=False):
                yield connection(stay, *persons[session])
