"""Requests for correction: a participant asks and takes back, an organiser answers from the programme's queue."""

import datetime as dt

from django.contrib import admin, messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from registrations.access import personal
from registrations.backoffice import organised_programme, user_of
from registrations.doorbell import ring
from registrations.models import Programme, Registration
from registrations.tasks import send_due_mail
from registrations.throttle import is_too_often_for
from sessions import actions, queue
from sessions.check_in_views import own_session
from sessions.correction_forms import AnswerForm, CorrectionForm
from sessions.errors import Refused
from sessions.models import CorrectionRequest, TrainingSession

REQUESTS_PER_DAY, A_DAY = 20, 24 * 3600
SHOWN = 25

page = require_http_methods(["GET", "HEAD", "POST"])


@page
@personal
def ask(request: HttpRequest, registration: Registration, pk: int) -> HttpResponse:
    """Ask for a correction of one session's minutes."""
    session, now = own_session(registration, pk), timezone.now()
    form = CorrectionForm(request.POST if request.method == "POST" else None)
    try:
        actions.refuse_request(registration, session, now=now)
    except Refused as refusal:
        return _refused(request, registration, refusal)
    status = 200
    if form.is_bound:
        status = _ask(registration, session, form, now)
        if status == 200:
            return redirect("my_attendance", token=registration.link_token)
    context = {"registration": registration, "programme": registration.programme, "session": session, "form": form}
    return render(request, "training_sessions/correction.html", context, status=status)


@require_POST
@personal
def withdraw(request: HttpRequest, registration: Registration, pk: int) -> HttpResponse:
    """Take the open request for a session back; where there is none, nothing happens."""
    own = CorrectionRequest.objects.open().filter(registration=registration, session=own_session(registration, pk))
    found = own.first()
    if found is not None:
        try:
            actions.withdraw_correction(found, now=timezone.now())
        except Refused as refusal:
            return _refused(request, registration, refusal)
    return redirect("my_attendance", token=registration.link_token)


@require_safe
def corrections(request: HttpRequest, pk: int) -> HttpResponse:
    """The queue of a programme: open requests, longest waiting first, then the latest answers."""
    return _queue_page(request, organised_programme(request, pk))


@require_POST
def grant(request: HttpRequest, pk: int, request_pk: int) -> HttpResponse:
    """Grant minutes."""
    programme = organised_programme(request, pk)
    found, form = _asked(programme, request_pk), None
    form = _answer_form(found, request)
    if form.is_valid() and form.cleaned_data["minutes"] is None:
        form.add_error("minutes", _("Say how many minutes."))
    if form.is_valid():
        try:
            actions.grant_correction(
                found,
                minutes=form.cleaned_data["minutes"],
                answer=form.cleaned_data["answer"],
                by=user_of(request),
                now=timezone.now(),
            )
        except Refused as refusal:
            form.add_error("minutes", str(refusal))
    return _answered(request, programme, found, form, _("Granted. The participant gets a mail."))


@require_POST
def decline(request: HttpRequest, pk: int, request_pk: int) -> HttpResponse:
    """Leave the minutes as they are."""
    programme = organised_programme(request, pk)
    found = _asked(programme, request_pk)
    form = _answer_form(found, request)
    form.fields["minutes"].disabled = True
    if form.is_valid():
        try:
            actions.decline_correction(
                found, answer=form.cleaned_data["answer"], by=user_of(request), now=timezone.now()
            )
        except Refused as refusal:
            form.add_error("answer", str(refusal))
    return _answered(request, programme, found, form, _("Declined. The participant gets a mail."))


def _ask(registration: Registration, session: TrainingSession, form: CorrectionForm, now: dt.datetime) -> int:
    """Ask; 200, or the status of a page on which the form says what is wrong."""
    if is_too_often_for(str(registration.pk), "correction", limit=REQUESTS_PER_DAY, seconds=A_DAY):
        form.add_error(None, _("You asked very often today. Please wait until tomorrow."))
        return 429
    if not form.is_valid():
        return 422
    try:
        actions.ask_for_correction(registration, session, sentence=form.cleaned_data["sentence"], now=now)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return 422
    ring(send_due_mail)
    return 200


def _asked(programme: Programme, pk: int) -> CorrectionRequest:
    requests = CorrectionRequest.objects.for_programme(programme)
    return get_object_or_404(requests.select_related("session__programme", "registration__programme"), pk=pk)


def _answer_form(found: CorrectionRequest, request: HttpRequest) -> AnswerForm:
    return AnswerForm(found.session, request.POST, auto_id=f"id_{found.pk}_%s")


def _answered(
    request: HttpRequest, programme: Programme, found: CorrectionRequest, form: AnswerForm, sentence: str
) -> HttpResponse:
    """Back to the queue; where the answer was refused, the queue with the form as it was sent."""
    if form.is_valid():
        ring(send_due_mail)
        messages.success(request, sentence)
        return redirect("admin:training_sessions_corrections", programme.pk)
    if not found.is_open:  # somebody else was quicker, so its form is not on the page any more
        for problem in form.errors.values():
            messages.error(request, " ".join(str(words) for words in problem))
        return redirect("admin:training_sessions_corrections", programme.pk)
    return _queue_page(request, programme, sent=(found.pk, form))


def _queue_page(
    request: HttpRequest, programme: Programme, *, sent: tuple[int, AnswerForm] | None = None
) -> HttpResponse:
    open_ones = queue.open_requests(programme)
    page = Paginator(open_ones, SHOWN).get_page(request.GET.get("page"))
    entries = queue.entries(list(page))
    forms = [
        sent[1]
        if sent and sent[0] == entry.request.pk
        else AnswerForm(entry.request.session, auto_id=f"id_{entry.request.pk}_%s")
        for entry in entries
    ]
    context = {
        **admin.site.each_context(request),
        "title": _("Requests for correction"),
        "programme": programme,
        "opts": TrainingSession._meta,
        "page": page,
        "entries": list(zip(entries, forms, strict=True)),
        "answered": queue.answered_requests(programme)[:SHOWN],
        "live": reverse("admin:training_sessions_live", args=[programme.pk]),
    }
    return render(request, "admin/training_sessions/corrections.html", context, status=422 if sent else 200)


def _refused(request: HttpRequest, registration: Registration, refusal: Refused) -> HttpResponse:
    context = {"registration": registration, "sentence": str(refusal)}
    return render(request, "registrations/refused.html", context, status=409)
