"""What templates of the directory say."""

from collections.abc import Iterable

from django import template

from registrations.people.languages import names_of

register = template.Library()


@register.filter
def spoken(codes: Iterable[str]) -> list[tuple[str, str]]:
    """(code, own name) of the languages."""
    return names_of(codes)
