"""Zoom's reports of meetings: participants of one meeting or of several, one line per connection.

Layouts: classic (2020-2024); with a summary block above; the newer one with lower-case heads (2024+); unique users, who
have minutes and no times; the wide usage report, whose lines repeat the meeting in front of the participant. Heads in
`zoom_words`, in other languages by their shape. Times carry no zone. Sources: public parsers and their tests of real
exports; Zoom support article KB0082659 for e-mails, which are empty for whoever neither signed in nor registered.
"""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import repeat

from sessions.readers import zoom_words as words
from sessions.readers.columns import (
    TITLE_LENGTH,
    address_of,
    addresses,
    are_at,
    cell_at,
    clean,
    cleaned,
    column,
    columns_at,
    head,
    moments_of,
    numbers_of,
    once_each,
    order_for,
    place_of,
    same_clock,
)
from sessions.readers.durations import MINUTE, seconds_of
from sessions.readers.layout import BRACKETED, LOOKED_AT, Lines, place_like, time_columns
from sessions.readers.moments import Order, moment
from sessions.readers.report import (
    Exclusion,
    Meeting,
    ReadError,
    Reason,
    Report,
    Role,
    Source,
    connections_of,
    reader,
)

HEAD_AMONG = 20  # lines in which a head is sought
Moment = dt.datetime | None
WIDE = 5  # columns in front of the name that say which meeting it is, in any language


@dataclass(frozen=True)
class Columns:
    """Where the table of participants has what; `None` where it does not."""

    name: int
    email: int | None
    joined: int | None
    left: int | None
    minutes: int | None
    guest: int | None
    waiting: int | None

    def cells_of(self, lines: Lines) -> list[Sequence[str]]:
        """Of all lines: names, addresses, whether in the waiting room, whether guests, moments of joining and leaving."""
        return columns_at(lines, self.name, self.email, self.waiting, self.guest, self.joined, self.left)


@dataclass(frozen=True)
class Table:
    """The table of participants, and what stands above it."""

    above: Lines
    heads: list[str]
    lines: Lines
    columns: Columns

    @cached_property
    def cells(self) -> list[Sequence[str]]:
        """The columns of its lines; see `Columns.cells_of`."""
        return self.columns.cells_of(self.lines)

    @property
    def is_wide(self) -> bool:
        """Whether each line names its meeting in front of the participant."""
        front = self.heads[: self.columns.name]
        return bool(set(front) & words.TOPICS) or len(front) >= WIDE


@dataclass(frozen=True)
class Summary:
    """What a report says of a meeting itself."""

    title: str = ""
    hosts: frozenset[str] = frozenset()  # e-mails and names, in lower case
    starts: dt.datetime | None = None
    ends: dt.datetime | None = None


@reader
def read_zoom(source: Source) -> Report | None:
    """The participants of one or several meetings, or `None` where no line is the head of Zoom's table."""
    tables = [table for sheet in source.sheets for table in tables_in(sheet.rows)]
    if not tables:
        return None
    times = [texts for table in tables for texts in table.cells[-2:]]
    dates = order_for(source, *times)
    meetings = [meeting for table in tables for meeting in meetings_of(table, dates.order)]
    lines = [found for meeting in meetings for found in meeting.connections]
    if not lines:
        raise ReadError(Reason.NO_LINES)
    if all(found.excluded_because == Exclusion.NO_TIMES for found in lines):
        raise ReadError(Reason.NO_TIMES)
    return Report("zoom", variant_of(tables[0]), meetings, dates.stated, dates.notes)


def tables_in(rows: Lines) -> list[Table]:
    """The table of participants among the first lines; several, where reports were pasted one below the other."""
    for index, (_line, cells) in enumerate(rows[:HEAD_AMONG]):
        heads = list(map(head, cells))
        name = name_place(heads, rows[index + 1 : index + 1 + LOOKED_AT])
        if name is not None:
            found = list[Table]()
            for above, lines in parted(rows[:index], cells, rows[index + 1 :]):
                found.append(Table(above, heads, lines, columns_of(heads, name, lines)))
            return found
    return []


