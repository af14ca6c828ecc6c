"""Google Meet's attendance report: a sheet, or the CSV downloaded of it; one line per participant, no role.

Heads are known in some languages, else the shape tells: name, address, a duration, two times of day. A line states how
long somebody was there in all, which counts, since between the two times they may have been away. Times mostly have no
date: the day is stated above the table, or is the session's, or stands in the name of the sheet or the file; a meeting
may run past midnight. Sources: public parsers and their tests of real exports in English and Portuguese.
"""

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

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
from sessions.readers.meet_heads import DURATIONS, EMAILS, ENDS, EXITS, FAMILY, GIVEN, JOINS, NAMES, STARTS, TITLES
from sessions.readers.meet_times import days_after, span_of, stated_seconds
from sessions.readers.moments import DateOrder, Order, clock_of, date_of, moment
from sessions.readers.report import Connection, Exclusion, Meeting, ReadError, Reason, Report, Sheet, Source, reader

Lines = Sequence[tuple[int, list[str]]]

ISO_DAY = re.compile(r"(?<!\d)\d{4}-\d{2}-\d{2}(?!\d)")


class Columns(NamedTuple):
    """Where the table has what; `None` where it has not."""

    names: tuple[int, ...]
    email: int | None
    duration: int | None
    joined: int | None
    left: int | None


@dataclass(frozen=True)
class Table:
    """The participants' lines, and what stands above them."""

    above: Lines
    line: list[str]  # heads
    rows: Lines
    columns: Columns

    @property
    def texts(self) -> list[str]:
        """Every text that may be a moment or a day."""
        times = (text for at in (self.columns.joined, self.columns.left) for text in distinct_of(column(self.rows, at)))
        return [*times, *(cell for _line, cells in self.above for cell in cells)]


@dataclass(frozen=True)
class Facts:
    """What is said of the meeting above its table."""

    title: str = ""
    day: dt.date | None = None
    starts: dt.datetime | None = None
    ends: dt.datetime | None = None
    named: dict[str, str] = field(default_factory=dict)


@reader
def read_google_meet(source: Source) -> Report | None:
    """The participants of every sheet that has some, or `None` where no line is such a head or has such a shape."""
    tables = [(sheet, table) for sheet in source.sheets if (table := table_in(sheet.rows)) is not None]
    if not tables:
        return None
    order = order_for(source, *(table.texts for _sheet, table in tables))
    meetings = [meeting(table, sheet, source, order.order) for sheet, table in tables]
    if not any(found.connections for found in meetings):
        raise ReadError(Reason.NO_LINES)
    variant = "with times" if tables[0][1].columns.joined is not None else "durations only"
    return Report("google_meet", variant, meetings, order.stated, notes_of(meetings, order))


def notes_of(meetings: Sequence[Meeting], order: DateOrder) -> tuple[str, ...]:
    """What a person should know: that the order of dates is open, or that nothing says which day it was."""
    dateless = all(found.joined is None for each in meetings for found in each.connections)
    return (*order.notes, *(("no_day",) if dateless else ()))


def table_in(rows: Lines) -> Table | None:
    """The table of participants: below heads that are known, else the first lines that have its shape."""
    for index, (_line, cells) in enumerate(rows[:30]):
        line = heads(cells) if sum(map(bool, cells)) > 2 and not any(map(clock_of, cells)) else []
        columns = known_columns(line)
        if columns is not None:
            below = [row for row in rows[index + 1 :] if row[1] != cells]
            if columns.joined is not None or is_only_durations(line, below[:50], columns):
                return Table(rows[:index], line, below, columns)
    return shaped_table(rows)


