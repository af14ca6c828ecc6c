"""Selects of many options, drawn at once."""

from typing import Any

from django import forms
from django.forms.renderers import BaseRenderer
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString


class QuickSelect(forms.Select):
    """A select of a hundred languages, or of 400 time zones: one template each takes longer than a page."""

    def render(
        self, name: str, value: object, attrs: dict[str, Any] | None = None, renderer: BaseRenderer | None = None
    ) -> SafeString:
        """The select as HTML."""
        attributes = flatatt({**self.build_attrs(self.attrs, attrs), "name": name})
        rows = (
            (code, SafeString(" selected") if str(code) == str(value or "") else "", text)
            for code, text in self.choices
        )
        return format_html("<select{}>{}</select>", attributes, format_html_join("\n", _OPTION, rows))


_OPTION = '<option value="{}"{}>{}</option>'


def quick_choice(label: Any) -> forms.ChoiceField:
    """A choice that may be left open; its choices are set by the form."""
    return forms.ChoiceField(label=label, required=False, widget=QuickSelect)
