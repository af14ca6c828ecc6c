"""The rows behind a figure, for organisers only: which registrations or responses it counts now.

Each query says again, in its own words, whom the figure counts. A test holds every count against the figure that
`reports.results` computes, so that the way to the rows cannot lead to others.
"""

from collections.abc import Mapping, Sequence

from django.db.models import QuerySet

from certificates.actions import evaluations
from certificates.models import Certificate, CompletionRule
from registrations.geography import COUNTRIES
from registrations.models import Programme, Registration
from reports.figures import Results
from reports.results import counted
from reports.survey_figures import UNKNOWN
from sessions.models import Attendance, TrainingSession
from surveys.base import ResponseFacts, exclusion
from surveys.models import Question, Response, Survey
from surveys.results import SurveyReading

Rows = QuerySet[Registration] | QuerySet[Response]


def rows_of(programme: Programme, figure_id: str, keys: Sequence[str] = ()) -> Rows | None:
    """The rows that a figure counts; None for one that counts no people (views, countries).

    `keys` are the lines that were put together in it, as `keys_of` finds them.
    """
    path = figure_id.split(".")
    if path[0] == "survey":
        return _responses(programme, path[1], path[2:], keys)
    return _registrations(programme, path, keys)


def keys_of(results: Results, figure_id: str) -> tuple[str, ...]:
    """What a line counts where it is one of a breakdown or a region; nothing for any other figure."""
    cells = [*results.gender.cells, *results.sector.cells]
    cells += [region.others for region in results.regions if region.others]
    for survey in results.surveys:
        languages = survey.fieldwork.languages.cells if survey.fieldwork else ()
        cells += [*survey.gender.cells, *languages]
    lines = {cell.figure.id: cell.keys for cell in cells} | {each.figure.id: each.names for each in results.regions}
    return lines.get(figure_id, ())


def _registrations(programme: Programme, path: list[str], keys: Sequence[str]) -> QuerySet[Registration] | None:
    people = counted(programme)
    if path[0] == "registrations":
        return _by_property(people, path[1:], keys)
    if path[0] == "certificates":
        certified = Certificate.objects.for_programme(programme).current()
        return people.filter(pk__in=certified.values("registration"))
    if path[0] in ("attended", "completed", "session"):
        return people.filter(pk__in=_present(programme, path))
    return None


def _by_property(people: QuerySet[Registration], path: list[str], keys: Sequence[str]) -> QuerySet[Registration] | None:
    if not path:
        return people
    name, values = path[0], keys or path[1:2]
    if name in ("gender", "sector", "country"):
        return people.filter(**{f"{name}__in": values})
    if name == "region" and len(path) == 2:
        wanted = {value.lower() for value in values}
        return people.filter(country__in=[c.code for c in COUNTRIES.values() if c.region.lower() in wanted])
    return people.filter(country__in=keys) if name == "region" else None


def _present(programme: Programme, path: list[str]) -> set[int]:
    """Who attended a session or any, or met every requirement: as the rule says, or without one any time at all."""
    if CompletionRule.objects.in_force(programme):
        judged = evaluations(programme)
        if path[0] == "completed":
            return {pk for pk, evaluation in judged.items() if evaluation.is_complete}
        attended = {
            pk: {verdict.number for verdict in evaluation.sessions if verdict.is_attended}
            for pk, evaluation in judged.items()
        }
    else:
        attended = _present_at_all(programme)
    if path[0] == "session":
        return {pk for pk, numbers in attended.items() if int(path[1]) in numbers}
    return {pk for pk, numbers in attended.items() if numbers}


def _present_at_all(programme: Programme) -> dict[int, set[int]]:
    numbers = dict(TrainingSession.objects.for_programme(programme).values_list("pk", "number"))
    return {
        person: {numbers[session] for session, presence in by_session.items() if presence.seconds}
        for person, by_session in Attendance.objects.presences(programme).items()
    }


def _responses(programme: Programme, form_id: str, path: list[str], keys: Sequence[str]) -> QuerySet[Response] | None:
    survey = Survey.objects.filter(programme=programme, form_id=form_id).first()
    if survey is None:
        return None
    everybody = Response.objects.filter(survey=survey)
    if path in (["responses"], ["rate"]):
        return everybody if path == ["responses"] else None
    if path[0] in ("gender", "language") and len(path) == 2:
        values = ["" if value == UNKNOWN else value for value in keys or path[1:]]
        return everybody.filter(**{f"{path[0]}__in": values})
    reading = SurveyReading.of(survey)
    if path[0] == "excluded":
        counting = [question.name for question in reading.questions if question.counts_for_validity]
        left_out = [row.pk for row in everybody if exclusion(reading.definition, _facts(row, counting)) == path[1]]
        return everybody.filter(pk__in=left_out)
    valid = reading.valid_responses()
    if path == ["valid"]:
        return valid
    return _answers(valid, {question.name: question for question in reading.questions}, path)


def _facts(response: Response, counting: list[str]) -> ResponseFacts:
    return ResponseFacts(
        sector=response.sector,
        unanswered_counting_questions=sum(not response.answers.get(name) for name in counting),
        language=response.language,
        seconds=response.seconds,
        is_finished=response.is_finished,
        is_test=response.is_test,
        is_duplicate=response.is_duplicate,
    )


def _answers(
    valid: QuerySet[Response], questions: Mapping[str, Question], path: list[str]
) -> QuerySet[Response] | None:
    """The valid responses that gave an answer to a question: any that it offers, or the one that is named."""
    question = questions.get(path[0])
    if question is None or len(path) != 2:
        return None
    value = path[1]
    offered = list(question.options)
    if value not in ("answered", "mean"):
        return valid.filter(pk__in=_with(valid, question, {value}))
    if not offered:
        return valid.filter(pk__in=[pk for pk, given in valid.values_list("pk", "answers") if given.get(question.name)])
    return valid.filter(pk__in=_with(valid, question, set(offered)))


def _with(valid: QuerySet[Response], question: Question, values: set[str]) -> list[int]:
    """The responses whose answer holds one of these values; several values of one answer are parted by spaces."""
    answers = valid.values_list("pk", "answers")
    return [pk for pk, given in answers if values & set((given.get(question.name) or "").split())]
