"""What a reader of one platform's reports takes and gives: plain values, no database, no Django."""

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property, partial
from typing import Any, NamedTuple, cast, overload

from sessions.readers.distinct import Column
from sessions.readers.moments import Order


class Role(StrEnum):
    """What an identity was in the meeting, in the platforms' words."""

    ATTENDEE = "attendee"
    PRESENTER = "presenter"
    PANELIST = "panelist"
    ORGANIZER = "organizer"
    HOST = "host"
    OTHER = "other"  # there, and in no list of those invited: phone callers of a webinar

    @property
    def is_host(self) -> bool:
        """Whether the meeting is theirs: they count apart."""
        return self in (Role.HOST, Role.ORGANIZER)


class Exclusion(StrEnum):
    """Why a line is no attendance, whoever it belongs to."""

    WAITING_ROOM = "in_waiting_room"
    NO_TIMES = "no_times"
    NOT_A_PERSON = "not_a_person"  # a total, a room, an "Anonymous" sum


class Reason(StrEnum):
    """Why a file cannot be read; `sessions.refusals` says each in the reader's language."""

    # Not a table at all, or not one that is read.
    EMPTY = "empty"
    TOO_BIG = "too_big"
    PROTECTED = "protected"  # by a password
    OLD_WORKBOOK = "old_workbook"  # .xls
    BINARY_WORKBOOK = "binary_workbook"  # .xlsb
    OPEN_DOCUMENT = "open_document"  # .ods
    NUMBERS = "numbers"
    MACROS = "macros"
    EXTERNAL_LINKS = "external_links"
    DOCUMENT = "document"  # a text document or slides
    PDF = "pdf"
    IMAGE = "image"
    ARCHIVE = "archive"
    WEB_PAGE = "web_page"
    MARKUP = "markup"  # other XML
    NOT_TEXT = "not_text"
    ENCODING = "encoding"
    NUL = "nul"
    # Damaged, cut off, or larger than any report.
    CUT_OFF = "cut_off"
    BROKEN = "broken"
    DAMAGED = "damaged"  # a workbook or JSON file
    UNPACKS_TOO_BIG = "unpacks_too_big"
    DTD = "dtd"
    TOO_MANY_LINES = "too_many_lines"
    TOO_MANY_SHEETS = "too_many_sheets"
    TOO_WIDE = "too_wide"
    FAR_CELL = "far_cell"
    LONG_CELL = "long_cell"
    TOO_DEEP = "too_deep"
    ODD_NUMBER = "odd_number"
    SAID_TWICE = "said_twice"
    # A table that says nothing of attendance.
    UNKNOWN_LAYOUT = "unknown_layout"
    NO_LINES = "no_lines"
    NO_TIMES = "no_times"


class ReadError(Exception):
    """A file that cannot be read: a `reason`, and the numbers that its sentence needs."""

    def __init__(self, reason: Reason, **details: int | str) -> None:
        super().__init__(reason)
        self.reason = reason
        self.details = details


@dataclass(frozen=True)
class Sheet:
    """A table of cells: the one of a text file, or a sheet of a workbook. Dates and times of workbooks are ISO text."""

    title: str  # "" for a text file
    rows: Sequence[tuple[int, list[str]]]  # number of the line in the file (from 1), its cells, white space taken off


@dataclass(frozen=True)
class Source:
    """A file as the readers see it, and what is known of it from elsewhere."""

    file_name: str
    sheets: Sequence[Sheet]  # at least one, except for JSON
    near: dt.date | None  # the session's day: settles 03/04 and times without a date
    order: Order | None = None  # said by a person, where the file leaves 03/04 open
    document: object = None  # a JSON file's content; then there are no sheets


