"""What a reader of one platform's reports takes and gives: plain values, no database, no Django."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum


class Exclusion(StrEnum):
    """Why a line is no attendance, whoever it belongs to."""

    WAITING_ROOM = "waiting_room"
    NO_TIMES = "no_times"


class Reason(StrEnum):
    """Why a file cannot be read; `sessions.refusals` says each in the reader's language."""

    EMPTY = "empty"
    TOO_BIG = "too_big"
    WORKBOOK = "workbook"
    NOT_TEXT = "not_text"
    NUL = "nul"
    BROKEN = "broken"
    TOO_MANY_LINES = "too_many_lines"
    TOO_WIDE = "too_wide"
    UNKNOWN_LAYOUT = "unknown_layout"
    WEBINAR = "webinar"
    UNIQUE_USERS = "unique_users"
    NO_LINES = "no_lines"
    NO_TIMES = "no_times"


class ReadError(Exception):
    """A file that cannot be read: a `reason`, and the numbers that its sentence needs."""

    def __init__(self, reason: Reason, **details: int) -> None:
        super().__init__(reason)
        self.reason = reason
        self.details = details


@dataclass(frozen=True)
class Source:
    """A file as the readers see it: its cells, and the day on which it should have happened."""

    file_name: str
    lines: list[tuple[int, list[str]]]  # number of the line in the file (from 1), its cells
    near: dt.date | None  # the session's day: settles 03/04 where the file leaves it open


@dataclass(frozen=True)
class Connection:
    """One stay of one identity, in the file's own clock (naive); `joined` and `left` are there unless excluded."""

    line: int
    name: str
    email: str  # in lower case; "" where the file has none
    joined: dt.datetime | None
    left: dt.datetime | None
    is_host: bool = False
    excluded_because: Exclusion | None = None


@dataclass(frozen=True)
class Report:
    """A platform's report on one meeting."""

    platform: str
    variant: str
    topic: str
    connections: list[Connection] = field(default_factory=list)


Reader = Callable[[Source], Report | None]
READERS: list[Reader] = []


def reader(read: Reader) -> Reader:
    """Enter a platform's reader: it gives `None` for files of other platforms, and raises `ReadError` for useless ones."""
    READERS.append(read)
    return read
