"""The rows of the form on which a rule is put together: one small form for each kind of requirement."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from certificates.models import Assignment
from certificates.requirements import (
    LONGEST_TEXT,
    MOST,
    MOST_MINUTES,
    MOST_SESSIONS,
    AssignmentAccepted,
    Group,
    Minutes,
    Mode,
    Node,
    OrganisersYes,
    Sessions,
    SurveyAnswered,
    TheseSessions,
)
from registrations.models import Programme
from sessions.models import TrainingSession
from surveys.models import Survey


@dataclass(frozen=True, slots=True)
class Choices:
    """What can be chosen from in a programme: values and labels."""

    sessions: list[tuple[str, str]]
    surveys: list[tuple[str, str]]
    assignments: list[tuple[str, str]]

    @classmethod
    def of(cls, programme: Programme) -> "Choices":
        """Fetch them; three queries."""
        return cls(
            [(str(each.pk), str(each)) for each in TrainingSession.objects.for_programme(programme)],
            [(str(each.pk), each.title) for each in Survey.objects.for_programme(programme)],
            [(str(each.pk), each.title) for each in Assignment.objects.filter(programme=programme)],
        )


class RowForm(forms.Form):
    """One requirement; what it is called, and the field that its errors stand at."""

    kind = ""
    legend: Any = ""
    main_field = ""
    required_css_class = "required"

    def __init__(self, *args: Any, choices: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer(choices)

    def offer(self, choices: Choices) -> None:
        """Fill in what can be chosen."""

    def node(self) -> Node:
        """The requirement that a valid form stands for."""
        raise NotImplementedError


def _fill(form: RowForm, name: str, choices: list[tuple[str, str]]) -> None:
    field = form.fields[name]
    if isinstance(field, forms.ChoiceField):
        field.choices = choices


class SessionsForm(RowForm):
    """So many sessions, whichever."""

    kind, legend, main_field = "sessions", gettext_lazy("Sessions attended"), "at_least"
    at_least = forms.IntegerField(label=gettext_lazy("At least so many"), min_value=1, max_value=MOST_SESSIONS)

    def node(self) -> Sessions:
        """The requirement."""
        return Sessions(self.cleaned_data["at_least"])


class MinutesForm(RowForm):
    """So many minutes in all."""

    kind, legend, main_field = "minutes", gettext_lazy("Minutes of presence in all"), "at_least"
    at_least = forms.IntegerField(label=gettext_lazy("At least so many"), min_value=1, max_value=MOST_MINUTES)

    def node(self) -> Minutes:
        """The requirement."""
        return Minutes(self.cleaned_data["at_least"])


class TheseSessionsForm(RowForm):
    """Particular sessions, all of them."""

    kind, legend, main_field = "these_sessions", gettext_lazy("Particular sessions attended"), "sessions"
    sessions = forms.MultipleChoiceField(
        label=gettext_lazy("Each of these"), widget=forms.CheckboxSelectMultiple(attrs={"class": "rule-checks"})
    )

    def offer(self, choices: Choices) -> None:
        """The programme's sessions."""
        _fill(self, "sessions", choices.sessions)

    def node(self) -> TheseSessions:
        """The requirement."""
        return TheseSessions(tuple(sorted(map(int, self.cleaned_data["sessions"]))))


class SurveyForm(RowForm):
    """A survey answered."""

    kind, legend, main_field = "survey", gettext_lazy("Survey answered"), "survey"
    survey = forms.ChoiceField(label=gettext_lazy("Which survey"), required=False)

    def offer(self, choices: Choices) -> None:
        """The programme's surveys, or any."""
        _fill(self, "survey", [("", _("Any survey of the programme")), *choices.surveys])

    def node(self) -> SurveyAnswered:
        """The requirement."""
        chosen = self.cleaned_data["survey"]
        return SurveyAnswered(int(chosen) if chosen else None)


class AssignmentForm(RowForm):
    """An assignment accepted."""

    kind, legend, main_field = "assignment", gettext_lazy("Assignment accepted"), "assignment"
    assignment = forms.ChoiceField(
        label=gettext_lazy("Which assignment"),
        help_text=gettext_lazy("Assignments are entered on a page of their own; an organiser accepts them."),
    )

    def offer(self, choices: Choices) -> None:
        """The programme's assignments."""
        _fill(self, "assignment", [("", "–"), *choices.assignments])

    def node(self) -> AssignmentAccepted:
        """The requirement."""
        return AssignmentAccepted(int(self.cleaned_data["assignment"]))


class YesForm(RowForm):
    """An organiser's yes."""

    kind, legend, main_field = "yes", gettext_lazy("An organiser’s yes"), "about"
    about = forms.CharField(
        label=gettext_lazy("What the organiser confirms"),
        help_text=gettext_lazy("Participants read it. Example: took part in the group work."),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.TextInput(attrs={"class": "vTextField", "dir": "auto"}),
    )

    def node(self) -> OrganisersYes:
        """The requirement."""
        return OrganisersYes(" ".join(self.cleaned_data["about"].split()))


class GroupForm(RowForm):
    """How many members of a group are asked for."""

    kind, legend, main_field = "group", gettext_lazy("Group"), "mode"
    mode = forms.ChoiceField(
        label=gettext_lazy("How many of these must be met"),
        choices=[
            (Mode.ALL.value, gettext_lazy("All of them")),
            (Mode.ANY.value, gettext_lazy("Any one of them")),
            (Mode.AT_LEAST.value, gettext_lazy("At least a number of them")),
        ],
    )
    count = forms.IntegerField(label=gettext_lazy("How many"), required=False, min_value=1, max_value=MOST)

    def clean(self) -> dict[str, Any]:
        """A number where one is asked for."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("mode") == Mode.AT_LEAST and data.get("count") is None and "count" not in self.errors:
            self.add_error("count", _("Write how many of them must be met."))
        return data

    def group(self, members: tuple[Node, ...]) -> Group:
        """The group around its members."""
        mode = Mode(self.cleaned_data["mode"])
        return Group(mode, members, self.cleaned_data["count"] if mode is Mode.AT_LEAST else 0)


FORMS: Mapping[str, type[RowForm]] = {
    form.kind: form
    for form in (SessionsForm, MinutesForm, TheseSessionsForm, SurveyForm, AssignmentForm, YesForm, GroupForm)
}


class ShareForm(forms.Form):
    """From when on a session counts as attended, everywhere in the rule."""

    share_required = forms.IntegerField(
        label=gettext_lazy("A session counts as attended from this share of its length on, in percent"),
        help_text=gettext_lazy("It holds for the whole rule, for the certificate and for the published results."),
        min_value=1,
        max_value=100,
    )
