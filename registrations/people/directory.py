"""Looking into the directory: cards of people, a list that can be narrowed, and proposals with their reasons."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, TextField
from django.db.models.functions import Cast
from django_countries import countries

from registrations.folding import asked_terms, terms_of
from registrations.matching_people import Proposal, Seeker, Thing, between, keys_of, proposals
from registrations.models import DirectoryTopic, Profile, ProfileItem, Registration, Told
from registrations.models.directory import ProfileQuerySet
from registrations.people.languages import names_of

MOST_PROPOSED = 20
_SHORTEST_PREFIX = 3
Topics = Mapping[int, DirectoryTopic]
Things = Mapping[int, Thing]
Item = tuple[str, int | None, str]  # its side, its topic and its words


@dataclass(frozen=True, slots=True)
class Card:
    """A person as others in the directory see them: no address, and nothing else that they did not say there."""

    key: str
    registration: int
    name: str
    about: str
    country: str
    sector: str
    languages: tuple[tuple[str, str], ...]
    offers: tuple[Told, ...]
    needs: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class Wanted:
    """How a reader narrows the list; "" is anything."""

    words: str = ""
    country: str = ""
    sector: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Proposed:
    """A person and the reasons why they are proposed."""

    card: Card
    reasons: Proposal


def topics_of(registration: Registration) -> Topics:
    """The programme's topics by their keys. One query."""
    return {topic.pk: topic for topic in registration.programme.topics.all()}


def narrowed(registration: Registration, wanted: Wanted, topics: Topics) -> ProfileQuerySet:
    """The others whom a person may see, narrowed; by name."""
    found = Profile.objects.seen_by(registration)
    if wanted.country:
        found = found.filter(registration__country=wanted.country)
    if wanted.sector:
        found = found.filter(registration__sector=wanted.sector)
    if wanted.language:  # lists are compared as text: SQLite knows no `contains` on JSON
        found = found.annotate(told=Cast("languages", TextField())).filter(told__contains=f'"{wanted.language}"')
    for term in asked_terms(wanted.words):
        found = found.filter(_has(term, topics))
    return found


def countries_in(registration: Registration) -> list[tuple[str, str]]:
    """(code, name) of the countries of those whom a person may see, by name. One query."""
    codes = Profile.objects.seen_by(registration).order_by().values_list("registration__country", flat=True)
    return sorted(((code, str(countries.name(code))) for code in codes.distinct()), key=lambda pair: pair[1])


def cards_of(profiles: Iterable[Profile], topics: Topics) -> list[Card]:
    """Cards in the order of the profiles, which come with their registrations. One query."""
    rows = list(profiles)
    items: dict[int, list[ProfileItem]] = {row.pk: [] for row in rows}
    for item in ProfileItem.objects.filter(profile__in=items).order_by("position", "pk"):
        items[item.profile_id].append(item)
    return [_card(row, items[row.pk], topics) for row in rows]


def proposed_to(registration: Registration, own: Profile, topics: Topics) -> list[Proposed]:
    """The best proposals for somebody, 20 at most. Five queries, however many people there are."""
    things = _things(topics)
    others = _seekers_of(Profile.objects.seen_by(registration), things)
    found = proposals(_seeker_of(registration, own, things), others, most=MOST_PROPOSED)
    rows = Profile.objects.seen_by(registration).filter(key__in=[each.key for each in found])
    cards = {card.key: card for card in cards_of(rows.select_related("registration"), topics)}
    return [Proposed(cards[each.key], each) for each in found if each.key in cards]


def reasons_for(registration: Registration, own: Profile, other: Profile, topics: Topics) -> Proposal | None:
    """What speaks for these two; None where nothing does. Two queries."""
    things = _things(topics)
    return between(_seeker_of(registration, own, things), _seeker_of(other.registration, other, things))


def shown_topic(topic: DirectoryTopic) -> Told:
    """The topic as the reader gets it."""
    return topic.told("label")


def _has(term: str, topics: Topics) -> Q:
    """Whether somebody wrote a word that begins with this term, or chose a topic that has one in any language."""
    is_exact = len(term) < _SHORTEST_PREFIX and term.isascii()
    told = Q(terms__contains=f" {term} " if is_exact else f" {term}")
    meant = [pk for pk, topic in topics.items() if any(word.startswith(term) for word in _words_of(topic))]
    if not meant:
        return told
    return told | Q(Exists(ProfileItem.objects.filter(profile=OuterRef("pk"), topic__in=meant)))


def _words_of(topic: DirectoryTopic) -> list[str]:
    versions = [topic.entered("label", language) for language in topic.translations]
    return [word for text in (topic.label, *versions) for word in terms_of(text)]


def _card(profile: Profile, items: Sequence[ProfileItem], topics: Topics) -> Card:
    person = profile.registration
    return Card(
        key=profile.key,
        registration=person.pk,
        name=profile.shown_name,
        about=profile.about,
        country=str(countries.name(str(person.country))),
        sector=str(Registration.Sector(person.sector).label),
        languages=tuple(names_of(profile.languages)),
        offers=_told(items, ProfileItem.Side.OFFER, topics),
        needs=_told(items, ProfileItem.Side.NEED, topics),
    )


def _told(items: Iterable[ProfileItem], side: ProfileItem.Side, topics: Topics) -> tuple[Told, ...]:
    """Topics in the reader's language; words as they are, in a language that nobody asked for."""
    own = [(topics.get(item.topic_id or 0), item.words) for item in items if item.side == side]
    return tuple(shown_topic(topic) if topic else Told(words, "", is_fallback=False) for topic, words in own)


def _things(topics: Topics) -> Things:
    return {pk: Thing(str(topic), keys_of(str(topic)), pk) for pk, topic in topics.items()}


def _seeker_of(registration: Registration, profile: Profile, things: Things) -> Seeker:
    items = profile.items.order_by("position", "pk").values_list("side", "topic_id", "words")
    own = (profile.key, profile.languages, registration.sector, str(registration.country))
    return _seeker(*own, items, things)


def _seekers_of(profiles: ProfileQuerySet, things: Things) -> Iterable[Seeker]:
    """Two queries: the people, and what they offer and look for."""
    columns = ("key", "languages", "registration__sector", "registration__country")
    people = {pk: values for pk, *values in profiles.order_by().values_list("pk", *columns)}
    items: dict[int, list[Item]] = {pk: [] for pk in people}
    rows = ProfileItem.objects.filter(profile__in=profiles.order_by().values("pk")).order_by("position", "pk")
    for pk, side, topic, words in rows.values_list("profile_id", "side", "topic_id", "words"):
        if pk in items:  # somebody may have come between the two queries
            items[pk].append((side, topic, words))
    for pk, (key, languages, sector, country) in people.items():
        yield _seeker(key, languages, sector, str(country), items[pk], things)


def _seeker(
    key: str, languages: Iterable[str], sector: str, country: str, items: Iterable[Item], things: Things
) -> Seeker:
    sides: dict[str, list[Thing]] = {side.value: [] for side in ProfileItem.Side}
    for side, topic, words in items:
        sides[side].append(things.get(topic or 0) or Thing(words, keys_of(words)))
    offers, needs = tuple(sides[ProfileItem.Side.OFFER]), tuple(sides[ProfileItem.Side.NEED])
    return Seeker(key, offers, needs, frozenset(languages), sector, country)
