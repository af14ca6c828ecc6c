"""Who could help whom: proposals made of words that both people wrote, each with its reasons.

What one person offers is held against what another looks for. A topic meets the same topic. A phrase meets a phrase when
all words of the shorter one are in the longer one; words are compared without case, accents and articles and without the
commonest endings (`keys_of`), so that “customs laws” meets “Customs law”, and “таможенного права” “таможенное право”.
Nothing is guessed, weighted or learnt: whoever reads a proposal can check it.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from registrations.folding import terms_of

_SMALL_WORDS = frozenset(
    terms_of(
        "a an and as at by for from in into of on or the to with "
        "au aux avec d de des du en et l la le les ou par pour sur un une "
        "con del e el las los o para por se su una y "
        "в во для и из или к на о об от по при с со у "
        "من في على الى عن مع و او "
        "的 和 与 及 在"
    )
)
_LATIN, _CYRILLIC = re.compile("[a-zßœæøłđ]+"), re.compile("[\u0430-\u04ff]+")
_ARABIC = re.compile("[\u0621-\u064a]+")
_RUSSIAN_ENDING = re.compile(
    "(?:[иыо]ми|ого|его|ому|ему|ами|ями|ов|ев|ах|ях|ом|ем|ам|ям|ых|их|ым|им|[аеиоуыэюяь]{1,2})$"
)
_ARABIC_ENDING = re.compile("(?:ات|ين|ون|يه|ه)$")
_SHORTEST_STEM = 3


@dataclass(frozen=True, slots=True)
class Thing:
    """Something offered or looked for: the text as its owner wrote it, its keys, and its topic's number, if it is one."""

    text: str
    keys: frozenset[str]
    topic: int | None = None


@dataclass(frozen=True, slots=True)
class Seeker:
    """What a proposal looks at of a person. `languages`: codes of those spoken; `sector`, `country`: codes, too."""

    key: str
    offers: tuple[Thing, ...]
    needs: tuple[Thing, ...]
    languages: frozenset[str]
    sector: str
    country: str


@dataclass(frozen=True, slots=True)
class Meeting:
    """A text of theirs that meets one of mine: one of the two is an offer, the other something looked for."""

    theirs: str
    mine: str

    @property
    def is_same(self) -> bool:
        """Whether both wrote the same, so that saying it once is enough."""
        return self.theirs.casefold() == self.mine.casefold()


@dataclass(frozen=True, slots=True)
class Proposal:
    """Why somebody (`key`) is proposed: what they give, what they take, and what the two share and do not share."""

    key: str
    gives: tuple[Meeting, ...]
    takes: tuple[Meeting, ...]
    languages: tuple[str, ...]
    is_other_sector: bool
    is_other_country: bool

    @property
    def is_mutual(self) -> bool:
        """Whether each offers something that the other looks for."""
        return bool(self.gives and self.takes)


def keys_of(text: str) -> frozenset[str]:
    """The words of a phrase as they are compared, small words aside unless there is nothing else."""
    words = terms_of(text)
    return frozenset(_stem(word) for word in ([each for each in words if each not in _SMALL_WORDS] or words))


def proposals(me: Seeker, others: Iterable[Seeker], *, most: int | None = None) -> list[Proposal]:
    """Everybody who speaks a language of mine and offers what I look for, or looks for what I offer; the best first.

    Those come first who do both; then those with more such things; then people of another sector, and of another
    country; equals in the order of their keys. The order of `others` does not matter. `most`: so many at most.
    """
    found = [proposal for other in others if other.key != me.key and (proposal := between(me, other))]
    found.sort(key=_place)
    return found[:most]


def between(me: Seeker, other: Seeker) -> Proposal | None:
    """What speaks for these two; None without a shared language, or where neither has what the other looks for."""
    shared = me.languages & other.languages
    if not shared:
        return None
    gives = _meetings(theirs=other.offers, mine=me.needs)
    takes = _meetings(theirs=other.needs, mine=me.offers)
    if not (gives or takes):
        return None
    return Proposal(
        key=other.key,
        gives=gives,
        takes=takes,
        languages=tuple(sorted(shared)),
        is_other_sector=me.sector != other.sector,
        is_other_country=me.country != other.country,
    )


def _place(proposal: Proposal) -> tuple[bool, int, bool, bool, str]:
    met = len(proposal.gives) + len(proposal.takes)
    return not proposal.is_mutual, -met, not proposal.is_other_sector, not proposal.is_other_country, proposal.key


def _meetings(*, theirs: Sequence[Thing], mine: Sequence[Thing]) -> tuple[Meeting, ...]:
    """Each of theirs with the first of mine that it meets."""
    found = []
    for their in theirs:
        met = next((own for own in mine if _do_meet(their, own)), None)
        if met is not None:
            found.append(Meeting(their.text, met.text))
    return tuple(found)


def _do_meet(one: Thing, other: Thing) -> bool:
    if one.topic is not None and one.topic == other.topic:
        return True
    return bool(one.keys and other.keys) and (one.keys <= other.keys or other.keys <= one.keys)


def _stem(word: str) -> str:
    """A word without its commonest endings. Short words, numbers, Chinese and other scripts stay as they are."""
    if len(word) <= _SHORTEST_STEM:
        return word
    if _LATIN.fullmatch(word):
        plural = word[:-1] if word.endswith("s") and not word.endswith("ss") else word
        return plural.removesuffix("e") if len(plural) > _SHORTEST_STEM else plural
    if _CYRILLIC.fullmatch(word):
        return _unless_too_short(_RUSSIAN_ENDING.sub("", word), word)
    if _ARABIC.fullmatch(word):  # a word such as “إلكتروني” begins like an article, so that it goes from both spellings
        bare = _unless_too_short(word.removeprefix("ال"), word)
        return _unless_too_short(_ARABIC_ENDING.sub("", bare), bare)
    return word


def _unless_too_short(stem: str, word: str) -> str:
    return stem if len(stem) >= _SHORTEST_STEM else word
