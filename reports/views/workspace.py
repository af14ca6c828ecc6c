"""Pages of the back office: a programme's workspace, and what publishing its results would freeze."""

import datetime as dt

from django.contrib import admin, messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from registrations.backoffice import organised_programme, own_titles, user_of
from registrations.kept import Age, is_large
from registrations.models import Programme, User
from reports import actions
from reports.edition import drafted
from reports.errors import Refused
from reports.method import NotDisclosed, label, missing
from reports.models import ReportDraft, ReportFile, ResultsReport
from reports.publishing import Wish, ask_to_publish
from reports.rows import keys_of, rows_of
from reports.telling import told
from reports.views.counting import being_counted, drafted_at_hand
from reports.views.results import figure_context
from reports.workspace import workspace
from surveys.models import Response

ROWS_SHOWN = 100


@require_safe
def workspace_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The stages of one programme, for its team; analysts get figures and no way to a person."""
    user = user_of(request)
    drafts = Programme.objects.analysed_by(user).select_related("report_draft__publication_asked_by")
    programme, now = get_object_or_404(drafts, pk=pk), timezone.now()
    is_organiser = pk in own_titles(request)
    context = {
        **admin.site.each_context(request),
        "title": programme.title,
        "programme": programme,
        "desk": workspace(programme, is_organiser=is_organiser, now=now),
        "wish": _wish(programme, now) if is_organiser else None,
    }
    return TemplateResponse(request, "admin/reports/workspace.html", context)


@require_POST
def publish_programme(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the programme to the public."""
    programme = organised_programme(request, pk)
    try:
        actions.publish_programme(programme, by=user_of(request), now=timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The programme is public now."))
    return _to_workspace(pk)


@require_safe
def results_preview(request: HttpRequest, pk: int) -> HttpResponse:
    """The results exactly as they would be published now, beside the edition on show."""
    programme, now = organised_programme(request, pk), timezone.now()
    try:
        results = actions.public_results_at_hand(programme, now=now)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return _to_workspace(pk)
    if results is None:
        return being_counted(request, programme, _("Results: preview"), now=now, wish=_wish(programme, now))
    edition, age = drafted(programme, results), Age.of(programme, now=now)
    report = ResultsReport.objects.on_show(programme.slug)
    context = {
        "programme": programme,
        "page": told(results, edition.composition, edition.words),
        "report": report,
        "is_new": report is None or not actions.is_on_show(report, edition),
        "unmade": ReportFile.objects.filter(report=report, sha256="").exclude(problem="").listed() if report else (),
        "age": age,
        "wish": _wish(programme, now),
        "missing": [{"name": field, "label": label(field)} for field in missing(results, edition.words)],
    }
    return render(request, "reports/results_preview.html", context)


@require_safe
def figure_page(request: HttpRequest, pk: int, figure_id: str) -> HttpResponse:
    """Where one figure of the preview comes from, and how many rows it counts now."""
    programme, now = organised_programme(request, pk), timezone.now()
    edition = drafted_at_hand(programme, now=now)
    if edition is None:
        return being_counted(request, programme, _("Results: preview"), now=now)
    context = figure_context(edition, figure_id, None)
    rows = rows_of(programme, figure_id, keys_of(edition.results, figure_id))
    count = None if rows is None else rows.count()
    return render(
        request,
        "reports/figure_page.html",
        {**context, "rows_count": count, "programme": programme, "age": Age.of(programme, now=now)},
    )


@require_safe
def figure_rows(request: HttpRequest, pk: int, figure_id: str) -> HttpResponse:
    """The rows that a figure counts now: registrations, or responses with whoever gave them where that is known."""
    programme, now = organised_programme(request, pk), timezone.now()
    edition = drafted_at_hand(programme, now=now)
    if edition is None:
        return being_counted(request, programme, _("Results: preview"), now=now)
    context = figure_context(edition, figure_id, None)
    rows = rows_of(programme, figure_id, keys_of(edition.results, figure_id))
    if rows is None:
        raise Http404(_("This figure counts no rows of people."))
    is_response = rows.model is Response
    people = Response.objects.filter(pk__in=rows.values_list("pk", flat=True)).select_related("registration")
    ordered = people.order_by("pk") if is_response else rows.order_by("pk")
    shared = {**admin.site.each_context(request), **context, "programme": programme, "is_response": is_response}
    page = Paginator(ordered, ROWS_SHOWN).get_page(request.GET.get("page"))
    return TemplateResponse(
        request, "admin/reports/rows.html", {**shared, "page": page, "title": context["trace"].name}
    )


@require_POST
def publish_results(request: HttpRequest, pk: int) -> HttpResponse:
    """Freeze the figures as a new edition; of a large programme a worker does, since it counts them first."""
    programme = organised_programme(request, pk)
    try:
        told_as = _publish(programme, user_of(request))
    except NotDisclosed as refusal:
        messages.error(request, str(refusal))
        return HttpResponseRedirect(reverse("admin:reports_workspace_method", args=[pk]))
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, told_as)
    return _to_workspace(pk)


def _publish(programme: Programme, by: User) -> str:
    """What the organiser reads. Raises `Refused`."""
    if is_large(programme):
        ask_to_publish(programme, by=by, now=timezone.now())
        return _("The figures are counted and published in the background. This takes about a minute.")
    report = actions.publish_results(programme, by=by, now=timezone.now())
    return _("Edition %(edition)s is public.") % {"edition": report.edition}


@require_POST
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the edition on show off the public page."""
    programme = organised_programme(request, pk)
    report = ResultsReport.objects.on_show(programme.slug)
    if report is None:
        raise Http404(_("This programme’s results are not published."))
    actions.take_back(report, by=user_of(request), now=timezone.now())
    messages.success(request, _("Edition %(edition)s is taken back.") % {"edition": report.edition})
    return _to_workspace(pk)


def _wish(programme: Programme, now: dt.datetime) -> Wish | None:
    draft: ReportDraft | None = getattr(programme, "report_draft", None)
    return Wish.of(draft, now=now) if draft else None


def _to_workspace(pk: int) -> HttpResponse:
    return HttpResponseRedirect(reverse("admin:reports_workspace_change", args=[pk]))
