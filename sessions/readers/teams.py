"""Microsoft Teams' attendance reports: 2021 (summary, one line per connection) and 2022 on (numbered sections).

Tab-separated UTF-16, or what a spreadsheet made of it. Sections are known by their numbers and columns by their heads
or, in a language that `teams_heads` does not list, by shape and place. Section 3 has one line per connection and counts;
section 2 has one line per person, whose duration adds overlapping devices up, and counts for those alone who are not in
section 3. Section 4 lists reactions. Times carry no zone.
Sources: public files and parsers' tests of real exports in English, Polish, Japanese, Spanish, Portuguese and German.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from sessions.readers.columns import (
    TITLE_LENGTH,
    addresses,
    cell_at,
    clean,
    cleaned,
    column,
    head,
    heads,
    moments_of,
    once_each,
    order_for,
    place_of,
    put_together,
    same_clock,
)
from sessions.readers.distinct import distinct_of
from sessions.readers.durations import seconds_of
from sessions.readers.moments import DateOrder, Order, moment
from sessions.readers.report import Absence, Connection, Exclusion, Meeting, ReadError, Reason, Report, Source, reader
from sessions.readers.roles import roles
from sessions.readers.teams_heads import EMAILS, TITLES, Columns, columns_of, is_id, is_table_head, section_of, times_in

Lines = list[tuple[int, list[str]]]
SUMMARY, PARTICIPANTS, CONNECTIONS = 1, 2, 3
BEGINS_WITHIN = 100  # lines in which the first numbered section stands, if any


@dataclass
class Block:
    """One meeting of a file: the lines of its summary, and its tables by the number of their section, heads first."""

    summary: Lines = field(default_factory=list)
    tables: dict[int, Lines] = field(default_factory=dict)


@dataclass(frozen=True)
class Table:
    """One table's lines and where they have what."""

    line: Sequence[str]  # the heads
    rows: Lines
    columns: Columns

    @property
    def texts(self) -> list[str]:
        """Every text that should be a moment."""
        times = (column(self.rows, at) for at in (self.columns.joined, self.columns.left))
        return [text for texts in times for text in distinct_of(texts)]


@reader
def read_teams(source: Source) -> Report | None:
    """The meetings of a report, or `None` where neither sections nor heads are Teams'."""
    for sheet in source.sheets:
        for variant, split in (("sections", sections), ("summary", summaries)):
            blocks = split(sheet.rows)
            if blocks:
                return report_of(variant, blocks, source)
    return None


def sections(rows: Sequence[tuple[int, list[str]]]) -> list[Block]:
    """The meetings of numbered sections; a number that does not rise begins the next one."""
    found: list[Block] = []
    last = 0
    if not any(section_of(cells) is not None for _number, cells in rows[:BEGINS_WITHIN]):
        return []
    for number, cells in rows:
        section = section_of(cells)
        if section is not None:
            if not found or section <= last:
                found.append(Block())
            last = section
            found[-1].tables.setdefault(section, [])
        elif found:
            found[-1].tables[last].append((number, cells))
    for block in found:
        block.summary = block.tables.pop(SUMMARY, [])
        block.tables = {
            number: lines for number, lines in block.tables.items() if number in (PARTICIPANTS, CONNECTIONS)
        }
    return found if any(is_table(lines) for block in found for lines in block.tables.values()) else []


def is_table(lines: Lines) -> bool:
    """Whether a section is a table of stays: known heads, or two moments in a line."""
    return bool(lines) and (is_table_head(heads(lines[0][1])) or bool(times_in(lines)))


def summaries(rows: Sequence[tuple[int, list[str]]]) -> list[Block]:
    """The meetings of a file without sections: a summary of two columns, a line of heads, the connections."""
    found: list[Block] = []
    pending: Lines = []
    for index, (number, cells) in enumerate(rows):
        if starts_table(rows, index, pending):
            found.append(Block(pending, {CONNECTIONS: [(number, cells)]}))
            pending = []
        elif found and not pending and sum(map(bool, cells)) > 2:
            found[-1].tables[CONNECTIONS].append((number, cells))
        elif len(pending) < 30:
            pending.append((number, cells))
        elif not found:
            return []
    return found


def starts_table(rows: Sequence[tuple[int, list[str]]], index: int, before: Lines) -> bool:
    """Whether a line is the heads: known ones; or any six under a summary with a moment, over a name and two moments."""
    cells = rows[index][1]
    if sum(map(bool, cells)) < 5:
        return False
    if is_table_head(heads(cells)):
        return True
    below = rows[index + 1][1] if index + 1 < len(rows) else []
    is_summed = len(before) >= 3 and any(times_in([(number, [*line, line[-1]])]) for number, line in before)
    is_stay = times_in([(0, below)])[:2] == [1, 2] and seconds_of(cell_at(below, 3)) is not None
    return is_summed and is_stay and not times_in([(0, cells)]) and sum(map(bool, cells)) >= 6


def report_of(variant: str, blocks: list[Block], source: Source) -> Report:
    """Everything that the blocks say, in one order of dates."""
    tables = [{number: table_of(lines) for number, lines in block.tables.items()} for block in blocks]
    stated = [value for block in blocks for _name, value in pairs(block.summary)]
    order = order_for(source, stated, *(table.texts for each in tables for table in each.values()))
    meetings = [meeting(block, each, order) for block, each in zip(blocks, tables, strict=True)]
    meetings = [found for found in meetings if found.connections or found.absent]
    if not meetings:
        raise ReadError(Reason.NO_LINES)
    lines = [found for each in meetings for found in each.connections]
    if lines and all(found.excluded_because for found in lines):
        raise ReadError(Reason.NO_TIMES)
    return Report("teams", variant, meetings, order.stated, order.notes)


