"""Reports that list everybody who registered, whether they came or not: who was there, and who was away."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from sessions.readers.report import Absence, Connection, Role
from sessions.readers.zoom_words import NO, YES

HERE = YES | {"attended", "present", "joined", "1", "présent", "présente", "a participé", "teilgenommen", "asistió"}
AWAY = NO | {"0", "absent", "absente", "no show", "no-show", "did not attend", "not attended", "registered", "inscrit"}


@dataclass(frozen=True)
class Columns:
    """The columns of a table, one entry per line. `seconds` is stated presence, `None` where the times count instead."""

    lines: Sequence[int]
    names: Sequence[str]
    emails: Sequence[str]
    joined: Sequence[dt.datetime | None]
    left: Sequence[dt.datetime | None]
    seconds: Sequence[int | None]
    attended: Sequence[str]
    roles: Sequence[Role]


@dataclass
class People:
    """Who was there, by connection, and who was not."""

    connections: list[Connection] = field(default_factory=list)
    absent: list[Absence] = field(default_factory=list)

    def add(self, columns: Columns) -> None:
        """The lines of one table: absent is who is marked so, or has neither a mark nor a time nor a duration."""
        for line, name, email, joined, left, seconds, attended, role in zip(
            columns.lines, columns.names, columns.emails, columns.joined, columns.left, columns.seconds,
            columns.attended, columns.roles, strict=True,
        ):  # fmt: skip
            if not name and not email:
                continue
            mark = attended.casefold()
            if mark in AWAY or (mark not in HERE and joined is None and not seconds):
                self.absent.append(Absence(name, email))
                continue
            is_open = joined is not None and left is None and seconds is None
            self.connections.append(
                Connection(line, name, email, joined, left, seconds, role, is_open=is_open),
            )

    @property
    def still_absent(self) -> list[Absence]:
        """The absent, each once, without those who were there by another line."""
        there = {found.email or found.name for found in self.connections}
        away = {found.email or found.name: found for found in reversed(self.absent)}
        return [found for key, found in reversed(away.items()) if key not in there]


def where_times_are_missing(
    stated: Iterable[int | None], joined: Iterable[dt.datetime | None], left: Iterable[dt.datetime | None]
) -> list[int | None]:
    """Stated durations of the lines without both times: elsewhere the times count, for durations are roundings."""
    return [None if start and end else seconds for seconds, start, end in zip(stated, joined, left, strict=True)]
