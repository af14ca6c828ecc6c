"""Requests for correction: asked by a participant, taken back, granted or declined by an organiser, once."""

import datetime as dt

from django.db import IntegrityError, transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from registrations import mail
from registrations.errors import Refused as RegistrationRefused
from registrations.models import Registration, User
from registrations.names import tidy_line
from sessions import correction_period as period
from sessions import letters
from sessions.actions.evidence import grant_minutes
from sessions.errors import Refused
from sessions.models import AttendanceEvent, CorrectionRequest, TrainingSession


@transaction.atomic
def ask_for_correction(
    registration: Registration, session: TrainingSession, *, sentence: str, now: dt.datetime
) -> CorrectionRequest:
    """Ask the organisers to look at somebody's minutes of a session again; they are told that a request waits.

    Raises Refused where the person has no seat, before the session began, after the last day for corrections, without
    words, or while an earlier request for the same session waits.
    """
    refuse_request(registration, session, now=now)
    sentence = _one_line(sentence)
    if not sentence:
        raise Refused(_("Say in a sentence what is recorded wrongly."))
    try:
        with transaction.atomic():
            request = CorrectionRequest.objects.create(
                registration=registration, session=session, sentence=sentence, asked_at=now
            )
    except IntegrityError:
        raise Refused(_("Your request for this session waits for its answer already.")) from None
    _tell_the_team(request, now=now)
    return request


def refuse_request(registration: Registration, session: TrainingSession, *, now: dt.datetime) -> None:
    """Raise Refused where this person cannot ask for a correction of this session at this moment."""
    programme = session.programme
    if not registration.is_seated or registration.programme_id != session.programme_id:
        raise Refused(_("Only those who have a seat in the programme can ask for a correction."))
    if not period.has_begun(session.starts_at, now):
        raise Refused(_("This session has not begun: nothing is recorded yet."))
    if period.is_over(programme.end_date, programme.zone, now):
        day = date_format(period.last_day(programme.end_date), pgettext("date format", "j F Y"))
        raise Refused(
            _("Corrections could be asked for until %(day)s. Write to the organisers instead.") % {"day": day}
        )


@transaction.atomic
def withdraw_correction(request: CorrectionRequest, *, now: dt.datetime) -> CorrectionRequest:
    """Take a request back, unless it was answered meanwhile. Taking it back twice is taking it back once."""
    CorrectionRequest.objects.open().filter(pk=request.pk).update(withdrawn_at=now)
    request.refresh_from_db()
    if request.answered_at:
        raise Refused(_("The organisers have answered this request already."))
    return request


@transaction.atomic
def grant_correction(
    request: CorrectionRequest, *, minutes: int, answer: str = "", by: User | None = None, now: dt.datetime
) -> CorrectionRequest:
    """Record these minutes, 0 for absent, and tell the participant. They prevail over check-ins and files.

    Raises Refused where the request was answered or taken back before, or the session is shorter.
    """
    session = request.session
    if not 0 <= minutes <= session.minutes:
        raise Refused(
            _("Give between 0 and %(most)s minutes: the session is no longer than that.") % {"most": session.minutes}
        )
    _answer(request, minutes=minutes, answer=_one_line(answer), by=by, now=now)
    grant_minutes(request.registration, session, minutes=minutes, note=request.answer[:300], by=by, now=now)
    mail.queue_many([letters.answered(request, now=now)])
    return request


@transaction.atomic
def decline_correction(
    request: CorrectionRequest, *, answer: str, by: User | None = None, now: dt.datetime
) -> CorrectionRequest:
    """Leave the minutes as they are and tell the participant why.

    Raises Refused without a reason, or where the request was answered or taken back before.
    """
    answer = _one_line(answer)
    if not answer:
        raise Refused(_("Say in a sentence why the minutes stay as they are: the participant gets it by mail."))
    _answer(request, minutes=None, answer=answer, by=by, now=now)
    AttendanceEvent.objects.create(
        programme_id=request.session.programme_id,
        session=request.session,
        kind=AttendanceEvent.Kind.DECLINED,
        registration=request.registration,
        by=by,
        at=now,
    )
    mail.queue_many([letters.answered(request, now=now)])
    return request


def _answer(request: CorrectionRequest, *, minutes: int | None, answer: str, by: User | None, now: dt.datetime) -> None:
    """Whoever answers first answers; the database decides."""
    mine = CorrectionRequest.objects.open().filter(pk=request.pk)
    if not mine.update(answered_at=now, answered_by=by, minutes=minutes, answer=answer):
        request.refresh_from_db()
        if request.withdrawn_at:
            raise Refused(_("The participant has taken this request back."))
        raise Refused(_("This request was answered already; the first answer stands."))
    request.refresh_from_db()


def _tell_the_team(request: CorrectionRequest, *, now: dt.datetime) -> None:
    open_ones = CorrectionRequest.objects.open().for_programme(request.session.programme)
    oldest = open_ones.select_related("session__programme").order_by("pk").first() or request
    mail.queue_many(letters.waiting(oldest, now=now))


def _one_line(text: str) -> str:
    """Words on one line: what came with line breaks is joined, what the house refuses in a line is refused here."""
    try:
        return tidy_line(" ".join(text.split()))
    except RegistrationRefused as refusal:
        raise Refused(str(refusal)) from None
