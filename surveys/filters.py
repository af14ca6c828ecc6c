"""The selection on the dashboard, in the address so that it can be bookmarked."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django_countries import countries
from django_filters import ChoiceFilter, FilterSet

from registrations.models import Registration
from surveys.facts import DIMENSIONS
from surveys.models import Response, Survey

DIMENSION_LABELS = {
    "gender": _("Gender"),
    "sector": _("Sector"),
    "country": _("Country or territory"),
    "language": _("Language"),
}


def value_label(dimension: str, value: str) -> str:
    """What a value of a variable means: the name of a country, a sector..."""
    if dimension == "country":
        return str(countries.name(value)) or value
    choices = {
        "gender": Registration.Gender.choices,
        "sector": Registration.Sector.choices,
        "language": settings.LANGUAGES,
    }
    return str(dict(choices[dimension]).get(value, value))


class ResponseFilter(FilterSet):
    """Responses by what their authors said of themselves when they registered."""

    gender = ChoiceFilter(
        field_name="registration__gender", label=DIMENSION_LABELS["gender"], choices=Registration.Gender.choices
    )
    sector = ChoiceFilter(
        field_name="registration__sector", label=DIMENSION_LABELS["sector"], choices=Registration.Sector.choices
    )
    country = ChoiceFilter(field_name="registration__country", label=DIMENSION_LABELS["country"])
    language = ChoiceFilter(
        field_name="registration__language", label=DIMENSION_LABELS["language"], choices=settings.LANGUAGES
    )
    by = ChoiceFilter(
        label=_("Compare by"), choices=list(DIMENSION_LABELS.items()), method="compare", empty_label=_("Nothing")
    )

    class Meta:
        model = Response
        fields: list[str] = []

    def __init__(self, data: QueryDict, *, survey: Survey, country_codes: Iterable[str]) -> None:
        super().__init__(data, queryset=Response.objects.filter(survey=survey))
        names = sorted((value_label("country", code), code) for code in country_codes)
        self.filters["country"].extra["choices"] = [(code, name) for name, code in names]
        for dimension in DIMENSIONS:
            self.filters[dimension].extra["empty_label"] = _("All")

    def compare(self, queryset: Any, name: str, value: str) -> Any:
        """Comparing leaves the selection as it is."""
        return queryset

    @property
    def where(self) -> dict[str, str]:
        """The selection, as `surveys.results` takes it; what is not known is left out, and the form says so."""
        self.form.is_valid()
        return {name: self.form.cleaned_data[name] for name in DIMENSIONS if self.form.cleaned_data.get(name)}

    @property
    def compared_by(self) -> str:
        """The variable to compare by, or nothing."""
        self.form.is_valid()
        return str(self.form.cleaned_data.get("by", ""))
