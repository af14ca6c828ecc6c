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

from sessions.readers import zoom_words as words
from sessions.readers.columns import (
    TITLE_LENGTH,
    Moment,
    address_of,
    addresses,
    clean,
    cleaned,
    column,
    head,
    moments_at,
    numbers_of,
    once_each,
    order_for,
    same_clock,
)
from sessions.readers.distinct import Column, alike, distinct_of
from sessions.readers.durations import MINUTE, seconds_of
from sessions.readers.layout import Lines
from sessions.readers.moments import Order, moment
from sessions.readers.report import (
    Connection,
    Connections,
    Exclusion,
    Meeting,
    ReadError,
    Reason,
    Report,
    Role,
    Source,
    reader,
)
from sessions.readers.zoom_tables import Columns, Table, tables_in


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
    if not any(meeting.connections for meeting in meetings):
        raise ReadError(Reason.NO_LINES)
    if all(found.excluded_because == Exclusion.NO_TIMES for meeting in meetings for found in meeting.connections):
        raise ReadError(Reason.NO_TIMES)
    return Report("zoom", variant_of(tables[0]), meetings, dates.stated, dates.notes)


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
    joined, left, (ends,) = same_clock(*moments_at(times, order), [summary.ends])
    seconds = stated_seconds(lines, columns)
    excluded = excluded_of(waiting, joined, seconds)
    opened = alike(False, len(lines))
    if None in left.distinct:
        opened = Column.of(start is not None and end is None for start, end in zip(joined, left, strict=True))
        left = Column.of(ends if is_open else end for is_open, end in zip(opened, left, strict=True))
    hosts = summary.hosts
    if not hosts and not words.NO.isdisjoint(map(str.casefold, distinct_of(guests))):
        keys = [email or name for email, name in zip(emails, names, strict=True)]
        hosts = first_of_own_account(keys, joined, left, excluded, guests)
    roles, accounts = roles_of(names, emails, hosts), alike("", len(lines))
    fields = numbers_of(lines), names, emails, joined, left, seconds, roles, excluded, opened, accounts
    connections: Sequence[Connection] = Connections(fields)
    if "" in names.distinct:
        connections = [found for found in connections if found.name or found.email]
    return Meeting(summary.title, connections, starts=summary.starts, ends=summary.ends)


def stated_seconds(lines: Lines, columns: Columns) -> Column[int | None]:
    """The minutes of unique users; where there are times, those count, for the minutes are rounded up."""
    if columns.joined is not None:
        return alike(None, len(lines))
    return once_each(lambda text: seconds_of(text, unit=MINUTE), column(lines, columns.minutes))


def excluded_of(
    waiting: Sequence[str], joined: Sequence[Moment], seconds: Sequence[int | None]
) -> Column[Exclusion | None]:
    """Why each line does not count, if so: it was in the waiting room, or says of no time and no duration."""
    if not any(distinct_of(waiting)) and None not in distinct_of(joined):
        return alike(None, len(joined))
    waits = once_each(lambda text: text.casefold() in words.YES, waiting)
    return Column.of(
        Exclusion.WAITING_ROOM if waited else None if start or stay is not None else Exclusion.NO_TIMES
        for waited, start, stay in zip(waits, joined, seconds, strict=True)
    )


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


def roles_of(names: Sequence[str], emails: Sequence[str], hosts: frozenset[str]) -> Column[Role]:
    """A host is known by address or name; of `Desk (Training Desk)` both names are tried."""
    if not hosts:
        return alike(Role.ATTENDEE, len(names))
    shown = {name: name.casefold() for name in distinct_of(names)}
    known = {name for name, plain in shown.items() if hosts & {plain, *plain.removesuffix(")").split(" (")}}
    return Column.of(
        Role.HOST if email in hosts or name in known else Role.ATTENDEE
        for name, email in zip(names, emails, strict=True)
    )


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
