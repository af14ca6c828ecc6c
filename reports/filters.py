"""How visitors narrow the list of programmes."""

import datetime as dt
from typing import Any

import django_filters
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms
from django.conf import settings
from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from registrations.models import Programme

Programmes = QuerySet[Programme]


class ProgrammeFilter(django_filters.FilterSet):
    """Text, language, time and registration; `now` decides what is running."""

    q = django_filters.CharFilter(label=_("Search"), method="search", max_length=100)
    language = django_filters.ChoiceFilter(
        label=_("Language"), choices=settings.LANGUAGES, empty_label=_("any"), method="spoken_in"
    )
    time = django_filters.ChoiceFilter(
        label=_("Time"),
        choices=[
            ("running", pgettext_lazy("programmes", "running now")),
            ("upcoming", pgettext_lazy("programmes", "upcoming")),
            ("past", pgettext_lazy("programmes", "past")),
        ],
        empty_label=_("any"),
        method="at_time",
    )
    open = django_filters.BooleanFilter(
        label=_("Open for registration"), widget=forms.CheckboxInput, method="open_for_registration"
    )

    class Meta:
        model = Programme
        fields: list[str] = []

    def __init__(self, *args: Any, now: dt.datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.now = now
        self.form.helper = search_helper()

    @property
    def is_narrowed(self) -> bool:
        """Whether anything was asked for that narrows the list."""
        return self.form.is_bound and any(self.form.cleaned_data.values()) if self.form.is_valid() else False

    def search(self, programmes: Programmes, _name: str, text: str) -> Programmes:
        """Every word occurs somewhere in what the programme says of itself."""
        for word in text.split():
            programmes = programmes.filter(
                Q(title__icontains=word)
                | Q(summary__icontains=word)
                | Q(objectives__icontains=word)
                | Q(audience__icontains=word)
            )
        return programmes

    def spoken_in(self, programmes: Programmes, _name: str, code: str) -> Programmes:
        """Taught in or interpreted into the language. Lists are compared as text: SQLite knows no `contains` on JSON."""
        listed = f'"{code}"'
        return programmes.annotate(
            taught=Cast("teaching_languages", TextField()),
            interpreted=Cast("interpretation_languages", TextField()),
        ).filter(Q(taught__contains=listed) | Q(interpreted__contains=listed))

    def at_time(self, programmes: Programmes, _name: str, value: str) -> Programmes:
        """Running, still to come or over, by the date in UTC."""
        today = self.now.date()
        if value == "running":
            return programmes.filter(start_date__lte=today, end_date__gte=today)
        if value == "upcoming":
            return programmes.filter(start_date__gt=today)
        return programmes.filter(end_date__lt=today)

    def open_for_registration(self, programmes: Programmes, _name: str, is_wanted: bool) -> Programmes:
        """Those one can register for now; an empty box asks for nothing."""
        if not is_wanted:
            return programmes
        return programmes.filter(registration_opens_at__lte=self.now, registration_closes_at__gt=self.now)


def search_helper() -> FormHelper:
    """How a form that narrows a public list is laid out."""
    helper = FormHelper()
    helper.form_method = "get"
    helper.form_class = "filters"
    helper.attrs = {"role": "search"}
    helper.add_input(Submit("", _("Show")))
    return helper
