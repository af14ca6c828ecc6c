"""A programme's sessions as they run: who is registered, known to be present, waiting for a decision. No person is named."""

import datetime as dt
from collections import Counter, defaultdict
from dataclasses import dataclass, replace

from django.conf import settings
from django.db.models import Count, QuerySet

from registrations.models import Programme, Registration
from sessions.check_in import CheckInWindow
from sessions.distribution import Bar, distribution
from sessions.interpretation import uses
from sessions.models import (
    AttendanceIdentity,
    AttendanceRow,
    CheckIn,
    CheckInDesk,
    CorrectionRequest,
    TrainingSession,
)
from sessions.tallies import Presences, presences


@dataclass(frozen=True, slots=True)
class LiveSession:
    """One session in numbers of people; `unmatched` and `to_review` are identities in files.

    `present`: with at least a second of presence; `unrecorded`: with a seat, and nothing known about them. Everybody with
    a seat is in `bars` or unrecorded. These three are `None` while a large programme is counted for the first time.
    """

    session: TrainingSession
    registered: int
    present: int | None
    unrecorded: int | None
    bars: tuple[Bar, ...] | None
    unmatched: int
    to_review: int
    corrections: int
    checked_in: int
    has_begun: bool
    is_running: bool
    is_over: bool
    is_check_in_open: bool
    languages: tuple[tuple[str, int], ...] = ()


def live_sessions(programme: Programme, *, now: dt.datetime) -> list[LiveSession]:
    """Every session by number. Eight queries, whatever the number of sessions; two more where figures are asked for."""
    sessions = list(TrainingSession.objects.for_programme(programme))
    registered = Registration.objects.for_programme(programme).seated().count()
    counted = presences(programme, now=now)
    waiting = _waiting(programme)
    corrections = _by_session(CorrectionRequest.objects.open().for_programme(programme))
    checked_in = _by_session(CheckIn.objects.confirmed().filter(session__programme=programme))
    desks = {
        desk.session_id: desk for desk in CheckInDesk.objects.for_programme(programme).filter(closed_at__isnull=True)
    }
    joined = uses(programme)
    lives = [
        _live_session(
            session,
            registered,
            counted,
            waiting[session.pk],
            corrections.get(session.pk, 0),
            checked_in.get(session.pk, 0),
            session.pk in desks,
            now,
        )
        for session in sessions
    ]
    return [replace(live, languages=_languages(joined.get(live.session.pk, Counter()))) for live in lives]


def _languages(counts: Counter[str]) -> tuple[tuple[str, int], ...]:
    """Names of languages and how many joined in each, the largest first."""
    names = dict(settings.LANGUAGES)
    return tuple((str(names.get(code, code)), count) for code, count in counts.most_common())


def _live_session(
    session: TrainingSession,
    registered: int,
    counted: Presences | None,
    waiting: dict[str, int],
    corrections: int,
    checked_in: int,
    has_desk: bool,
    now: dt.datetime,
) -> LiveSession:
    window = CheckInWindow(session.starts_at, session.ends_at)
    return LiveSession(
        session=session,
        registered=registered,
        present=counted.present(session.pk) if counted else None,
        unrecorded=max(0, registered - counted.of(session.pk).total()) if counted else None,
        bars=distribution(counted.of(session.pk), session.window.seconds) if counted else None,
        unmatched=waiting.get(AttendanceIdentity.Decision.NONE, 0) + waiting.get(AttendanceIdentity.Decision.AUTO, 0),
        to_review=waiting.get(AttendanceIdentity.Decision.CONFIRM, 0),
        corrections=corrections,
        checked_in=checked_in,
        has_begun=now >= session.starts_at,
        is_running=window.is_open(now),
        is_over=window.is_over(now),
        is_check_in_open=has_desk and window.is_open(now),
    )


def _waiting(programme: Programme) -> dict[int, dict[str, int]]:
    """Identities in files that wait for a decision, by session and by what matching made of them."""
    rows = AttendanceRow.objects.unmatched().filter(
        attendance_import__programme=programme, attendance_import__undone_at__isnull=True, session__isnull=False
    )
    found: dict[int, dict[str, int]] = defaultdict(dict)
    counts = rows.order_by().values_list("session", "identity__decision")
    for session, decision, people in counts.annotate(people=Count("identity", distinct=True)):
        found[session][decision] = people
    return found


def _by_session(rows: QuerySet[CorrectionRequest] | QuerySet[CheckIn]) -> dict[int, int]:
    return dict(rows.order_by().values_list("session").annotate(total=Count("pk")))