def parted(above: Lines, heads: list[str], below: Lines) -> list[tuple[Lines, Lines]]:
    """What stands above each table and its lines: the same heads again begin another, below its own summary."""
    starts = are_at(below, heads)
    if not starts:
        return [(above, below)]
    if not above:
        return [(above, [line for line in below if line[1] != heads])]
    first, found = 0, list[tuple[Lines, Lines]]()
    labels = next((cells for _line, cells in above if sum(map(bool, cells)) >= 3), [])
    for start in [*starts, len(below)]:
        lines = below[first:start]
        cut = next((at for at, (_line, cells) in enumerate(lines) if cells == labels), len(lines))
        found.append((above, lines[:cut]))
        above, first = lines[cut:] or above, start + 1
    return found


def name_place(heads: list[str], below: Lines) -> int | None:
    """Where the names are, if this is the head of the table: by its words, else by its shape."""
    known = place_of(heads, words.NAMES)
    if known is None and set(heads) & {"user email", "total duration(minutes)", "duration(minutes)"}:
        known = place_of(heads, words.PLAIN_NAMES)
    if known is not None:
        return known if set(heads[known:]) & (words.JOINS | words.MINUTES) or shape_of(heads, below) == known else None
    return shape_of(heads, below)


def shape_of(heads: list[str], below: Lines) -> int | None:
    """`Name (Original name) … two times … Duration (Minutes)`, or, of unique users, `Name (…), e-mail, Duration (…)`."""
    brackets = [at for at, text in enumerate(heads) if BRACKETED.fullmatch(text)]
    if len(brackets) < 2:
        return None
    times = time_columns(below)
    for at in (at for at in reversed(brackets) if at != 1):  # in webinars, the name stands second
        behind = [time for time in times if time > at]
        if len(behind) == 2 and any(other > behind[1] for other in brackets):
            return at
    numbers = all(cell_at(cells, brackets[1]).isdecimal() for _line, cells in below)
    is_unique = brackets[0] == 0 and brackets[1] <= 2 and not times and numbers
    return 0 if is_unique and "@" in "".join(cell_at(cells, 1) for _line, cells in below) else None


def columns_of(heads: list[str], name: int, lines: Lines) -> Columns:
    """By their heads, else by what they hold, from the name on: what stands before it is about the meeting."""
    joined, left = place_of(heads, words.JOINS, after=name), place_of(heads, words.LEAVES, after=name)
    if joined is None or left is None:
        joined, left = [*time_columns(lines, after=name), None, None][:2]
    email = place_of(heads, words.EMAILS, after=name)
    if email is None:
        email = next((at for _, cells in lines for at, cell in enumerate(cells) if "@" in cell and at > name), None)
    minutes = place_of(heads, words.MINUTES, after=name)
    if minutes is None:
        minutes = next((at for at, text in enumerate(heads) if at > name and BRACKETED.fullmatch(text)), None)
    if minutes is None and joined is None:
        raise ReadError(Reason.NO_TIMES if lines else Reason.NO_LINES)
    guest, waiting = (place_like(heads, parts, after=name) for parts in (words.GUEST, words.WAITING))
    return Columns(name, email, joined, left, minutes, guest, waiting)


def meetings_of(table: Table, order: Order) -> list[Meeting]:
    """One meeting, or those that a wide report names in front of each participant."""
    if not table.is_wide:
        return [meeting_of(table.lines, table.columns, summary_of(table.above, order), order, table.cells)]
    front, lines_of = table.heads[: table.columns.name], dict[tuple[str, ...], list[tuple[int, list[str]]]]()
    for line in table.lines:
        lines_of.setdefault(tuple(line[1][: len(front)]), []).append(line)
    return [
        meeting_of(lines, table.columns, stated(front, values, order), order)
        for values, lines in lines_of.items()
        if any(values)
    ]


def summary_of(above: Lines, order: Order) -> Summary:
    """Of the block above the table: a line of heads, a line of values."""
    lines = [cells for _line, cells in above if sum(map(bool, cells)) >= 3]
    return stated(list(map(head, lines[0])), lines[1], order) if len(lines) > 1 else Summary()


def stated(heads: Sequence[str], values: Sequence[str], order: Order) -> Summary:
    """Title, hosts, start and end. Without known heads the title is the first text, the host the next or an address."""
    pairs = [(label, clean(value)) for label, value in zip(heads, values, strict=False) if value]
    times = [time for _label, value in pairs if (time := moment(value, order))]
    texts = [value for _label, value in pairs if re.search(r"[^\W\d_]", value) and moment(value, order) is None]
    title = next((value for label, value in pairs if label in words.TOPICS), "") or next(iter(texts), "")
    named = [value for label, value in pairs if value != title and (label in words.HOSTS or "@" in value)]
    named = named or [value for value in texts if value != title][:1]
    forms = {form.casefold() for value in named for form in (value, address_of(value), value.split(" (")[0]) if form}
    starts, ends = times[-2:] if len(times) > 1 else (None, None)
    return Summary(title[:TITLE_LENGTH], frozenset(forms), starts, ends)


