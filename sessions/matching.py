"""Who a line of a report is. Only what is unique and certain is automatic; likely ones wait for a person.

Tiers, each only for what the one before leaves:

1. the same e-mail address — unless the shown name is exactly another registered person's;
2. an address seen before for this person, under the same condition;
3. an exact name that nobody else in the roster could mean: case, accents left out, punctuation, order, honorifics, tags
   and what stands in brackets set aside; with an address that is a slip away from the registered one, or with none. With an
   unknown address only where the name is distinctive, and stands under no second address in the file;
4. likely: nickname, spelling, other script, part of a name, device, slips (`sessions.likeness`). Never automatic;
5. nobody, or several, who are never told apart by guessing.

Decision 16 says which exact names wait, and why. Measured on invented crowds that the rules were not made on
(`tests/sessions/crowd.py`, most lines spoiled on purpose): 53,103 lines, 16,557 automatic matches, two wrong; there is a
rule for one now. Who signs in is matched at once, and so are 95 % of unique full names without an address (of 3,000: 80 %).

Time grows with people and identities, not with their product, whatever the names are (`sessions.vocabulary`); indexes are
built when the first identity needs them.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import NamedTuple

from sessions.collecting import uncollected
from sessions.grounds import grounds, how_exact
from sessions.likeness import Fit, Likeness
from sessions.matches import Because, Candidate, Decision, Identity, Match, Suggestion
from sessions.names import name_of
from sessions.roster import Index
from sessions.shown import Kind, Reading, Shown

__all__ = ["Because", "Candidate", "Decision", "Identity", "Match", "Roster", "Suggestion", "is_generic", "name_of"]

SUGGESTIONS_AT_MOST = 6
CLEARLY = 0.1  # by how much the likeliest must lead
LETTERS_AT_LEAST = 3  # of a single word that says anything of who it is
LETTERS_TO_BE_SURE = 6  # of a single word that is somebody's whole name: Wahyuni, but not Sri or Ana
WHOLE_IN_ONE_WORD = frozenset(["CJK", "HANGUL"])
NOBODY = {
    Kind.PHONE: Because.PHONE_CALLER,
    Kind.ANONYMOUS: Because.ANONYMOUS,
    Kind.EMPTY: Because.ANONYMOUS,
    Kind.GUEST: Because.NOT_IN_ROSTER,
    Kind.DEVICE: Because.DEVICE_NAME_WITHOUT_PERSON,
}
Reasons = Mapping[int, tuple[Because, ...]]
"""People by position, best first, each with what speaks for them."""


class Verdict(NamedTuple):
    """A match, and whose exact name the identity shows under an address that is not theirs."""

    match: Match
    named: int | None = None


def is_generic(identity: Identity) -> bool:
    """Whether an identity says nothing of who it is, so that a person's decision on it holds in one session only."""
    name, email = identity
    return not email and (Shown(name).kind is not Kind.PERSON or is_too_short(Reading(name, False)))


def is_too_short(reading: Reading, at_least: int = LETTERS_AT_LEAST) -> bool:
    """Whether a name is initials, or one word of a few letters. A Han or Hangul name is whole in two."""
    words = reading.name.bare
    if reading.scripts & WHOLE_IN_ONE_WORD:
        return False
    return max(map(len, words), default=0) < 2 or (len(words) == 1 and len(words[0]) < at_least)