def shaped_table(rows: Lines) -> Table | None:
    """The lines from the first one on that is a stay, with the line above that may be heads."""
    first = next((index for index, (_line, cells) in enumerate(rows[:40]) if place_of_stay(cells)), None)
    if first is None:
        return None
    above = (index for index in range(first - 1, -1, -1) if sum(map(bool, rows[index][1])) > 2)
    begins = next((index for index in above if not any("@" in cell or clock_of(cell) for cell in rows[index][1])), -1)
    line = heads(rows[begins][1]) if begins >= 0 else []
    below = rows[begins + 1 :] if begins >= 0 else rows[first:]
    return Table(rows[: max(begins, 0)], line, below, shaped_columns(line, below[:50]))


def known_columns(line: Sequence[str]) -> Columns | None:
    """By heads that are known: a name, and a duration that stands before the times, as no other platform has it."""
    given, family, whole = place_of(line, GIVEN), place_of(line, FAMILY), place_of(line, NAMES)
    name = whole if whole is not None else given if given is not None else family
    duration, joined, left = (place_of(line, aliases) for aliases in (DURATIONS, JOINS, EXITS))
    if name is None or (duration is None and (joined is None or "time exited" not in line)):
        return None
    if joined is not None and duration is not None and joined < duration and line[joined] != "first seen":
        return None
    names = (given, family) if whole is None and given is not None and family is not None else (name,)
    is_timed = joined is not None and left is not None
    if duration is not None and not is_timed and len(line) > duration + 2 and joined is None:
        return None  # unknown heads behind the duration: the shape decides
    return Columns(names, place_of(line, EMAILS), duration, joined, left)


def shaped_columns(line: Sequence[str], rows: Lines) -> Columns:
    """By the first line that is a stay: one to three texts, a duration, two times of day without a date."""
    place = next(place for _line, cells in rows if (place := place_of_stay(cells)))
    email = email_of(line, rows, place)
    names = tuple(at for at in range(place) if at != email)[:2]
    return Columns(names or (0,), email, place, place + 1, place + 2)


def place_of_stay(cells: Sequence[str]) -> int | None:
    """The place of a duration with one to three texts before, and two times of day and nothing else behind it."""
    for place in range(1, min(4, len(cells) - 2)):
        joined, left, length = clock_of(cells[place + 1]), clock_of(cells[place + 2]), seconds_of(cells[place])
        if joined and left and length is not None and cells[0] and seconds_of(cells[0]) is None:
            is_clock = clock_of(cells[place]) is not None  # 9h02 and 1:00:00 are times of day, too
            fits = cells[place].count(":") == 2 and length <= span_of(joined, left) + 60
            return place if (fits or not is_clock) and not any(cells[place + 3 :]) else None
    return None


def email_of(line: Sequence[str], rows: Lines, duration: int) -> int | None:
    """The column of addresses, before the duration: by its head, by an address, else the third column of three."""
    known = place_of(line[:duration], EMAILS)
    if known is not None:
        return known
    found = next((at for _line, cells in rows for at in range(duration) if "@" in cell_at(cells, at)), None)
    if found is not None:
        return found
    empty = duration == 2 and not any(cell_at(cells, 1) for _line, cells in rows)
    return duration - 1 if duration == 3 or empty else None


def is_only_durations(line: Sequence[str], rows: Lines, columns: Columns) -> bool:
    """Whether this is the report without times: name, address, duration, and nothing else."""
    if columns.duration is None or len([text for text in line if text]) > len(columns.names) + 2:
        return False
    texts = [cell for cell in column(rows, columns.duration) if cell]
    return bool(texts) and columns.email is not None and all(seconds_of(text, unit=60) is not None for text in texts)