def table_of(lines: Lines) -> Table:
    """A table; the first line is its heads, unless it has moments itself."""
    has_heads = bool(lines) and not times_in(lines[:1])
    line = heads(lines[0][1]) if has_heads else []
    rows = [row for row in lines[has_heads:] if not has_heads or row[1] != lines[0][1]]
    return Table(line, rows, columns_of(line, rows))


def meeting(block: Block, tables: dict[int, Table], order: DateOrder) -> Meeting:
    """One meeting: every connection, and whoever is listed as participant only."""
    starts, ends = bounds(block.summary, order.order)
    connections = list(stays(tables[CONNECTIONS], order.order, ends)) if CONNECTIONS in tables else []
    absent: list[Absence] = []
    if PARTICIPANTS in tables:
        timeless = without_times(tables[PARTICIPANTS])
        participants = list(stays(tables[PARTICIPANTS], order.order, ends, is_summed=True))
        connections = with_addresses(connections, participants)
        known = {found.email for found in connections if found.email}
        named = {found.name for found in connections}
        nameless = {found.name for found in connections if not found.email}
        for found in participants:
            if found.email in known or found.name in (nameless if found.email else named):
                continue
            if found.line in timeless and not found.seconds:
                absent.append(Absence(found.name, found.email))
            else:
                connections.append(found)
    return Meeting(title_of(block.summary, order.order), connections, tuple(absent), starts, ends)


def with_addresses(connections: list[Connection], participants: Sequence[Connection]) -> list[Connection]:
    """Connections without an address, with that of the one participant of their name."""
    by_name: dict[str, set[str]] = {}
    for found in participants:
        by_name.setdefault(found.name, set()).add(found.email)
    only = {name: min(found) for name, found in by_name.items() if len(found) == 1}
    return [each if each.email else each._replace(email=only.get(each.name, "")) for each in connections]


def without_times(table: Table) -> set[int]:
    """The lines without times: not even some that cannot be read."""
    parts = zip(
        table.rows, column(table.rows, table.columns.joined), column(table.rows, table.columns.left), strict=True
    )
    return {number for (number, _cells), joined, left in parts if not (joined + left).strip("-–— ")}


def stays(table: Table, order: Order, ends: dt.datetime | None, *, is_summed: bool = False) -> Iterator[Connection]:
    """The lines of a table. `is_summed` says that a line adds a person's stays up, so that its duration counts."""
    rows, columns = table.rows, table.columns
    names = cleaned(put_together(rows, columns.names))
    times = (moments_of(column(rows, at), order) for at in (columns.joined, columns.left))
    joins, leaves, (ends,) = same_clock(*times, [ends])
    lasts = once_each(seconds_of, column(rows, columns.duration))
    parts = zip(rows, names, emails(table), joins, leaves, lasts, roles(column(rows, columns.role)), strict=True)
    for (number, _cells), name, email, joined, left, seconds, role in parts:
        if not name and not email:
            continue
        is_open = joined is not None and left is None
        if joined is not None and left is None and ends is not None and ends > joined:
            left = ends
        if joined is not None and left is not None and left < joined and seconds is not None:
            left = joined + dt.timedelta(seconds=seconds)  # the clock was put back in between
        if not is_summed or differs_little(joined, left, seconds):
            seconds = None
        excluded = Exclusion.NO_TIMES if joined is None and not seconds else None
        yield Connection(number, name, email, joined, left, seconds, role, excluded, is_open)


def emails(table: Table) -> Sequence[str]:
    """Addresses; of accounts' names those that are no technical ids (`ann_example.org#EXT#@tenant`)."""
    at = table.columns.email
    texts = column(table.rows, at)
    if at is not None and is_id(table.line[at : at + 1]):
        texts = ["" if "#ext#" in text.casefold() else text for text in texts]
    spare = column(table.rows, place_of(table.line, EMAILS, after=at or 0))
    return addresses([text or other for text, other in zip(texts, spare, strict=True)])


def differs_little(joined: dt.datetime | None, left: dt.datetime | None, seconds: int | None) -> bool:
    """Whether a stated duration is the interval's own, give or take the second by which Teams rounds."""
    if seconds is None or joined is None or left is None:
        return False
    return abs((left - joined).total_seconds() - seconds) <= 1


def pairs(lines: Lines) -> list[tuple[str, str]]:
    """The summary's heads and values; a value with tabs is put together again."""
    return [(head(cells[0]), " ".join(cell for cell in cells[1:] if cell)) for _number, cells in lines]


def bounds(lines: Lines, order: Order) -> tuple[dt.datetime | None, dt.datetime | None]:
    """When the meeting began and ended: the first two moments of the summary."""
    found = [when for _name, value in pairs(lines) if (when := moment(value, order)) is not None]
    first, second = [*found[:2], None, None][:2]
    return first, second


def title_of(lines: Lines, order: Order) -> str:
    """The title by its head, else the first value that is no count; "" where a moment comes first."""
    values = pairs(lines)
    known = [value for name, value in values if name in TITLES]
    other = [value for _name, value in values if value and not value.isdecimal()]
    title = (known or other or [""])[0]
    return "" if not known and moment(title, order) else clean(title)[:TITLE_LENGTH]
