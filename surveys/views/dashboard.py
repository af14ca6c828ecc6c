"""The dashboard of a survey, for its programme's team. Wrapped by the admin in `surveys.admin`."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from registrations.reader_zone import zones_for
from surveys.disclosure import LEAST
from surveys.freshness import mark_of
from surveys.views.staff import analysed_survey, shown_to, staff_context
from surveys.views.verbatims import first_verbatims

LOOKS_AGAIN = 30
"""Seconds between two looks for new answers while a survey is open."""

__all__ = ["dashboard", "freshness", "staff_context"]


@require_safe
def dashboard(request: HttpRequest, pk: int) -> HttpResponse:
    """All figures of one survey, for organisers and analysts; verbatims for organisers only."""
    now, shown = timezone.now(), shown_to(request, pk)
    survey, page = shown.survey, shown.page
    texts = first_verbatims(shown.reading, shown.chosen.where) if shown.sees_people and page.n else {}
    context = {
        "title": _("Survey results"),
        "survey": survey,
        "page": page,
        "filter": shown.chosen,
        "selection": shown.chosen.text,
        "query": request.GET.urlencode(),
        "sees_people": shown.sees_people,
        "least": LEAST,
        "panels": [(panel, texts.get(panel.name, [])) for panel in page.panels],
        "computed": zones_for(request, survey.programme).moment(now),
        "mark": mark_of(survey),
        "looks_again": LOOKS_AGAIN if survey.is_open(now) else None,
    }
    return render(request, "admin/surveys/dashboard.html", {**staff_context(request), **context})


@require_safe
def freshness(request: HttpRequest, pk: int) -> HttpResponse:
    """Whether anything has changed, without computing anything: a mark that differs as soon as the figures may."""
    return JsonResponse({"mark": mark_of(analysed_survey(request, pk))}, headers={"Cache-Control": "no-store"})
