"""Texts of a row in several languages: the original in its own column, versions beside it as data."""

from dataclasses import dataclass
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext_lazy as _

from registrations.isolation import isolated


@dataclass(frozen=True, slots=True)
class Told:
    """A text as a reader gets it: in the language asked for, or in the original where that is missing."""

    text: str
    language: str
    is_fallback: bool

    @property
    def is_rtl(self) -> bool:
        """Whether it is written from right to left."""
        return bool(get_language_info(self.language)["bidi"])

    def __str__(self) -> str:
        return self.text


class Words:
    """A row's texts in the language in use for sentences, by the names of their fields: `programme.words.title`."""

    def __init__(self, row: "Translated") -> None:
        self._row = row

    def __getattr__(self, field: str) -> str:
        try:
            return isolated(self._row.text(field))
        except KeyError:
            raise AttributeError(field) from None


class Translated(models.Model):
    """A row whose texts have versions in other languages.

    ``TRANSLATED`` names the fields. The column holds the original, in `source_language`; ``translations`` holds the
    versions as ``{"fr": {"label": "…"}}``. An empty version counts as missing.
    """

    TRANSLATED: ClassVar[tuple[str, ...]] = ()

    translations = models.JSONField(_("versions in other languages"), default=dict, blank=True)

    class Meta:
        abstract = True

    @property
    def source_language(self) -> str:
        """The language of the original."""
        return "en"

    def told(self, field: str, language: str | None = None) -> Told:
        """One text in a language (the active one unless given), else the original. Raises KeyError for other fields."""
        if field not in self.TRANSLATED:
            raise KeyError(field)
        wanted = language or get_language() or self.source_language
        original = str(getattr(self, field))
        if wanted == self.source_language:
            return Told(original, wanted, is_fallback=False)
        entered = self.entered(field, wanted)
        if entered:
            return Told(entered, wanted, is_fallback=False)
        return Told(original, self.source_language, is_fallback=bool(original))

    @property
    def words(self) -> Words:
        """The texts as `told`, for templates."""
        return Words(self)

    def is_told_in(self, language: str) -> bool:
        """Whether every text that there is can be read in this language."""
        return not self.missing(language)

    def text(self, field: str, language: str | None = None) -> str:
        """As `told`, the words alone; reads no other row."""
        if field not in self.TRANSLATED:
            raise KeyError(field)
        return self.entered(field, language or get_language() or "") or str(getattr(self, field))

    def entered(self, field: str, language: str) -> str:
        """What is entered for a language other than the original's; "" where nothing is."""
        texts: Any = self.translations.get(language, {})
        return str(texts.get(field, "")) if isinstance(texts, dict) else ""

    def missing(self, language: str) -> tuple[str, ...]:
        """The fields that have an original and no version in this language."""
        if language == self.source_language:
            return ()
        return tuple(name for name in self.TRANSLATED if getattr(self, name) and not self.entered(name, language))
