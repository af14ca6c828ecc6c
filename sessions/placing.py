"""Which session each line of a report belongs to: the one during whose window its person was there."""

import datetime as dt
import zoneinfo
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sessions.presence import Window
from sessions.readers import Connection, Meeting, Report

OPEN_FOR = dt.timedelta(hours=12)  # how long before a session somebody who never left may have come
ZONES_APART = dt.timedelta(hours=26)  # the most that the clocks of two places differ by


@dataclass(frozen=True, slots=True)
class Place:
    """A session to which lines may belong."""

    session: int
    window: Window


class Placed(NamedTuple):
    """A line in one session, or in none; moments are in UTC."""

    line: int
    meeting: str
    session: int | None
    name: str
    email: str
    joined: dt.datetime | None
    left: dt.datetime | None
    seconds: int | None
    is_open: bool
    role: str
    excluded_because: str

    @property
    def is_countable(self) -> bool:
        """Whether it is in a session and nothing is against it."""
        return self.session is not None and not self.excluded_because


def place(report: Report, zone: zoneinfo.ZoneInfo, places: Sequence[Place]) -> list[Placed]:
    """Every line in every session that it reaches into; once without a session where there is none.

    `zone` is the clock of moments that state none. Lines without moments go with their meeting's start; where there is
    only one place, to that.
    """
    return [
        Placed(
            line=found.line,
            meeting=meeting.title[:300],
            session=session,
            name=found.name,
            email=found.email,
            joined=joined,
            left=left,
            seconds=found.seconds,
            is_open=found.is_open,
            role=found.role.value,
            excluded_because=found.excluded_because.value if found.excluded_because else "",
        )
        for meeting in report.meetings
        for found, joined, left in _in_utc(meeting.connections, zone)
        for session in _sessions(joined, left, meeting, zone, places)
    ]


def _in_utc(
    connections: Iterable[Connection], zone: zoneinfo.ZoneInfo
) -> Iterator[tuple[Connection, dt.datetime | None, dt.datetime | None]]:
    for found in connections:
        joined, left = utc(found.joined, zone), utc(found.left, zone)
        yield found, joined, left if joined else None


def utc(moment: dt.datetime | None, zone: zoneinfo.ZoneInfo) -> dt.datetime | None:
    """The moment in UTC; one that states no zone is on the clock of `zone`."""
    if moment is None:
        return None
    return (moment if moment.tzinfo else moment.replace(tzinfo=zone)).astimezone(dt.UTC)


def _sessions(
    joined: dt.datetime | None,
    left: dt.datetime | None,
    meeting: Meeting,
    zone: zoneinfo.ZoneInfo,
    places: Sequence[Place],
) -> list[int | None]:
    if joined is not None and left is not None:
        return [each.session for each in places if each.window.overlaps(joined, left)] or [None]
    if joined is not None:
        ahead = (each.session for each in places if each.window.overlaps(joined, joined + OPEN_FOR))
        return [next(ahead, None)]
    starts = utc(meeting.starts, zone)
    if len(places) == 1 or starts is None:
        return [places[0].session if len(places) == 1 else None]
    ends = utc(meeting.ends, zone) or starts
    return [each.session for each in places if each.window.overlaps(starts, ends)] or [None]


def span(rows: Iterable[Placed]) -> tuple[dt.datetime, dt.datetime] | None:
    """From the first to the last moment of the lines; None where none has any."""
    moments = [moment for row in rows for moment in (row.joined, row.left) if moment]
    return (min(moments), max(moments)) if moments else None


def may_be_another_zone(found: tuple[dt.datetime, dt.datetime], places: Iterable[Place]) -> bool:
    """Whether a clock of another place could bring these lines into a session."""
    first, last = found
    return any(each.window.overlaps(first - ZONES_APART, last + ZONES_APART) for each in places)
