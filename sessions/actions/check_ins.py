"""Self check-in: opened and closed by organisers, done by participants once per session."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from registrations import mail
from registrations.models import Registration, User
from sessions import codes, letters
from sessions.actions.evidence import check_in_presence
from sessions.check_in import seconds_from
from sessions.errors import Refused
from sessions.models import Attendance, AttendanceEvent, CheckIn, CheckInDesk, TrainingSession
from sessions.models.check_in import new_secret


@transaction.atomic
def open_check_in(session: TrainingSession, *, by: User | None = None, now: dt.datetime) -> CheckInDesk:
    """Let people check in to a session during its window. Opened twice it is open once; opened again it has new codes.

    Raises Refused once the session is over.
    """
    if now >= session.ends_at:
        raise Refused(_("This session is over: nobody can check in any more."))
    desk, is_new = CheckInDesk.objects.get_or_create(session=session, defaults={"opened_at": now, "opened_by": by})
    closed = CheckInDesk.objects.filter(pk=desk.pk, closed_at__isnull=False)
    if is_new or closed.update(secret=new_secret(), opened_at=now, opened_by=by, closed_at=None):
        _note(session, AttendanceEvent.Kind.DESK_OPENED, by=by, now=now)
        desk.refresh_from_db()
    return desk


@transaction.atomic
def close_check_in(session: TrainingSession, *, by: User | None = None, now: dt.datetime) -> None:
    """Let nobody check in any more. Who has done so stays checked in; closing twice is closing once."""
    if CheckInDesk.objects.filter(session=session, closed_at__isnull=True).update(closed_at=now):
        _note(session, AttendanceEvent.Kind.DESK_CLOSED, by=by, now=now)


def check_in_by_code(registration: Registration, session: TrainingSession, *, typed: str, now: dt.datetime) -> CheckIn:
    """Check in a person who typed the code on the own page.

    Raises Refused where the check-in is not open, the person has no seat, or the code is not the present one.
    """
    desk = _open_desk(registration, session, now=now)
    if not codes.is_short_code(typed, desk.secret, now):
        raise Refused(_("This is not the code that is shown now. It changes every 30 seconds: type the present one."))
    return _came(registration, session, way=CheckIn.Way.TYPED, came_at=now, now=now)


def check_in_by_scan(
    registration: Registration, session: TrainingSession, *, scanned_at: dt.datetime, now: dt.datetime
) -> CheckIn:
    """Check in a person whom the scanning browser knows. The caller has checked the code at `scanned_at`.

    Raises Refused where the check-in is not open or the person has no seat.
    """
    _open_desk(registration, session, now=now)
    return _came(registration, session, way=CheckIn.Way.SCANNED, came_at=scanned_at, now=now)


@transaction.atomic
def claim_check_in(session: TrainingSession, email: str, *, scanned_at: dt.datetime, now: dt.datetime) -> None:
    """Keep the moment of a scan for whoever is registered under this address, and mail them where to confirm it.

    Says nothing of whether the address is registered. One mail per person and session, ever; nothing counts yet.
    """
    seated = Registration.objects.for_programme(session.programme).seated().select_related("programme")
    registration = seated.filter(email=email).first()
    if registration is None or not _desk_of(session).is_open(now):
        return
    check_in, is_new = CheckIn.objects.get_or_create(
        session=session,
        registration=registration,
        defaults={"way": CheckIn.Way.MAILED, "came_at": scanned_at},
    )
    if is_new:
        check_in.registration, check_in.session = registration, session
        mail.queue_many([letters.to_confirm(check_in, now=now)])


@transaction.atomic
def confirm_check_in(registration: Registration, session: TrainingSession, *, now: dt.datetime) -> CheckIn:
    """The button on the own page, for a scan that was kept. Confirming twice is confirming once.

    Raises Refused where no scan was kept, or after the session's end. A check-in that was closed meanwhile does not
    matter: the scan was in time.
    """
    check_in = CheckIn.objects.filter(session=session, registration=registration).first()
    if check_in is None:
        raise Refused(_("No scan is waiting for you to confirm it. Type the code instead."))
    if not check_in.is_confirmed:
        _refuse_unless_seated(registration, session)
        if now >= session.ends_at:
            raise Refused(_("This session is over: nobody can check in any more."))
        _confirm(check_in, now=now)
    return check_in


@transaction.atomic
def recount_check_ins(session: TrainingSession, *, now: dt.datetime) -> None:
    """Make the evidence from check-ins what the session's present times give. Call it after they changed."""
    came = dict(
        CheckIn.objects.filter(session=session).confirmed().order_by().values_list("registration_id", "came_at")
    )
    evidence = Attendance.objects.filter(session=session, source=Attendance.Source.CHECK_IN, registration__in=came)
    changed = []
    for row in evidence:
        seconds = seconds_from(came[row.registration_id], starts_at=session.starts_at, ends_at=session.ends_at)
        if row.seconds != seconds:
            row.seconds, row.recorded_at = seconds, now
            changed.append(row)
    Attendance.objects.bulk_update(changed, ["seconds", "recorded_at"], batch_size=500)


@transaction.atomic
def _came(
    registration: Registration, session: TrainingSession, *, way: CheckIn.Way, came_at: dt.datetime, now: dt.datetime
) -> CheckIn:
    """The person's check-in, made or, where a scan was kept, confirmed: the earlier moment counts."""
    check_in, is_new = CheckIn.objects.get_or_create(
        session=session, registration=registration, defaults={"way": way, "came_at": came_at, "confirmed_at": now}
    )
    if is_new:
        _record(check_in, now=now)
    elif not check_in.is_confirmed:
        _confirm(check_in, now=now)
    return check_in


def _confirm(check_in: CheckIn, *, now: dt.datetime) -> None:
    waiting = CheckIn.objects.filter(pk=check_in.pk, confirmed_at__isnull=True)
    if waiting.update(confirmed_at=now):
        _record(check_in, now=now)
    check_in.refresh_from_db()


def _record(check_in: CheckIn, *, now: dt.datetime) -> None:
    session = check_in.session
    seconds = seconds_from(check_in.came_at, starts_at=session.starts_at, ends_at=session.ends_at)
    check_in_presence(check_in.registration, session, seconds=seconds, now=now)


def _note(session: TrainingSession, kind: AttendanceEvent.Kind, *, by: User | None, now: dt.datetime) -> None:
    AttendanceEvent.objects.create(programme_id=session.programme_id, session=session, kind=kind, by=by, at=now)


def _open_desk(registration: Registration, session: TrainingSession, *, now: dt.datetime) -> CheckInDesk:
    """The desk at which this person may check in now, or Refused with what is in the way."""
    _refuse_unless_seated(registration, session)
    desk = _desk_of(session)
    if desk.window.is_over(now):
        raise Refused(_("This session is over: nobody can check in any more."))
    if not desk.is_open(now):
        raise Refused(_("The check-in of this session is not open."))
    return desk


def _desk_of(session: TrainingSession) -> CheckInDesk:
    """The session's desk; one that is closed where nobody opened any."""
    desk = CheckInDesk.objects.filter(session=session).first() or CheckInDesk(
        opened_at=session.starts_at, closed_at=session.starts_at
    )
    desk.session = session
    return desk


def _refuse_unless_seated(registration: Registration, session: TrainingSession) -> None:
    if not registration.is_seated or registration.programme_id != session.programme_id:
        raise Refused(_("Only those who have a seat in the programme can check in."))
