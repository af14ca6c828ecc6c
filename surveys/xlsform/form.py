"""A form as plain values: what a workbook says, and what a survey's rows say, in one shape."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

Translations: TypeAlias = Mapping[str, Mapping[str, str]]
"""Versions of texts: language, then field, as in `Translated.translations`. No empty text, no empty language."""


@dataclass(frozen=True)
class FormChoice:
    """One option."""

    value: str
    label: str
    translations: Translations = field(default_factory=dict)
    is_exclusive: bool = False
    is_other: bool = False


@dataclass(frozen=True)
class FormQuestion:
    """One question; its fields are those of `surveys.models.Question`."""

    name: str
    kind: str
    label: str
    hint: str = ""
    translations: Translations = field(default_factory=dict)
    is_required: bool = False
    required_message: str = ""
    relevant: str = ""
    constraint: str = ""
    constraint_message: str = ""
    appearance: str = ""
    parameters: Mapping[str, str] = field(default_factory=dict)
    list_name: str = ""
    choices: tuple[FormChoice, ...] = ()
    counts_for_validity: bool = False
    bank_key: str = ""


@dataclass(frozen=True)
class FormGroup:
    """Questions and groups that belong together; its fields are those of `surveys.models.Group`."""

    name: str
    label: str = ""
    translations: Translations = field(default_factory=dict)
    appearance: str = ""
    relevant: str = ""
    items: tuple["FormQuestion | FormGroup", ...] = ()


Item: TypeAlias = FormQuestion | FormGroup


@dataclass(frozen=True)
class Form:
    """A whole form. What the file leaves open is None: those are decided when it is loaded."""

    form_id: str
    title: str
    language: str
    items: tuple[Item, ...]
    introduction: str = ""
    thanks: str = ""
    translations: Translations = field(default_factory=dict)
    version: str = ""
    kind: str | None = None
    session_number: int | None = None
    is_anonymous: bool | None = None
    opens_at: dt.datetime | None = None
    closes_at: dt.datetime | None = None

    @property
    def questions(self) -> tuple[FormQuestion, ...]:
        """All questions in their order."""
        return tuple(item for item, _parents in walked(self.items) if isinstance(item, FormQuestion))

    @property
    def groups(self) -> tuple[FormGroup, ...]:
        """All groups in their order, each before those inside it."""
        return tuple(item for item, _parents in walked(self.items) if isinstance(item, FormGroup))

    @property
    def languages(self) -> tuple[str, ...]:
        """The language of the original, then every language that any text has a version in."""
        found: dict[str, None] = {self.language: None}
        texts = [self.translations, *(item.translations for item, _parents in walked(self.items))]
        texts += [choice.translations for question in self.questions for choice in question.choices]
        for translations in texts:
            found.update(dict.fromkeys(translations))
        return tuple(found)


def walked(
    items: tuple[Item, ...], parents: tuple[FormGroup, ...] = ()
) -> Iterator[tuple[Item, tuple[FormGroup, ...]]]:
    """Every item in its order, with the groups that it stands in from the outermost on."""
    for item in items:
        yield item, parents
        if isinstance(item, FormGroup):
            yield from walked(item.items, (*parents, item))
