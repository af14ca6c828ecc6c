"""Zoom's webinar report: up to five tables in one file (summary, hosts, panelists, attendees, others who attended).

Sources: a 2020 export (columns `User Name`, no `Is Guest`), public parsers of 2025 and 2026. The tables' dates have
named months and 24 hours, those of the summary and of "Other Attended" AM/PM without seconds; minutes are rounded up.
Whoever registered and was absent stands there with `No` and `--`; whoever was made a panelist stands in two tables.
Other languages are known by the shape: a line of one cell above a line of heads with a name in brackets.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sessions.readers import zoom_words as words
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
from sessions.readers.layout import BRACKETED, Lines, is_title, time_columns
from sessions.readers.moments import Order, moment
from sessions.readers.registrants import Columns, People, where_times_are_missing
from sessions.readers.report import Meeting, ReadError, Reason, Report, Role, Source, reader

# Parts of the sections' titles, tried in this order: a German panelist is a "Podiumsteilnehmer".
SECTIONS = (
    (Role.PANELIST, ("panel", "podium", "panéliste", "ponente", "パネリスト", "嘉宾", "嘉賓", "专题", "패널", "докладчик")),
    (Role.HOST, ("host", "anfitri", "hôte", "gastgeber", "ospitante", "ホスト", "主持人", "호스트", "организатор")),
    (Role.OTHER, ("other", "otro", "autre", "outro", "andere", "sonstige", "altri", "その他", "其他", "기타", "друг",
                  "ostatn", "pozostał", "diğer", "lainnya", "khác", "overig")),
)  # fmt: skip
TITLES = {"attendee report", "informe de asistentes", "relatório de participantes", "rapport des participants"}
NAMES = {"user name(original name)", "user name"}
GIVEN = {"first name", "nombre", "nome", "prénom", "vorname", "名", "имя"}
FAMILY = {"last name", "apellido", "apellidos", "sobrenome", "nom", "nachname", "姓", "фамилия"}
MINUTES = {"time in session(minutes)", "time in session"}


HEAD_AMONG = 20


@dataclass(frozen=True)
class Section:
    """One table: who they are, its heads, its lines."""

    role: Role
    heads: list[str]
    lines: Lines


@reader
def read_zoom_webinar(source: Source) -> Report | None:
    """The people of a webinar, or `None` where the file does not have its tables."""
    rows = source.sheets[0].rows if source.sheets else []
    sections = sections_of(rows)
    if not sections:
        refuse_registrations(rows)
        return None
    times = {id(section): times_of(section) for section in sections}
    dates = order_for(source, *(column(section.lines, at) for section in sections for at in times[id(section)]))
    people = People()
    for section in sections:
        people.add(columns_of(section, times[id(section)], dates.order))
    if not people.connections and not people.absent:
        raise ReadError(Reason.NO_LINES)
    title, starts, ends = summary_of(rows, dates.order)
    meeting = Meeting(title, people.connections, people.still_absent, starts, ends)
    return Report("zoom", "webinar", [meeting], dates.stated, dates.notes)


def refuse_registrations(rows: Lines) -> None:
    """Raise `ReadError` for Zoom's list of those who registered: when they did so is no attendance."""
    for _line, cells in rows[:HEAD_AMONG]:
        heads = set(map(head, cells))
        if heads >= {"registration time", "approval status"} and not heads & words.JOINS:
            raise ReadError(Reason.NO_TIMES)


def sections_of(rows: Lines) -> list[Section]:
    """The tables of people: a line with one cell, its title, then the heads. Empty where this is no webinar's report."""
    starts = [at for at in range(len(rows) - 1) if is_title(rows[at][1]) and is_head(rows[at + 1][1])]
    is_named = bool(rows) and head(cell_at(rows[0][1], 0)) in TITLES
    if not starts or not (is_named or any(has_bracket(rows[at + 1][1]) for at in starts)):
        return []
    ends = [*starts[1:], len(rows)]
    found = []
    for start, end in zip(starts, ends, strict=True):
        heads = list(map(head, rows[start + 1][1]))
        lines = [line for line in rows[start + 2 : end] if not is_title(line[1])]
        found.append(Section(role_of(head(rows[start][1][0])), heads, lines))
    return found


