"""How readers narrow the library; everything stands in the address."""

from typing import Any

import django_filters
from django import forms
from django.conf import settings
from django.db.models import TextField
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_countries import countries

from registrations.folding import LONGEST_QUESTION, asked_terms
from reports.filters import search_helper
from reports.library.goals import GOALS, goal_names
from reports.library.models import EntryQuerySet, LibraryEntry

MOST_OPTIONS = 60  # themes and cities offered; an address may name any


class LibraryFilter(django_filters.FilterSet):
    """Words, kind, place, theme, goal and language. The words are looked up by `reports.library.search`."""

    q = django_filters.CharFilter(
        label=_("Search"), method="keep", widget=forms.TextInput(attrs={"maxlength": LONGEST_QUESTION})
    )
    kind = django_filters.ChoiceFilter(
        label=_("Kind"),
        choices=[("talk", pgettext_lazy("library", "talks")), ("story", pgettext_lazy("library", "impact stories"))],
        empty_label=_("any"),
        method="of_kind",
    )
    country = django_filters.ChoiceFilter(label=_("Country or territory"), empty_label=_("any"))
    city = django_filters.ChoiceFilter(label=_("City"), empty_label=_("any"))
    theme = django_filters.ChoiceFilter(label=_("Theme"), empty_label=_("any"), field_name="session")
    sdg = django_filters.ChoiceFilter(label=_("Goal (SDG)"), empty_label=_("any"), method="with_goal")
    language = django_filters.ChoiceFilter(
        label=_("Language"), choices=settings.LANGUAGES, empty_label=_("any"), method="in_language"
    )

    class Meta:
        model = LibraryEntry
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        entries = self.queryset
        for name, choices in (
            ("country", _countries(entries)),
            ("city", _cities(entries)),
            ("theme", _themes(entries)),
            ("sdg", _goals(entries)),
        ):
            self.filters[name].extra["choices"] = choices
        self.form.helper = search_helper()

    @property
    def is_narrowed(self) -> bool:
        """Whether anything was asked for."""
        return self.form.is_bound and self.form.is_valid() and any(self.form.cleaned_data.values())

    @property
    def question(self) -> str:
        """What is looked for, as it was typed."""
        return str(self.form.cleaned_data.get("q", "")) if self.form.is_bound and self.form.is_valid() else ""

    @property
    def terms(self) -> list[str]:
        """What is looked up."""
        return asked_terms(self.question)

    @property
    def is_cut(self) -> bool:
        """Whether more was asked than is looked up."""
        return len(self.question) > LONGEST_QUESTION

    def keep(self, entries: EntryQuerySet, _name: str, _text: str) -> EntryQuerySet:
        """Words rank; they are not a condition of the database."""
        return entries

    def of_kind(self, entries: EntryQuerySet, _name: str, kind: str) -> EntryQuerySet:
        """Talks or stories."""
        return entries.filter(**{f"{kind}__isnull": False})

    def with_goal(self, entries: EntryQuerySet, _name: str, goal: str) -> EntryQuerySet:
        """Lists are compared as text: SQLite knows no `contains` on JSON."""
        listed = entries.annotate(goals=Cast("sdgs", TextField()))
        return listed.filter(goals__regex=rf"[\[ ,]{int(goal)}[\],]")

    def in_language(self, entries: EntryQuerySet, _name: str, code: str) -> EntryQuerySet:
        """Given or written in it."""
        return entries.annotate(told=Cast("languages", TextField())).filter(told__contains=f'"{code}"')


def _countries(entries: EntryQuerySet) -> list[tuple[str, str]]:
    codes = entries.exclude(country="").order_by("country").values_list("country", flat=True).distinct()
    return sorted(((code, str(countries.name(code))) for code in codes), key=lambda choice: choice[1])


def _cities(entries: EntryQuerySet) -> list[tuple[str, str]]:
    found = entries.exclude(city="").order_by("city").values_list("city", flat=True).distinct()
    return [(city, city) for city in found[:MOST_OPTIONS]]


def _themes(entries: EntryQuerySet) -> list[tuple[str, str]]:
    found = entries.filter(session__isnull=False).order_by("-day", "session").values_list("session", flat=True)
    keys = list(found.distinct()[:MOST_OPTIONS])
    model: Any = LibraryEntry._meta.get_field("session").related_model
    rows = model.objects.filter(pk__in=keys)
    return sorted(((str(row.pk), _short(row.text("theme"))) for row in rows), key=lambda choice: choice[1])


def _short(text: str) -> str:
    return text if len(text) <= 70 else f"{text[:69].rstrip()}…"


def _goals(entries: EntryQuerySet) -> list[tuple[str, str]]:
    lists = entries.exclude(sdgs=[]).order_by().values_list("sdgs", flat=True).distinct()
    known = sorted({goal for each in lists for goal in each if goal in GOALS})
    return [(str(goal), name) for goal, name in zip(known, goal_names(known), strict=True)]