class Connection(NamedTuple):
    """One line of a report: one stay of one identity, or a total that the file states for it.

    Moments are in the file's own clock (naive), or aware in UTC where the platform writes UTC. A line counts by its
    interval where it has `joined` and `left`, unless `seconds` is stated: then by that, within the interval. A line with
    none of the three says that somebody was present, and not for how long.
    """

    line: int
    name: str  # composed letters, single spaces, no direction marks; at most 300 characters
    email: str  # in lower case; "" where the file has none
    joined: dt.datetime | None = None
    left: dt.datetime | None = None
    seconds: int | None = None  # presence that the file states itself (Google Meet, Zoom's unique users)
    role: Role = Role.ATTENDEE
    excluded_because: Exclusion | None = None
    is_open: bool = False  # the file has no moment of leaving: `left` is the meeting's stated end, or None
    account: str = ""  # an id of the platform's that tells two people of one name apart; never an address


class Connections(Sequence[Connection]):
    """Connections kept by column: a report may have a hundred thousand, and who is in it is asked far more often than
    each stay. To be used like a list of connections, each of which is made when it is asked for, or column by column.
    """

    def __init__(self, columns: Sequence[Sequence[Any]]) -> None:
        """Of columns of equal length, those below being `Column`s: the fields of `Connection`, in their order."""
        self._columns = columns

    @cached_property
    def identities(self) -> Column[tuple[str, str]]:
        """The name and the address of each."""
        names, emails = (cast(Column[str], self._columns[at]) for at in (NAME, EMAIL))
        return names.beside(emails)

    @property
    def roles(self) -> Column[Role]:
        """The role of each."""
        return cast(Column[Role], self._columns[ROLE])

    @property
    def exclusions(self) -> Column[Exclusion | None]:
        """Why each does not count, if so."""
        return cast(Column[Exclusion | None], self._columns[EXCLUDED])

    def __len__(self) -> int:
        """How many there are."""
        return len(self._columns[0])

    @overload
    def __getitem__(self, at: int) -> Connection: ...
    @overload
    def __getitem__(self, at: slice) -> "Connections": ...
    def __getitem__(self, at: int | slice) -> "Connection | Connections":
        """One, or several."""
        if isinstance(at, slice):
            return Connections([column[at] for column in self._columns])
        return Connection(*(column[at] for column in self._columns))

    def __iter__(self) -> Iterator[Connection]:
        """One after the other."""
        return map(partial(tuple.__new__, Connection), zip(*self._columns, strict=True))

    def __eq__(self, other: object) -> bool:
        """Whether both have the same connections."""
        return isinstance(other, Sequence) and list(self) == list(other)

    __hash__ = None  # type: ignore[assignment]  # like a list's

    @classmethod
    def of(cls, connections: Sequence[Connection]) -> "Connections":
        """The same, by column."""
        if isinstance(connections, cls):
            return connections
        columns = list(zip(*connections, strict=True)) or [()] * len(Connection._fields)
        return cls(list(map(Column.of, columns)))


NAME, EMAIL, ROLE, EXCLUDED = map(Connection._fields.index, ("name", "email", "role", "excluded_because"))


class Absence(NamedTuple):
    """Somebody whom the file lists as registered and not there."""

    name: str
    email: str


@dataclass(frozen=True)
class Meeting:
    """One meeting of a report, as the platform names it."""

    title: str
    connections: Sequence[Connection]
    absent: Sequence[Absence] = ()
    starts: dt.datetime | None = None  # where the file states them, in the clock of the connections
    ends: dt.datetime | None = None


@dataclass(frozen=True)
class Report:
    """What a file says."""

    platform: str  # zoom, teams, google_meet, webex, bigbluebutton, gotowebinar, tencent_meeting, livestorm, generic
    variant: str
    meetings: Sequence[Meeting]
    order: Order | None = None  # how dates were read, where the file itself leaves it open; None where it does not
    notes: Sequence[str] = field(default=())  # codes of what a person should know, e.g. "date_order_open"

    @property
    def connections(self) -> Sequence[Connection]:
        """The lines of all meetings."""
        if len(self.meetings) == 1:
            return self.meetings[0].connections
        return [found for meeting in self.meetings for found in meeting.connections]


Reader = Callable[[Source], Report | None]
READERS: list[Reader] = []


def reader(read: Reader) -> Reader:
    """Enter a platform's reader: it gives `None` for files of other platforms, and raises `ReadError` for useless ones."""
    READERS.append(read)
    return read
