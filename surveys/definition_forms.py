"""A proposed definition of the valid response, as organisers fill it in."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy

from registrations.models import Registration

LONGEST = 86_400


class BaseDefinitionForm(forms.Form):
    """A proposed definition of the valid response. What is valid fits `surveys.actions.define_base`."""

    name = forms.CharField(
        label=gettext_lazy("Name of the definition"),
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
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Languages included"),
        choices=settings.LANGUAGES,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=gettext_lazy("None ticked: every language."),
    )
    must_be_complete = forms.BooleanField(
        label=gettext_lazy("Complete responses only"),
        required=False,
        help_text=gettext_lazy("Leaves out responses that skip a question which counts for validity."),
    )
    must_be_finished = forms.BooleanField(
        label=gettext_lazy("Finished responses only"),
        required=False,
        help_text=gettext_lazy("Leaves out responses that were begun and never sent in to the end."),
    )
    leaves_out_tests = forms.BooleanField(
        label=gettext_lazy("Without tests"),
        required=False,
        help_text=gettext_lazy("Leaves out responses that somebody gave to try the survey."),
    )
    leaves_out_duplicates = forms.BooleanField(
        label=gettext_lazy("Without duplicates"),
        required=False,
        help_text=gettext_lazy("Leaves out responses that are marked as a repetition of another one."),
    )
    least_seconds = forms.IntegerField(
        label=gettext_lazy("Seconds at least"),
        required=False,
        min_value=0,
        max_value=LONGEST,
        help_text=gettext_lazy(
            "Leaves out responses that took less time than this. Empty: no limit. "
            "A response whose time is not known is never left out for it."
        ),
    )

    def clean_least_seconds(self) -> int:
        """Nothing is no limit."""
        return int(self.cleaned_data["least_seconds"] or 0)
