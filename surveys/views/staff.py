"""What the pages of staff about a survey begin with: fetch or refuse, the selection in the address, the page's figures."""

from dataclasses import dataclass

from django.contrib import admin
from django.db.models import Count
from django.db.models.functions import TruncDate
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone

from registrations.backoffice import user_of
from surveys.columns import MOST_UNSEALED
from surveys.dashboard import Dashboard, build_dashboard
from surveys.disclosure import LEAST
from surveys.filters import ResponseFilter
from surveys.models import Response, Survey
from surveys.panels.periods import Counts
from surveys.results import SurveyReading


@dataclass(frozen=True, slots=True)
class Shown:
    """A survey as one member of staff may see it."""

    survey: Survey
    reading: SurveyReading
    chosen: ResponseFilter
    page: Dashboard
    sees_people: bool


def shown_to(request: HttpRequest, pk: int) -> Shown:
    """The survey's figures for the selection in the address; 404 for a survey whose aggregates the user may not see."""
    survey = analysed_survey(request, pk)
    sees_people = Survey.objects.organised_by(user_of(request)).filter(pk=pk).exists()
    reading = SurveyReading.of(survey, most_unsealed=MOST_UNSEALED)
    chosen = response_filter(request, reading, sees_people=sees_people)
    page = build_dashboard(
        reading, chosen, by_day=responses_by_day(survey), sees_people=sees_people, now=timezone.now()
    )
    return Shown(survey, reading, chosen, page, sees_people)


def analysed_survey(request: HttpRequest, pk: int) -> Survey:
    """A survey whose aggregates the user may see, or 404."""
    return get_object_or_404(Survey.objects.analysed_by(user_of(request)).select_related("programme"), pk=pk)


def organised_survey(request: HttpRequest, pk: int) -> Survey:
    """A survey whose answers the user may read, or 404."""
    return get_object_or_404(Survey.objects.organised_by(user_of(request)).select_related("programme"), pk=pk)


def response_filter(request: HttpRequest, reading: SurveyReading, *, sees_people: bool) -> ResponseFilter:
    """The selection in the address. Who may not see people is offered no country with few respondents."""
    return ResponseFilter(request.GET, reading=reading, least=1 if sees_people else LEAST)


def responses_by_day(survey: Survey) -> Counts:
    """All responses by the day on which they arrived, in the programme's time zone; one query."""
    zone = None if survey.is_anonymous else survey.programme.zone
    rows = (
        Response.objects.filter(survey=survey)
        .order_by()
        .values_list(TruncDate("submitted_at", tzinfo=zone))
        .annotate(count=Count("pk"))
    )
    return sorted((day, count) for day, count in rows)


def staff_context(request: HttpRequest) -> dict[str, object]:
    """What the admin's base template asks for, with the width of the side bar given to the page."""
    return {**admin.site.each_context(request), "is_nav_sidebar_enabled": False, "is_popup": False}


def query_of(request: HttpRequest, *, without: str) -> str:
    """The address's query with one part left out."""
    query = request.GET.copy()
    query.pop(without, None)
    return query.urlencode()
