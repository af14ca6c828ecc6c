"""The selection on the dashboard, in the address so that it can be bookmarked."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.forms import BoundField
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django_filters import ChoiceFilter, FilterSet

from registrations.selects import QuickSelect
from surveys.models import Response
from surveys.results import SurveyReading
from surveys.variables import ANSWER, ANSWER_PREFIX, Variable

FIRST = ("gender", "sector", "country", "region", "language", "attendance")
"""The variables that stand on the page at once; all others are folded up."""

LAYOUT = {"by": _("Compare by"), "rows": _("Cross table: rows"), "columns": _("Cross table: columns")}
RESERVED = frozenset({*LAYOUT, "page", "code", "words"})


@dataclass(frozen=True, slots=True)
class Chip:
    """One active condition, and the address without it."""

    label: str
    value: str
    without: str


class ResponseFilter(FilterSet):
    """Responses by any variable; what is compared and crossed stands beside it in the same form."""

    class Meta:
        model = Response
        fields: list[str] = []

    def __init__(self, data: QueryDict, *, reading: SurveyReading, least: int) -> None:
        """``least``: no country of fewer respondents is offered."""
        super().__init__(data, queryset=Response.objects.filter(survey=reading.survey))
        self.variables = {key_of(variable): variable for variable in reading.variables.values()}
        for key, variable in self.variables.items():
            choices = [(value, str(label)) for value, label in variable.labels.items()]
            self._offer(key, variable.label, choices or _values(reading, variable, least=least), empty=_("All"))
        names = [(key, str(variable.label)) for key, variable in self.variables.items()]
        for key, label in LAYOUT.items():
            self._offer(key, label, names, empty=_("Nothing"))

    def _offer(self, key: str, label: Any, choices: list[tuple[str, str]], *, empty: Any) -> None:
        self.filters[key] = ChoiceFilter(
            label=label, choices=choices, method="look", empty_label=empty, widget=QuickSelect
        )

    @property
    def main_fields(self) -> list[BoundField]:
        """The variables that people ask for first."""
        return [self.form[key] for key in self.variables if key in FIRST]

    @property
    def more_fields(self) -> list[BoundField]:
        """All other variables, those of answers included."""
        return [self.form[key] for key in self.variables if key not in FIRST]

    @property
    def has_more(self) -> bool:
        """Whether one of the other variables is chosen."""
        return any(key not in FIRST for key in self.where)

    @property
    def layout_fields(self) -> list[BoundField]:
        """What is compared and crossed."""
        return [self.form[key] for key in LAYOUT]

    def look(self, queryset: Any, name: str, value: str) -> Any:
        """Figures are counted elsewhere; the form says only what is chosen."""
        return queryset

    @property
    def where(self) -> dict[str, str]:
        """The selection, as `surveys.results` takes it; what is not known is left out, and the form says so."""
        return {key: value for key in self.variables if (value := self._chosen(key))}

    @property
    def compared_by(self) -> Variable | None:
        """The variable to compare by."""
        return self.variables.get(self._chosen("by"))

    @property
    def crossed(self) -> tuple[Variable, Variable] | None:
        """The two variables of a cross table."""
        rows, columns = (self.variables.get(self._chosen(name)) for name in ("rows", "columns"))
        return (rows, columns) if rows and columns else None

    @property
    def chips(self) -> list[Chip]:
        """Each active condition with the query that leaves it out."""
        return [self._chip(key, value) for key, value in self.where.items()]

    @property
    def text(self) -> str:
        """The selection in words, such as "Female, Kenya"; of an answer with its question."""
        return ", ".join(self._words(self.variables[key], value) for key, value in self.where.items())

    def _words(self, variable: Variable, value: str) -> str:
        label = variable.label_of(value)
        return f"{variable.label}: {label}" if variable.section == ANSWER or variable.name not in FIRST else label

    def _chip(self, key: str, value: str) -> Chip:
        query = self.data.copy()
        query.pop(key)
        return Chip(str(self.variables[key].label), self.variables[key].label_of(value), query.urlencode())

    def _chosen(self, key: str) -> str:
        self.form.is_valid()
        return str(self.form.cleaned_data.get(key) or "")


def key_of(variable: Variable) -> str:
    """A variable's name in an address, where words of the page's own are taken."""
    return ANSWER_PREFIX + variable.name if variable.name in RESERVED else variable.name


def _values(reading: SurveyReading, variable: Variable, *, least: int) -> list[tuple[str, str]]:
    """The values that occur, by their labels."""
    found: Mapping[str, int] = reading.respondents_by(variable.name)
    return _by_label((value, variable.label_of(value)) for value, n in found.items() if value and n >= least)


def _by_label(choices: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    return sorted(choices, key=lambda choice: choice[1])
