"""Forms that two people may fill in at once."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from registrations.two_at_once import Opened, opened_with


class AtOnce(forms.BaseForm):
    """Mixed into a form whose initial values are what is stored; its template sends `opened` along.

    What only somebody else has changed since the form was opened stays as they left it. Where both changed a field, the
    form is refused once with their version beside the field, and the next time takes its place.
    """

    def __init__(self, *args: Any, **options: Any) -> None:
        """As any form."""
        super().__init__(*args, **options)
        self.clashes: dict[str, str] = {}

    def clean(self) -> dict[str, Any]:
        """With what was stored meanwhile in place of fields that were left alone."""
        super().clean()
        opened = Opened.read(self.data.get("opened", ""))
        for name, value in list(self.cleaned_data.items()):
            mine, stored = _text(value), self._stored(name)
            if opened.is_clash(name, mine, stored):
                self.clashes[name] = stored
                self.add_error(name, told_of(stored or "–"))
            elif opened.is_theirs(name, mine, stored):
                self.cleaned_data[name] = self.get_initial_for_field(self.fields[name], name)
        return self.cleaned_data

    @property
    def opened(self) -> str:
        """What the form has shown so far, to be sent back with it."""
        sent = self.data.get("opened", "") if self.is_bound else ""
        shown = self.clashes if sent else {name: self._stored(name) for name in self.fields}
        return f"{sent} {opened_with(shown)}".strip()

    def _stored(self, name: str) -> str:
        return _text(self.get_initial_for_field(self.fields[name], name))


def told_of(stored: str) -> str:
    """The sentence beside a field that both have changed."""
    told = _("Somebody else has written this meanwhile: “%(text)s”. Save again to put yours in its place.")
    return told % {"text": stored}


def _text(value: object) -> str:
    return "" if value is None else str(value).replace("\r\n", "\n").strip()
