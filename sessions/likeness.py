"""How two names go together: by words that sound alike, are short for each other or differ by a slip.

Everything here only suggests. Which names are compared at all, `sessions.vocabulary` says.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

from registrations.later import later
from sessions.names import Name
from sessions.sounds import ABJADS, script_of

osa = later("rapidfuzz.distance.OSA")
TYPO_FROM, TWO_TYPOS_FROM = 4, 9  # letters of a word in which one, or two, slips still leave it recognisable
SHORT_FROM = 3  # letters of a word that may be short for a longer one
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


class Ties(dict[str, Tie | None]):
    """How the words of a roster are related to one word of a shown name; each is compared when it is asked for."""

    def __init__(self, word: str, compare: Callable[[str, str], Tie | None]) -> None:
        super().__init__()
        self.word, self.compare = word, compare

    def __missing__(self, other: str) -> Tie | None:
        """Compare with a word that is asked for the first time."""
        found = self[other] = self.compare(self.word, other)
        return found


def likeness(person: int, form: Form, words: Sequence[str], ties: Sequence[Ties]) -> Likeness | None:
    """What becomes of the words of a shown name beside those of a registered one; None where too little does."""
    shown, registered = list(words), list(form.words)
    pairs = [
        (tie, word, other)
        for at, word in enumerate(words)
        for other in form.words
        if (tie := ties[at][other] or initial(word, other))
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


def initial(word: str, other: str) -> Tie | None:
    """Whether one is the other's first letter."""
    return Tie.INITIAL if min(len(word), len(other)) == 1 and word[0] == other[0] else None


def is_typo(word: str, other: str) -> bool:
    """Whether a slip or two turn one into the other. The first letter stays: Linh and Minh are two names."""
    shorter = min(len(word), len(other))
    if shorter < TYPO_FROM or word[0] != other[0]:
        return False
    most = 2 if shorter >= TWO_TYPOS_FROM else 1
    return bool(osa().distance(word, other, score_cutoff=most) <= most)


def is_fond(word: str, other: str) -> bool:
    """Whether one is the other's Spanish or Portuguese diminutive: Rosita, Rosa."""
    stem = stem_of(word)
    return stem != "" and other[:-1] == stem


def stem_of(word: str) -> str:
    """What a diminutive is made of; "" where the word is none."""
    stem = FOND.sub("", word)
    return stem if stem != word and len(stem) >= SHORT_FROM else ""


def ending(word: str) -> str:
    """The kind of a word's last sound: Ivanov is not Ivanova, Mario is not Maria, Sara is Sarah."""
    last = word.removesuffix("h")[-1:]
    return "a" if last == "a" else "e" if last in "eiy" else "o" if last in "ou" else ""


def is_of_abjad(name: Name) -> bool:
    """Whether a name is written in a script that leaves vowels out."""
    return any(script_of(word[0]) in ABJADS for word in name.bare)
