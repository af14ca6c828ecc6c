"""What one reader may see of one view of a survey: everything, or what `surveys.disclosure` leaves."""

from collections.abc import Callable, Mapping
from functools import partial
from math import lcm

from surveys.disclosure import LEAST, MOST_VARIABLES, ProtectedOptions, Selections, Views, hidden_groups
from surveys.enclosing import wider_of
from surveys.facts import Selection
from surveys.results import QuestionResult, SurveyReading, SurveyResults
from surveys.statistics import RATING, SELECT_MULTIPLE, QuestionStatistics, number_of

EVERYTHING = ProtectedOptions(frozenset())

CountsOf = Callable[[QuestionStatistics], Mapping[str, int]]
"""Respondents by what they answered, everybody once."""


def option_counts(statistics: QuestionStatistics) -> dict[str, int]:
    """Respondents by option."""
    return {option.value: option.count for option in statistics.options}


def weights_of(question: QuestionResult) -> dict[str, int] | None:
    """The values of a rating as whole numbers in proportion; None for a question that has no mean of its options."""
    if question.kind != RATING:
        return None
    numbers = {option.value: number_of(option.value) for option in question.statistics.options}
    unit = lcm(*(number.denominator for number in numbers.values())) if numbers else 1
    return {value: int(number * unit) for value, number in numbers.items()}


class Protection:
    """Decides for one reader and one selection; every table that it needs is computed once."""

    def __init__(self, reading: SurveyReading, where: Selection, *, sees_people: bool) -> None:
        self.reading = reading
        self.where = dict(where)
        self.sees_people = sees_people
        self._groups: dict[tuple[str, frozenset[tuple[str, str]]], dict[str, SurveyResults]] = {}
        self._views: dict[tuple[str, CountsOf], Views] = {}
        self._wider = wider_of(reading.variables)
        self._sizes_by: dict[tuple[str, frozenset[tuple[str, str]]], Mapping[str, int]] = {}
        self.selections = Selections(self._respondents_by, k=LEAST, wider=self._wider)

    def is_view_hidden(self) -> bool:
        """Whether nothing of the selection may be shown, the whole survey included."""
        if self.sees_people:
            return False
        n = self.groups("", self.where)[""].n
        return 0 < n < LEAST or self.selections.is_hidden(self.where)

    def of(self, question: QuestionResult, counts: CountsOf = option_counts) -> ProtectedOptions:
        """What may be shown of a question within the selection."""
        if self.sees_people:
            return EVERYTHING
        return self._views_of(question, counts).view(self.where)

    def of_groups(self, question: QuestionResult, variable: str) -> dict[str, ProtectedOptions]:
        """What may be shown of a question in each group that a variable tells apart within the selection."""
        groups = self.groups(variable, self.where)
        if self.sees_people:
            return dict.fromkeys(groups, EVERYTHING)
        return self._views_of(question, option_counts).groups(variable, self.where)

    def hidden_values(self, variable: str) -> set[str]:
        """Values of a variable whose group within the selection may not be shown."""
        if self.sees_people:
            return set()
        rest = {name: value for name, value in self.where.items() if name != variable}
        sizes = self.reading.respondents_by(variable, self.where)
        if len(rest) >= MOST_VARIABLES:
            return set(sizes)
        hidden = set(hidden_groups(sizes))
        hidden |= {value for value in sizes if self.selections.is_hidden({**rest, variable: value})}
        shown = sorted(sizes.keys() - hidden, key=lambda value: (sizes[value], value))
        return hidden | set(shown[:1]) if len(hidden) == 1 else hidden

    def groups(self, variable: str, where: Selection) -> dict[str, SurveyResults]:
        """Results by group, remembered; by the variable "" everybody is one group of that name."""
        key = (variable, frozenset(where.items()))
        if key not in self._groups:
            by_group = self.reading.results_by(variable, where) if variable else {"": self.reading.results(where)}
            self._groups[key] = by_group
        return self._groups[key]

    def _respondents_by(self, variable: str, where: Selection) -> Mapping[str, int]:
        key = (variable, frozenset(where.items()))
        if key not in self._sizes_by:
            self._sizes_by[key] = self.reading.respondents_by(variable, where)
        return self._sizes_by[key]

    def _views_of(self, question: QuestionResult, counts: CountsOf) -> Views:
        has_several = question.kind == SELECT_MULTIPLE
        counts = option_counts if has_several else counts
        key = (question.name, counts)
        if key not in self._views:
            self._views[key] = Views(
                partial(self._table, question.name, counts),
                k=LEAST,
                weights=weights_of(question),
                sizes=partial(self._sizes, question.name) if has_several else None,
                wider=self._wider,
            )
        return self._views[key]

    def _table(self, name: str, counts: CountsOf, variable: str, where: Selection) -> dict[str, Mapping[str, int]]:
        return {value: counts(group.question(name).statistics) for value, group in self.groups(variable, where).items()}

    def _sizes(self, name: str, variable: str, where: Selection) -> dict[str, int]:
        return {value: group.question(name).statistics.n for value, group in self.groups(variable, where).items()}