class Roster:
    """The people of a programme, to be found by what a report says of them."""

    def __init__(self, candidates: Iterable[Candidate]) -> None:
        self._index = Index(candidates)

    @property
    def compared(self) -> int:
        """How many pairs of words, and of names, have been compared: the work, whatever the machine."""
        return self._index.vocabulary.compared

    def match_all(self, identities: Iterable[Identity]) -> dict[Identity, Match]:
        """Every identity with its match. Identities may come in any order and more than once."""
        with uncollected():
            return self._match_all(identities)

    def _match_all(self, identities: Iterable[Identity]) -> dict[Identity, Match]:
        people, at_address = self._index.people, self._index.by_address
        found: dict[Identity, Match] = {}
        rest: list[Identity] = []
        auto, email_exact, made = Decision.AUTO, Because.EMAIL_EXACT, partial(tuple.__new__, Match)
        for identity in identities:
            name, email = identity
            at = at_address.get(email)
            if at is not None and name in people[at][2]:  # the registered name under the registered address
                found[identity] = made((auto, people[at][0], email_exact, ()))
            else:
                rest.append(identity)
        verdicts = {identity: self._judge(Identity(*identity)) for identity in dict.fromkeys(rest)}
        addresses = self._addresses(verdicts, found)
        for identity, verdict in verdicts.items():
            found[identity] = self._unless_under_two(verdict, addresses)
        return found

    def _addresses(self, verdicts: Mapping[Identity, Verdict], found: Iterable[Identity]) -> dict[int, set[str]]:
        """Under which addresses the name of each person stands in the file."""
        addresses: dict[int, set[str]] = defaultdict(set)
        for identity, verdict in verdicts.items():
            if verdict.named is not None and identity[1]:
                addresses[verdict.named].add(identity[1])
        if addresses:
            present = {identity[1] for identity in [*found, *verdicts]}
            for at, emails in addresses.items():
                emails.update({self._index.people[at].email} & present)
        return addresses

    def _unless_under_two(self, verdict: Verdict, addresses: Mapping[int, set[str]]) -> Match:
        """One name under two addresses may be two people."""
        match, named = verdict
        if named is None or match.decision is not Decision.AUTO or len(addresses.get(named, ())) < 2:
            return match
        return self._waiting(Because.NAME_UNDER_TWO_ADDRESSES, {named: (match.because,)})

    def _judge(self, identity: Identity) -> Verdict:
        """One identity, tier by tier."""
        shown, email, index = Shown(identity.name), identity.email, self._index
        if email in index.by_address:
            return self._by_address(shown, index.by_address[email], Because.EMAIL_EXACT)
        if email in index.known:
            return self._by_address(shown, index.known[email], Because.KNOWN_ADDRESS)
        if email in index.shared:
            return self._by_shared_address(email, shown)
        if shown.kind is not Kind.PERSON:
            return Verdict(self._of_no_name(email, shown.kind))
        return self._by_name(email, shown)

    def _by_address(self, shown: Shown, at: int, because: Because) -> Verdict:
        """Certain, unless the name is exactly another's. A shorter form of the own name is the own."""
        if self._index.is_own_name(at, shown.text):
            return Verdict(Match(Decision.AUTO, self._key(at), because))
        several = {bearer for part in shown.parts for bearer in self._index.bearers(part)}
        bearers = {bearer for reading in shown.readings for bearer in self._index.bearers(reading)}
        if several - {at}:
            reasons = {at: (because,)} | dict.fromkeys(sorted(several - {at}), (Because.NAME_EXACT,))
            return Verdict(self._waiting(Because.TWO_PEOPLE_ONE_CONNECTION, reasons))
        if not bearers or at in bearers or self._is_own(at, shown.readings):
            return Verdict(Match(Decision.AUTO, self._key(at), because))
        reasons = {at: (because,)} | dict.fromkeys(sorted(bearers), (Because.NAME_EXACT,))
        return Verdict(self._waiting(Because.NAME_OF_ANOTHER, reasons), min(bearers) if len(bearers) == 1 else None)

    def _is_own(self, at: int, readings: Sequence[Reading]) -> bool:
        """Whether a name is the person's own, or a shorter form of it."""
        return any(self._index.bears(at, each) for each in readings) or self._index.is_part_of_name(at, readings)

    def _by_shared_address(self, email: str, shown: Shown) -> Verdict:
        """An address of several people: the name says which, if it does."""
        verdict = self._by_name("", shown) if shown.kind is Kind.PERSON else None
        if verdict and verdict.match.key is not None and self._index.has_address(verdict.match.key, email):
            return Verdict(verdict.match)
        owners = self._index.shared[email][:SUGGESTIONS_AT_MOST]
        return Verdict(self._waiting(Because.ADDRESS_OF_SEVERAL, dict.fromkeys(owners, (Because.ADDRESS_OF_SEVERAL,))))

    def _of_no_name(self, email: str, kind: Kind) -> Match:
        """A device, a caller, somebody anonymous: perhaps the address says a little."""
        near = sorted(self._index.near(email))
        if len(near) == 1:
            return self._waiting(Because.EMAIL_TYPO, {near[0]: (Because.EMAIL_TYPO,)})
        local = Reading(email.partition("@")[0].replace("_", " "), False)
        if len(local.name.words) > 1 and self._index.vocabulary.likely(local.name):
            return Match(Decision.NONE, None, Because.SIMILAR_NAME_OTHER_PERSON)
        return Match(Decision.NONE, None, NOBODY[kind])

    def _by_name(self, email: str, shown: Shown) -> Verdict:
        """An exact name, or a likely one."""
        bearers = {at: reading for reading in reversed(shown.readings) for at in self._index.bearers(reading)}
        if not bearers:
            return Verdict(self._likely(email, shown))
        if len(bearers) == 1:
            ((at, reading),) = bearers.items()
            return self._exact(email, shown, at, reading)
        is_two = all(self._index.bearers(reading) == [at] for at, reading in bearers.items())
        because = Because.TWO_PEOPLE_ONE_CONNECTION if is_two else Because.AMBIGUOUS_SAME_NAME
        return Verdict(self._nobody(because, dict.fromkeys(sorted(bearers), (Because.NAME_EXACT,))))

    def _exact(self, email: str, shown: Shown, at: int, reading: Reading) -> Verdict:
        """The name of exactly one: automatic where nothing speaks against it."""
        index = self._index
        name, near = index.agreeing(at, reading), index.near(email)
        if name is None:
            return Verdict(self._waiting(Because.NAME_OTHER_DIACRITICS, {at: (Because.NAME_OTHER_DIACRITICS,)}), at)
        how = how_exact(reading, name, index.people[at].names)
        others = [other for other in index.vocabulary.could_be(reading.name) if other != at] + index.within(reading, at)
        doubts = {
            Because.NAME_FITS_OTHERS: dict.fromkeys(others, (Because.NAME_FITS_OTHERS,)),
            Because.ADDRESS_OF_ANOTHER: dict.fromkeys(sorted(near - {at}), (Because.EMAIL_TYPO,)),
        }
        for why, people in doubts.items():
            if people:
                return Verdict(self._waiting(why, {at: (how,)} | people), at)
        others_names = [more for more in shown.owners if more.name != reading.name and not index.goes_with(at, more)]
        if others_names or shown.is_proxy:
            return Verdict(self._waiting(Because.NAME_AND_MORE, {at: (how,)} | self._firsts(others_names)), at)
        doubt = self._doubt(email, reading, is_near=bool(near))
        if doubt:
            return Verdict(self._waiting(doubt, {at: (how,)}), at)
        if near:
            return Verdict(Match(Decision.AUTO, self._key(at), Because.EMAIL_TYPO_AND_NAME_EXACT))
        return Verdict(Match(Decision.AUTO, self._key(at), how), at)

    def _doubt(self, email: str, reading: Reading, *, is_near: bool) -> Because | None:
        """What keeps an exact name that fits nobody else from being certain."""
        if is_too_short(reading, LETTERS_TO_BE_SURE):
            return Because.NAME_SHORT
        is_unknown = bool(email) and not is_near and not self._index.is_distinctive(reading)
        return Because.NAME_COMMON_ADDRESS_UNKNOWN if is_unknown else None

    def _likely(self, email: str, shown: Shown) -> Match:
        """Who it may be. Confirmed by a person where one is clearly the likeliest."""
        near, parts = self._index.near(email), self._firsts(shown.parts)
        found, is_crowd = self._likenesses(shown)
        reasons = {
            like.person: grounds(like, reading, is_device=shown.is_device)
            for number, (like, reading) in enumerate(found)
            if number < SUGGESTIONS_AT_MOST or like.person in near
        }
        likenesses = [like for like, _reading in found]
        if is_two_people(likenesses) or len(parts) > 1:
            return self._nobody(Because.TWO_PEOPLE_ONE_CONNECTION, parts | reasons)
        if near:
            return self._likely_near(near, reasons)
        likely = [like for like in likenesses if like.fit is not Fit.SIMILAR]
        if not likely:
            nobody = Because.AMBIGUOUS_PART_OF_NAME if is_crowd else Because.NOT_IN_ROSTER
            return self._nobody(Because.SIMILAR_NAME_OTHER_PERSON if found else nobody, reasons)
        best = likely[0]
        if is_crowd or any(rivals(best, other) for other in likely[1:]):
            is_full = best.fit is Fit.FULL
            return self._nobody(Because.AMBIGUOUS_SAME_NAME if is_full else Because.AMBIGUOUS_PART_OF_NAME, reasons)
        if email and best.fit is not Fit.FULL:
            return self._nobody(Because.SIMILAR_NAME_OTHER_PERSON, reasons)
        return self._waiting(reasons[best.person][0], reasons)

    def _likely_near(self, near: set[int], reasons: Reasons) -> Match:
        """An address a slip away from a registered one, and perhaps a likely name."""
        both = {at: (Because.EMAIL_TYPO, *reasons[at]) for at in reasons if at in near}
        alone = {at: (Because.EMAIL_TYPO,) for at in sorted(near) if at not in both}
        everybody = both | alone | {at: codes for at, codes in reasons.items() if at not in near}
        if len(both) == 1:
            return self._waiting(Because.EMAIL_TYPO, everybody)
        return self._nobody(Because.SIMILAR_NAME_OTHER_PERSON, everybody)

    def _likenesses(self, shown: Shown) -> tuple[list[tuple[Likeness, Reading]], bool]:
        """Everybody whom any reading may be, best first; or whether more people fit than can be told apart."""
        best: dict[int, tuple[Likeness, Reading]] = {}
        is_crowd = False
        for reading in shown.guesses:
            found = self._index.vocabulary.likely(reading.name)
            is_crowd = is_crowd or found is None
            for like in found or ():
                if like.person not in best or like.order < best[like.person][0].order:
                    best[like.person] = (like, reading)
        return sorted(best.values(), key=lambda pair: pair[0].order), is_crowd and not best

    def _firsts(self, readings: Iterable[Reading]) -> dict[int, tuple[Because, ...]]:
        """Who each of several readings is likeliest to be."""
        firsts = [(found[0], each) for each in readings if (found := self._index.vocabulary.likely(each.name))]
        return {like.person: grounds(like, reading, is_device=False) for like, reading in firsts}

    def _waiting(self, because: Because, reasons: Reasons) -> Match:
        return Match(Decision.CONFIRM, None, because, self._suggestions(reasons))

    def _nobody(self, because: Because, reasons: Reasons) -> Match:
        return Match(Decision.NONE, None, because, self._suggestions(reasons))

    def _suggestions(self, reasons: Reasons) -> tuple[Suggestion, ...]:
        return tuple(Suggestion(self._key(at), codes) for at, codes in [*reasons.items()][:SUGGESTIONS_AT_MOST])

    def _key(self, at: int) -> int:
        return self._index.people[at].key


def rivals(best: Likeness, other: Likeness) -> bool:
    """Whether another is nearly as likely as the likeliest."""
    if other.fit is best.fit:
        return other.score > best.score - CLEARLY
    return other.score > best.score


def is_two_people(found: Iterable[Likeness]) -> bool:
    """Whether the full names of two people stand side by side: `Aster Bekele for Abeba Tesfaye`."""
    whole = [set(like.form.words) for like in found if like.fit is Fit.MORE and len(like.form.words) > 1]
    return any(not one & other for one in whole for other in whole)
