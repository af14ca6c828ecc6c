"""Who a shown name is likely to be: words that sound alike, are short for each other or differ by a slip.

Everything here only suggests. Work is done per distinct word, so that it grows with the number of words and not with the
number of pairs of people: each word's relatives among the roster's words are found by shared keys (skeleton, first or
last letters, tables), and people by the words that they have in common with a name.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import combinations
from typing import NamedTuple

from rapidfuzz.distance import OSA
from rapidfuzz.fuzz import ratio

from sessions.names import Name
from sessions.nicknames import NICKNAMES, SPELLINGS
from sessions.sounds import ABJADS, consonants, latin_words, script_of, skeleton

SOUND_ALIKE = 70  # per cent of letters that words of one skeleton share to be spellings of one name
TYPO_FROM, TWO_TYPOS_FROM = 4, 9  # letters of a word in which one, or two, slips still leave it recognisable
SHORT_FROM = 3  # letters of a word that may be short for a longer one
MANY = 60  # more people than this have these words: they say nothing
_PARTICLES = "de da do dos das del la los las van von der den di du le el al bin binti ibn bint ul ur y e i"
PARTICLES = frozenset(_PARTICLES.split())


class Tie(Enum):
    """How a word of a shown name is related to a word of a registered one, and how much that weighs."""

    EQUAL = 1.0
    SPELLING = 0.9  # of one name: Mohamed, Muhammad
    NICKNAME = 0.88
    SOUND = 0.78  # the same consonants: Maria, Mario
    TYPO = 0.8
    SHORT = 0.7  # Nur, Nurhaliza
    INITIAL = 0.4


FOND = re.compile("(?:it|inh)[oa]$")
CLOSE = frozenset([Tie.EQUAL, Tie.SPELLING, Tie.NICKNAME])  # what one person may well write for oneself
SOLID = 0.75


class Fit(Enum):
    """Which words of two names found each other."""

    FULL = 2  # all of both
    PART = 1  # all that is shown; more is registered
    MORE = 0  # all that is registered; more is shown
    SIMILAR = -1  # two or more, and each name has others beside


class Form(NamedTuple):
    """One way in which a registered name is written."""

    words: tuple[str, ...]  # in Latin letters
    name: Name

    @property
    def scripts(self) -> frozenset[str]:
        """The scripts that it is written in."""
        return frozenset(script_of(word[0]) for word in self.name.bare)


@dataclass(frozen=True)
class Likeness:
    """How a shown name and a registered person's go together."""

    person: int  # position in the roster
    form: Form
    fit: Fit
    score: float
    ties: frozenset[Tie]

    @property
    def order(self) -> tuple[int, float, int]:
        """Best first when sorted."""
        return (-self.fit.value, -self.score, self.person)


