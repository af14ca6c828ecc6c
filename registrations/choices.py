"""Countries and languages to choose from, in the reader's language."""

import functools
import unicodedata
from typing import Any

from django.conf import settings
from django.forms import ChoiceField, Select
from django.forms.renderers import BaseRenderer
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext_lazy as _
from django_countries import countries


def country_choices() -> tuple[tuple[str, str], ...]:
    """(ISO alpha-2 code, name) of every country and territory, sorted by name in the active language."""
    return _countries_in(get_language() or settings.LANGUAGE_CODE)


def language_choices() -> list[tuple[str, str]]:
    """(code, the language's own name) of the languages we write in."""
    return [(code, get_language_info(code)["name_local"].capitalize()) for code, _name in settings.LANGUAGES]


class CountryField(ChoiceField):
    """One of the countries, checked by its code; to compare with 250 translated names takes as long as a query."""

    def valid_value(self, value: str) -> bool:
        """Whether this is the code of a country."""
        return any(code == value for code, _name in country_choices())


class CountrySelect(Select):
    """A select of some 250 countries, drawn once per language: one template per option would dominate the page."""

    def render(
        self, name: str, value: object, attrs: dict[str, Any] | None = None, renderer: BaseRenderer | None = None
    ) -> SafeString:
        """The select as HTML."""
        attributes = flatatt({**self.build_attrs(self.attrs, attrs), "name": name})
        return format_html("<select{}>{}</select>", attributes, country_options(str(value or "")))


def country_options(chosen: str) -> SafeString:
    """The options as HTML, the one with the code `chosen` selected."""
    options = _options_in(get_language() or settings.LANGUAGE_CODE)
    if not chosen.isalpha():
        return options
    return mark_safe(options.replace(f'value="{chosen}"', f'value="{chosen}" selected', 1))  # noqa: S308 (letters only)


@functools.cache
def _countries_in(language: str) -> tuple[tuple[str, str], ...]:
    named = [(code, str(name)) for code, name in countries]
    return tuple(sorted(named, key=lambda country: _sort_key(country[1])))


@functools.cache
def _options_in(language: str) -> SafeString:
    choices = (("", _("Choose")), *_countries_in(language))
    return format_html_join("\n", '<option value="{}">{}</option>', choices)


def _sort_key(name: str) -> str:
    """Accents do not count: Åland stands under A, Égypte under E."""
    plain = unicodedata.normalize("NFKD", name).casefold()
    return "".join(character for character in plain if not unicodedata.combining(character))
