"""Being in the directory: opting in, changing what one tells, leaving."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Self

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from registrations.errors import Refused
from registrations.folding import terms_of
from registrations.isolation import isolated
from registrations.models import Contact, DirectoryTopic, Profile, ProfileItem, Programme, Registration, Translated
from registrations.models.directory import new_profile_key
from registrations.names import tidy_line, tidy_name, tidy_words
from registrations.people import letters
from registrations.people.languages import spoken
from registrations.posing import passes_for

MOST_WORDS, LONGEST_WORDS = 6, 80
MOST_LANGUAGES = 8
LONGEST_ABOUT, LONGEST_CONTACT = 300, 200


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileDetails:
    """Plain values: languages as codes, topics as their keys, words as their owner wrote them."""

    shown_name: str = ""
    about: str = ""
    languages: tuple[str, ...] = ()
    contact: str = ""
    offered_topics: tuple[int, ...] = ()
    offered_words: tuple[str, ...] = ()
    needed_topics: tuple[int, ...] = ()
    needed_words: tuple[str, ...] = ()

    def tidied(self, registration: Registration) -> Self:
        """The same as it is stored. Raises Refused with a sentence that says what cannot be taken."""
        tidy = replace(
            self,
            shown_name=tidy_words(tidy_name(self.shown_name) or registration.printed_name),
            about=_within(tidy_words(self.about), LONGEST_ABOUT),
            languages=tuple(code for code in spoken() if code in set(self.languages)),
            contact=_within(tidy_line(self.contact), LONGEST_CONTACT),
            offered_words=_tidy_list(self.offered_words),
            needed_words=_tidy_list(self.needed_words),
        )
        refuse_organisers_name(tidy.shown_name, registration)
        if not tidy.languages:
            raise Refused(_("Choose at least one language that you speak."))
        if len(tidy.languages) > MOST_LANGUAGES:
            raise Refused(_("Choose %(most)s languages at most.") % {"most": MOST_LANGUAGES})
        if not (tidy.offered_topics or tidy.offered_words or tidy.needed_topics or tidy.needed_words):
            raise Refused(_("Say at least one thing that you offer or look for."))
        return tidy


def refuse_organisers_name(name: str, registration: Registration) -> None:
    """Raise Refused for a name that the others could take for that of the organisers."""
    if passes_for(name, _names_of_organisers(registration)):
        raise Refused(
            _("“%(name)s” could be taken for the organisers. Write your own name; if it is the same, write it in full.")
            % {"name": isolated(name)}
        )


def may_be_found(registration: Registration) -> bool:
    """Whether this person may be in the directory at all: it is open, and the person takes part and agrees."""
    return (
        registration.programme.has_directory
        and registration.is_seated
        and registration.has_consent
        and not registration.is_erased
    )


@transaction.atomic
def opt_in(registration: Registration, details: ProfileDetails, *, now: dt.datetime) -> Profile:
    """Put a person into the directory, or change what it says of them. Doing so twice is doing it once.

    Raises Refused where the directory is closed, the person has no seat, or the details cannot be taken.
    """
    locked = Registration.objects.select_for_update(of=["self"], no_key=True).get(pk=registration.pk)
    locked.programme = Programme.objects.select_for_update(no_key=True).get(pk=locked.programme_id)  # and its topics
    if not may_be_found(locked):
        raise Refused(_("Only those who take part in the programme can be in its list of people."))
    tidy = details.tidied(locked)
    topics = set(DirectoryTopic.objects.filter(programme=locked.programme_id).values_list("pk", flat=True))
    fields = {name: getattr(tidy, name) for name in ("shown_name", "about", "contact")}
    values = {**fields, "languages": list(tidy.languages), "terms": _terms(tidy), "changed_at": now}
    profile = Profile.objects.filter(registration=locked).first()
    if profile is None:
        profile = Profile.objects.create(registration=locked, opted_in_at=now, **values)
    else:
        again = {} if profile.is_in_force(locked) else _anew(now)
        Profile.objects.filter(pk=profile.pk).update(**values, **again)
        profile.refresh_from_db()
    profile.items.all().delete()
    ProfileItem.objects.bulk_create(_items(profile, tidy, topics))
    return profile


@transaction.atomic
def leave(registration: Registration, *, now: dt.datetime) -> None:
    """Take a person out of the directory at once; requests that wait for others' answers are taken back."""
    Profile.objects.filter(registration=registration, withdrawn_at__isnull=True).update(withdrawn_at=now)
    waiting = Contact.objects.open().filter(sender=registration)
    letters.call_back(waiting)
    waiting.update(taken_back_at=now)


def _anew(now: dt.datetime) -> dict[str, object]:
    """Somebody who left and comes back has another address in the directory: old ones lead nowhere."""
    return {"key": new_profile_key(), "opted_in_at": now, "withdrawn_at": None}


def _items(profile: Profile, details: ProfileDetails, topics: set[int]) -> list[ProfileItem]:
    sides = (
        (ProfileItem.Side.OFFER, details.offered_topics, details.offered_words),
        (ProfileItem.Side.NEED, details.needed_topics, details.needed_words),
    )
    items = []
    for side, chosen, words in sides:
        own = [ProfileItem(profile=profile, side=side, topic_id=pk) for pk in dict.fromkeys(chosen) if pk in topics]
        own += [ProfileItem(profile=profile, side=side, words=text) for text in words]
        for position, item in enumerate(own):
            item.position = position
        items += own
    return items


def _names_of_organisers(registration: Registration) -> Iterator[str]:
    """What the organisers are called in each language; the programme's title, who carries it, and whom to ask."""
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            yield from (_("The organisers"), _("Organisers"), _("organiser"), _("team"))
    programme = registration.programme
    named: list[tuple[Translated, str]] = [(programme, "title"), *((one, "name") for one in programme.partners.all())]
    for row, field in named:
        yield from (row.text(field, language) for language, _name in settings.LANGUAGES)
        yield str(getattr(row, field))
    if registration.email != programme.contact_email.lower():  # as `tidy_address` writes the person’s
        yield programme.contact_name


def _terms(details: ProfileDetails) -> str:
    texts = (details.shown_name, details.about, *details.offered_words, *details.needed_words)
    return f" {' '.join(dict.fromkeys(term for text in texts for term in terms_of(text)))} "


def _tidy_list(texts: Iterable[str]) -> tuple[str, ...]:
    """Each once, empty ones aside."""
    tidy = {text.casefold(): text for text in map(tidy_words, texts) if text}
    if len(tidy) > MOST_WORDS:
        raise Refused(_("Write %(most)s lines at most in each of the two boxes.") % {"most": MOST_WORDS})
    return tuple(_within(text, LONGEST_WORDS) for text in tidy.values())


def _within(text: str, longest: int) -> str:
    if len(text) > longest:
        raise Refused(
            _("“%(text)s…” is too long: at most %(limit)s characters fit, and there are %(length)s.")
            % {"text": text[:40], "limit": longest, "length": len(text)}
        )
    return text
