"""A survey's results: SQL counts, the pure rules decide, frozen values come out.

The rows are read in a constant number of queries whatever their number; see `surveys.facts`.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from types import MappingProxyType

from django.db.models import QuerySet

from surveys.base import Base, Definition, base_of, exclusion
from surveys.facts import ResponseRow, Selection, answer_counts, checked_selection, invited_counts, response_rows
from surveys.models import Question, Response, Survey
from surveys.statistics import QuestionStatistics, percent, question_statistics, rounded, share_of
from surveys.wording import definition_name

Answers = Mapping[int, Mapping[str, int]]
EVERYBODY: Selection = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class QuestionResult:
    """A question as it was asked, with its statistics over the valid responses. ``labels`` maps value to label."""

    pk: int
    name: str
    label: str
    kind: str
    labels: Mapping[str, str]
    statistics: QuestionStatistics

    def as_dict(self) -> dict[str, object]:
        """Plain JSON values; means have two decimals, medians and percentages one, as strings."""
        figures = self.statistics
        return {
            "name": self.name,
            "type": self.kind,
            "n": figures.n,
            "declined": figures.declined,
            "not_shown": figures.not_shown,
            "outside": figures.outside,
            "mean": None if figures.mean is None else str(rounded(figures.mean, 2)),
            "median": None if figures.median is None else str(rounded(figures.median, 1)),
            "options": [
                {
                    "value": option.value,
                    "label": self.labels[option.value],
                    "count": option.count,
                    "share": None if option.share is None else str(percent(option.share, 1)),
                }
                for option in figures.options
            ],
        }


@dataclass(frozen=True, slots=True)
class SurveyResults:
    """Results over one base. ``invited`` have a seat in the programme; ``invited_responses`` of them answered."""

    survey: str
    definition: Definition
    base: Base
    invited: int
    invited_responses: int
    questions: tuple[QuestionResult, ...]

    @property
    def n(self) -> int:
        """The valid responses: the base of every figure."""
        return self.base.n

    @property
    def response_rate(self) -> Fraction | None:
        """Share of those with a seat who answered; None where nobody has a seat."""
        return share_of(self.invited_responses, self.invited)

    def question(self, name: str) -> QuestionResult:
        """One question by its name. Raises KeyError for an unknown one."""
        for question in self.questions:
            if question.name == name:
                return question
        raise KeyError(name)

    def as_dict(self) -> dict[str, object]:
        """Plain JSON values."""
        return {
            "survey": self.survey,
            "base": {
                "definition": definition_name(self.definition),
                "responses": self.base.responses,
                "excluded": dict(self.base.told),
                "n": self.n,
            },
            "questions": [question.as_dict() for question in self.questions],
        }


@dataclass(frozen=True, slots=True)
class SurveyReading:
    """What a survey's results are computed from, read once and asked as often as needed.

    Four queries when it is made, one for each of its results.
    """

    survey: Survey
    definition: Definition
    rows: tuple[ResponseRow, ...]
    questions: tuple[Question, ...]

    @classmethod
    def of(cls, survey: Survey, definition: Definition | None = None) -> "SurveyReading":
        """Read a survey by a definition of the valid response; without one, by the definition in force."""
        definition = definition or survey.definition_in_force()
        questions = survey.questions.prefetch_related("choices").all()
        return cls(survey, definition, tuple(response_rows(survey)), tuple(questions))

    def by(self, definition: Definition) -> "SurveyReading":
        """The same responses by another definition of the valid response; no query."""
        return replace(self, definition=definition)

    def results(self, where: Selection = EVERYBODY) -> SurveyResults:
        """All results over the valid responses of a selection. Raises KeyError for an unknown variable."""
        rows = self._selected(where)
        answers = answer_counts(self._valid(rows), self.questions).get("", {})
        invited = invited_counts(self.survey, where).get("", (0, 0))
        return self._computed(rows, answers, invited)

    def results_by(self, dimension: str, where: Selection = EVERYBODY) -> dict[str, SurveyResults]:
        """The results of each group that one variable tells apart, largest first. Raises KeyError as `results`."""
        checked_selection({dimension: ""})
        parts: dict[str, list[ResponseRow]] = defaultdict(list)
        rows = self._selected(where)
        for row in rows:
            parts[row.value(dimension)].append(row)
        answers = answer_counts(self._valid(rows), self.questions, dimension)
        invited = invited_counts(self.survey, where, dimension)
        results = {
            value: self._computed(part, answers.get(value, {}), invited.get(value, (0, 0)))
            for value, part in parts.items()
        }
        return dict(sorted(results.items(), key=lambda item: (-item[1].n, item[0])))

    def respondents_by(self, dimension: str, where: Selection = EVERYBODY) -> Counter[str]:
        """Valid respondents of a selection by value of one variable; no query."""
        return Counter(row.value(dimension) for row in self._valid(self._selected(where)))

    def valid_responses(self, where: Selection = EVERYBODY) -> QuerySet[Response]:
        """The valid responses of a selection."""
        return Response.objects.filter(
            survey=self.survey, pk__in=[row.pk for row in self._valid(self._selected(where))]
        )

    def _valid(self, rows: Iterable[ResponseRow]) -> list[ResponseRow]:
        return [row for row in rows if not exclusion(self.definition, row.facts)]

    def _selected(self, where: Selection) -> list[ResponseRow]:
        checked_selection(where)
        return [row for row in self.rows if row.is_in(where)]

    def _computed(self, rows: Iterable[ResponseRow], answers: Answers, invited: tuple[int, int]) -> SurveyResults:
        base = base_of(self.definition, Counter(row.facts for row in rows).items())
        return SurveyResults(
            survey=self.survey.form_id,
            definition=self.definition,
            base=base,
            invited=invited[0],
            invited_responses=invited[1],
            questions=tuple(_question_result(question, answers, base.n) for question in self.questions),
        )


def survey_results(
    survey: Survey, *, definition: Definition | None = None, where: Selection = EVERYBODY
) -> SurveyResults:
    """Compute all results over the valid responses, optionally of one selection such as ``{"gender": "female"}``.

    ``definition`` is the one in force unless another is given. Raises KeyError for an unknown variable.
    """
    return SurveyReading.of(survey, definition).results(where)


def _question_result(question: Question, answers: Answers, n: int) -> QuestionResult:
    labels = question.options
    statistics = question_statistics(question.kind, list(labels), answers.get(question.pk, {}), responses=n)
    return QuestionResult(question.pk, question.name, question.label, question.kind, labels, statistics)
