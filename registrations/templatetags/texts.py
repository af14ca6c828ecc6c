"""Texts of rows in the reader's language."""

from dataclasses import replace

from django import template
from django.utils.html import format_html, linebreaks
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import get_language

from registrations.isolation import isolated
from registrations.models import Told, Translated

register = template.Library()
WORDS_OF_BEGINNING = 40


@register.filter(name="isolated")
def isolated_text(text: object) -> str:
    """A name or title for plain text, an attribute or the title of a page: see `registrations.isolation`."""
    return isolated(str(text))


@register.filter
def told(row: Translated, field: str) -> SafeString:
    """A short text, apart from the letters around it; one that is not in the page's language names its own."""
    return _marked(row.told(field), "bdi")


@register.filter
def told_lines(row: Translated, field: str) -> SafeString:
    """A long text in paragraphs, marked likewise."""
    text = row.told(field)
    return format_html("<div{}>{}</div>", _language(text), SafeString(linebreaks(text.text, autoescape=True)))


@register.filter
def told_paragraph(row: Translated, field: str) -> SafeString:
    """A text as one paragraph, marked likewise."""
    return _marked(row.told(field), "p")


@register.filter
def told_beginning(row: Translated, field: str) -> SafeString:
    """The first words of a text as one paragraph, marked likewise."""
    text = row.told(field)
    return _marked(replace(text, text=Truncator(text.text).words(WORDS_OF_BEGINNING)), "p")


@register.filter
def lang_of(row: Translated, field: str) -> SafeString:
    """The attributes of an element whose content is this text: none where it is in the page's language."""
    return _language(row.told(field))


def _marked(text: Told, tag: str) -> SafeString:
    name = SafeString(tag)
    return format_html("<{}{}>{}</{}>", name, _language(text), text.text, name)


def _language(text: Told) -> SafeString:
    if text.language == get_language():
        return SafeString("")
    return format_html(' lang="{}" dir="{}"', text.language, "rtl" if text.is_rtl else "ltr")
