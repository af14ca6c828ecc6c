"""What is checked of a survey when it is edited in the back office."""

from typing import Any

from django import forms
from django.forms import BaseInlineFormSet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from surveys.conditions import Asked, condition_problems, expression_problem
from surveys.models import Group, Question, Survey
from surveys.xlsform.reading import asked_of
from surveys.xlsform.rows import items_in
from surveys.xlsform.scales import scale_of_range, stated

SCALE = ("start", "end", "step")
TEXTS = ("label", "hint", "required_message", "constraint_message")


def survey_problems(survey: Survey) -> list[str]:
    """What is wrong between the questions of a survey as it is stored."""
    return [sentence for _name, sentence in condition_problems(asked_in(survey))]


def asked_in(survey: Survey, *, instead: Question | None = None) -> list[Asked]:
    """The questions and groups of a survey in their order, with one as it would be after a change."""
    questions = list(survey.questions.select_related("bank_question").prefetch_related("choices"))
    if instead is not None:
        questions = [instead if question.pk == instead.pk else question for question in questions]
    return asked_of(items_in(None, list(survey.groups.all()), questions))


def in_a_row(field: Any, **attributes: object) -> Any:
    """A field in a row of a table: a box of a fitting size, that says by itself what it is."""
    if field is not None:
        inner = getattr(field.widget, "widget", field.widget)
        inner.attrs.update({"aria-label": field.label, **attributes})
    return field


class SurveyForm(forms.ModelForm):
    """A survey as a whole."""

    class Meta:
        model = Survey
        fields = "__all__"  # noqa: DJ007 -- the admin says which
        widgets = {name: forms.Textarea({"rows": 4, "cols": 80, "dir": "auto"}) for name in ("introduction", "thanks")}

    def clean(self) -> dict[str, Any] | None:
        """A session of the same programme, and no placeholder in texts."""
        data = super().clean()
        session, programme = self._value("session"), self._value("programme")
        if session is not None and programme is not None and session.programme_id != programme.pk:
            self.add_error("session", _("This session belongs to another programme."))
        return data

    def _value(self, name: str) -> Any:
        """What is chosen, or what stands where the field cannot be changed."""
        if name in self.cleaned_data or name in self.fields:
            return self.cleaned_data.get(name)
        return getattr(self.instance, name, None) if self.instance.pk else None


class QuestionForm(forms.ModelForm):
    """A question on its own page, with its scale in three boxes instead of one text."""

    start = forms.DecimalField(label=gettext_lazy("Scale from"), required=False, max_digits=8)
    end = forms.DecimalField(label=gettext_lazy("to"), required=False, max_digits=8)
    step = forms.DecimalField(
        label=gettext_lazy("in steps of"),
        required=False,
        max_digits=8,
        help_text=gettext_lazy("For ratings only. Empty: from 1 to 5."),
    )

    class Meta:
        model = Question
        fields = "__all__"  # noqa: DJ007 -- the admin says which
        widgets = {
            "label": forms.Textarea({"rows": 2}),
            "hint": forms.Textarea({"rows": 2}),
            "relevant": forms.Textarea({"rows": 2, "dir": "ltr", "spellcheck": "false"}),
            "constraint": forms.Textarea({"rows": 2, "dir": "ltr", "spellcheck": "false"}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.kind == Question.Kind.RATING and self.instance.parameters:
            for name, value in stated(self.instance.parameters).items():
                self.initial[name] = value

    def clean_relevant(self) -> str:
        """A condition that can be read."""
        return self._expression("relevant")

    def clean_constraint(self) -> str:
        """A check that can be read."""
        return self._expression("constraint", is_constraint=True)

    def _expression(self, name: str, *, is_constraint: bool = False) -> str:
        text: str = self.cleaned_data[name]
        problem = expression_problem(text, is_constraint=is_constraint)
        if problem:
            raise forms.ValidationError(problem)
        return text

    def clean(self) -> dict[str, Any] | None:
        """A scale that is one, texts without placeholders, and conditions that can be decided."""
        data = super().clean()
        self._clean_scale()
        for name in TEXTS:
            if "${" in str(self.cleaned_data.get(name, "")):
                self.add_error(name, _("Texts that take in an answer, such as ${name}, are not supported."))
        return data

    def _clean_scale(self) -> None:
        if not set(SCALE) <= self.fields.keys():
            return
        given = {name: f"{self.cleaned_data[name]:f}" for name in SCALE if self.cleaned_data.get(name) is not None}
        if not given or self.cleaned_data.get("kind") != Question.Kind.RATING:
            self.instance.parameters = {}
            return
        scale = scale_of_range({**dict.fromkeys(SCALE, "1"), "end": "5", **given})
        if scale is None:
            self.add_error("end", _("The scale must go from its start to its end in steps, with 101 values at most."))
        else:
            self.instance.parameters = scale

    def _post_clean(self) -> None:
        """After the row has been filled in: look at it among the other questions."""
        super()._post_clean()  # type: ignore[misc]
        if self.instance.pk and not self.errors:
            for name, sentence in condition_problems(asked_in(self.instance.survey, instead=self.instance)):
                if name == self.instance.name or f"“{self.instance.name}”" in sentence:
                    self.add_error("relevant" if "relevant" in self.fields else None, sentence)


class GroupFormSet(BaseInlineFormSet):
    """The groups on the survey's page."""

    def clean(self) -> None:
        """Conditions that can be read, and no group inside itself."""
        super().clean()
        for form in self.forms:
            data = getattr(form, "cleaned_data", {})
            problem = expression_problem(data.get("relevant", ""))
            if problem:
                form.add_error("relevant", problem)
            if is_inside_itself(form.instance, data.get("parent")):
                form.add_error("parent", _("A group cannot stand inside itself."))


def is_inside_itself(group: Group, parent: Group | None) -> bool:
    """Whether going up from a group leads back to it."""
    seen = 0
    while parent is not None and seen < 100:
        if parent.pk == group.pk:
            return True
        parent, seen = parent.parent, seen + 1
    return seen >= 100
