"""The words of a roster's names, and whom a shown name may mean by them.

Nothing here grows with the square of the roster, whatever its names are. Words that may be related are found by shared
keys: the sound, the start, what is left without one letter, tables. Where more share a key than can be told apart, they
are not compared one by one: for a suggestion the key says nothing then; where the question is whether an exact name could
be somebody else's, too, all of them could. A word's digits belong to it: of Person1 and Person2 neither is a slip.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property, partial
from itertools import combinations, islice
from typing import TypeVar

from registrations.later import later
from sessions.addresses import Slips, digits
from sessions.likeness import (
    CLOSE,
    PARTICLES,
    SHORT_FROM,
    TWO_TYPOS_FROM,
    TYPO_FROM,
    Fit,
    Form,
    Likeness,
    Tie,
    Ties,
    ending,
    is_fond,
    is_of_abjad,
    is_typo,
    likeness,
    stem_of,
)
from sessions.names import Name
from sessions.nicknames import NICKNAMES, SPELLINGS
from sessions.sounds import ABJADS, consonants, latin_words, skeleton

fuzz = later("rapidfuzz.fuzz")
SOUND_ALIKE = 70  # per cent of letters that words of one skeleton share to be spellings of one name
MANY = 60  # more people than this have these words: they say nothing
WORDS_AT_MOST = 100  # that share a key and are compared one by one
HOLDERS_AT_MOST = 1_000  # people beside those of the very word that a word may lead to

Group = frozenset[int] | set[int]
Key = TypeVar("Key")


class Vocabulary:
    """The words of a roster's names, and who has them."""

    def __init__(self, forms: Sequence[Sequence[Form]]) -> None:
        self.forms = forms
        self.compared = 0  # pairs of words, and names with people, so far: the work that has been done
        self.holders: dict[str, set[int]] = defaultdict(set)
        self._of_abjads: set[str] = set()
        for person, written in enumerate(forms):
            for form in written:
                for word in form.words:
                    self.holders[word].add(person)
                if not form.name.bare[0].isascii() and form.scripts & ABJADS:
                    self._of_abjads.update(form.words)
        self._close: dict[tuple[str, bool], Group] = {}
        self._related: dict[tuple[str, bool], Group] = {}
        self._of_keys: dict[tuple[str, ...], frozenset[int]] = {}
        self._in_common: dict[frozenset[int], frozenset[int]] = {}

    def ties(self, word: str, is_abjad: bool) -> Ties:
        """How the roster's words are related to one."""
        return Ties(word, partial(self._tie, is_abjad))

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
        """Everybody whose registered name has all words of this one, as they themselves might write it.

        Of a crowd that is too large to be looked at one by one, some.
        """
        words, is_abjad = latin_words(name), is_of_abjad(name)
        long = [word for word in words if len(word) > 1 and word not in PARTICLES] or [w for w in words if len(w) > 1]
        people = self._common([self._may_write(word, is_abjad) for word in long])
        if len(people) > MANY:
            return sorted(people)
        ties = [Ties(word, partial(self._close_tie, is_abjad)) for word in words]
        found = (self._best(person, words, ties) for person in people)
        return sorted(each.person for each in found if each and each.fit in (Fit.FULL, Fit.PART))

    def _tie(self, is_abjad: bool, word: str, other: str) -> Tie | None:
        if word == other:
            return Tie.EQUAL
        self.compared += 1
        if digits(word) != digits(other):
            return None
        if other in SPELLINGS.get(word, ()):
            return Tie.SPELLING
        if other in NICKNAMES.get(word, ()) or is_fond(word, other):
            return Tie.NICKNAME
        if is_abjad or other in self._of_abjads:
            return Tie.SPELLING if consonants(word) == consonants(other) != "" else None
        if len(word) > 1 and skeleton(word) == skeleton(other) and fuzz().ratio(word, other) >= SOUND_ALIKE:
            return Tie.SPELLING if ending(word) == ending(other) else Tie.SOUND
        if is_typo(word, other):
            return Tie.TYPO
        short, long = sorted((word, other), key=len)
        return Tie.SHORT if len(short) >= SHORT_FROM and len(long) > len(short) + 1 and long.startswith(short) else None

    def _close_tie(self, is_abjad: bool, word: str, other: str) -> Tie | None:
        tie = self._tie(is_abjad, word, other)
        return tie if tie in CLOSE else None

    def _may_write(self, word: str, is_abjad: bool) -> Group:
        """Who has this word, or one that they themselves may write for it; perhaps some more."""
        found = self._close.get((word, is_abjad))
        if found is None:
            heard = self._heard if is_abjad else self._heard_of_abjads
            blocks: list[tuple[dict[tuple[str, ...], list[str]], tuple[str, ...]]] = [(heard, ("'", consonants(word)))]
            if not is_abjad:
                blocks.append((self._sounds_with_ending, ("#", sound_of(word), ending(word))))
            words = {word, *self._told(word)}
            crowds = []
            for index, key in blocks:
                block = index.get(key, ())
                if len(block) > WORDS_AT_MOST:
                    crowds.append(self._holders_of_key(key, block))
                else:
                    words.update(other for other in block if self._close_tie(is_abjad, word, other))
            found = self._close[word, is_abjad] = together(
                [*crowds, *(self.holders[other] for other in words if other in self.holders)]
            )
        return found

    def _holders_of_key(self, key: tuple[str, ...], block: Iterable[str]) -> frozenset[int]:
        """Everybody with a word of a block: the same set, however often it is asked for."""
        if key not in self._of_keys:
            self._of_keys[key] = frozenset().union(*(self.holders[word] for word in block))
        return self._of_keys[key]

    def _may_mean(self, word: str, is_abjad: bool) -> Group:
        """Who has this word or a related one; the related ones that most people have are left out."""
        found = self._related.get((word, is_abjad))
        if found is None:
            related = {other for other in self._candidates(word, is_abjad) if other in self.holders} - {word}
            tied = [self.holders[other] for other in sorted(related) if self._tie(is_abjad, word, other)]
            own, rest = self.holders.get(word), sorted(tied, key=len)
            groups, room = [own] if own else rest[-1:], HOLDERS_AT_MOST
            for group in rest:
                room -= len(group)
                if room >= 0:
                    groups.append(group)
            found = self._related[word, is_abjad] = together(groups)
        return found

    def _candidates(self, word: str, is_abjad: bool) -> Iterator[str]:
        """Words of the roster that may be related to one."""
        yield from self._told(word)
        heard = self._heard if is_abjad else self._heard_of_abjads
        yield from few(heard.get(("'", consonants(word)), ()))
        if is_abjad:
            return
        yield from few(self._sounds.get(sound_of(word), ()))
        if digits(word):  # a slip in a numbered word is heard or not found: its neighbours are other numbers
            return
        if len(word) >= TYPO_FROM - 1:
            yield from self._slips.near(word)
        for end in range(SHORT_FROM, len(word) - 1):
            yield word[:end]
        if len(word) >= SHORT_FROM:
            start = bisect_left(self._sorted, word)
            longer = islice(self._sorted, start, start + WORDS_AT_MOST + 1)
            yield from few([other for other in longer if other.startswith(word)])
        if len(word) >= TWO_TYPOS_FROM - 2:
            lengths = range(len(word) - 2, len(word) + 3)
            blocks = [self._ends.get((part, length), ()) for part in parts_of(word) for length in lengths]
            yield from islice((other for block in sorted(blocks, key=len) for other in few(block)), WORDS_AT_MOST)

    def _told(self, word: str) -> Iterator[str]:
        """Nicknames and spellings that tables or endings tell."""
        yield from NICKNAMES.get(word, ())
        yield from SPELLINGS.get(word, ())
        if stem := stem_of(word):
            yield from self._by_stem.get(stem, ())

    @cached_property
    def _by_stem(self) -> dict[str, list[str]]:
        return blocks_of((word[:-1], word) for word in self.holders if len(word) > SHORT_FROM)

    @cached_property
    def _sounds(self) -> dict[str, list[str]]:
        return blocks_of((sound_of(word), word) for word in self.holders)

    @cached_property
    def _sounds_with_ending(self) -> dict[tuple[str, ...], list[str]]:
        return blocks_of((("#", sound_of(word), ending(word)), word) for word in self.holders)

    @cached_property
    def _heard(self) -> dict[tuple[str, ...], list[str]]:
        return blocks_of((("'", consonants(word)), word) for word in self.holders)

    @cached_property
    def _heard_of_abjads(self) -> dict[tuple[str, ...], list[str]]:
        return blocks_of((("'", consonants(word)), word) for word in sorted(self._of_abjads))

    @cached_property
    def _slips(self) -> Slips:
        return Slips(word for word in self.holders if len(word) >= TYPO_FROM and not digits(word))

    @cached_property
    def _sorted(self) -> list[str]:
        return sorted(word for word in self.holders if not digits(word))

    @cached_property
    def _ends(self) -> dict[tuple[str, int], list[str]]:
        """Long words by what two slips leave whole."""
        long = (word for word in self.holders if len(word) >= TWO_TYPOS_FROM and not digits(word))
        return blocks_of(((key, len(word)), word) for word in long for key in parts_of(word))

    def _common(self, groups: Sequence[Group]) -> Group:
        """Whom all groups have in common; of a crowd, some. A crowd is looked through once, whatever words lead to it."""
        ordered = sorted(groups, key=len)
        if not ordered:
            return frozenset()
        if len(ordered[0]) <= MANY:
            return ordered[0].intersection(*ordered[1:])
        key = frozenset(map(id, ordered))  # they are kept: no two share an id
        if key not in self._in_common:
            common = ordered[0].intersection(*ordered[1:]) if len(key) > 1 else ordered[0]
            self._in_common[key] = frozenset(islice(common, MANY + 1))
        return self._in_common[key]

    def _nearby(self, words: Sequence[str], is_abjad: bool) -> Group | None:
        """Who shares all the words; else who shares two of them, or has one name only and shares that."""
        long = [word for word in words if len(word) > 1]
        sets = sorted((self._may_mean(word, is_abjad) for word in long), key=len)
        everything = self._common(sets)
        if len(everything) > MANY or (len(sets) == 1 and len(sets[0]) > MANY):
            return None
        if everything or len(sets) < 2:
            return everything
        pairs = [self._common(pair) for pair in combinations(sets[:6], 2)]
        one_named = [
            frozenset(p for p in self.holders.get(word, ()) if any(form.words == (word,) for form in self.forms[p]))
            for word in long
            if len(self.holders.get(word, ())) <= MANY
        ]
        shared = frozenset[int]().union(*pairs, *one_named)
        return shared if len(shared) <= MANY else None

    def _best(self, person: int, words: Sequence[str], ties: Sequence[Ties]) -> Likeness | None:
        self.compared += 1
        found = [like for form in self.forms[person] if (like := likeness(person, form, words, ties))]
        return min(found, key=lambda each: each.order, default=None)


def blocks_of(pairs: Iterable[tuple[Key, str]]) -> dict[Key, list[str]]:
    """Words by a key that they share."""
    found: dict[Key, list[str]] = defaultdict(list)
    for key, word in pairs:
        found[key].append(word)
    return dict(found)


def few(block: Sequence[str]) -> Sequence[str]:
    """The words of a block, if they are few enough to be compared one by one."""
    return block if len(block) <= WORDS_AT_MOST else ()


def together(groups: Sequence[Group]) -> Group:
    """Everybody of all groups; where the largest has them all, that very group, which takes no room."""
    largest: Group = max(groups, key=len, default=frozenset[int]())
    rest = [group for group in groups if not group <= largest]
    return frozenset(largest.union(*rest)) if rest else largest


def sound_of(word: str) -> str:
    """What all spellings of one sound share, and its digits."""
    return skeleton(word) + digits(word)


def parts_of(word: str) -> tuple[str, str, str]:
    """The start, the end, or both around the middle: two slips leave one of them whole, as a rule."""
    return f"^{word[:SHORT_FROM]}", f"${word[-SHORT_FROM:]}", f"{word[:2]}_{word[-1]}"