def is_head(cells: Sequence[str]) -> bool:
    """A name, times and minutes: `Attended, User Name (Original Name), …`, or `User Name, Join Time, …`."""
    heads = set(map(head, cells))
    if heads & {"attended", *NAMES} and heads & (words.JOINS | MINUTES):
        return True
    return sum(map(bool, cells)) >= 4 and any(BRACKETED.fullmatch(text) for text in heads)


def has_bracket(cells: Sequence[str]) -> bool:
    """Whether the second head is a name with another in brackets, as `User Name (Original Name)`."""
    return BRACKETED.fullmatch(head(cell_at(cells, 1))) is not None or head(cell_at(cells, 1)) in NAMES


def role_of(title: str) -> Role:
    """Who the people of a table are, by its title; attendees unless it says otherwise."""
    return next((role for role, parts in SECTIONS if any(part in title for part in parts)), Role.ATTENDEE)


def times_of(section: Section) -> tuple[int | None, int | None]:
    """Where joining and leaving stand: by their heads, else the last two columns of moments (registration precedes)."""
    known = place_of(section.heads, words.JOINS), place_of(section.heads, words.LEAVES)
    if None not in known:
        return known
    found = time_columns(section.lines)
    return (found[-2], found[-1]) if len(found) > 1 else (None, None)


def columns_of(section: Section, times: tuple[int | None, int | None], order: Order) -> Columns:
    """The columns of one table; its minutes count only where the times are missing."""
    joined, left = same_clock(*(moments_of(column(section.lines, at), order) for at in times))
    stated = [seconds_of(text, unit=MINUTE) for text in column(section.lines, place_of(section.heads, MINUTES))]
    return Columns(
        lines=[line for line, _cells in section.lines],
        names=names_in(section),
        emails=addresses(column(section.lines, email_place(section))),
        joined=joined,
        left=left,
        seconds=where_times_are_missing(stated, joined, left),
        attended=column(section.lines, place_of(section.heads, {"attended"})),
        roles=[section.role] * len(section.lines),
    )


def names_in(section: Section) -> Sequence[str]:
    """The name shown, else given and family name; the report of 2020 has no other for attendees."""
    shown = place_of(section.heads, NAMES)
    if shown is None and BRACKETED.fullmatch(cell_at(section.heads, 1)):
        shown = 1
    given, family = place_of(section.heads, GIVEN), place_of(section.heads, FAMILY)
    if shown is None and given is None:
        shown = 0
    parts = zip(*(column(section.lines, at) for at in (shown, given, family)), strict=True)
    return cleaned([name or f"{first} {last}" for name, first, last in parts])


def email_place(section: Section) -> int | None:
    """By its head, else the first column with an address."""
    known = place_of(section.heads, words.EMAILS)
    if known is not None:
        return known
    return next((at for _line, cells in section.lines for at, cell in enumerate(cells) if "@" in cell), None)


def summary_of(rows: Lines, order: Order) -> tuple[str, dt.datetime | None, dt.datetime | None]:
    """Topic, start and end from the block at the top: a line of five heads or more, a line of values."""
    at = next((at for at, (_line, cells) in enumerate(rows[:10]) if sum(map(bool, cells)) >= 5), None)
    if at is None or (is_title(rows[at - 1][1]) and is_head(rows[at][1])) or at + 1 >= len(rows):
        return "", None, None
    heads, values = list(map(head, rows[at][1])), rows[at + 1][1]
    topic = place_of(heads, words.TOPICS)
    starts = next((time for value in values if (time := moment(value, order))), None)
    minutes = seconds_of(
        cell_at(values, place_of(heads, {"actual duration(minutes)", "duration(minutes)"})), unit=MINUTE
    )
    ends = starts + dt.timedelta(seconds=minutes) if starts and minutes else None
    return clean(cell_at(values, topic or 0))[:TITLE_LENGTH], starts, ends