def meeting(table: Table, sheet: Sheet, source: Source, order: Order) -> Meeting:
    """One sheet's participants."""
    facts = facts_of(table.above, order)
    joins, leaves = (column(table.rows, at) for at in (table.columns.joined, table.columns.left))
    full = list(zip(moments_of(joins, order), moments_of(leaves, order), strict=True))
    day = facts.day or source.near or day_in(sheet.title) or day_in(source.file_name)
    clocks = list(zip(once_each(clock_of, joins), once_each(clock_of, leaves), strict=True))
    placed = days_after(day, clocks, is_start=facts.day is not None) if day else [(None, None)] * len(full)
    both = ([when[at] or other[at] for when, other in zip(full, placed, strict=True)] for at in (0, 1))
    joined, left, (starts, ends) = same_clock(*both, [facts.starts, facts.ends])
    times = list(zip(joined, left, strict=True))
    return Meeting(facts.title, list(stays(table, times, ends)), (), starts, ends)


def stays(
    table: Table, times: Sequence[tuple[dt.datetime | None, dt.datetime | None]], ends: dt.datetime | None
) -> Iterator[Connection]:
    """The lines of the table."""
    rows, columns = table.rows, table.columns
    names = cleaned(put_together(rows, columns.names))
    emails = addresses(column(rows, columns.email))
    unit = cell_at(table.line, columns.duration)
    for (line, cells), name, email, (joined, left) in zip(rows, names, emails, times, strict=True):
        if not name and not email:
            continue
        seconds = stated_seconds(cell_at(cells, columns.duration), unit, joined, left)
        is_open = joined is not None and left is None and seconds is None
        if is_open and joined is not None and ends is not None and ends > joined:
            left = ends
        is_empty = joined is None and left is None and seconds is None
        excluded = Exclusion.NO_TIMES if is_empty and any(cells[1:]) else Exclusion.NOT_A_PERSON if is_empty else None
        yield Connection(line, name, email, joined, left, seconds, excluded_because=excluded, is_open=is_open)


def facts_of(above: Lines, order: Order) -> Facts:
    """The title and the times that stand above the table, as heads over values or as labels before them."""
    labels = {head(label.rstrip(":：")): value for label, value in labelled(above)}
    texts = [cell for _line, cells in above for cell in cells if cell]
    named = next((value for name, value in labels.items() if name in TITLES), "")
    lines = [cells[0] for _line, cells in above if cells[0] and not any(cells[1:])]
    title = named or next((line for line in lines if not moment(line, order) and not date_of(line, order)), "")
    whole = [(when, when.date()) for text in texts if (when := moment(text, order)) is not None]
    days = [day for text in texts if (day := date_of(text, order)) is not None]
    day = next(iter([*days, *(day for _when, day in whole)]), None) or next(filter(None, map(day_in, texts)), None)
    starts, ends = same_clock([bound(labels, aliases, day, order) for aliases in (STARTS, ENDS)])[0]
    if starts and ends and ends < starts:
        ends += dt.timedelta(days=1)
    return Facts(clean(title)[:TITLE_LENGTH], day, starts, ends)


def labelled(above: Lines) -> Iterator[tuple[str, str]]:
    """Pairs of a label and its value: from two cells of a line, from `label: value`, and from two lines."""
    for index, (_line, cells) in enumerate(above):
        filled = [cell for cell in cells if cell]
        if len(filled) == 2:
            yield filled[0], filled[1]
        elif len(filled) == 1 and ":" in filled[0]:
            label, _, value = filled[0].partition(":")
            yield label, value.strip()
        if len(filled) > 2 and index + 1 < len(above):
            yield from zip(cells, above[index + 1][1], strict=False)


def bound(labels: dict[str, str], aliases: set[str], day: dt.date | None, order: Order) -> dt.datetime | None:
    """The start or the end of the meeting, where it is stated, with a day."""
    text = next((value for name, value in labels.items() if name in aliases), "")
    clock = clock_of(text)
    return moment(text, order) or (dt.datetime.combine(day, clock) if day and clock else None)


def day_in(text: str) -> dt.date | None:
    """The day inside a title, as Google writes it: `Attendance report … (2026-09-26 14:41)`."""
    match = ISO_DAY.search(text)
    return date_of(match[0], Order.MONTH_FIRST) if match else None
