"""Entries as the library's pages show them: a card in the list, a page each, and how to cite them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import cast

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from registrations.models import Told, Translated
from reports.library.citing import Citation
from reports.library.marking import Piece, excerpt, marked
from reports.library.models import LibraryEntry, Story
from sessions.models import Appearance


@dataclass(frozen=True, slots=True)
class Line:
    """A marked text with its language."""

    pieces: tuple[Piece, ...]
    told: Told


@dataclass(frozen=True, slots=True)
class Card:
    """An entry in the list."""

    entry: LibraryEntry
    title: Line
    text: Line | None
    speaker: Line | None

    @classmethod
    def of(cls, entry: LibraryEntry, terms: Sequence[str]) -> "Card":
        """With what was looked for marked."""
        if entry.story is not None:
            story = entry.story
            return cls(
                entry, _line(story.told("title"), terms), _line(_fitting(story, terms), terms, is_cut=True), None
            )
        talk = cast(Appearance, entry.talk)  # a constraint of the table
        name = Told(talk.speaker.name, get_language() or "", is_fallback=False)
        text = talk.session.told("description")
        body = _line(text, terms, is_cut=True) if text.text else None
        return cls(entry, _line(title_of(talk), terms), body, _line(name, terms))

    @property
    def is_story(self) -> bool:
        """Whether it is a story, and no talk."""
        return self.entry.story_id is not None


def title_of(talk: Appearance) -> Told:
    """The talk's title; that of its session where the talk has none of its own."""
    return talk.told("talk") if talk.talk else talk.session.told("theme")


def talk_citation_of(talk: Appearance) -> Citation:
    """How the talk is cited."""
    session, programme = talk.session, talk.session.programme
    within = _("Session %(number)s of “%(programme)s”") % {
        "number": session.number,
        "programme": programme.text("title"),
    }
    return Citation(
        key=f"baraza-talk-{talk.pk}",
        authors=(talk.speaker.name,),
        title=title_of(talk).text,
        within=within,
        publisher=talk.speaker.text("organisation"),
        day=session.starts_at.astimezone(programme.zone).date(),
        address=settings.SITE_URL + reverse("library_talk", args=[talk.pk]),
    )


def story_citation_of(story: Story, talks: Iterable[Appearance]) -> Citation:
    """How the story is cited. Its words are the library's, so the speakers are named and no authors."""
    people = _(", ").join(dict.fromkeys(talk.speaker.name for talk in talks))
    told = {"programme": story.programme.text("title"), "people": people}
    within = (
        _("Impact story of “%(programme)s”, told by %(people)s") if people else _("Impact story of “%(programme)s”")
    )
    return Citation(
        key=f"baraza-{story.slug}",
        authors=(),
        title=story.text("title"),
        within=within % told,
        publisher="Baraza",
        day=(story.published_at or timezone.now()).date(),
        address=settings.SITE_URL + reverse("library_story", args=[story.slug]),
    )


def _fitting(story: Translated, terms: Sequence[str]) -> Told:
    """The solution where only it has what was looked for; else the challenge."""
    challenge, solution = story.told("challenge"), story.told("solution")
    has_it = any(piece.is_found for piece in marked(solution.text, terms))
    lacks_it = not any(piece.is_found for piece in marked(challenge.text, terms))
    return solution if has_it and lacks_it else challenge


def _line(told: Told, terms: Sequence[str], *, is_cut: bool = False) -> Line:
    return Line((excerpt if is_cut else marked)(told.text, terms), told)
