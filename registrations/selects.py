"""Selects of many options, drawn at once."""

import functools
from typing import Any

from django import forms
from django.forms.renderers import BaseRenderer
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe


class QuickSelect(forms.Select):
    """As Django's, for choices without groups, one of which is chosen: two templates for each take longer than a page.

    So do a hundred languages, 400 time zones, and the answers to all questions of a survey.
    """

    def render(
        self, name: str, value: object, attrs: dict[str, Any] | None = None, renderer: BaseRenderer | None = None
    ) -> SafeString:
        """The select as HTML."""
        attributes = flatatt(self.build_attrs({"name": name, **self.attrs}, attrs))
        options = _options(tuple((str(code), str(text)) for code, text in self.choices))
        chosen = format_html('value="{}"', *self.format_value(value))
        # `chosen` is escaped, and has an effect only where it is the value of an option.
        drawn = mark_safe(options.replace(chosen, f"{chosen} selected", 1))  # noqa: S308
        return format_html("<select{}>{}</select>", attributes, drawn)


@functools.lru_cache(maxsize=256)
def _options(choices: tuple[tuple[str, str], ...]) -> SafeString:
    """Drawn once for each set of choices."""
    return format_html_join("\n", '<option value="{}">{}</option>', choices)


def quick_choice(label: Any) -> forms.ChoiceField:
    """A choice that may be left open; its choices are set by the form."""
    return forms.ChoiceField(label=label, required=False, widget=QuickSelect)