def meeting_of(
    lines: Lines, columns: Columns, summary: Summary, order: Order, cells: Sequence[Sequence[str]] = ()
) -> Meeting:
    """The connections of one meeting, column by column: a report may have a hundred thousand."""
    shown, written, waiting, guests, *times = cells or columns.cells_of(lines)
    names, emails = cleaned(shown), addresses(written)
    joined, left, (ends,) = same_clock(*(moments_of(texts, order) for texts in times), [summary.ends])
    seconds = stated_seconds(lines, columns)
    excluded = excluded_of(waiting, joined, seconds)
    opened = [False] * len(lines)
    if None in left:
        opened = [start is not None and end is None for start, end in zip(joined, left, strict=True)]
        left = [ends if is_open else end for is_open, end in zip(opened, left, strict=True)]
    hosts = summary.hosts
    if not hosts and not words.NO.isdisjoint(map(str.casefold, set(guests))):
        keys = [email or name for email, name in zip(emails, names, strict=True)]
        hosts = first_of_own_account(keys, joined, left, excluded, guests)
    roles, numbers = roles_of(names, emails, hosts), numbers_of(lines)
    fields = (numbers, names, emails, joined, left, seconds, roles, excluded, opened, repeat(""))
    connections = connections_of(*fields)
    if "" in names:
        connections = [found for found in connections if found.name or found.email]
    return Meeting(summary.title, connections, starts=summary.starts, ends=summary.ends)


def stated_seconds(lines: Lines, columns: Columns) -> list[int | None]:
    """The minutes of unique users; where there are times, those count, for the minutes are rounded up."""
    if columns.joined is not None:
        return [None] * len(lines)
    return once_each(lambda text: seconds_of(text, unit=MINUTE), column(lines, columns.minutes))


def excluded_of(
    waiting: Sequence[str], joined: Sequence[Moment], seconds: Sequence[int | None]
) -> list[Exclusion | None]:
    """Why each line does not count, if so: it was in the waiting room, or says of no time and no duration."""
    if not any(waiting) and None not in joined:
        return [None] * len(joined)
    waits = once_each(lambda text: text.casefold() in words.YES, waiting)
    return [
        Exclusion.WAITING_ROOM if waited else None if start or stay is not None else Exclusion.NO_TIMES
        for waited, start, stay in zip(waits, joined, seconds, strict=True)
    ]


def first_of_own_account(
    keys: Sequence[str],
    joined: Sequence[Moment],
    left: Sequence[Moment],
    excluded: Sequence[Exclusion | None],
    guests: Sequence[str],
) -> frozenset[str]:
    """The host, where nothing names one: of the host's own account (no guest), first to join and last to leave.

    Others of that account are colleagues who attend; if nobody fits, nobody is taken for the host.
    """
    rows = enumerate(zip(joined, left, excluded, strict=True))
    stays = [(start, end, at) for at, (start, end, why) in rows if start and end and why is None]
    if not stays:
        return frozenset()
    first, last = min(stays)[2], max(end for _start, end, _at in stays)
    stayed = any(end == last and keys[at] == keys[first] for _start, end, at in stays)
    is_own = guests[first].casefold() in words.NO
    return frozenset({keys[first].casefold()}) if is_own and stayed else frozenset()


def roles_of(names: Sequence[str], emails: Sequence[str], hosts: frozenset[str]) -> list[Role]:
    """A host is known by address or name; of `Desk (Training Desk)` both names are tried."""
    if not hosts:
        return [Role.ATTENDEE] * len(names)
    shown = {name: name.casefold() for name in set(names)}
    known = {name for name, plain in shown.items() if hosts & {plain, *plain.removesuffix(")").split(" (")}}
    return [
        Role.HOST if email in hosts or name in known else Role.ATTENDEE
        for name, email in zip(names, emails, strict=True)
    ]


def variant_of(table: Table) -> str:
    """A word for the layout."""
    if table.columns.joined is None:
        return "unique_users"
    if table.is_wide:
        return "usage_report"
    if not table.above:
        return "classic"
    above = {head(cell) for _line, cells in table.above for cell in cells}
    return "newer" if above & words.HOSTS or "email" in table.heads else "summary"
