"""Who a line of a report is. Only what is certain is matched; everything else waits for a person.

Two tiers: the same e-mail address, then an exact name that exactly one registered person bears, where case, accents,
punctuation, order, honorifics and what stands in brackets are set aside. Two people of one name are never told apart
by guessing: then the line stays unmatched.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

HONORIFICS = frozenset(
    [
        "dr",
        "dra",
        "prof",
        "professor",
        "doctor",
        "mr",
        "mrs",
        "ms",
        "miss",
        "mx",
        "sr",
        "sra",
        "srta",
        "mme",
        "mlle",
        "phd",
    ]
)
HONORIFICS |= {"mph", "msc", "mba", "rn", "δρ", "др", "\u062f"}  # the last is the Arabic letter dal
# Letters that carry no separate accent but are written without it. (casefold has made ß to ss.)
PLAIN = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ı": "i", "ħ": "h", "æ": "ae", "œ": "oe", "þ": "th"})
# Scripts in which marks may be left out; in others (Devanagari, Thai, kana) a mark is a letter.
MARKS_OPTIONAL = ("LATIN", "GREEK", "CYRILLIC", "ARABIC", "HEBREW")
BRACKETED = re.compile(r"[(（]([^()（）]*)[)）]")
TAGGED = re.compile(r"\[[^\[\]]*\]")
APOSTROPHES = re.compile(r"['’‘ʼ`´]")

Word = tuple[tuple[str, str], ...]  # per letter: the letter, and its marks


@dataclass(frozen=True)
class Candidate:
    """A registered person: a key, the address in lower case, and every way in which the name is written."""

    key: int
    email: str
    names: tuple[str, ...]


@dataclass(frozen=True)
class Identity:
    """What a line says of its person."""

    name: str
    email: str


@dataclass(frozen=True)
class Match:
    """The person found, and by which tier: `email` or `name`."""

    key: int
    tier: str


@dataclass(frozen=True)
class Name:
    """A name's words in alphabetical order of their bare letters."""

    words: tuple[Word, ...]

    @property
    def bare(self) -> tuple[str, ...]:
        """Words without marks: what must be equal."""
        return tuple(map(bare, self.words))

    @property
    def letters(self) -> Word:
        """All letters, one word after the other."""
        return tuple(letter for word in self.words for letter in word)

    def agrees_with(self, other: "Name") -> bool:
        """Whether no letter has one mark here and another there: Hương is Huong, and not Hường."""
        pairs = list(zip(self.letters, other.letters, strict=False))
        return self.bare == other.bare and all(a == b or not a[1] or not b[1] for a, b in pairs)


def bare(word: Word) -> str:
    """A word without its optional marks."""
    return "".join(letter for letter, _marks in word)


def name_of(text: str) -> Name:
    """The words of a name, without case, punctuation, emoji and honorifics."""
    plain = APOSTROPHES.sub("", unicodedata.normalize("NFKC", text)).casefold().translate(PLAIN)
    signs = "".join(map(sign_of, unicodedata.normalize("NFKD", plain)))
    words = [letters_of(word) for word in signs.split() if any(sign.isalnum() for sign in word)]
    kept = [word for word in words if bare(word) not in HONORIFICS] or words
    return Name(tuple(sorted(kept, key=lambda word: (bare(word), word))))


def sign_of(sign: str) -> str:
    """Letters, digits and their marks as they are; joiners vanish; everything else parts words."""
    category = unicodedata.category(sign)
    return sign if category[0] in "LNM" else "" if category == "Cf" else " "


def letters_of(word: str) -> Word:
    """Letters with their optional marks apart."""
    letters: list[tuple[str, str]] = []
    for sign in word:
        if not letters or unicodedata.category(sign) != "Mn":
            letters.append((sign, ""))
        elif unicodedata.name(letters[-1][0][0], "").startswith(MARKS_OPTIONAL):
            letters[-1] = (letters[-1][0], letters[-1][1] + sign)
        else:
            letters[-1] = (letters[-1][0] + sign, "")
    return tuple(letters)


def readings(text: str) -> list[Name]:
    """The names that a shown name may hold: outside of brackets, and in them (`Bob (Robert Kamau)`)."""
    untagged = TAGGED.sub(" ", text)
    parts = [BRACKETED.sub(" ", untagged), *BRACKETED.findall(untagged)]
    return [name for name in map(name_of, parts) if name.words]


class Roster:
    """The people of a programme, to be found by address and by name."""

    def __init__(self, candidates: Iterable[Candidate]) -> None:
        self._by_email: dict[str, int] = {}
        self._by_name: dict[tuple[str, ...], dict[int, list[Name]]] = defaultdict(lambda: defaultdict(list))
        self._by_word: dict[str, set[int]] = defaultdict(set)
        for candidate in candidates:
            self._enter(candidate)

    def _enter(self, candidate: Candidate) -> None:
        self._by_email[candidate.email] = candidate.key
        for name in {name_of(text) for text in candidate.names}:
            self._by_name[name.bare][candidate.key].append(name)
            for word in name.bare:
                self._by_word[word].add(candidate.key)

    def match_all(self, identities: Iterable[Identity]) -> dict[Identity, Match]:
        """Those that are certain. One pass; time grows with the number of identities and people, not their product."""
        distinct = set(identities)
        addresses: dict[tuple[str, ...], set[str]] = defaultdict(set)
        for identity in distinct:
            if identity.email:
                addresses[name_of(identity.name).bare].add(identity.email)
        found = {identity: self._match(identity, addresses) for identity in distinct}
        return {identity: match for identity, match in found.items() if match}

    def _match(self, identity: Identity, addresses: dict[tuple[str, ...], set[str]]) -> Match | None:
        if identity.email and identity.email in self._by_email:
            return Match(self._by_email[identity.email], "email")
        if len(addresses[name_of(identity.name).bare]) > 1:
            return None  # one name under two addresses may be two people
        keys = {key for name in readings(identity.name) for key in self._bearers(name)}
        sure = {key for name in readings(identity.name) if (key := self._only_bearer(name)) is not None}
        return Match(sure.pop(), "name") if len(keys) == len(sure) == 1 else None

    def _bearers(self, name: Name) -> set[int]:
        """Whoever bears the name; one word alone is borne by everybody who has that word in the name."""
        bearers = set(self._by_name.get(name.bare, {}))
        return self._by_word[name.bare[0]] if bearers and len(name.words) == 1 else bearers

    def _only_bearer(self, name: Name) -> int | None:
        bearers = self._bearers(name)
        if len(bearers) != 1:
            return None
        key = next(iter(bearers))
        return key if any(name.agrees_with(known) for known in self._by_name[name.bare][key]) else None
