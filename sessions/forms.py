"""Input of organisers on the attendance pages."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registrations.models import Programme, Registration
from sessions.models import Attendance, TrainingSession


class TrainingSessionForm(forms.ModelForm):
    """A session as the back office enters it: on the days of its programme. Times are those of the active zone."""

    def clean(self) -> dict[str, Any]:
        """Refuse a start or an end outside the programme's days, in the programme's own zone."""
        cleaned = super().clean() or self.cleaned_data
        programme = cleaned.get("programme") or getattr(self.instance, "programme", None)
        if programme is None:
            return cleaned
        for name, margin in (("starts_at", dt.timedelta()), ("ends_at", dt.timedelta(microseconds=1))):
            moment = cleaned.get(name)
            if moment and not _is_within(programme, moment - margin):
                self.add_error(name, _outside_text(programme))
        return cleaned


def _is_within(programme: Programme, moment: dt.datetime) -> bool:
    return bool(programme.start_date <= moment.astimezone(programme.zone).date() <= programme.end_date)


def _outside_text(programme: Programme) -> str:
    days = {"first": date_format(programme.start_date), "last": date_format(programme.end_date)}
    return _("The programme runs from %(first)s to %(last)s: choose one of its days.") % days


class HandForm(forms.Form):
    """One person's minutes. `registration` is one of the session's programme."""

    registration = forms.ModelChoiceField(Registration.objects.none(), widget=forms.HiddenInput)
    minutes = forms.IntegerField(label=gettext_lazy("Minutes"), min_value=0)
    note = forms.CharField(
        label=gettext_lazy("Note"), max_length=Attendance._meta.get_field("note").max_length, required=False
    )

    def __init__(self, session: TrainingSession, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["registration"].queryset = Registration.objects.for_programme(session.programme)  # type: ignore[attr-defined]
        self.fields["minutes"].widget.attrs.update({"max": session.minutes})
