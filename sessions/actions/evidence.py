"""What counts: presence by file, counted from matched lines, and presence by hand."""

import datetime as dt
from collections import defaultdict

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from registrations.models import Registration, User
from sessions.errors import Refused
from sessions.models import Attendance, AttendanceRow, HandEntry, TrainingSession
from sessions.presence import Interval, merged_seconds


@transaction.atomic
def recount_presence(session: TrainingSession, *, now: dt.datetime) -> None:
    """Make the evidence from files what the lines of all applied files say: each person's merged time in the session.

    Call it after a change of the session's times. Holds the session's row, so that two imports cannot miss each other.
    """
    session = TrainingSession.objects.select_for_update().get(pk=session.pk)
    counted = AttendanceRow.objects.of_session(session).matched().filter(attendance_import__applied_at__isnull=False)
    stays: dict[int, list[Interval]] = defaultdict(list)
    for person, joined, left in counted.order_by().values_list("registration_id", "joined_at", "left_at"):
        if person and joined and left:
            stays[person].append((joined, left))
    evidence = Attendance.objects.filter(session=session, source=Attendance.Source.FILE)
    evidence.exclude(Exists(counted.filter(registration=OuterRef("registration")))).delete()
    known = dict(evidence.values_list("registration_id", "seconds"))
    seconds = {
        person: merged_seconds(intervals, opens=session.starts_at, closes=session.ends_at)
        for person, intervals in stays.items()
    }
    Attendance.objects.bulk_create(
        [
            Attendance(
                registration_id=person, session=session, source=Attendance.Source.FILE, seconds=spent, recorded_at=now
            )
            for person, spent in seconds.items()
            if known.get(person) != spent
        ],
        update_conflicts=True,
        unique_fields=["registration", "session", "source"],
        update_fields=["seconds", "recorded_at"],
    )


@transaction.atomic
def assign_row(row: AttendanceRow, registration: Registration, *, by: User | None = None, now: dt.datetime) -> int:
    """Say who a line is. Every line of the session with the same name and address goes along; returns how many did."""
    session = row.attendance_import.session
    _refuse_foreign(registration, session)
    if row.attendance_import.is_running:
        raise Refused(_("This import is still running. Wait until it is done."))
    free = AttendanceRow.objects.same_identity(row).filter(
        registration__isnull=True, excluded_because__in=["", AttendanceRow.Exclusion.HOST]
    )
    assigned = free.update(
        registration=registration,
        match=AttendanceRow.Match.HAND,
        excluded_because="",
        assigned_by=by,
        assigned_at=now,
    )
    if not assigned:
        raise Refused(_("This line belongs to somebody already, or counts for nobody."))
    recount_presence(session, now=now)
    return assigned


@transaction.atomic
def release_row(row: AttendanceRow, *, by: User | None = None, now: dt.datetime) -> int:
    """Take an assignment by hand back, with all lines that went along; returns how many are free again."""
    assigned = AttendanceRow.objects.same_identity(row).filter(match=AttendanceRow.Match.HAND)
    released = assigned.update(registration=None, match="", assigned_by=None, assigned_at=None)
    recount_presence(row.attendance_import.session, now=now)
    return released


@transaction.atomic
def record_by_hand(
    registration: Registration,
    session: TrainingSession,
    *,
    minutes: int,
    note: str = "",
    by: User | None = None,
    now: dt.datetime,
) -> Attendance:
    """Enter somebody's minutes, 0 for absent: they prevail over every file. Earlier entries are kept as history."""
    _refuse_foreign(registration, session)
    refuse_before_start(session, now=now)
    if not 0 <= minutes <= session.minutes:
        raise Refused(
            _("Give between 0 and %(most)s minutes: the session is no longer than that.") % {"most": session.minutes}
        )
    HandEntry.objects.create(
        registration=registration, session=session, minutes=minutes, note=note, entered_by=by, entered_at=now
    )
    attendance, _is_new = Attendance.objects.update_or_create(
        registration=registration,
        session=session,
        source=Attendance.Source.HAND,
        defaults={
            "seconds": min(minutes * 60, int(session.length.total_seconds())),
            "note": note,
            "recorded_by": by,
            "recorded_at": now,
        },
    )
    return attendance


@transaction.atomic
def clear_by_hand(
    registration: Registration, session: TrainingSession, *, by: User | None = None, now: dt.datetime
) -> None:
    """Take an entry by hand back: what the files say counts again."""
    entry = Attendance.objects.filter(registration=registration, session=session, source=Attendance.Source.HAND)
    if entry.delete()[0]:
        HandEntry.objects.create(registration=registration, session=session, entered_by=by, entered_at=now)


def refuse_before_start(session: TrainingSession, *, now: dt.datetime) -> None:
    """Raise Refused where the session has not begun: nobody was there yet."""
    if now < session.starts_at:
        raise Refused(_("This session has not begun: its attendance can be recorded once it has."))


def _refuse_foreign(registration: Registration, session: TrainingSession) -> None:
    if registration.programme_id != session.programme_id:
        raise Refused(_("This person is not registered for the programme of this session."))
