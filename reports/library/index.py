"""The index of the library: made of published talks and stories, only where something changed. Safe to run twice."""

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Prefetch
from django_countries import countries

from registrations.folding import weights_of
from registrations.models import Translated
from reports.library.models import LibraryEntry, LibraryHit, LibraryTerm, Story
from sessions.chunks import in_chunks
from sessions.models import Appearance

CHUNK = 200
TITLE, NAME, BODY = 5, 3, 1  # how much a term counts by where it stands
_LINES = 500


@dataclass(frozen=True, slots=True)
class Draft:
    """An entry as it should be."""

    columns: dict[str, Any]
    texts: list[tuple[str, int]]

    @property
    def key(self) -> tuple[str, int]:
        """The kind and key of its row."""
        kind = "talk" if self.columns["talk_id"] else "story"
        return kind, self.columns[f"{kind}_id"]

    @property
    def digest(self) -> str:
        """Of everything that it holds."""
        return hashlib.sha256(json.dumps([self.columns, self.texts], default=str).encode()).hexdigest()


def index_library(*, now: dt.datetime) -> int:
    """Bring the index up to date; how many entries changed. Writes in short transactions, a chunk of entries each."""
    known = {
        ("talk", talk) if talk else ("story", story): (pk, digest)
        for pk, digest, talk, story in LibraryEntry.objects.values_list("pk", "digest", "talk_id", "story_id")
    }
    seen, changed, waiting = set(), 0, []
    for draft in _drafts(now):
        seen.add(draft.key)
        if known.get(draft.key, (0, ""))[1] != draft.digest:
            waiting.append(draft)
            changed += 1
        if len(waiting) >= CHUNK:
            _write(waiting, now)
            waiting = []
    _write(waiting, now)
    gone = [pk for key, (pk, _digest) in known.items() if key not in seen]
    for chunk in in_chunks(gone, _LINES):
        LibraryEntry.objects.filter(pk__in=chunk).delete()
    return changed + len(gone)


def public_talks(now: dt.datetime) -> Any:
    """Parts of speakers in published programmes that are over; people who were made up have none."""
    return Appearance.objects.filter(
        role=Appearance.Role.SPEAKER,
        speaker__is_synthetic=False,
        session__programme__published_at__lte=now,
        session__programme__end_date__lt=now.date(),
    )


def public_stories(now: dt.datetime) -> Any:
    """Published stories of published programmes."""
    return Story.objects.filter(published_at__lte=now, programme__published_at__lte=now)


def _drafts(now: dt.datetime) -> Iterator[Draft]:
    stories = Prefetch("stories", public_stories(now).order_by("position", "pk"))
    talks = public_talks(now).select_related("session__programme", "speaker__programme").order_by("pk")
    for talk in talks.prefetch_related(stories, "session__languages", "session__materials").iterator(CHUNK):
        yield _of_talk(talk)
    told = public_stories(now).select_related("programme").order_by("pk")
    parts = Prefetch("talks", public_talks(now).select_related("speaker__programme", "session__programme"))
    for story in told.prefetch_related(parts).iterator(CHUNK):
        yield _of_story(story)


def _of_talk(talk: Appearance) -> Draft:
    session, stories = talk.session, list(talk.stories.all())
    first = stories[0] if stories else None
    spoken = {one.language for one in session.languages.all()} or set(session.programme.teaching_languages)
    columns = {
        "programme_id": session.programme_id,
        "session_id": session.pk,
        "talk_id": talk.pk,
        "story_id": None,
        "day": session.starts_at.astimezone(session.programme.zone).date(),
        "place": session.number,
        "country": str(first.country) if first else "",
        "city": first.city if first else "",
        "sdgs": sorted({goal for story in stories for goal in story.sdgs}),
        "languages": sorted(spoken),
    }
    texts = [
        *_versions(talk, TITLE, "talk"),
        *_versions(session, TITLE, "theme"),
        *_versions(session, BODY, "description"),
        *_speaker(talk),
        *(text for one in session.materials.all() if one.published_at for text in _versions(one, BODY, "title")),
    ]
    return Draft(columns, texts)


def _of_story(story: Story) -> Draft:
    talks = list(story.talks.all())
    session = talks[0].session if talks else None
    written = [code for code in (story.source_language, *story.translations) if not story.missing(code)]
    columns = {
        "programme_id": story.programme_id,
        "session_id": session.pk if session else None,
        "talk_id": None,
        "story_id": story.pk,
        "day": session.starts_at.astimezone(story.programme.zone).date() if session else story.programme.end_date,
        "place": story.position,
        "country": str(story.country),
        "city": story.city,
        "sdgs": sorted(story.sdgs),
        "languages": sorted(set(written)),
    }
    texts = [
        *_versions(story, TITLE, "title"),
        *_versions(story, NAME, "city"),
        (str(countries.name(str(story.country))), NAME),
        *_versions(story, BODY, "challenge", "solution"),
        *(text for talk in talks for text in _speaker(talk)),
    ]
    return Draft(columns, texts)


def _speaker(talk: Appearance) -> list[tuple[str, int]]:
    return [(talk.speaker.name, NAME), *_versions(talk.speaker, BODY, "title", "organisation")]


def _versions(row: Translated, weight: int, *fields: str) -> Iterator[tuple[str, int]]:
    for field in fields:
        yield str(getattr(row, field)), weight
        for language in row.translations:
            yield row.entered(field, language), weight


def _write(drafts: list[Draft], now: dt.datetime) -> None:
    if drafts:
        with transaction.atomic():
            entries = [(_entry(draft, now), weights_of(draft.texts)) for draft in drafts]
            terms = _terms({term for _found, weights in entries for term in weights})
            LibraryHit.objects.filter(entry__in=[entry for entry, _weights in entries]).delete()
            LibraryHit.objects.bulk_create(
                [
                    LibraryHit(entry=entry, term_id=terms[term], weight=weight)
                    for entry, weights in entries
                    for term, weight in weights.items()
                ],
                batch_size=_LINES,
            )


def _entry(draft: Draft, now: dt.datetime) -> LibraryEntry:
    kind, pk = draft.key
    values = {**draft.columns, "digest": draft.digest, "changed_at": now}
    key: dict[str, Any] = {f"{kind}_id": pk}
    entry, _made = LibraryEntry.objects.update_or_create(defaults=values, **key)
    return entry


def _terms(words: Iterable[str]) -> dict[str, int]:
    """The keys of terms; new ones are added."""
    wanted = sorted(words)
    found: dict[str, int] = {}
    for part in in_chunks(wanted, _LINES):
        LibraryTerm.objects.bulk_create([LibraryTerm(term=word) for word in part], ignore_conflicts=True)
        found.update(LibraryTerm.objects.filter(term__in=part).values_list("term", "pk"))
    return found
