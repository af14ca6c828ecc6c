"""What is read from the rows of a survey: nothing here decides which response is valid; `surveys.base.exclusion` does."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Count, Exists, F, OuterRef, Value

from registrations.models import Registration
from surveys.base import ResponseFacts
from surveys.models import AnsweredMark, Question, Response, Survey

DIMENSIONS = ("gender", "sector", "country", "language")
"""The variables of a registration by which results can be selected and told apart."""

Selection = Mapping[str, str]


def checked_selection(where: Selection) -> None:
    """Raise KeyError for a variable that is none of DIMENSIONS."""
    for dimension in where:
        if dimension not in DIMENSIONS:
            raise KeyError(dimension)


@dataclass(frozen=True, slots=True)
class ResponseRow:
    """One response: its variables in the order of DIMENSIONS, the facts that decide on validity, its answers."""

    pk: int
    selection: tuple[str, ...]
    facts: ResponseFacts
    answers: Mapping[str, str]

    def value(self, dimension: str) -> str:
        """The response's value of one of DIMENSIONS."""
        return self.selection[DIMENSIONS.index(dimension)]

    def is_in(self, where: Selection) -> bool:
        """Whether the response belongs to a selection."""
        return all(self.value(dimension) == value for dimension, value in where.items())


def response_rows(survey: Survey) -> list[ResponseRow]:
    """All responses of a survey; one query."""
    counting = set(
        Question.objects.filter(survey=survey, counts_for_validity=True).order_by().values_list("name", flat=True)
    )
    sector = DIMENSIONS.index("sector")
    language = DIMENSIONS.index("language")
    decisive = ("seconds", "is_finished", "is_test", "is_duplicate")
    rows = Response.objects.filter(survey=survey).order_by("pk").values_list("pk", "answers", *decisive, *DIMENSIONS)
    return [
        ResponseRow(
            pk,
            tuple(map(str, selection)),
            ResponseFacts(
                str(selection[sector]),
                sum(not answers.get(name) for name in counting),
                str(selection[language]),
                *decided,
            ),
            answers,
        )
        for pk, answers, *decided, selection in (
            (pk, answers, seconds, finished, test, duplicate, selection)
            for pk, answers, seconds, finished, test, duplicate, *selection in rows
        )
    ]


def answer_counts(
    rows: Iterable[ResponseRow], questions: Iterable[Question], dimension: str = ""
) -> dict[str, dict[int, Counter[str]]]:
    """Respondents by group, question and encoded answer. Of texts it counts only whether there is one."""
    asked = [(question.pk, question.name, question.kind == Question.Kind.TEXT) for question in questions]
    counts: dict[str, dict[int, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    for row in rows:
        group = row.value(dimension) if dimension else ""
        for pk, name, is_text in asked:
            given = row.answers.get(name)
            if given is not None:
                counts[group][pk]["text" if is_text and given else given] += 1
    return counts


def invited_counts(survey: Survey, where: Selection, dimension: str = "") -> dict[str, tuple[int, int]]:
    """By group of a selection: how many have a seat in the programme, and how many of these answered."""
    answered = Exists(AnsweredMark.objects.filter(survey=survey, registration=OuterRef("pk")))
    rows = (
        Registration.objects.for_programme(survey.programme)
        .seated()
        .filter(**where)
        .order_by()
        .annotate(group=F(dimension) if dimension else Value(""))
        .values_list("group")
        .annotate(invited=Count("pk"), responded=Count("pk", filter=answered))
    )
    return {str(group): (invited, responded) for group, invited, responded in rows}