class Vocabulary:
    """The words of a roster's names, and who has them."""

    def __init__(self, forms: Sequence[Sequence[Form]]) -> None:
        self.forms = forms
        self.holders: dict[str, set[int]] = defaultdict(set)
        self._of_abjads: set[str] = set()
        for person, written in enumerate(forms):
            for form in written:
                for word in form.words:
                    self.holders[word].add(person)
                if not form.name.bare[0].isascii() and form.scripts & ABJADS:
                    self._of_abjads.update(form.words)
        self._keys: dict[str, list[str]] = defaultdict(list)
        for word in self.holders:
            for key in keys_of(word):
                self._keys[key].append(word)
        self._ties: dict[tuple[str, bool], dict[str, Tie]] = {}
        self._people: dict[tuple[str, bool, bool], frozenset[int]] = {}

    def ties(self, word: str, is_abjad: bool) -> dict[str, Tie]:
        """The roster's words that are related to one, and how."""
        known = self._ties.get((word, is_abjad))
        if known is None:
            related = {other for key in keys_of(word) for other in self._keys.get(key, ())}
            related.update(NICKNAMES.get(word, ()), SPELLINGS.get(word, ()))
            related = {other for other in related if other in self.holders} | {word}
            found = {other: self._tie(word, other, is_abjad) for other in related}
            known = self._ties[word, is_abjad] = {other: tie for other, tie in found.items() if tie}
        return known

    def people(self, word: str, is_abjad: bool, *, close: bool) -> frozenset[int]:
        """Who has a word that is related to this one; `close`: so that one person may write either."""
        key = (word, is_abjad, close)
        if key not in self._people:
            words = [other for other, tie in self.ties(word, is_abjad).items() if not close or tie in CLOSE]
            self._people[key] = frozenset().union(*(self.holders.get(other, frozenset()) for other in words))
        return self._people[key]

    def likely(self, name: Name) -> list[Likeness] | None:
        """Whoever a name may be, best first; None where more people than can be told apart may be it."""
        words, is_abjad = latin_words(name), is_of_abjad(name)
        people = self._nearby([word for word in words if word not in PARTICLES] or list(words), is_abjad)
        if people is None:
            return None
        ties = [self.ties(word, is_abjad) for word in words]
        found = [best for person in people if (best := self._best(person, words, ties))]
        return sorted(found, key=lambda each: each.order)

    def could_be(self, name: Name) -> list[int]:
        """Everybody whose registered name has all words of this one, as they themselves might write it."""
        words, is_abjad = latin_words(name), is_of_abjad(name)
        long = [word for word in words if len(word) > 1 and word not in PARTICLES] or [w for w in words if len(w) > 1]
        people = intersection([self.people(word, is_abjad, close=True) for word in long])
        if len(people) > MANY:
            return sorted(people)
        ties = [{w: tie for w, tie in self.ties(word, is_abjad).items() if tie in CLOSE} for word in words]
        found = (self._best(person, words, ties) for person in people)
        return sorted(each.person for each in found if each and each.fit in (Fit.FULL, Fit.PART))

    def _tie(self, word: str, other: str, is_abjad: bool) -> Tie | None:
        if word == other:
            return Tie.EQUAL
        if other in SPELLINGS.get(word, ()):
            return Tie.SPELLING
        if other in NICKNAMES.get(word, ()) or is_fond(word, other):
            return Tie.NICKNAME
        if is_abjad or other in self._of_abjads:
            return Tie.SPELLING if consonants(word) == consonants(other) != "" else None
        if len(word) > 1 and skeleton(word) == skeleton(other) and ratio(word, other) >= SOUND_ALIKE:
            return Tie.SPELLING if ending(word) == ending(other) else Tie.SOUND
        if is_typo(word, other):
            return Tie.TYPO
        short, long = sorted((word, other), key=len)
        return Tie.SHORT if len(short) >= SHORT_FROM and len(long) > len(short) + 1 and long.startswith(short) else None

    def _nearby(self, words: Sequence[str], is_abjad: bool) -> frozenset[int] | None:
        """Who shares all the words; else who shares two of them, or has one name only and shares that."""
        long = [word for word in words if len(word) > 1]
        sets = sorted((self.people(word, is_abjad, close=False) for word in long), key=len)
        everything = intersection(sets)
        if len(everything) > MANY or (len(sets) == 1 and len(sets[0]) > MANY):
            return None
        if everything or len(sets) < 2:
            return everything
        pairs = [one & two for one, two in combinations(sets[:6], 2)]
        one_named = [
            frozenset(p for p in self.holders.get(word, ()) if any(form.words == (word,) for form in self.forms[p]))
            for word in long
            if len(self.holders.get(word, ())) <= MANY
        ]
        shared = frozenset().union(*pairs, *one_named)
        return shared if len(shared) <= MANY else None

    def _best(self, person: int, words: Sequence[str], ties: Sequence[dict[str, Tie]]) -> Likeness | None:
        found = [like for form in self.forms[person] if (like := likeness(person, form, words, ties))]
        return min(found, key=lambda each: each.order, default=None)


