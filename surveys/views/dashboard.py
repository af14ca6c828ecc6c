"""What staff see of a survey: the dashboard, and for organisers what people wrote. Wrapped by the admin in `admin.py`."""

from django.contrib import admin
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.db.models.fields.json import KeyTextTransform
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from registrations.backoffice import user_of
from surveys.dashboard import build_dashboard, selection_text
from surveys.disclosure import LEAST
from surveys.facts import Selection
from surveys.filters import ResponseFilter
from surveys.models import Question, Response, Survey
from surveys.panels import rating_key
from surveys.results import SurveyReading

VERBATIMS_PER_PAGE = 50
FIRST_VERBATIMS = 5


@require_safe
def dashboard(request: HttpRequest, pk: int) -> HttpResponse:
    """All figures of one survey, for organisers and analysts; verbatims for organisers only."""
    survey = get_object_or_404(Survey.objects.analysed_by(user_of(request)).select_related("programme"), pk=pk)
    sees_people = Survey.objects.organised_by(user_of(request)).filter(pk=pk).exists()
    reading = SurveyReading.of(survey)
    chosen = response_filter(request, reading, sees_people=sees_people)
    page = build_dashboard(reading, where=chosen.where, compared_by=chosen.compared_by, sees_people=sees_people)
    texts = first_verbatims(reading, chosen.where) if sees_people and page.n else {}
    context = {
        "title": _("Survey results"),
        "survey": survey,
        "page": page,
        "filter": chosen,
        "selection": selection_text(chosen.where),
        "query": request.GET.urlencode(),
        "sees_people": sees_people,
        "least": LEAST,
        "rating_key": rating_key(),
        "panels": [(panel, texts.get(panel.name, [])) for panel in page.panels],
    }
    return render(request, "admin/surveys/dashboard.html", {**staff_context(request), **context})


@require_safe
def verbatims(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """What the valid responses of a selection say to one question for a text; organisers only."""
    survey = get_object_or_404(Survey.objects.organised_by(user_of(request)).select_related("programme"), pk=pk)
    question = get_object_or_404(Question, survey=survey, name=name, kind=Question.Kind.TEXT)
    reading = SurveyReading.of(survey)
    chosen = response_filter(request, reading, sees_people=True)
    texts = selected_texts(reading, chosen.where, name)
    context = {
        "title": question.label,
        "survey": survey,
        "question": question,
        "selection": selection_text(chosen.where),
        "filter_query": _query_of(request, without="page"),
        "page": Paginator(texts, VERBATIMS_PER_PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "admin/surveys/verbatims.html", {**staff_context(request), **context})


def staff_context(request: HttpRequest) -> dict[str, object]:
    """What the admin's base template asks for, with the width of the side bar given to the page."""
    return {**admin.site.each_context(request), "is_nav_sidebar_enabled": False, "is_popup": False}


def response_filter(request: HttpRequest, reading: SurveyReading, *, sees_people: bool) -> ResponseFilter:
    """The selection in the address. Who may not see people is offered no country with few respondents."""
    countries = reading.respondents_by("country")
    offered = [code for code, count in countries.items() if sees_people or count >= LEAST]
    return ResponseFilter(request.GET, survey=reading.survey, country_codes=offered)


def selected_texts(reading: SurveyReading, where: Selection, name: str) -> QuerySet[Response, str]:
    """What the valid responses of a selection say to one question for a text, latest first."""
    return (
        reading.valid_responses(where)
        .filter(answers__has_key=name)
        .exclude(**{f"answers__{name}": ""})
        .order_by("-submitted_at", "-pk")
        .values_list(KeyTextTransform(name, "answers"), flat=True)
    )


def first_verbatims(reading: SurveyReading, where: Selection) -> dict[str, list[str]]:
    """The latest few texts by the name of their question; a query for each question for a text."""
    names = [question.name for question in reading.questions if question.kind == Question.Kind.TEXT]
    return {name: list(selected_texts(reading, where, name)[:FIRST_VERBATIMS]) for name in names}


def _query_of(request: HttpRequest, *, without: str) -> str:
    query = request.GET.copy()
    query.pop(without, None)
    return query.urlencode()
