"""Participants' pages of the self check-in: the code typed on the own page, or scanned with whatever browser."""

import datetime as dt

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from registrations.access import personal
from registrations.doorbell import ring
from registrations.models import Registration
from registrations.recognition import recognised
from registrations.tasks import send_due_mail
from registrations.throttle import is_too_often, is_too_often_for
from sessions import actions, codes
from sessions.check_in_forms import TICKET_LASTS, AddressForm, CodeForm, TicketForm, new_ticket
from sessions.errors import Refused
from sessions.models import CheckIn, CheckInDesk, TrainingSession

# Who guesses six digits, of which two codes hold at a time, at this pace through a session of two hours succeeds once in
# about 3,500 sessions.
CODES_PER_PERSON, PERSON_SECONDS = 10, 600
CODES_PER_CLIENT, CLIENT_SECONDS = 3000, 3600  # a university behind one address
MAILS_PER_CLIENT = 1000

page = require_http_methods(["GET", "HEAD", "POST"])


@page
@personal
def check_in(request: HttpRequest, registration: Registration, pk: int) -> HttpResponse:
    """A session's check-in for one person: type the code, or read that it is done."""
    session, now = own_session(registration, pk), timezone.now()
    form = CodeForm(request.POST if request.method == "POST" else None)
    status = 200
    if form.is_bound:
        status = _type_code(request, registration, session, form, now)
        if status == 200:
            return redirect("training_sessions:check_in", token=registration.link_token, pk=pk)
    return _check_in_page(request, registration, session, form, now, status=status)


@require_POST
@personal
def confirm_check_in(request: HttpRequest, registration: Registration, pk: int) -> HttpResponse:
    """The button for a scan that was kept."""
    session, now = own_session(registration, pk), timezone.now()
    form = CodeForm()
    try:
        actions.confirm_check_in(registration, session, now=now)
    except Refused as refusal:
        form = CodeForm({})
        form.add_error(None, str(refusal))
        return _check_in_page(request, registration, session, form, now, status=409)
    return redirect("training_sessions:check_in", token=registration.link_token, pk=pk)


