"""The attendance pages of a session, for the organisers of its programme. The admin's addresses lead here."""

from urllib.parse import urlencode

from django.contrib import admin, messages
from django.core.paginator import Paginator
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from registrations.backoffice import user_of
from registrations.models import Programme
from sessions import actions, ledger
from sessions.errors import Refused
from sessions.forms import AssignForm, HandForm
from sessions.import_forms import UploadForm
from sessions.import_views import take_in
from sessions.models import AttendanceIdentity, HandEntry, TrainingSession

PEOPLE_SHOWN, HISTORY_SHOWN = 50, 20


def organised_session(request: HttpRequest, pk: int) -> TrainingSession:
    """The session, if the user organises its programme; otherwise there is none."""
    own = TrainingSession.objects.filter(programme__in=Programme.objects.organised_by(user_of(request)))
    return get_object_or_404(own.select_related("programme"), pk=pk)


@require_safe
def attendance(request: HttpRequest, pk: int) -> HttpResponse:
    """Figures, files, unknown lines and people of a session."""
    return attendance_page(request, organised_session(request, pk))


@require_POST
def upload(request: HttpRequest, pk: int) -> HttpResponse:
    """Take files in that are about this session."""
    session = organised_session(request, pk)
    form = UploadForm(request.POST, request.FILES)
    return take_in(request, session, form) or attendance_page(request, session, upload_form=form)


@require_POST
def record_by_hand(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter one person's minutes."""
    session = organised_session(request, pk)
    form = HandForm(session, request.POST)
    if form.is_valid():
        person = form.cleaned_data["registration"]
        try:
            actions.record_by_hand(
                person,
                session,
                minutes=form.cleaned_data["minutes"],
                note=form.cleaned_data["note"],
                by=user_of(request),
                now=timezone.now(),
            )
        except Refused as refusal:
            form.add_error("minutes", str(refusal))
        else:
            messages.success(request, _("Entered for %(name)s.") % {"name": person})
            return back_to_people(request, session)
    return attendance_page(request, session, hand_form=form)


@require_POST
def clear_by_hand(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an entry by hand back."""
    session = organised_session(request, pk)
    form = HandForm(session, {"registration": request.POST.get("registration"), "minutes": 0})
    if form.is_valid():
        person = form.cleaned_data["registration"]
        actions.clear_by_hand(person, session, by=user_of(request), now=timezone.now())
        messages.success(request, _("The entry for %(name)s was taken back.") % {"name": person})
    return back_to_people(request, session)


@require_POST
def assign(request: HttpRequest, pk: int) -> HttpResponse:
    """Say who an identity is."""
    session = organised_session(request, pk)
    form = AssignForm(session, request.POST)
    try:
        if not form.is_valid():
            raise Refused(" ".join(str(error) for errors in form.errors.values() for error in errors))
        identity, person = session_identity(session, form.cleaned_data["identity"]), form.cleaned_data["email"]
        count = actions.decide(identity, person, by=user_of(request), now=timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        sentence = ngettext("%(count)s line now counts for %(name)s.", "%(count)s lines now count for %(name)s.", count)
        messages.success(request, sentence % {"count": count, "name": person})
    return back_to_lines(request, session)


@require_POST
def release(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a decision on an identity back."""
    session = organised_session(request, pk)
    value = request.POST.get("identity", "")
    identity = session_identity(session, int(value) if value.isdecimal() else 0)
    actions.undecide(identity, by=user_of(request), now=timezone.now())
    messages.success(request, _("The decision on “%(name)s” was taken back.") % {"name": identity})
    return back_to_lines(request, session)


def session_identity(session: TrainingSession, pk: int) -> AttendanceIdentity:
    """An identity of the session's programme."""
    return get_object_or_404(AttendanceIdentity.objects.for_programme(session.programme), pk=pk)


def back_to_people(request: HttpRequest, session: TrainingSession) -> HttpResponseRedirect:
    """The list of people as it was: same search, same page."""
    kept = {key: request.POST[key] for key in ("q", "page") if request.POST.get(key)}
    address = reverse("admin:training_sessions_trainingsession_attendance", args=[session.pk])
    return HttpResponseRedirect(f"{address}{'?' + urlencode(kept) if kept else ''}#people")


def back_to_lines(request: HttpRequest, session: TrainingSession) -> HttpResponseRedirect:
    """The list of unknown lines that one came from."""
    return redirect("admin:training_sessions_trainingsession_attendance", session.pk)


def attendance_page(
    request: HttpRequest,
    session: TrainingSession,
    *,
    upload_form: Form | None = None,
    hand_form: Form | None = None,
) -> HttpResponse:
    """The page; a form that was not accepted stands in it as it was sent, with what is wrong."""
    given = request.POST if request.method == "POST" else request.GET
    search = given.get("q", "").strip()
    page = Paginator(ledger.people(session, search), PEOPLE_SHOWN).get_page(given.get("page"))
    files = list(ledger.imports(session))
    refused = upload_form or hand_form
    return show(
        request,
        "attendance",
        session,
        status=422 if refused else 200,
        summary=ledger.summary(session),
        upload_form=upload_form or UploadForm(initial={"time_zone": session.programme.time_zone}),
        files=files,
        is_running=any(file.is_running for file in files) and not refused,
        unknown=[
            (identity, assign_form_for(session, identity.pk, identity.pk))
            for identity in ledger.unknown_identities(session)[: ledger.UNKNOWN_SHOWN]
        ],
        page=page,
        people=[
            (line, hand_form if is_for(hand_form, line) else hand_form_for(session, line))
            for line in ledger.person_lines(session, list(page))
        ],
        search=search,
        history=history(session),
    )


def is_for(form: Form | None, line: ledger.PersonLine) -> bool:
    """Whether the form that was sent belongs to this line."""
    return form is not None and form.data.get("registration") == str(line.registration.pk)


def assign_form_for(session: TrainingSession, identity: int, number: int) -> AssignForm:
    """The form to say who an identity is; `number` tells it apart from others on the page."""
    return AssignForm(session, initial={"identity": identity}, auto_id=f"id_row_{number}_%s")


def hand_form_for(session: TrainingSession, line: ledger.PersonLine) -> HandForm:
    """A person's form, with what was entered last."""
    entry = line.by_hand
    initial = {"minutes": entry.seconds // 60, "note": entry.note} if entry else {}
    return HandForm(
        session, initial={"registration": line.registration.pk, **initial}, auto_id=f"id_{line.registration.pk}_%s"
    )


def history(session: TrainingSession) -> list[HandEntry]:
    """The last entries by hand."""
    entries = HandEntry.objects.filter(session=session).select_related("registration", "entered_by")
    return list(entries[:HISTORY_SHOWN])


def show(
    request: HttpRequest, name: str, session: TrainingSession, *, status: int = 200, **context: object
) -> HttpResponse:
    """A page of the admin about a session's attendance."""
    title = _("Attendance of session %(number)s") % {"number": session.number}
    return render(
        request,
        f"admin/training_sessions/{name}.html",
        {
            **admin.site.each_context(request),
            "title": title,
            "subtitle": session.theme,
            "opts": TrainingSession._meta,
            "session": session,
            "programme": session.programme,
            **context,
        },
        status=status,
    )
