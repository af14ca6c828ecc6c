"""The public results: the page, and the frozen figures that it shows."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from reports.figures import Results, canonical
from reports.models import ResultsReport
from reports.page_cache import briefly_kept
from reports.telling import told


@require_safe
@briefly_kept
def results_page(request: HttpRequest, slug: str) -> HttpResponse:
    """The latest edition of a programme's results, told from its frozen figures alone."""
    report = _on_show(slug)
    page = told(Results.from_dict(report.figures))
    return render(request, "reports/results_page.html", {"report": report, "page": page})


@require_safe
def results_json(request: HttpRequest, slug: str) -> HttpResponse:
    """The frozen figures of the latest edition; the SHA-256 of these bytes is printed on the page."""
    report = _on_show(slug)
    response = HttpResponse(canonical(report.figures), content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = f'inline; filename="{slug}-results-{report.edition}.json"'
    return response


def _on_show(slug: str) -> ResultsReport:
    report = ResultsReport.objects.on_show(slug)
    if report is None:
        raise Http404(_("This programme’s results are not published."))
    return report
