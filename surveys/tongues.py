"""The texts of a survey in another language: what there is to say, and keeping what was written."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from django.db import transaction

from surveys.models import Choice, Group, Question, Survey

Row: TypeAlias = Survey | Group | Question | Choice


@dataclass(frozen=True)
class Text:
    """One text of one row: the original, and what stands for it in a language so far."""

    row: Row
    field: str
    original: str
    version: str

    @property
    def key(self) -> str:
        """The name of its box on the page."""
        return f"{type(self.row).__name__.lower()}-{self.row.pk}-{self.field}"

    @property
    def what(self) -> str:
        """What kind of text it is."""
        if isinstance(self.row, Choice):
            return str(Choice._meta.verbose_name)
        return str(self.row._meta.get_field(self.field).verbose_name)  # type: ignore[union-attr]

    @property
    def longest(self) -> int:
        """How many characters there is room for."""
        return getattr(self.row._meta.get_field(self.field), "max_length", None) or 10_000


def rows_of(survey: Survey) -> list[Row]:
    """All rows with texts, in the order in which they are read. Four queries."""
    questions = list(survey.questions.prefetch_related("choices"))
    parts: list[tuple[int, int, Row]] = [(group.position, 0, group) for group in survey.groups.all()]
    parts += [(question.position, 1, question) for question in questions]
    rows: list[Row] = [survey]
    for _position, _order, row in sorted(parts, key=lambda part: part[:2]):
        rows.append(row)
        if isinstance(row, Question):
            rows += row.choices.all()
    return rows


def texts_of(rows: Sequence[Row], language: str) -> Iterator[Text]:
    """The texts that these rows have in the original."""
    for row in rows:
        for field in row.TRANSLATED:
            original = str(getattr(row, field))
            if original:
                yield Text(row, field, original, row.entered(field, language))


@transaction.atomic
def keep_versions(texts: Sequence[Text], written: Mapping[str, str], language: str) -> int:
    """Keep what was written for these texts, by their keys; the number of texts that changed. Empty: no version."""
    changed: dict[tuple[str, int], Row] = {}
    count = 0
    for text in texts:
        if text.key not in written:
            continue
        version = written[text.key].replace("\r\n", "\n").strip()
        if version == text.version:
            continue
        count += 1
        row = changed.setdefault((type(text.row).__name__, text.row.pk), text.row)
        versions = {**row.translations.get(language, {}), text.field: version}
        kept = {field: words for field, words in versions.items() if words}
        row.translations = {**row.translations, language: kept}
        if not kept:
            del row.translations[language]
    for row in changed.values():
        type(row)._default_manager.filter(pk=row.pk).update(translations=row.translations)
    return count
