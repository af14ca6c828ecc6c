"""What is typed when organisers decide about people."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from certificates.models.decisions import LONGEST_NOTE

MOST_ADDRESSES = 5000
_ADDRESS = re.compile(r"[^\s,;<>\"'()|]+@[^\s,;<>\"'()|]+")


class ReasonForm(forms.Form):
    """Why an exception is made."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy("It is kept with your name and today’s date. The person reads it on the personal page."),
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField", "dir": "auto"}),
    )


class FindForm(forms.Form):
    """Whom an exception is made for."""

    email = forms.CharField(
        label=gettext_lazy("E-mail address of the person"),
        max_length=254,
        widget=forms.EmailInput(attrs={"class": "vTextField", "autocomplete": "off", "dir": "ltr"}),
    )


class AddressesForm(forms.Form):
    """Addresses pasted from a mail, a list or a column of a table."""

    addresses = forms.CharField(
        label=gettext_lazy("E-mail addresses"),
        help_text=gettext_lazy("One per line, or pasted from a table: whatever looks like an address is taken."),
        max_length=500_000,
        widget=forms.Textarea(attrs={"rows": 5, "class": "vLargeTextField", "dir": "ltr", "spellcheck": "false"}),
    )

    def clean_addresses(self) -> list[str]:
        """The addresses, each once, in small letters."""
        found = [each.strip(".").lower() for each in _ADDRESS.findall(str(self.cleaned_data["addresses"]))]
        if not found:
            raise forms.ValidationError(gettext_lazy("There is no e-mail address in this text."))
        if len(found) > MOST_ADDRESSES:
            raise forms.ValidationError(gettext_lazy("Paste at most 5,000 addresses at a time."))
        return list(dict.fromkeys(found))


class NoteForm(forms.Form):
    """What is written down beside a yes."""

    note = forms.CharField(
        label=gettext_lazy("Note"),
        help_text=gettext_lazy("Organisers see it, and the person among the own data."),
        max_length=LONGEST_NOTE,
        required=False,
        widget=forms.TextInput(attrs={"class": "vTextField", "dir": "auto"}),
    )


def chosen(data: Any) -> list[int]:
    """The registrations that are ticked in a list."""
    return [int(each) for each in data.getlist("person") if each.isdecimal() and len(each) < 19][:MOST_ADDRESSES]
