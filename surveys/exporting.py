"""Responses as a table to take away, which `import_responses` reads again: one line each, columns named as questions.

An empty cell was seen and left out; ``\\N`` was never shown. Of a named response the table says whose it is, so only
organisers get it; of an anonymous one nothing that leads to anybody, in an order that is none.
"""

from collections.abc import Iterator, Sequence

from surveys.importing.translating import NOT_SHOWN
from surveys.models import Question, Response, Survey

CHUNK = 2_000
ABOUT = ("submitted_at", "language", "gender", "sector", "country", "is_finished", "is_test")


def heads(survey: Survey, questions: Sequence[Question]) -> list[str]:
    """The columns."""
    whose = [] if survey.is_anonymous else ["email"]
    return [*whose, *ABOUT, *(question.name for question in questions)]


def asked_questions(survey: Survey) -> list[Question]:
    """The questions that take an answer, in their order."""
    return list(survey.questions.exclude(kind=Question.Kind.NOTE))


def lines(survey: Survey, questions: Sequence[Question]) -> Iterator[list[str]]:
    """Every response; a constant amount of memory. One query, and one more for each 2,000 responses on SQLite."""
    rows = Response.objects.filter(survey=survey).order_by("pk")
    if not survey.is_anonymous:
        rows = rows.select_related("registration")
    for response in rows.iterator(chunk_size=CHUNK):
        yield [*_whose(survey, response), *_about(survey, response), *_answers(response, questions)]


def _whose(survey: Survey, response: Response) -> list[str]:
    if survey.is_anonymous:
        return []
    return [response.registration.email if response.registration else ""]


def _about(survey: Survey, response: Response) -> list[str]:
    moment = response.submitted_at
    return [
        moment.date().isoformat() if survey.is_anonymous else moment.isoformat(timespec="seconds"),
        response.language,
        response.gender,
        response.sector,
        response.country,
        "yes" if response.is_finished else "no",
        "yes" if response.is_test else "no",
    ]


def _answers(response: Response, questions: Sequence[Question]) -> list[str]:
    return [response.answers.get(question.name, NOT_SHOWN) for question in questions]
