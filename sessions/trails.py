"""Where minutes come from: every piece of evidence on a person in a session, and the rows of files behind it."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from registrations.models import Registration
from sessions.models import Attendance, AttendanceRow, HandEntry, TrainingSession
from sessions.presence import PRECEDENCE, Presence, Stay, Window, counted_seconds, prevailing

LINES_SHOWN = 100  # of a file, on one page


@dataclass(frozen=True)
class RowTrail:
    """A row of a file, and what it alone is worth after clipping. Rows overlap: together they may be worth less."""

    row: AttendanceRow  # with its import and identity
    seconds: int

    @property
    def minutes(self) -> int:
        """Full minutes."""
        return self.seconds // 60

    @property
    def page(self) -> int:
        """The page of its file's lines on which it stands."""
        return self.row.position // LINES_SHOWN + 1


@dataclass(frozen=True)
class Trail:
    """One piece of evidence, and whether it is the one that counts. `rows` are those of files that count."""

    evidence: Attendance
    is_prevailing: bool
    rows: tuple[RowTrail, ...] = ()


@dataclass(frozen=True)
class SessionTrail:
    """All that is known of a person in a session: evidence, the one that counts first; entries by people, newest first."""

    session: TrainingSession
    presence: Presence | None
    trails: tuple[Trail, ...]
    entries: tuple[HandEntry, ...]


def trail_of(registration: Registration, session: TrainingSession) -> SessionTrail:
    """Of one session. Three queries."""
    return trails_of(registration, [session])[0]


def trails_of(registration: Registration, sessions: Sequence[TrainingSession]) -> list[SessionTrail]:
    """Of each of these sessions, in their order. Three queries, whatever their number."""
    evidence: dict[int, list[Attendance]] = defaultdict(list)
    found = Attendance.objects.filter(registration=registration, session__in=sessions).select_related("recorded_by")
    for each in sorted(found, key=lambda each: PRECEDENCE.index(each.source)):
        evidence[each.session_id].append(each)
    rows: dict[int | None, list[AttendanceRow]] = defaultdict(list)
    for row in _rows(registration, sessions):
        rows[row.session_id].append(row)
    entries: dict[int, list[HandEntry]] = defaultdict(list)
    for entry in HandEntry.objects.filter(registration=registration, session__in=sessions).select_related("entered_by"):
        entries[entry.session_id].append(entry)
    return [_trail(each, evidence[each.pk], rows[each.pk], entries[each.pk]) for each in sessions]


def idle_rows(registration: Registration, session: TrainingSession) -> list[RowTrail]:
    """Lines of files that are the person's and do not count: left out, not applied yet, or undone. One query."""
    rows = AttendanceRow.objects.filter(identity__registration=registration, session=session)
    idle = rows.exclude(pk__in=rows.counting().order_by().values("pk"))
    return [_followed(row, session.window) for row in _in_order(idle)]


def _rows(registration: Registration, sessions: Sequence[TrainingSession]) -> Sequence[AttendanceRow]:
    rows = AttendanceRow.objects.counting().filter(identity__registration=registration, session__in=sessions)
    return list(_in_order(rows))


def _in_order(rows: QuerySet[AttendanceRow]) -> QuerySet[AttendanceRow]:
    """With their files and identities, in the order of time."""
    found = rows.select_related("attendance_import", "identity__decided_by").defer("attendance_import__content")
    return found.order_by("joined_at", "attendance_import", "position")


def _followed(row: AttendanceRow, window: Window) -> RowTrail:
    return RowTrail(row, counted_seconds([Stay(row.joined_at, row.left_at, row.seconds, row.is_open)], window))


def _trail(
    session: TrainingSession, evidence: list[Attendance], rows: list[AttendanceRow], entries: list[HandEntry]
) -> SessionTrail:
    window = session.window
    followed = tuple(_followed(row, window) for row in rows)
    return SessionTrail(
        session=session,
        presence=prevailing([Presence(each.seconds, each.source) for each in evidence]) if evidence else None,
        trails=tuple(
            Trail(each, place == 0, followed if each.source == Attendance.Source.FILE else ())
            for place, each in enumerate(evidence)
        ),
        entries=tuple(entries),
    )
