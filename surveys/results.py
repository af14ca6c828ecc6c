"""A survey's results: columns are counted, the pure rules decide, frozen values come out.

The responses are read in a constant number of queries whatever their number; see `surveys.columns`.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from types import MappingProxyType
from typing import Any

from django.db.models import QuerySet

from surveys import counts
from surveys.base import Base, Definition
from surveys.columns import Sheet, sheets_of
from surveys.counts import Judged, Rule
from surveys.crosstable import CrossTable
from surveys.facts import NOBODY, Asked, Selection, invited_counts
from surveys.models import Question, Response, Survey
from surveys.statistics import (
    DATE,
    NUMBERS,
    RANK,
    QuestionStatistics,
    percent,
    question_statistics,
    rounded,
    share_of,
)
from surveys.variables import Variable, find, variables_of
from surveys.wording import definition_name

Answers = Mapping[str, Mapping[str, int]]
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

    def as_dict(self) -> dict[str, Any]:
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
            **self._further(),
        }

    def _further(self) -> dict[str, object]:
        """What numbers, days and rankings have besides."""
        figures = self.statistics
        if self.kind in NUMBERS:
            quartiles = figures.quartiles and [str(rounded(value, 1)) for value in figures.quartiles]
            return {"least": figures.least, "quartiles": quartiles, "greatest": figures.greatest}
        if self.kind == DATE:
            return {"least": figures.least, "greatest": figures.greatest}
        ranks = {
            rank.value: None if rank.mean_place is None else str(rounded(rank.mean_place, 2)) for rank in figures.ranks
        }
        return {"mean_ranks": ranks} if self.kind == RANK else {}


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

    def as_dict(self) -> dict[str, Any]:
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

    A constant number of queries when it is made, and one for each of its results by another selection. One that
    ``is_preparing`` has read nothing, because there is more than a page can wait for: there are no figures yet.
    """

    survey: Survey
    definition: Definition
    questions: tuple[Question, ...]
    variables: Mapping[str, Variable]
    is_preparing: bool
    _sheets: tuple[Sheet, ...]
    _invited: dict[object, dict[str, tuple[int, int]]]
    _asked: Asked

    @classmethod
    def of(
        cls, survey: Survey, definition: Definition | None = None, *, most_unsealed: int | None = None
    ) -> "SurveyReading":
        """Read a survey by a definition of the valid response; without one, by the definition in force.

        ``most_unsealed`` rows are read at most, such as `columns.MOST_UNSEALED` for a page; see ``is_preparing``.
        """
        definition = definition or survey.definition_in_force()
        questions = tuple(
            survey.questions.select_related("bank_question")
            .prefetch_related("choices")
            .exclude(kind=Question.Kind.NOTE)
        )
        sheets = sheets_of(survey, questions, most_unsealed=most_unsealed)
        variables = variables_of(survey, questions)
        return cls(survey, definition, questions, variables, sheets is None, tuple(sheets or ()), {}, {})

    def by(self, definition: Definition) -> "SurveyReading":
        """The same responses by another definition of the valid response; no query."""
        return replace(self, definition=definition)

    def variable(self, name: str) -> Variable:
        """A variable by its name. Raises UnknownVariable (a KeyError)."""
        return find(self.variables, name)

    def read_asked(self, where: Selection, by: Variable | None = None) -> None:
        """Read whom the survey asks as finely as a page needs that shows a selection, compared by a variable or not.

        Coarser figures, such as those of all people, are added up from it then; no query more.
        """
        for variable in (by, None):
            self._invited_by(where, variable)

    def results(self, where: Selection = EVERYBODY) -> SurveyResults:
        """All results over the valid responses of a selection. Raises KeyError for an unknown variable."""
        chosen = self._chosen(where)
        answers = counts.answers_by(self._judged(), self._names, chosen).get("", {})
        invited = self._invited_by(where).get("", NOBODY)
        return self._computed(counts.base_of_selected(self._judged(), chosen), answers, invited, self._options())

    def results_by(self, dimension: str, where: Selection = EVERYBODY) -> dict[str, SurveyResults]:
        """The results of each group that one variable tells apart, largest first. Raises KeyError as `results`."""
        variable, chosen = self.variable(dimension), self._chosen(where)
        answers = counts.answers_by(self._judged(), self._names, chosen, variable)
        invited, options = self._invited_by(where, variable), self._options()
        results = {
            value: self._computed(base, answers.get(value, {}), invited.get(value, NOBODY), options)
            for value, base in counts.bases_by(self._judged(), variable, chosen).items()
        }
        return dict(sorted(results.items(), key=lambda item: (-item[1].n, item[0])))

    def respondents_by(self, dimension: str, where: Selection = EVERYBODY) -> Counter[str]:
        """Valid respondents of a selection by value of one variable; no query."""
        return counts.sizes_by(self._judged(), self.variable(dimension), self._chosen(where))

    def cross(self, rows: str, columns: str, where: Selection = EVERYBODY) -> CrossTable:
        """Valid respondents of a selection by two variables; no query. Raises KeyError as `results`."""
        downward, across = self.variable(rows), self.variable(columns)
        pairs = counts.crossed(self._judged(), downward, across, self._chosen(where))
        return CrossTable.of(downward.name, across.name, pairs)

    def valid_keys(self, where: Selection = EVERYBODY, *, answering: str = "") -> list[int]:
        """The keys of the valid responses of a selection, latest first; of those that answered one question."""
        return counts.valid_keys(self._judged(), self._chosen(where), answering)

    def valid_responses(self, where: Selection = EVERYBODY) -> QuerySet[Response]:
        """The valid responses of a selection, for surveys of some thousands; else `valid_keys`, part by part."""
        return Response.objects.filter(survey=self.survey, pk__in=self.valid_keys(where))

    @property
    def _names(self) -> list[str]:
        return [question.name for question in self.questions]

    def _chosen(self, where: Selection) -> list[tuple[Variable, str]]:
        return [(self.variable(name), value) for name, value in where.items()]

    def _judged(self) -> list[Judged]:
        counting = frozenset(question.name for question in self.questions if question.counts_for_validity)
        rule = Rule(self.definition, counting)
        return [sheet.by(rule) for sheet in self._sheets]

    def _invited_by(self, where: Selection, variable: Variable | None = None) -> dict[str, tuple[int, int]]:
        key = (tuple(sorted(where.items())), variable and variable.name)
        if key not in self._invited:
            self._invited[key] = invited_counts(self.survey, self._chosen(where), variable, read=self._asked)
        return self._invited[key]

    def _options(self) -> list[dict[str, str]]:
        return [question.options for question in self.questions]

    def _computed(
        self, base: Base, answers: Answers, invited: tuple[int, int], options: Sequence[dict[str, str]]
    ) -> SurveyResults:
        return SurveyResults(
            survey=self.survey.form_id,
            definition=self.definition,
            base=base,
            invited=invited[0],
            invited_responses=invited[1],
            questions=tuple(
                _question_result(question, labels, answers, base.n)
                for question, labels in zip(self.questions, options, strict=True)
            ),
        )


def survey_results(
    survey: Survey, *, definition: Definition | None = None, where: Selection = EVERYBODY
) -> SurveyResults:
    """Compute all results over the valid responses, optionally of one selection such as ``{"gender": "female"}``.

    ``definition`` is the one in force unless another is given. Raises KeyError for an unknown variable.
    """
    return SurveyReading.of(survey, definition).results(where)


def _question_result(question: Question, labels: dict[str, str], answers: Answers, n: int) -> QuestionResult:
    statistics = question_statistics(question.kind, list(labels), answers.get(question.name, {}), responses=n)
    return QuestionResult(question.pk, question.name, question.label, question.kind, labels, statistics)
