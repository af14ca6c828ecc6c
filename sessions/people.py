"""Who was in a meeting: the lines of a report grouped by whoever they name. Plain Python, no database."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from itertools import chain, compress

from sessions.matches import Identity
from sessions.readers import Connection, Exclusion, Meeting, Report, Role
from sessions.readers.columns import same_clock
from sessions.readers.distinct import Column
from sessions.readers.report import Connections

# What a person was, where several lines say different things: an attendee who was made a panelist was a panelist.
RANKS = (Role.HOST, Role.ORGANIZER, Role.PANELIST, Role.PRESENTER, Role.ATTENDEE, Role.OTHER)


class SecondsFrom(StrEnum):
    """Where the seconds of a person come from."""

    MERGED_INTERVALS = "merged_intervals"
    STATED_DURATION = "stated_duration"
    MARK = "mark"


@dataclass(frozen=True)
class Person:
    """Somebody in one meeting, as the file names them.

    `key` is the e-mail address in lower case, else the name. `seconds` is distinct presence, overlaps counted once, not
    clipped to any session; `None` where the file says only that they were there. Moments are in the file's clock.
    """

    key: str
    email: str
    names: tuple[str, ...]
    seconds: int | None
    first_join: dt.datetime | None
    last_leave: dt.datetime | None
    role: Role
    seconds_from: SecondsFrom


def named_in(meeting: Meeting) -> Column[tuple[str, str]]:
    """The name and the address of each line that is about somebody, in the order of the file."""
    found = Connections.of(meeting.connections)
    if Exclusion.NOT_A_PERSON not in found.exclusions:
        return found.identities
    return Column.of(compress(found.identities, (why != Exclusion.NOT_A_PERSON for why in found.exclusions)))


def identities_of(report: Report) -> list[Identity]:
    """Who is named in a report, each once, in its order; then who is listed as absent."""
    present = (named_in(meeting).distinct for meeting in report.meetings)
    absent = ((each.name, each.email) for meeting in report.meetings for each in meeting.absent)
    distinct = dict.fromkeys(chain(chain.from_iterable(present), absent))
    return list(map(partial(tuple.__new__, Identity), distinct))


def hosts_of(report: Report) -> set[Identity]:
    """Whose meetings it was."""
    return {
        Identity(found.name, found.email)
        for meeting in report.meetings
        if any(role.is_host for role in Connections.of(meeting.connections).roles.distinct)
        for found in meeting.connections
        if found.role.is_host and found.excluded_because != Exclusion.NOT_A_PERSON
    }


def people_of(meeting: Meeting) -> list[Person]:
    """The people of a meeting, in the order in which the file first names them.

    Whoever has only lines that do not count (a waiting room) is listed with 0 seconds; totals and rooms are nobody.
    """
    lines: dict[str, list[Connection]] = {}
    for found in meeting.connections:
        if found.excluded_because != Exclusion.NOT_A_PERSON:
            lines.setdefault(found.email or found.name, []).append(found)
    return [person(key, connections) for key, connections in lines.items()]


def person(key: str, connections: Sequence[Connection]) -> Person:
    """One person of all the lines that name them."""
    counted = in_one_clock([found for found in connections if found.excluded_because is None])
    joins = [found.joined for found in counted if found.joined]
    leaves = [found.left for found in counted if found.left]
    seconds, seconds_from = presence(counted)
    return Person(
        key=key,
        email=connections[0].email,
        names=tuple(dict.fromkeys(found.name for found in connections if found.name)),
        seconds=seconds,
        first_join=min(joins, default=None),
        last_leave=max(leaves, default=None),
        role=min((found.role for found in counted or connections), key=RANKS.index),
        seconds_from=seconds_from,
    )


def in_one_clock(connections: Sequence[Connection]) -> list[Connection]:
    """The same lines; where only some of a person's are in UTC, all as they are written, for they cannot be compared."""
    joined, left = same_clock([found.joined for found in connections], [found.left for found in connections])
    stays = zip(connections, joined, left, strict=True)
    return [found._replace(joined=start, left=end) for found, start, end in stays]


def presence(counted: Sequence[Connection]) -> tuple[int | None, SecondsFrom]:
    """Seconds of the lines that count: merged intervals, and what the file states for lines that have no intervals."""
    if counted and all(is_mark(found) for found in counted):
        return None, SecondsFrom.MARK
    stated = [found for found in counted if found.seconds is not None]
    merged = merged_seconds(found for found in counted if found.seconds is None)
    if not stated:
        return merged, SecondsFrom.MERGED_INTERVALS
    return merged + stated_seconds(stated), SecondsFrom.STATED_DURATION


def is_mark(found: Connection) -> bool:
    """Whether a line says that somebody was there, and nothing of when or how long."""
    return found.joined is None and found.left is None and found.seconds is None and not found.is_open


def merged_seconds(connections: Iterable[Connection]) -> int:
    """Seconds covered by at least one line; a line that never ends covers nothing."""
    covered, until = dt.timedelta(), None
    for joined, left in sorted((found.joined, found.left) for found in connections if found.joined and found.left):
        begins = joined if until is None else max(joined, until)
        if left > begins:
            covered += left - begins
            until = left
    return int(covered.total_seconds())


def stated_seconds(stated: Sequence[Connection]) -> int:
    """What the file states; of several lines (a computer and a telephone) never more than the time they span together."""
    total = sum(found.seconds or 0 for found in stated)
    if len(stated) > 1 and all(found.joined and found.left for found in stated):
        return min(total, merged_seconds(stated))
    return total
