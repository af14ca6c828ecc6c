"""What is recorded of one person, session by session: every piece of evidence, what counts, and requests to correct it."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

from django.utils.translation import gettext as _

from registrations.models import Registration
from registrations.two_zones import SpanOnBoth, TwoZones
from reports.participation import Participation, SessionLine
from sessions import correction_period as period
from sessions.models import Attendance, AttendanceRow, CheckIn, CorrectionRequest
from sessions.presence import PRECEDENCE


@dataclass(frozen=True, slots=True)
class Evidence:
    """What one source says, in words of the participant; `counts` where it prevails. Minutes are full minutes."""

    text: str
    minutes: int
    counts: bool
    came: SpanOnBoth | None = None
    stays: tuple[SpanOnBoth, ...] = ()


@dataclass(frozen=True, slots=True)
class OwnSession:
    """One session with its evidence, the one that counts first, and the latest request about it."""

    line: SessionLine
    evidence: tuple[Evidence, ...]
    request: CorrectionRequest | None
    asked: SpanOnBoth | None
    answered: SpanOnBoth | None
    has_begun: bool
    may_ask: bool


def own_sessions(
    registration: Registration, part: Participation, zones: TwoZones, now: dt.datetime
) -> list[OwnSession]:
    """Every session of the programme. Four queries beside those of `part`, whatever the number of sessions."""
    rows: dict[int, list[Attendance]] = defaultdict(list)
    for row in Attendance.objects.filter(registration=registration).order_by("pk"):
        rows[row.session_id].append(row)
    came = {
        one.session_id: zones.moment(one.came_at)
        for one in CheckIn.objects.filter(registration=registration).confirmed()
    }
    stays = _stays(registration, zones)
    requests = {
        one.session_id: one for one in CorrectionRequest.objects.filter(registration=registration).order_by("pk")
    }
    return [
        _own_session(
            line,
            _evidence(rows[line.session.pk], came.get(line.session.pk), stays.get(line.session.pk, ())),
            requests.get(line.session.pk),
            registration,
            zones,
            now,
        )
        for line in part.lines
    ]


def _own_session(
    line: SessionLine,
    evidence: tuple[Evidence, ...],
    request: CorrectionRequest | None,
    registration: Registration,
    zones: TwoZones,
    now: dt.datetime,
) -> OwnSession:
    programme = registration.programme
    is_time = period.is_open(line.session.starts_at, programme.end_date, programme.zone, now)
    waits = request is not None and request.is_open
    return OwnSession(
        line=line,
        evidence=evidence,
        request=request,
        asked=zones.moment(request.asked_at) if request else None,
        answered=zones.moment(request.answered_at) if request and request.answered_at else None,
        has_begun=period.has_begun(line.session.starts_at, now),
        may_ask=registration.is_seated and is_time and not waits,
    )


def _stays(registration: Registration, zones: TwoZones) -> dict[int, tuple[SpanOnBoth, ...]]:
    """When the platforms' reports have the person come and go, by session, in order."""
    lines = AttendanceRow.objects.counting().filter(
        identity__registration=registration, session__isnull=False, joined_at__isnull=False, left_at__isnull=False
    )
    found: dict[int, list[SpanOnBoth]] = defaultdict(list)
    for session, joined, left in lines.order_by("joined_at", "left_at").values_list(
        "session_id", "joined_at", "left_at"
    ):
        if session and joined and left:
            found[session].append(zones.span(joined, left))
    return {session: tuple(spans) for session, spans in found.items()}


def _evidence(rows: list[Attendance], came: SpanOnBoth | None, stays: tuple[SpanOnBoth, ...]) -> tuple[Evidence, ...]:
    """In the order in which the sources prevail: the first one counts."""
    ordered = sorted(rows, key=lambda row: PRECEDENCE.index(row.source))
    return tuple(
        Evidence(
            text=_text(row.source),
            minutes=row.minutes,
            counts=place == 0,
            came=came if row.source == Attendance.Source.CHECK_IN else None,
            stays=stays if row.source == Attendance.Source.FILE else (),
        )
        for place, row in enumerate(ordered)
    )


def _text(source: str) -> str:
    texts = {
        Attendance.Source.FILE: _("Report of the meeting platform"),
        Attendance.Source.CHECK_IN: _("Your check-in"),
        Attendance.Source.HAND: _("Entered by the organisers"),
        Attendance.Source.CORRECTION: _("Correction that you asked for"),
    }
    return texts[Attendance.Source(source)]
