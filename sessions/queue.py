"""The queue of requests for correction, with all evidence on the person and the session side by side."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from registrations.models import Programme
from sessions.models import Attendance, AttendanceRow, CheckIn, CorrectionRequest
from sessions.presence import PRECEDENCE, Presence, prevailing

Key = tuple[int, int]  # registration, session


@dataclass(frozen=True, slots=True)
class QueueEntry:
    """One request, every piece of evidence on it in the order in which they prevail, and what counts now.

    `rows` are the lines of files that count for the person in the session.
    """

    request: CorrectionRequest
    evidence: tuple[Attendance, ...]
    presence: Presence | None
    check_in: CheckIn | None
    rows: tuple[AttendanceRow, ...]


def open_requests(programme: Programme) -> QuerySet[CorrectionRequest]:
    """Those that wait, the longest waiting first."""
    found = CorrectionRequest.objects.for_programme(programme).open()
    return found.select_related("registration", "session__programme").order_by("asked_at", "pk")


def answered_requests(programme: Programme) -> QuerySet[CorrectionRequest]:
    """Those that were answered, the latest first."""
    found = CorrectionRequest.objects.for_programme(programme).filter(answered_at__isnull=False)
    return found.select_related("registration", "session", "answered_by").order_by("-answered_at", "-pk")


def entries(requests: Sequence[CorrectionRequest]) -> list[QueueEntry]:
    """One entry for each request, in their order. Three queries, whatever their number."""
    evidence: dict[Key, list[Attendance]] = defaultdict(list)
    for row in Attendance.objects.filter(_about(requests)).select_related("recorded_by").order_by("pk"):
        evidence[row.registration_id, row.session_id].append(row)
    came = {(one.registration_id, one.session_id): one for one in CheckIn.objects.filter(_about(requests)).order_by()}
    rows = _rows(requests)
    return [_entry(one, evidence, came, rows) for one in requests]


def _about(requests: Sequence[CorrectionRequest]) -> Q:
    """Of these people in these sessions; what is of another pair of them is dropped by its key."""
    people, sessions = {one.registration_id for one in requests}, {one.session_id for one in requests}
    return Q(registration__in=people, session__in=sessions)


def _rows(requests: Sequence[CorrectionRequest]) -> dict[Key, list[AttendanceRow]]:
    people, sessions = {one.registration_id for one in requests}, {one.session_id for one in requests}
    counting = AttendanceRow.objects.counting().filter(identity__registration__in=people, session__in=sessions)
    found: dict[Key, list[AttendanceRow]] = defaultdict(list)
    for row in counting.select_related("identity").order_by("joined_at", "pk"):
        if row.identity.registration_id and row.session_id:
            found[row.identity.registration_id, row.session_id].append(row)
    return found


def _entry(
    request: CorrectionRequest,
    evidence: dict[Key, list[Attendance]],
    came: dict[Key, CheckIn],
    rows: dict[Key, list[AttendanceRow]],
) -> QueueEntry:
    key = (request.registration_id, request.session_id)
    found = sorted(evidence.get(key, []), key=lambda row: PRECEDENCE.index(row.source))
    counted = prevailing(Presence(row.seconds, row.source) for row in found) if found else None
    return QueueEntry(request, tuple(found), counted, came.get(key), tuple(rows.get(key, ())))
