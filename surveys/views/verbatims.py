"""What people wrote, for organisers only."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from registrations.backoffice import user_of
from surveys.codebooks import codebook
from surveys.coding import agreed
from surveys.columns import MOST_UNSEALED
from surveys.facts import Selection
from surveys.models import Question
from surveys.reading_texts import Search, found, searched_words, texts_of
from surveys.results import SurveyReading
from surveys.views.staff import organised_survey, query_of, response_filter, staff_context

VERBATIMS_PER_PAGE = 50
FIRST_VERBATIMS = 5


@require_safe
def verbatims(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """What the valid responses of a selection say to one question for a text, by words and by code; organisers only."""
    survey = organised_survey(request, pk)
    question = get_object_or_404(
        Question.objects.select_related("survey"), survey=survey, name=name, kind=Question.Kind.TEXT
    )
    reading = SurveyReading.of(survey, most_unsealed=MOST_UNSEALED)
    chosen = response_filter(request, reading, sees_people=True)
    book, search = codebook(question), Search(searched_words(request), request.GET.get("code", ""))
    keys = reading.valid_keys(chosen.where, answering=name)
    page = Paginator(found(question, keys, search, book, coder=user_of(request).pk), VERBATIMS_PER_PAGE).get_page(
        request.GET.get("page")
    )
    labels = {code.name: code.text("label") for code in book.codes}
    texts = texts_of(question, list(page.object_list))
    context = {
        "title": question.label,
        "survey": survey,
        "question": question,
        "selection": chosen.text,
        "search": search,
        "codes": book.codes,
        "filter_query": query_of(request, without="page"),
        "page": page,
        "texts": [
            (text, [labels[name] for name in book.names if name in agreed(book.texts.get(key, {}))])
            for key, text in texts.items()
        ],
    }
    return render(request, "admin/surveys/verbatims.html", {**staff_context(request), **context})


def first_verbatims(reading: SurveyReading, where: Selection) -> dict[str, list[str]]:
    """The latest few texts by the name of their question; a query for each question for a text."""
    asked = [question for question in reading.questions if question.kind == Question.Kind.TEXT]
    return {
        question.name: list(
            texts_of(question, reading.valid_keys(where, answering=question.name)[:FIRST_VERBATIMS]).values()
        )
        for question in asked
    }