def likeness(person: int, form: Form, words: Sequence[str], ties: Sequence[dict[str, Tie]]) -> Likeness | None:
    """What becomes of the words of a shown name beside those of a registered one; None where too little does."""
    shown, registered = list(words), list(form.words)
    pairs = [
        (tie, word, other)
        for at, word in enumerate(words)
        for other in form.words
        if (tie := ties[at].get(other) or initial(word, other))
    ]
    used = []
    for tie, word, other in sorted(pairs, key=weight_of, reverse=True):
        if word in shown and other in registered:
            shown.remove(word)
            registered.remove(other)
            used.append((tie, word))
    real = [(tie, word) for tie, word in used if word not in PARTICLES]
    solid = sum(tie.value >= SOLID and len(word) > 1 for tie, word in real)
    more = [word for word in shown if word not in PARTICLES]
    missing = [other for other in registered if other not in PARTICLES]
    fit = fit_of(len(real), solid, more, missing)
    if fit is None:
        return None
    score = sum(tie.value for tie, _word in real) + 0.01 * (len(used) - len(real)) - 0.12 * len(more)
    return Likeness(person, form, fit, round(score, 3), frozenset(tie for tie, _word in used))


def weight_of(pair: tuple[Tie, str, str]) -> float:
    """The strongest ties are made first."""
    return pair[0].value


def fit_of(matched: int, solid: int, more: Sequence[str], missing: Sequence[str]) -> Fit | None:
    """How much of two names must go together to speak of a likeness."""
    if not more and not missing:
        return Fit.FULL if solid else None
    if not more:
        return Fit.PART if solid else None
    if not missing:
        return Fit.MORE if solid >= min(matched, 2) and solid == matched else None
    return Fit.SIMILAR if solid >= 2 else None


def intersection(sets: Iterable[frozenset[int]]) -> frozenset[int]:
    """What all have in common; the smallest first, because that is quickest."""
    ordered = sorted(sets, key=len)
    return ordered[0].intersection(*ordered[1:]) if ordered else frozenset()


def keys_of(word: str) -> list[str]:
    """What related words share at least one of: a sound, the start, the end, or both around a slip in the middle."""
    keys = [f"#{skeleton(word)}", f"'{consonants(word)}"]
    if len(word) >= SHORT_FROM:
        keys += [f"^{word[:SHORT_FROM]}", f"${word[-SHORT_FROM:]}", f"{word[:2]}_{word[-1]}"]
    return keys


def initial(word: str, other: str) -> Tie | None:
    """Whether one is the other's first letter."""
    return Tie.INITIAL if min(len(word), len(other)) == 1 and word[0] == other[0] else None


def is_typo(word: str, other: str) -> bool:
    """Whether a slip or two turn one into the other. The first letter stays: Linh and Minh are two names."""
    shorter = min(len(word), len(other))
    if shorter < TYPO_FROM or word[0] != other[0]:
        return False
    most = 2 if shorter >= TWO_TYPOS_FROM else 1
    return OSA.distance(word, other, score_cutoff=most) <= most


def is_fond(word: str, other: str) -> bool:
    """Whether one is the other's Spanish or Portuguese diminutive: Rosita, Rosa."""
    stem = FOND.sub("", word)
    return stem != word and len(stem) >= SHORT_FROM and other[:-1] == stem


def ending(word: str) -> str:
    """The kind of a word's last sound: Ivanov is not Ivanova, Mario is not Maria, Sara is Sarah."""
    last = word.removesuffix("h")[-1:]
    return "a" if last == "a" else "e" if last in "eiy" else "o" if last in "ou" else ""


def is_of_abjad(name: Name) -> bool:
    """Whether a name is written in a script that leaves vowels out."""
    return any(script_of(word[0]) in ABJADS for word in name.bare)
