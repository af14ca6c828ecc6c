"""What people wrote, for organisers only."""

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.db.models.fields.json import KeyTextTransform
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from surveys.facts import Selection
from surveys.models import Question, Response
from surveys.results import SurveyReading
from surveys.views.staff import organised_survey, query_of, response_filter, staff_context

VERBATIMS_PER_PAGE = 50
FIRST_VERBATIMS = 5


@require_safe
def verbatims(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """What the valid responses of a selection say to one question for a text; organisers only."""
    survey = organised_survey(request, pk)
    question = get_object_or_404(Question, survey=survey, name=name, kind=Question.Kind.TEXT)
    reading = SurveyReading.of(survey)
    chosen = response_filter(request, reading, sees_people=True)
    texts = selected_texts(reading, chosen.where, name)
    context = {
        "title": question.label,
        "survey": survey,
        "question": question,
        "selection": chosen.text,
        "filter_query": query_of(request, without="page"),
        "page": Paginator(texts, VERBATIMS_PER_PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "admin/surveys/verbatims.html", {**staff_context(request), **context})


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