@require_safe
@never_cache
def scan(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """Where the QR code leads: a button for a browser that knows its reader, a form for the address for any other."""
    desk, now = CheckInDesk.objects.staffed().filter(session=pk).first(), timezone.now()
    if desk is None or not desk.is_open(now) or not codes.is_long_code(code, desk.secret, now):
        return _scan_over(request)
    session, ticket = desk.session, new_ticket(pk, now=now)
    person = recognised(request, session.programme)
    context = {"session": session, "programme": session.programme, "ticket": ticket}
    if person is not None and person.is_seated:
        known = CheckIn.objects.filter(session=session, registration=person).confirmed().exists()
        return render(request, "training_sessions/scan_known.html", {**context, "person": person, "is_done": known})
    return render(request, "training_sessions/scan.html", {**context, "form": AddressForm(ticket=ticket)})


@require_POST
@never_cache
def scan_as_me(request: HttpRequest, pk: int) -> HttpResponse:
    """Check in whom this browser is known to belong to."""
    session, form, now = get_object_or_404(_sessions(), pk=pk), TicketForm(request.POST), timezone.now()
    scanned_at = _scanned_at(form, session, now)
    person = recognised(request, session.programme)
    if scanned_at is None or person is None:
        return _scan_over(request)
    try:
        actions.check_in_by_scan(person, session, scanned_at=scanned_at, now=now)
    except Refused as refusal:
        return _scan_over(request, str(refusal))
    return redirect("training_sessions:scan_done", pk=pk)


@require_POST
@never_cache
def scan_by_mail(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep the scan for whoever is registered under the address; the answer is the same for every address."""
    session, form, now = get_object_or_404(_sessions(), pk=pk), AddressForm(request.POST), timezone.now()
    scanned_at = _scanned_at(form, session, now)
    if scanned_at is None:
        return _scan_over(request)
    if is_too_often(request, "check-in-mail", limit=MAILS_PER_CLIENT, seconds=CLIENT_SECONDS):
        return _scan_over(request, too_often(), status=429)
    if not form.is_valid():
        context = {"session": session, "programme": session.programme, "form": form}
        form.helper.form_action = ""
        return render(request, "training_sessions/scan.html", context, status=422)
    actions.claim_check_in(session, form.cleaned_data["email"], scanned_at=scanned_at, now=now)
    ring(send_due_mail)
    return redirect("training_sessions:scan_sent", pk=pk)


@require_safe
@never_cache
def scan_sent(request: HttpRequest, pk: int) -> HttpResponse:
    """The same words whether the address is registered or not."""
    session = get_object_or_404(_sessions(), pk=pk)
    context = {"session": session, "programme": session.programme}
    return render(request, "training_sessions/scan_sent.html", context)


@require_safe
@never_cache
def scan_done(request: HttpRequest, pk: int) -> HttpResponse:
    """What was recorded for whom this browser belongs to."""
    session = get_object_or_404(_sessions(), pk=pk)
    person = recognised(request, session.programme)
    done = CheckIn.objects.filter(session=session, registration=person).confirmed().first() if person else None
    if done is None:
        return _scan_over(request)
    context = {"session": session, "programme": session.programme, "person": person, "check_in": done}
    return render(request, "training_sessions/scan_done.html", context)


def own_session(registration: Registration, pk: int) -> TrainingSession:
    """A session of the person's programme; any other is a 404."""
    own = _sessions().filter(programme=registration.programme_id)
    return get_object_or_404(own, pk=pk)


def too_often() -> str:
    """What somebody reads who tries too often."""
    return _("That was tried very often. Please wait ten minutes, or ask the organisers to enter you by hand.")


def _type_code(
    request: HttpRequest, registration: Registration, session: TrainingSession, form: CodeForm, now: dt.datetime
) -> int:
    """Check in by what was typed; 200, or the status of a page on which the form says what is wrong."""
    subject = f"{registration.pk}:{session.pk}"
    if is_too_often_for(subject, "check-in-code", limit=CODES_PER_PERSON, seconds=PERSON_SECONDS) or is_too_often(
        request, "check-in-code", limit=CODES_PER_CLIENT, seconds=CLIENT_SECONDS
    ):
        form.add_error(None, too_often())
        return 429
    if not form.is_valid():
        return 422
    try:
        actions.check_in_by_code(registration, session, typed=form.cleaned_data["code"], now=now)
    except Refused as refusal:
        form.add_error("code", str(refusal))
        return 422
    return 200


def _check_in_page(
    request: HttpRequest,
    registration: Registration,
    session: TrainingSession,
    form: CodeForm,
    now: dt.datetime,
    *,
    status: int = 200,
) -> HttpResponse:
    desk = CheckInDesk.objects.staffed().filter(session=session).first()
    context = {
        "registration": registration,
        "programme": registration.programme,
        "session": session,
        "check_in": CheckIn.objects.filter(session=session, registration=registration).first(),
        "is_open": registration.is_seated and desk is not None and desk.is_open(now),
        "is_over": now >= session.ends_at,
        "form": form,
    }
    return render(request, "training_sessions/check_in.html", context, status=status)


def _sessions() -> QuerySet[TrainingSession]:
    return TrainingSession.objects.select_related("programme")


def _scanned_at(form: TicketForm, session: TrainingSession, now: dt.datetime) -> dt.datetime | None:
    """The moment of the scan, if the form holds a ticket of this session that is not too old."""
    form.full_clean()
    found: tuple[int, dt.datetime] | None = form.cleaned_data.get("ticket")
    if found is None or found[0] != session.pk or not dt.timedelta() <= now - found[1] <= TICKET_LASTS:
        return None
    return found[1]


def _scan_over(request: HttpRequest, sentence: str = "", *, status: int = 410) -> HttpResponse:
    """One answer to a code that is too old, wrong, or of a session that does not exist."""
    return render(request, "training_sessions/scan_over.html", {"sentence": sentence}, status=status)
