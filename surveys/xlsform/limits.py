"""Texts of a row held against the columns of the database."""

from collections.abc import Iterator

from django.core.exceptions import ValidationError
from django.db.models import Field, Model
from django.utils.translation import gettext as _


def limited(model: type[Model], **texts: str) -> Iterator[str]:
    """Sentences on texts that do not fit the fields of this name: too long, or of letters that are not allowed."""
    for name, text in texts.items():
        field = model._meta.get_field(name)
        if not isinstance(field, Field):
            continue
        if field.max_length is not None and len(text) > field.max_length:
            yield _("“%(text)s…” is too long: %(length)s characters, and there is room for %(most)s.") % {
                "text": text[:40],
                "length": len(text),
                "most": field.max_length,
            }
        elif name in {"name", "value", "form_id"}:
            yield from refused(field, text)


def refused(field: "Field[str, str]", text: str) -> Iterator[str]:
    """Sentences of the field's own checks."""
    try:
        field.run_validators(text)
    except ValidationError as error:
        for sentence in error.messages:
            yield f"“{text[:60]}”: {sentence}"
