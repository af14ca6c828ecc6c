"""The selection on the dashboard, in the address so that it can be bookmarked."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.forms import BoundField
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django_countries import countries
from django_filters import ChoiceFilter, FilterSet

from registrations.models import Registration
from surveys.facts import Selection
from surveys.models import Response, Survey

DIMENSION_LABELS = {
    "gender": _("Gender"),
    "sector": _("Sector"),
    "country": _("Country or territory"),
    "language": _("Language"),
}


@dataclass(frozen=True, slots=True)
class Variable:
    """What respondents are told apart by: a name in addresses, a label, values with labels."""

    name: str
    label: str
    values: Mapping[str, str]
    is_nominal: bool = True

    def label_of(self, value: str) -> str:
        """What a value means; a dash where nothing is known."""
        return self.values.get(value) or value or "–"


def variables_of(survey: Survey) -> tuple[Variable, ...]:
    """The variables of a survey's respondents."""
    return tuple(Variable(name, str(label), _values(name)) for name, label in DIMENSION_LABELS.items())


def _values(name: str) -> dict[str, str]:
    if name == "country":
        return dict(countries)
    choices = {
        "gender": Registration.Gender.choices,
        "sector": Registration.Sector.choices,
        "language": settings.LANGUAGES,
    }
    return {value: str(label) for value, label in choices[name]}


LAYOUT = {"by": _("Compare by"), "rows": _("Cross table: rows"), "columns": _("Cross table: columns")}


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

    def __init__(
        self, data: QueryDict, *, survey: Survey, variables: Sequence[Variable], offered: Mapping[str, set[str]]
    ) -> None:
        super().__init__(data, queryset=Response.objects.filter(survey=survey))
        self.variables = {variable.name: variable for variable in variables}
        for variable in variables:
            self.filters[variable.name] = _filter(variable, offered.get(variable.name))
        names = [(variable.name, variable.label) for variable in variables]
        for name, label in LAYOUT.items():
            chosen = ChoiceFilter(label=label, choices=names, method="look", empty_label=_("Nothing"))
            self.filters[name] = chosen

    @property
    def main_fields(self) -> list[BoundField]:
        """The variables that people said of themselves when they registered, and first on the page."""
        return [self.form[name] for name in self.variables if name in DIMENSION_LABELS]

    @property
    def more_fields(self) -> list[BoundField]:
        """All other variables."""
        return [self.form[name] for name in self.variables if name not in DIMENSION_LABELS]

    @property
    def has_more(self) -> bool:
        """Whether one of the other variables is chosen."""
        return any(name not in DIMENSION_LABELS for name in self.where)

    @property
    def layout_fields(self) -> list[BoundField]:
        """What is compared and crossed."""
        return [self.form[name] for name in LAYOUT]

    def look(self, queryset: Any, name: str, value: str) -> Any:
        """How the figures are laid out leaves the selection as it is."""
        return queryset

    @property
    def where(self) -> dict[str, str]:
        """The selection, as `surveys.results` takes it; what is not known is left out, and the form says so."""
        return {name: value for name in self.variables if (value := self._chosen(name))}

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
        return [self._chip(name, value) for name, value in self.where.items()]

    def _chip(self, name: str, value: str) -> Chip:
        query = self.data.copy()
        query.pop(name)
        return Chip(self.variables[name].label, self.variables[name].label_of(value), query.urlencode())

    def _chosen(self, name: str) -> str:
        self.form.is_valid()
        return str(self.form.cleaned_data.get(name) or "")


def _filter(variable: Variable, offered: set[str] | None) -> ChoiceFilter:
    choices = [(v, label) for v, label in variable.values.items() if offered is None or v in offered]
    if variable.is_nominal and variable.name == "country":
        choices.sort(key=lambda choice: choice[1])
    return ChoiceFilter(label=variable.label, choices=choices, method="look", empty_label=_("All"))


def selection_text(where: Selection, variables: Iterable[Variable]) -> str:
    """The selection in words, such as "Female, Kenya"."""
    known = {variable.name: variable for variable in variables}
    return ", ".join(known[name].label_of(value) for name, value in where.items())
