"""The people of a programme, to be found by address, by exact name and by likeness. Each index is built when first asked."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property
from itertools import combinations, count
from operator import itemgetter

from sessions.addresses import Neighbours
from sessions.likeness import Form, is_of_abjad, likeness
from sessions.matches import Candidate
from sessions.names import Name, letters_key, name_of, ordered
from sessions.shown import Reading
from sessions.sounds import latin_words
from sessions.vocabulary import MANY, Vocabulary

JOINT = re.compile(r"(?<=\w)-(?=\w)")
DISTINCTIVE_WORDS = 3  # a name of so many words is hardly borne by two


class Index:
    """People by position, in the order of their keys: the order in which they come in changes nothing."""

    def __init__(self, candidates: Iterable[Candidate]) -> None:
        self.people = sorted(candidates, key=itemgetter(0))
        self.by_address = dict(zip(map(itemgetter(1), self.people), count()))
        self.by_address.pop("", None)
        self.shared: dict[str, list[int]] = {}
        self.known: dict[str, int] = {}
        self._enter_known()
        self._names: dict[int, list[Name]] = {}

    def _enter_known(self) -> None:
        """Addresses seen before, and those that belong to several people, which say nothing by themselves."""
        owners: dict[str, set[int]] = defaultdict(set)
        if sum(map(bool, map(itemgetter(1), self.people))) > len(self.by_address):
            for at, person in enumerate(self.people):
                owners[person.email].add(at)
        for at, addresses in enumerate(map(itemgetter(3), self.people)):
            for address in addresses:
                owners[address.lower()] |= {at, self.by_address.get(address.lower(), at)}
        for address, people in owners.items():
            if len(people) > 1 and address:
                self.shared[address] = sorted(people)
                self.by_address.pop(address, None)
            elif address and address not in self.by_address:
                self.known[address] = min(people)

    def names(self, at: int) -> list[Name]:
        """The ways in which a person's name is written."""
        if at not in self._names:
            found = dict.fromkeys(map(name_of, self.people[at].names))
            self._names[at] = [name for name in found if name.words]
        return self._names[at]

    @cached_property
    def _by_letters(self) -> dict[str, dict[tuple[str, ...], list[int]]]:
        """People by the letters of a name, then by its words, in order of position."""
        found: dict[str, dict[tuple[str, ...], list[int]]] = defaultdict(dict)
        for at, person in enumerate(self.people):
            for text in dict.fromkeys(person.names):
                if key := letters_key(text):
                    bearers = found[key].setdefault(tuple(sorted(ordered(text))), [])
                    if bearers[-1:] != [at]:
                        bearers.append(at)
        return found

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """Words of all names and who has them."""
        return Vocabulary([self._forms(at) for at in range(len(self.people))])

    @cached_property
    def neighbours(self) -> Neighbours:
        """All registered addresses, to be found by one with a slip in it."""
        return Neighbours(self.by_address)

    def bearers(self, reading: Reading) -> list[int]:
        """Everybody whose name has the same letters, accents aside; of a crowd, the first."""
        name, groups = reading.name, self._by_letters.get(letters_key(reading.text), {})
        found = [people[: MANY + 1] for words, people in groups.items() if is_spelled(name, words)]
        return sorted(set[int]().union(*found))

    def bears(self, at: int, reading: Reading) -> bool:
        """Whether the person's name has the same letters, accents aside."""
        return any(reading.name.is_written_as(name) for name in self.names(at))

    def has_address(self, key: int, address: str) -> bool:
        """Whether an address is, or was, this person's."""
        people = self.people
        at = bisect_left(people, key, key=itemgetter(0))
        is_known = address in map(str.lower, people[at].known_addresses)
        return people[at].email == address or is_known

    def agreeing(self, at: int, reading: Reading) -> Name | None:
        """The way in which the person's name is written that a reading agrees with, accents and all."""
        return next((name for name in self.names(at) if reading.name.is_same_as(name)), None)

    def is_own_name(self, at: int, text: str) -> bool:
        """Whether a text has just the words of the person's name, accents aside: quick, and needs no index."""
        words = sorted(ordered(text))
        return any(sorted(ordered(name)) == words for name in self.people[at].names)

    def is_part_of_name(self, at: int, readings: Iterable[Reading]) -> bool:
        """Whether some reading is the person's name with words left out."""
        return any(set(reading.name.bare) < set(name.bare) for reading in readings for name in self.names(at))

    def goes_with(self, at: int, reading: Reading) -> bool:
        """Whether a further reading can stand beside this person's exact name: another form of it, or nobody's name."""
        words = [word for word in reading.latin if len(word) > 1]
        ties = [self.vocabulary.ties(word, is_of_abjad(reading.name)) for word in reading.latin]
        if any(likeness(at, form, reading.latin, ties) for form in self.vocabulary.forms[at]):
            return True
        return reading.scripts <= {"LATIN", "DIGIT"} and not any(word in self.vocabulary.holders for word in words)

    def within(self, reading: Reading, at: int) -> list[int]:
        """Others whose whole name stands in a name that has not this person's order of words: `Ángel García José`; or whose
        only name is written twice, as forms with two fields ask for it: `Wahyuni Wahyuni`.
        """
        words = ordered(reading.text)
        if len(words) > 1 and len(set(words)) == 1:
            return [other for other in self.bearers(Reading(words[0], False)) if other != at]
        family, _comma, given = reading.text.partition(",")
        orders = (words, (*ordered(given), *ordered(family)))  # `Sharma, Rajesh Kumar` says which is which
        if len(words) < DISTINCTIVE_WORDS or any(ordered(text) in orders for text in self.people[at].names):
            return []
        ends = combinations(range(len(words) + 1), 2)
        spans = {" ".join(words[start:end]) for start, end in ends if 1 < end - start < len(words)}
        return sorted({other for span in spans for other in self.bearers(Reading(span, False))} - {at})

    def near(self, address: str) -> set[int]:
        """Whose address is a slip away."""
        return {self.by_address[other] for other in self.neighbours.near(address)} if address else set()

    def is_distinctive(self, reading: Reading) -> bool:
        """Whether hardly anybody else in the world has this name, as far as this roster can tell: it has three words, or
        one of its two is nobody else's here.
        """
        words = [word for word in reading.latin if len(word) > 1]
        alone = any(len(self.vocabulary.holders.get(word, ())) == 1 for word in words)
        return len(words) >= DISTINCTIVE_WORDS or (len(words) > 1 and alone)

    def _forms(self, at: int) -> list[Form]:
        """A person's names as words; parts with a hyphen between them also as one word, as Min-jun is Minjun."""
        joined = [name_of(JOINT.sub("", text)) for text in self.people[at].names if "-" in text]
        forms = ((latin_words(name), name) for name in dict.fromkeys([*self.names(at), *joined]))
        return [Form(words, name) for words, name in forms if words]


def is_spelled(name: Name, words: tuple[str, ...]) -> bool:
    """Whether a name has these words, accents aside, or the same ones parted otherwise."""
    if name.bare == words:
        return True
    return len(words) != len(name.bare) and name.is_written_as(name_of(" ".join(words)))
