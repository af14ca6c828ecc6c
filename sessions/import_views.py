"""Files of attendance: taken in, asked about, looked at before they count, applied, undone. For organisers."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin, messages
from django.core.paginator import Paginator
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from registrations import kept
from registrations.backoffice import organised_programme, user_of
from registrations.doorbell import ring
from registrations.models import Programme
from sessions import actions, imported
from sessions.actions.foreseeing import ON_A_PAGE
from sessions.errors import Refused
from sessions.file_counts import with_counts
from sessions.foreseen import figures, sessions_of
from sessions.import_forms import ColumnsForm, OrderForm, UploadForm, ZoneForm
from sessions.models import AttendanceImport, TrainingSession
from sessions.readers import ReadError
from sessions.readers.mapped import Mapping, guess
from sessions.refusals import sentence
from sessions.tasks import carry_on_import, work_out_changes
from sessions.trails import LINES_SHOWN

FILES_SHOWN, ROWS_SHOWN = 30, 12
LOOKS_AGAIN = 3  # seconds between two looks while a worker is at it


def organised_import(request: HttpRequest, pk: int) -> AttendanceImport:
    """The file, if the user organises its programme; otherwise there is none."""
    own = AttendanceImport.objects.filter(programme__in=Programme.objects.organised_by(user_of(request)))
    related = ("programme", "session__programme", "uploaded_by", "approved_by", "undone_by")
    return get_object_or_404(own.select_related(*related).defer("content"), pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
def files(request: HttpRequest, pk: int) -> HttpResponse:
    """The files of a programme; by POST, take new ones in: their own times say which sessions they are about."""
    programme = organised_programme(request, pk)
    form = UploadForm(initial={"time_zone": programme.time_zone})
    if request.method == "POST":
        form = UploadForm(request.POST, request.FILES)
        answer = take_in(request, programme, form)
        if answer is not None:
            return answer
    page = Paginator(imported.of_programme(programme), FILES_SHOWN).get_page(request.GET.get("page"))
    now = timezone.now()
    page.object_list = with_counts(page.object_list, programme, now=now)
    context = {
        "title": _("Files of attendance"),
        "page": page,
        "age": kept.Age.of(programme, now=now),
        "upload_form": form,
        "looks_again": LOOKS_AGAIN if any(found.is_running for found in page) and not form.is_bound else None,
    }
    return show(request, "files", programme, status=422 if form.is_bound else 200, **context)


def take_in(request: HttpRequest, where: Programme | TrainingSession, form: UploadForm) -> HttpResponse | None:
    """Take the files of a form in and lead on; `None` where it has to be shown again, with what is wrong."""
    if not form.is_valid():
        return None
    taken: list[AttendanceImport] = []
    for file in form.cleaned_data["files"]:
        try:
            found = actions.upload_report(
                where,
                file_name=file.name,
                content=file.read(),
                time_zone=form.cleaned_data["time_zone"],
                by=user_of(request),
                now=timezone.now(),
            )
        except Refused as refusal:
            form.add_error("files", f"{file.name}: {refusal}" if len(form.cleaned_data["files"]) > 1 else str(refusal))
        else:
            ring(carry_on_import, found.pk)
            taken.append(found)
            messages.success(request, _("“%(file)s” is being read.") % {"file": found.file_name})
    if form.errors:
        return None
    if len(taken) == 1:
        return redirect("admin:training_sessions_file", taken[0].pk)
    return redirect("admin:training_sessions_files", taken[0].programme_id)


@require_safe
def file(request: HttpRequest, pk: int) -> HttpResponse:
    """Where a file stands: its progress, its question, its preview, what became of it."""
    return file_page(request, organised_import(request, pk))


def file_page(request: HttpRequest, found: AttendanceImport, *, form: Form | None = None) -> HttpResponse:
    """The page; a form that was not accepted stands in it as it was sent."""
    context: dict[str, object] = {"title": found.file_name, "form": form}
    if found.is_running:
        context["looks_again"] = LOOKS_AGAIN
    elif found.asks == AttendanceImport.Question.DATE_ORDER and found.is_asking:
        context |= {"readings": imported.date_readings(found), "form": form or OrderForm()}
    elif found.asks == AttendanceImport.Question.ZONE and found.is_asking:
        zone_form = form or ZoneForm(initial={"time_zone": found.time_zone})
        context |= {"clock": imported.clock_of(found), "form": zone_form, "sessions": own_sessions(found)}
    elif found.read_at and not found.refused_at and not found.programme.logs_deleted_at:
        context |= preview_page(request, found) if found.is_previewed else holdings(found)
    return show(request, "file", found.programme, found=found, status=422 if form else 200, **context)


def holdings(found: AttendanceImport) -> dict[str, Any]:
    """What a file holds that was applied or undone."""
    return {"figures": figures(found), "sessions": imported.sessions_in(found, sessions_of(found))}


def preview_page(request: HttpRequest, found: AttendanceImport) -> dict[str, Any]:
    """A page of what applying, or undoing, would change; where that is not known, or not any more, ask a worker."""
    preview = imported.preview_of(found)
    if preview is None:
        asked = actions.ask_what_it_changes(found, now=timezone.now())
        ring(work_out_changes, found.pk)
        return {"working": asked, "looks_again": LOOKS_AGAIN}
    sessions = imported.sessions_in(found, preview.sessions)
    page = Paginator(range(preview.changes), ON_A_PAGE).get_page(request.GET.get("page"))
    return {
        "figures": preview.figures,
        "sessions": sessions,
        "preview": preview,
        "page": page,
        "changes": imported.changes(imported.kept_page(preview, page.number), sessions),
    }


def own_sessions(found: AttendanceImport) -> Iterable[TrainingSession]:
    """The session that a file was uploaded for, else all of its programme."""
    return [found.session] if found.session else TrainingSession.objects.for_programme(found.programme)


@require_POST
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Say which way the dates are read, or whose clock the times are."""
    found = organised_import(request, pk)
    form = OrderForm(request.POST) if "order" in request.POST else ZoneForm(request.POST)
    if not form.is_valid():
        return file_page(request, found, form=form)
    try:
        actions.answer_questions(found, **form.cleaned_data, by=user_of(request), now=timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        ring(carry_on_import, found.pk)
    return redirect("admin:training_sessions_file", pk)


@require_http_methods(["GET", "HEAD", "POST"])
def columns(request: HttpRequest, pk: int) -> HttpResponse:
    """Which column is what: guessed, tried out, said."""
    found = organised_import(request, pk)
    try:
        sheets = imported.tables_of(found)
    except ReadError as error:
        messages.error(request, sentence(error.reason, error.details))
        return redirect("admin:training_sessions_file", pk)
    if not sheets:
        messages.error(request, _("This file has no columns to choose from."))
        return redirect("admin:training_sessions_file", pk)
    mapping = Mapping.from_json(found.mapping) if found.mapping else guess(sheets)
    form = ColumnsForm(sheets, mapping, request.POST if request.method == "POST" else None)
    chosen = form.cleaned_data.get("chosen") if form.is_bound and form.is_valid() else None
    if chosen and "use" in request.POST:
        try:
            actions.answer_questions(found, mapping=chosen, by=user_of(request), now=timezone.now())
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            ring(carry_on_import, found.pk)
        return redirect("admin:training_sessions_file", pk)
    trial = imported.try_mapping(found, sheets, chosen or mapping) if chosen or not form.is_bound else imported.Trial()
    context = {
        "title": _("Columns of %(file)s") % {"file": found.file_name},
        "form": form,
        "rows": [(line, cells[: form.width]) for line, cells in form.sheet.rows[:ROWS_SHOWN]],
        "trial": trial,
        "problem": sentence(trial.problem, {}) if trial.problem else "",
    }
    return show(request, "columns", found.programme, found=found, status=422 if form.errors else 200, **context)


@require_POST
def apply(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a file count that was read and looked at."""
    found = organised_import(request, pk)
    try:
        actions.approve_import(found, shown=request.POST.get("version", ""), by=user_of(request), now=timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        ring(carry_on_import, found.pk)
    return redirect("admin:training_sessions_file", pk)


@require_http_methods(["GET", "HEAD", "POST"])
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what undoing means, then take a file back; one that was not applied is put away."""
    found = organised_import(request, pk)
    if request.method != "POST":
        context = preview_page(request, found) if found.is_counting else {}
        return show(
            request, "undo", found.programme, found=found, title=_("Undo %(file)s") % {"file": found}, **context
        )
    try:
        actions.request_undo(found, by=user_of(request), now=timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        ring(carry_on_import, found.pk)
    return redirect("admin:training_sessions_file", pk)


@require_safe
def lines(request: HttpRequest, pk: int) -> HttpResponse:
    """Every line of a file and where it went."""
    found = organised_import(request, pk)
    rows = found.rows.select_related("identity__registration", "identity__decided_by", "session").order_by("position")
    shown = request.GET.get("show", "")
    rows = rows.unmatched() if shown == "unknown" else rows
    page = Paginator(rows, LINES_SHOWN).get_page(request.GET.get("page"))
    title = _("Lines of %(file)s") % {"file": found.file_name}
    return show(request, "lines", found.programme, found=found, page=page, shown=shown, title=title)


def show(
    request: HttpRequest, name: str, programme: Programme, *, status: int = 200, **context: object
) -> HttpResponse:
    """A page of the admin about a programme's files."""
    everything = {
        **admin.site.each_context(request),
        "opts": TrainingSession._meta,
        "programme": programme,
        **context,
    }
    return render(request, f"admin/training_sessions/import/{name}.html", everything, status=status)
