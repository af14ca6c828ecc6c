"""The attendance pages of a session, for the organisers of its programme. The admin's addresses lead here."""

from django.contrib import admin, messages
from django.core.paginator import Paginator
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from registrations.backoffice import user_of
from registrations.long_lists import KeyPaginator
from registrations.models import Programme, Registration
from sessions import actions, ledger
from sessions.errors import Refused
from sessions.file_counts import with_counts
from sessions.forms import HandForm
from sessions.import_forms import UploadForm
from sessions.import_views import take_in
from sessions.models import AttendanceEvent, TrainingSession
from sessions.sent import searched_words, whole_number
from sessions.trails import idle_rows, trail_of

PEOPLE_SHOWN, HISTORY_SHOWN, EVENTS_SHOWN = 25, 10, 100
SEARCH = "attendance_search"  # in the login session: who is searched for in which session, out of addresses and logs


def organised_session(request: HttpRequest, pk: int) -> TrainingSession:
    """The session, if the user organises its programme; otherwise there is none."""
    own = TrainingSession.objects.filter(programme__in=Programme.objects.organised_by(user_of(request)))
    return get_object_or_404(own.select_related("programme"), pk=pk)


@require_safe
def attendance(request: HttpRequest, pk: int) -> HttpResponse:
    """Figures, files, people and history of a session."""
    return attendance_page(request, organised_session(request, pk))


@require_POST
def search(request: HttpRequest, pk: int) -> HttpResponse:
    """Search for people; without words, show everybody again."""
    session = organised_session(request, pk)
    request.session[SEARCH] = [session.pk, searched_words(request)]
    return back_to_people(request, session)


@require_POST
def upload(request: HttpRequest, pk: int) -> HttpResponse:
    """Take files in that are about this session."""
    session = organised_session(request, pk)
    form = UploadForm(request.POST, request.FILES)
    return take_in(request, session, form) or attendance_page(request, session, upload_form=form)


@require_POST
def record_by_hand(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter one person's minutes; what is refused stands on the page that it was sent from."""
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
            return back_to_people(request, session, person)
    about = form.cleaned_data.get("registration")
    if "ledger" in request.POST and about is not None:
        return person_page(request, session, about, hand_form=form)
    return attendance_page(request, session, hand_form=form)


@require_POST
def clear_by_hand(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an entry by hand back."""
    session = organised_session(request, pk)
    form = HandForm(session, {"registration": request.POST.get("registration"), "minutes": 0})
    if not form.is_valid():
        return back_to_people(request, session)
    person = form.cleaned_data["registration"]
    actions.clear_by_hand(person, session, by=user_of(request), now=timezone.now())
    messages.success(request, _("The entry for %(name)s was taken back.") % {"name": person})
    return back_to_people(request, session, person)


@require_safe
def person(request: HttpRequest, pk: int, registration_pk: int) -> HttpResponse:
    """Where one person's minutes in a session come from, down to the lines of files."""
    session = organised_session(request, pk)
    people = Registration.objects.for_programme(session.programme)
    return person_page(request, session, get_object_or_404(people, pk=registration_pk))


@require_safe
def history(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything that was done to a session's attendance, the latest first."""
    session = organised_session(request, pk)
    page = Paginator(AttendanceEvent.objects.for_session(session), EVENTS_SHOWN).get_page(request.GET.get("page"))
    title = _("History of the attendance of session %(number)s") % {"number": session.number}
    return show(request, "history", session, page=page, events=page.object_list, title=title)


def back_to_people(
    request: HttpRequest, session: TrainingSession, person: Registration | None = None
) -> HttpResponseRedirect:
    """Where one came from: the person's ledger, or the list of people as it was."""
    if person is not None and "ledger" in request.POST:
        return HttpResponseRedirect(reverse("admin:training_sessions_person", args=[session.pk, person.pk]))
    page = whole_number(request.POST.get("page", ""))
    address = reverse("admin:training_sessions_trainingsession_attendance", args=[session.pk])
    return HttpResponseRedirect(f"{address}{f'?page={page}' if page else ''}#people")


def attendance_page(
    request: HttpRequest,
    session: TrainingSession,
    *,
    upload_form: Form | None = None,
    hand_form: Form | None = None,
) -> HttpResponse:
    """The page; a form that was not accepted stands in it as it was sent, with what is wrong."""
    given = request.POST if request.method == "POST" else request.GET
    about, words = request.session.get(SEARCH, [None, ""])
    text = words if about == session.pk else ""
    page = KeyPaginator(ledger.people(session, text), PEOPLE_SHOWN).get_page(given.get("page"))
    summary = ledger.summary(session, now=timezone.now())
    files = with_counts(ledger.imports(session), session.programme, now=timezone.now())
    refused = upload_form or hand_form
    return show(
        request,
        "attendance",
        session,
        status=422 if refused else 200,
        summary=summary,
        upload_form=upload_form or UploadForm(initial={"time_zone": session.programme.time_zone}),
        files=files,
        is_running=any(file.is_running for file in files) and not refused,
        page=page,
        people=[
            (line, hand_form if is_for(hand_form, line) else hand_form_for(session, line))
            for line in ledger.person_lines(session, list(page))
        ],
        search=text,
        events=AttendanceEvent.objects.for_session(session)[:HISTORY_SHOWN],
    )


def person_page(
    request: HttpRequest, session: TrainingSession, registration: Registration, *, hand_form: Form | None = None
) -> HttpResponse:
    """The ledger of a person in a session; a refused entry by hand stands in it as it was sent."""
    [line] = ledger.person_lines(session, [registration])
    return show(
        request,
        "person",
        session,
        status=422 if hand_form else 200,
        title=_("Minutes of %(name)s") % {"name": registration.printed_name},
        line=line,
        trail=trail_of(registration, session),
        idle=idle_rows(registration, session),
        check_in=session.check_ins.filter(registration=registration).first(),
        requests=session.correction_requests.filter(registration=registration).select_related("answered_by"),
        form=hand_form or hand_form_for(session, line),
    )


def is_for(form: Form | None, line: ledger.PersonLine) -> bool:
    """Whether the form that was sent belongs to this line."""
    return form is not None and form.data.get("registration") == str(line.registration.pk)


def hand_form_for(session: TrainingSession, line: ledger.PersonLine) -> HandForm:
    """A person's form, with what was entered last."""
    entry = line.by_hand
    initial = {"minutes": entry.seconds // 60, "note": entry.note} if entry else {}
    return HandForm(
        session, initial={"registration": line.registration.pk, **initial}, auto_id=f"id_{line.registration.pk}_%s"
    )


def show(
    request: HttpRequest, name: str, session: TrainingSession, *, status: int = 200, **context: object
) -> HttpResponse:
    """A page of the admin about a session's attendance."""
    return render(
        request,
        f"admin/training_sessions/{name}.html",
        {
            **admin.site.each_context(request),
            "title": _("Attendance of session %(number)s") % {"number": session.number},
            "subtitle": session.theme,
            "opts": TrainingSession._meta,
            "session": session,
            "programme": session.programme,
            **context,
        },
        status=status,
    )
