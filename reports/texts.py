"""Every text of a programme that participants read, with its versions in other languages: what there is, what is missing."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.db.models import TextField
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from registrations.models import Programme, Translated
from sessions.models import Speaker, TrainingSession
from surveys.models import Survey

LONGEST_TEXT = 10_000


@dataclass(frozen=True, slots=True)
class Entry:
    """One text: the row and field that hold it, its original, and whether it may run over several lines."""

    row: Translated
    field: str

    @property
    def key(self) -> str:
        """What names it on the page: the table, the row's key and the field."""
        return f"{self.row._meta.model_name}-{self.row.pk}-{self.field}"

    @property
    def label(self) -> str:
        """What the text is."""
        return capfirst(str(getattr(self.row._meta.get_field(self.field), "verbose_name", self.field)))

    @property
    def original(self) -> str:
        """As it was written first."""
        return str(getattr(self.row, self.field))

    @property
    def is_long(self) -> bool:
        """Whether it may have paragraphs."""
        return isinstance(self.row._meta.get_field(self.field), TextField)

    @property
    def longest(self) -> int:
        """How many letters a version may have: as many as the original's column."""
        return getattr(self.row._meta.get_field(self.field), "max_length", None) or LONGEST_TEXT

    def version(self, language: str) -> str:
        """What is entered for a language, "" where nothing is."""
        return self.row.entered(self.field, language)


@dataclass(frozen=True, slots=True)
class Part:
    """Texts that stand together, under a heading."""

    title: str
    entries: tuple[Entry, ...]

    def missing(self, language: str) -> int:
        """How many have no version in this language."""
        return sum(not entry.version(language) for entry in self.entries)


@dataclass(frozen=True, slots=True)
class Coverage:
    """How far one language is."""

    code: str
    name: str
    done: int
    total: int

    @property
    def missing(self) -> int:
        """Texts without a version."""
        return self.total - self.done


def parts_of(programme: Programme) -> tuple[Part, ...]:
    """All texts by part, in the order in which people meet them; a constant number of queries."""
    found = [
        Part(_("Programme"), tuple(_entries([programme, *programme.partners.all()]))),
        *(_session(session) for session in _sessions(programme)),
        Part(_("Speakers"), tuple(_entries(Speaker.objects.filter(programme=programme).select_related("programme")))),
        Part(_("Topics of the list of people"), tuple(_entries(programme.topics.all()))),
        Part(_("Impact stories"), tuple(_entries(programme.stories.all()))),
        Part(_("Messages that are not sent yet"), tuple(_entries(programme.campaigns.drafts()))),
        *(_survey(survey) for survey in Survey.objects.for_programme(programme).with_questions()),
    ]
    return tuple(part for part in found if part.entries)


def coverage(programme: Programme, parts: Iterable[Part]) -> tuple[Coverage, ...]:
    """How far each language is in which the programme is not written already."""
    entries = [entry for part in parts for entry in part.entries]
    return tuple(
        Coverage(code, str(name), sum(bool(entry.version(code)) for entry in entries), len(entries))
        for code, name in settings.LANGUAGES
        if code != programme.language
    )


def _sessions(programme: Programme) -> Iterable[TrainingSession]:
    return TrainingSession.objects.for_programme(programme).with_speakers().prefetch_related("materials")


def _session(session: TrainingSession) -> Part:
    title = _("Session %(number)s") % {"number": session.number}
    return Part(title, tuple(_entries([session, *session.appearances.all(), *session.materials.all()])))


def _survey(survey: Survey) -> Part:
    rows: list[Translated] = [survey, *survey.groups.all()]
    for question in survey.questions.all():
        rows += [question, *question.choices.all()]
    return Part(_("Survey: %(title)s") % {"title": survey.title}, tuple(_entries(rows)))


def _entries(rows: Iterable[Translated]) -> Iterator[Entry]:
    """Those that have an original: what is empty needs no version."""
    for row in rows:
        for field in row.TRANSLATED:
            if getattr(row, field):
                yield Entry(row, field)


@transaction.atomic
def save_versions(versions: Iterable[tuple[Entry, str]], language: str) -> int:
    """Store the versions that differ; what somebody else wrote meanwhile in another language stays. How many differ."""
    changed = 0
    by_row: dict[tuple[type[Translated], int], list[tuple[Entry, str]]] = {}
    for entry, text in versions:
        if entry.version(language) != text:
            by_row.setdefault((type(entry.row), entry.row.pk), []).append((entry, text))
    for entries in by_row.values():
        row = type(entries[0][0].row)._default_manager.select_for_update().get(pk=entries[0][0].row.pk)
        told = {**row.translations.get(language, {}), **{entry.field: text for entry, text in entries}}
        row.translations = {**row.translations, language: {field: text for field, text in told.items() if text}}
        row.save(update_fields=["translations"])
        changed += len(entries)
    return changed
