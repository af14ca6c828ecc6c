"""Registrations as a table to take away: what was asked and when. Organisers only."""

import datetime as dt
from collections.abc import Iterator, Mapping

from django.db.models import QuerySet

from registrations.forms import PersonForm
from registrations.models import PrivacyText, Programme, Registration

MOMENTS = ("registered_at", "consented_at", "confirmed_at", "seated_at", "withdrawn_at")
EXPORTED = ("programme", "status", "email", *PersonForm.base_fields, *MOMENTS, "privacy_text")
CHUNK = 1000  # people in memory at once


def rows_of(people: QuerySet[Registration]) -> Iterator[list[str]]:
    """The cells of `EXPORTED`: moments in ISO 8601 and UTC, choices by their codes. Three queries for any number."""
    programmes = dict(Programme.objects.order_by().values_list("pk", "title"))
    texts = {text.pk: str(text) for text in PrivacyText.objects.order_by()}
    kept = [name for name in EXPORTED if name != "status"]
    for person in people.select_related(None).only(*kept).iterator(chunk_size=CHUNK):
        yield [_cell(person, name, programmes, texts) for name in EXPORTED]


def _cell(person: Registration, name: str, programmes: Mapping[int, str], texts: Mapping[int, str]) -> str:
    if name == "programme":
        return programmes[person.programme_id]
    if name == "privacy_text":
        return texts[person.privacy_text_id]
    value = getattr(person, name)
    return "" if value is None else value.isoformat() if isinstance(value, dt.datetime) else str(value)
