"""The public results: editions, the figures that they show, what changed between them, and their files."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from reports.changes_telling import told_changes
from reports.edition import Edition, frozen
from reports.figures import Results, canonical
from reports.models import ReportFile, ResultsReport
from reports.page_cache import briefly_kept
from reports.shelf import shelf
from reports.telling import told
from reports.tracing import trace


@require_safe
@briefly_kept
def results_page(request: HttpRequest, slug: str) -> HttpResponse:
    """The latest edition of a programme's results, told from what was frozen alone."""
    return _shown(request, _on_show(slug), is_latest=True)


@require_safe
@briefly_kept
def results_edition(request: HttpRequest, slug: str, edition: int) -> HttpResponse:
    """One edition at an address of its own, for good. One that was taken back says so, and nothing else."""
    report = _edition(slug, edition)
    return _withdrawn(request, report) if report.is_withdrawn else _shown(request, report, is_latest=False)


@require_safe
def results_json(request: HttpRequest, slug: str, edition: int | None = None) -> HttpResponse:
    """The frozen figures of an edition; the SHA-256 of these bytes is printed on the page."""
    report = _standing(slug, edition)
    return _json(report, report.figures, "results")


@require_safe
def results_content(request: HttpRequest, slug: str, edition: int) -> HttpResponse:
    """What an edition consists of besides its figures; the SHA-256 of these bytes is printed on the page, too."""
    report = _standing(slug, edition)
    return _json(report, report.content, "content")


@require_safe
@briefly_kept
def results_figure(request: HttpRequest, slug: str, figure_id: str, edition: int | None = None) -> HttpResponse:
    """Where one figure comes from."""
    report = _standing(slug, edition)
    return render(request, "reports/figure_page.html", figure_context(frozen(report), figure_id, report))


@require_safe
@briefly_kept
def results_changes(request: HttpRequest, slug: str, edition: int) -> HttpResponse:
    """What changed since the edition before that still stands."""
    report = _standing(slug, edition)
    before = ResultsReport.objects.standing_before(report)
    if before is None:
        raise Http404(_("There is no earlier edition to compare this one with."))
    changes = told_changes(Results.from_dict(before.figures), Results.from_dict(report.figures))
    context = {"report": report, "before": before, "changes": changes}
    return render(request, "reports/results_changes.html", context)


@require_safe
def results_file(request: HttpRequest, slug: str, edition: int, language: str, kind: str) -> HttpResponse:
    """An edition as a file in one language."""
    report = _standing(slug, edition)
    file = get_object_or_404(ReportFile.objects.exclude(sha256=""), report=report, language=language, format=kind)
    response = HttpResponse(bytes(file.content), content_type=MEDIA_TYPES[kind])
    name = f"{slug}-results-{report.edition}-{language}.{kind}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["ETag"] = f'"{file.sha256}"'
    return response


MEDIA_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def figure_context(edition: Edition, figure_id: str, report: ResultsReport | None) -> dict[str, Any]:
    """What the page of one figure shows. Raises Http404 for an unknown one."""
    try:
        found = trace(edition, figure_id)
    except KeyError:
        raise Http404(_("This edition has no such figure.")) from None
    return {"trace": found, "report": report, "edition": edition, "title": edition.results.programme.title}


def _shown(request: HttpRequest, report: ResultsReport, *, is_latest: bool) -> HttpResponse:
    edition = frozen(report)
    context = {
        "report": report,
        "page": told(edition.results, edition.composition, edition.words),
        "code": edition.code,
        "shelf": shelf(report),
        "is_latest": is_latest,
    }
    return render(request, "reports/results_page.html", context)


def _withdrawn(request: HttpRequest, report: ResultsReport) -> HttpResponse:
    context = {"report": report, "shelf": shelf(report)}
    return render(request, "reports/results_withdrawn.html", context, status=410)


def _json(report: ResultsReport, document: dict[str, Any], what: str) -> HttpResponse:
    response = HttpResponse(canonical(document), content_type="application/json; charset=utf-8")
    name = f"{report.programme.slug}-{what}-{report.edition}.json"
    response["Content-Disposition"] = f'inline; filename="{name}"'
    return response


def _on_show(slug: str) -> ResultsReport:
    report = ResultsReport.objects.on_show(slug)
    if report is None:
        raise Http404(_("This programme’s results are not published."))
    return report


def _edition(slug: str, edition: int) -> ResultsReport:
    report = ResultsReport.objects.edition_of(slug, edition)
    if report is None:
        raise Http404(_("There is no such edition."))
    return report


def _standing(slug: str, edition: int | None) -> ResultsReport:
    """The edition on show, or one of the editions that were not taken back."""
    report = _on_show(slug) if edition is None else _edition(slug, edition)
    if report.is_withdrawn:
        raise Http404(_("This edition was taken back."))
    return report
