"""What is read from the rows of a survey, in counts: nothing here decides which response is valid.

`fact_groups` reads what the rule looks at, grouped; `surveys.base.exclusion` decides once for each distinct set of facts;
`valid_responses` and `answer_counts` then read the answers of the accepted ones, grouped.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
    When,
)
from django.db.models.expressions import CombinedExpression
from django.db.models.functions import Coalesce

from registrations.models import Registration
from surveys.base import Definition, ResponseFacts, exclusion
from surveys.models import Answer, Question, Response, Survey

DIMENSIONS = ("gender", "sector", "country", "language")
"""The variables of a registration by which results can be selected and told apart."""

KEYS_PER_QUERY = 10_000

Selection = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class FactGroup:
    """``count`` responses that share a selection and the facts that decide on validity."""

    selection: tuple[str, ...]
    facts: ResponseFacts
    count: int

    def value(self, dimension: str) -> str:
        """The group's value of one of DIMENSIONS."""
        return self.selection[DIMENSIONS.index(dimension)]

    def is_in(self, where: Selection) -> bool:
        """Whether the group belongs to a selection."""
        return all(self.value(dimension) == value for dimension, value in where.items())


def checked_selection(where: Selection) -> None:
    """Raise KeyError for a variable that is none of DIMENSIONS."""
    for dimension in where:
        if dimension not in DIMENSIONS:
            raise KeyError(dimension)


def fact_groups(survey: Survey, definition: Definition) -> list[FactGroup]:
    """All responses, grouped by the variables of DIMENSIONS and the facts that this definition looks at. One query.

    Unanswered questions are counted only for a definition that asks for complete responses.
    """
    rows = (
        Response.objects.filter(survey=survey)
        .order_by()
        .annotate(unanswered=_unanswered(survey, definition))
        .values_list(*(f"registration__{dimension}" for dimension in DIMENSIONS), "unanswered")
        .annotate(count=Count("pk"))
    )
    sector = DIMENSIONS.index("sector")
    return [
        FactGroup(tuple(map(str, selection)), ResponseFacts(str(selection[sector]), unanswered), count)
        for *selection, unanswered, count in rows
    ]


def valid_responses(
    survey: Survey, definition: Definition, groups: Iterable[FactGroup], where: Selection
) -> QuerySet[Response]:
    """The valid responses of a selection: those whose facts the rule has accepted."""
    accepted: dict[int, set[str]] = defaultdict(set)
    for group in groups:
        if not exclusion(definition, group.facts):
            accepted[group.facts.unanswered_counting_questions].add(group.facts.sector)
    is_valid = Q(pk__in=[])
    for unanswered, sectors in sorted(accepted.items()):
        is_valid |= Q(unanswered=unanswered, registration__sector__in=sorted(sectors))
    return (
        Response.objects.filter(survey=survey, **_registration_filter(where))
        .annotate(unanswered=_unanswered(survey, definition))
        .filter(is_valid)
    )


def _unanswered(survey: Survey, definition: Definition) -> Value | CombinedExpression:
    """How many questions that count for validity a response leaves out."""
    if not definition.must_be_complete:
        return Value(0)
    counting = Question.objects.filter(survey=survey, counts_for_validity=True).order_by()
    answered = Answer.objects.filter(response=OuterRef("pk"), question__in=counting).exclude(value="").order_by()
    total = Subquery(counting.values("survey").annotate(total=Count("pk")).values("total"), output_field=IntegerField())
    found = Subquery(
        answered.values("response").annotate(found=Count("pk")).values("found"), output_field=IntegerField()
    )
    return Coalesce(total, 0) - Coalesce(found, 0)


def _registration_filter(where: Selection) -> dict[str, str]:
    return {f"registration__{dimension}": value for dimension, value in where.items()}


def answer_counts(valid: QuerySet[Response], dimension: str = "") -> dict[str, dict[int, Counter[str]]]:
    """Respondents by group, question and encoded answer. Texts are not read, only whether there is one.

    The valid responses are looked up first and named by their keys: as a subquery, PostgreSQL may count the unanswered
    questions anew for each answer while it knows nothing of the tables' sizes, as just after a large import.
    """
    counts: dict[str, dict[int, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    keys = list(valid.order_by().values_list("pk", flat=True))
    for start in range(0, len(keys), KEYS_PER_QUERY):
        for value, question, given, count in _answer_groups(keys[start : start + KEYS_PER_QUERY], dimension):
            counts[str(value)][question][given] += count
    return counts


def _answer_groups(responses: list[int], dimension: str) -> QuerySet[Answer, tuple[object, int, str, int]]:
    is_text = Q(question__kind=Question.Kind.TEXT) & ~Q(value="")
    group = F(f"response__registration__{dimension}") if dimension else Value("")
    given = Case(When(is_text, then=Value("text")), default=F("value"), output_field=TextField())
    return (
        Answer.objects.filter(response__in=responses)
        .order_by()
        .annotate(group=group, given=given)
        .values_list("group", "question_id", "given")
        .annotate(count=Count("pk"))
    )


def invited_counts(survey: Survey, where: Selection, dimension: str = "") -> dict[str, tuple[int, int]]:
    """By group of a selection: how many have a seat in the programme, and how many of these answered."""
    answered = Exists(Response.objects.filter(survey=survey, registration=OuterRef("pk")))
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
