"""What coders send in."""

from collections.abc import Iterable, Mapping

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from registrations.backoffice import OneLineField
from sessions.sent import whole_number

MOST_TEXTS = 100
NONE_FITS = "none"


class CodeForm(forms.Form):
    """A new code."""

    label = OneLineField(label=_("Label"), max_length=120)
    definition = forms.CharField(
        label=_("Definition"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("When a text gets this code, and when it does not."),
    )


def decisions_of(data: QueryDict) -> Mapping[int, Iterable[str]]:
    """What was decided on each text of the page: codes by response, only of those that were decided on.

    A text was decided on when a code or "none fits" is ticked, or when it had been gone through before.
    """
    found: dict[int, list[str]] = {}
    for sent in data.getlist("text")[:MOST_TEXTS]:
        response = whole_number(sent)
        if not response:
            continue
        ticked = data.getlist(f"codes-{response}")
        codes = [name for name in ticked if name != NONE_FITS]
        if ticked or f"before-{response}" in data:
            found[response] = codes
    return found
