"""A survey as a form, and the form for the definition of its valid response."""

from collections.abc import Mapping
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registrations.models import Registration
from surveys.actions import LONGEST_TEXT, RawAnswer, too_long_text
from surveys.models import Question, Survey


class SurveyForm(forms.Form):
    """The questions of one survey, a field each, named as the question.

    What is not required may be left empty, which is stored as declined. Valid data fits `surveys.actions.respond`.
    """

    def __init__(self, survey: Survey, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data=data)
        for question in survey.questions.all():
            self.fields[question.name] = answer_field(question)
        self.helper = FormHelper(self)
        self.helper.form_class = "survey"
        self.helper.add_input(Submit("send", _("Send my answers")))

    def show_only(self) -> None:
        """Show what was typed, without a button to send it and without complaints about it."""
        self.helper.inputs = []
        self.helper.form_show_errors = False

    @property
    def answers(self) -> dict[str, RawAnswer]:
        """The cleaned answers by the questions' names."""
        return dict(self.cleaned_data)


class AnswerTextField(forms.CharField):
    """A text of limited length; a line break counts as one character, as in the browser."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> str:
        """The text as it is stored."""
        return str(super().to_python(value) or "").replace("\r\n", "\n").strip()

    def validate(self, value: str) -> None:
        """Refuse what is too long, saying by how much."""
        super().validate(value)
        if len(value) > LONGEST_TEXT:
            raise forms.ValidationError(too_long_text(len(value)))

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """No length limit in the browser: it would cut a pasted text without a word."""
        return {**super().widget_attrs(widget), "rows": 5}


class OneOption(forms.RadioSelect):
    """Radio buttons that do not hide it when several options were sent."""

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Any:
        """What was sent: the one value, or the list of several that differ."""
        sent = list(dict.fromkeys(data.getlist(name))) if isinstance(data, MultiValueDict) else []
        return sent if len(sent) > 1 else super().value_from_datadict(data, files, name)


class OneOptionField(forms.ChoiceField):
    """A choice of one option; several are refused, and none of them is taken for the answer."""

    widget = OneOption

    def clean(self, value: Any) -> Any:
        """The one value."""
        if isinstance(value, list):
            raise forms.ValidationError(_("Please choose one option only."))
        return super().clean(value)


def answer_field(question: Question) -> forms.Field:
    """The form field for one question: its label, hint and options."""
    common: dict[str, Any] = {
        "label": question.label,
        "help_text": escape(question.hint),
        "required": question.is_required,
        "error_messages": {"required": _("Please answer this question.")},
    }
    if question.kind == Question.Kind.TEXT:
        return AnswerTextField(**common)
    options = option_labels(question)
    if question.kind == Question.Kind.SELECT_MULTIPLE:
        return forms.MultipleChoiceField(choices=options, widget=forms.CheckboxSelectMultiple, **common)
    if not question.is_required:
        options.append(("", _("No answer")))
    attributes = {"class": "scale"} if question.kind == Question.Kind.RATING else {}
    return OneOptionField(choices=options, widget=OneOption(attrs=attributes), **common)


def option_labels(question: Question) -> list[tuple[str, str]]:
    """The options as they are offered; a rating shows its number beside its label."""
    if question.kind != Question.Kind.RATING:
        return list(question.options.items())
    return [
        (value, value if label == value else _("%(number)s – %(label)s") % {"number": value, "label": label})
        for value, label in question.options.items()
    ]


class BaseDefinitionForm(forms.Form):
    """A proposed definition of the valid response."""

    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=200,
        help_text=gettext_lazy("As it shall stand beside the figures, such as “Four sectors, complete”."),
    )
    sectors = forms.MultipleChoiceField(
        label=gettext_lazy("Sectors included"),
        choices=Registration.Sector.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=gettext_lazy("None ticked: every sector."),
    )
    must_be_complete = forms.BooleanField(
        label=gettext_lazy("Complete responses only"),
        required=False,
        help_text=gettext_lazy("Leaves out responses that skip a question which counts for validity."),
    )
