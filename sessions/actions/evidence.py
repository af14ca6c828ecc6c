"""What counts: presence by file, counted from the rows of everybody known, and what people and check-ins say."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from registrations.models import Registration, User
from sessions.chunks import in_chunks
from sessions.errors import Refused
from sessions.models import Attendance, AttendanceEvent, AttendanceRow, HandEntry, TrainingSession
from sessions.presence import Stay, counted_seconds

CHUNK = 500  # people counted in one transaction
BY_PEOPLE = (Attendance.Source.HAND, Attendance.Source.CORRECTION)


def recount_presence(session: TrainingSession, *, now: dt.datetime) -> None:
    """Make the evidence from files what the rows of all files say: for everybody, in chunks. Safe to call twice.

    Call it after a change of the session's times: rows that were in no session then find their place, too.
    """
    _place_rows(session)
    for people in in_chunks(people_of(session), CHUNK):
        recount(session, people, now=now)


def people_of(session: TrainingSession) -> list[int]:
    """Registrations with rows that count in the session, or with minutes by file there. Two queries."""
    rows = AttendanceRow.objects.filter(session=session).counting()
    known = Attendance.objects.filter(session=session, source=Attendance.Source.FILE)
    found = {
        *rows.order_by().values_list("identity__registration", flat=True).distinct(),
        *known.order_by().values_list("registration", flat=True),
    }
    return sorted(found)


def _place_rows(session: TrainingSession) -> None:
    window = session.window
    homeless = AttendanceRow.objects.filter(
        Q(attendance_import__session=session) | Q(attendance_import__session__isnull=True),
        session__isnull=True,
        attendance_import__programme=session.programme_id,
        joined_at__lt=window.closes,
        left_at__gt=window.opens,
    )
    AttendanceRow.objects.filter(pk__in=homeless.values("pk")).update(session=session)


@transaction.atomic
def recount(session: TrainingSession, people: Collection[int], *, now: dt.datetime) -> None:
    """Count some people's presence in a session by file again: five queries.

    Holds the session's row, so that of two imports that count the same person neither misses the other's rows. Where the
    rows were deleted because their time was over, the minutes that were counted stay.
    """
    if not people:
        return
    session = TrainingSession.objects.select_for_update(of=("self",)).select_related("programme").get(pk=session.pk)
    if session.programme.logs_deleted_at:
        return
    counted = {person: counted_seconds(stays, session.window) for person, stays in _stays(session, people).items()}
    evidence = Attendance.objects.filter(session=session, source=Attendance.Source.FILE, registration__in=people)
    known = dict(evidence.order_by().values_list("registration_id", "seconds"))
    gone = known.keys() - counted.keys()
    if gone:
        evidence.filter(registration__in=gone).delete()
    Attendance.objects.bulk_create(
        [
            Attendance(
                registration_id=person, session=session, source=Attendance.Source.FILE, seconds=spent, recorded_at=now
            )
            for person, spent in counted.items()
            if known.get(person) != spent
        ],
        update_conflicts=True,
        unique_fields=["registration", "session", "source"],
        update_fields=["seconds", "recorded_at"],
    )


def _stays(session: TrainingSession, people: Collection[int]) -> dict[int, list[Stay]]:
    """What the rows of all files that count say of these people in a session. One query."""
    rows = AttendanceRow.objects.filter(session=session, identity__registration__in=people).counting()
    found: dict[int, list[Stay]] = defaultdict(list)
    for _session, person, stay in rows.known():
        found[person].append(stay)
    return found


def record_by_hand(
    registration: Registration,
    session: TrainingSession,
    *,
    minutes: int,
    note: str = "",
    by: User | None = None,
    now: dt.datetime,
) -> Attendance:
    """Enter somebody's minutes, 0 for absent: they prevail over check-ins and files. Earlier entries stay as history."""
    return _enter(registration, session, Attendance.Source.HAND, minutes=minutes, note=note, by=by, now=now)


def grant_minutes(
    registration: Registration,
    session: TrainingSession,
    *,
    minutes: int,
    note: str = "",
    by: User | None = None,
    now: dt.datetime,
) -> Attendance:
    """Enter the minutes that somebody asked for: like an entry by hand, whose place it takes, and told apart from it."""
    return _enter(registration, session, Attendance.Source.CORRECTION, minutes=minutes, note=note, by=by, now=now)


@transaction.atomic
def _enter(
    registration: Registration,
    session: TrainingSession,
    source: Attendance.Source,
    *,
    minutes: int,
    note: str,
    by: User | None,
    now: dt.datetime,
) -> Attendance:
    refuse_foreign(registration, session)
    refuse_before_start(session, now=now)
    if not 0 <= minutes <= session.minutes:
        raise Refused(
            _("Give between 0 and %(most)s minutes: the session is no longer than that.") % {"most": session.minutes}
        )
    HandEntry.objects.create(
        registration=registration,
        session=session,
        minutes=minutes,
        source=source,
        note=note,
        entered_by=by,
        entered_at=now,
    )
    said = Attendance.objects.filter(registration=registration, session=session, source__in=BY_PEOPLE)
    said.exclude(source=source).delete()
    attendance, _is_new = Attendance.objects.update_or_create(
        registration=registration,
        session=session,
        source=source,
        defaults={
            "seconds": min(minutes * 60, session.window.seconds),
            "note": note,
            "recorded_by": by,
            "recorded_at": now,
        },
    )
    is_by_hand = source == Attendance.Source.HAND
    AttendanceEvent.objects.create(
        programme_id=session.programme_id,
        session=session,
        kind=AttendanceEvent.Kind.ENTERED if is_by_hand else AttendanceEvent.Kind.CORRECTED,
        registration=registration,
        details={"minutes": minutes},
        by=by,
        at=now,
    )
    return attendance


@transaction.atomic
def clear_by_hand(
    registration: Registration, session: TrainingSession, *, by: User | None = None, now: dt.datetime
) -> None:
    """Take a person's entry back, by hand or as a correction: what check-ins and files say counts again."""
    entries = Attendance.objects.filter(registration=registration, session=session, source__in=BY_PEOPLE)
    if not entries.delete()[0]:
        return
    HandEntry.objects.create(registration=registration, session=session, entered_by=by, entered_at=now)
    AttendanceEvent.objects.create(
        programme_id=session.programme_id,
        session=session,
        kind=AttendanceEvent.Kind.CLEARED,
        registration=registration,
        by=by,
        at=now,
    )


def check_in_presence(
    registration: Registration, session: TrainingSession, *, seconds: int, now: dt.datetime
) -> Attendance:
    """Record what a self check-in is worth, at most the session's length; again changes nothing.

    The caller has made sure of the code, the window and the person. It prevails over files and gives way to entries of
    people.
    """
    refuse_foreign(registration, session)
    attendance, _is_new = Attendance.objects.get_or_create(
        registration=registration,
        session=session,
        source=Attendance.Source.CHECK_IN,
        defaults={"seconds": min(seconds, session.window.seconds), "recorded_at": now},
    )
    return attendance


def refuse_before_start(session: TrainingSession, *, now: dt.datetime) -> None:
    """Raise Refused where the session has not begun: nobody was there yet."""
    if now < session.starts_at:
        raise Refused(_("This session has not begun: its attendance can be recorded once it has."))


def refuse_foreign(registration: Registration, session: TrainingSession) -> None:
    """Raise Refused where the person belongs to another programme than the session."""
    if registration.programme_id != session.programme_id:
        raise Refused(_("This person is not registered for the programme of this session."))
