"""How much work matching takes: it grows with people and identities, never with their product, whatever the names are.

Work is counted, not timed: pairs of words and of names that were compared. Twice the people are about twice the work.
"""

from itertools import product
from random import Random

import pytest

from sessions.matching import Because, Candidate, Decision, Identity, Roster

SYLLABLES = ["".join(pair) for pair in product("bdfgklmnprstvz", "aeiou")]
PER_IDENTITY = 400  # comparisons at most, on average


def word(number):
    """A word for each number, of three syllables."""
    chance = Random(number)
    return "".join(chance.choice(SYLLABLES) for _ in range(3)).capitalize()


CROWDS = {
    "one family name": lambda at: f"{word(at)} Garcia",
    "numbered names": lambda at: f"Person{at} Family{at % 50}",
    "names of one word": word,
    "one given name": lambda at: f"Mohamed {word(at)}" if at % 4 == 0 else f"{word(at)} {word(-at)}",
    "one name": lambda at: "Mohamed Ali",
    "one beginning": lambda at: f"Muhammad{word(at).lower()} Abd{word(-at).lower()}",
    "one sound": lambda at: "m{}r{}d{}n{} k{}l{}".format(*("aeiou"[at // 5**place % 5] for place in range(6))),
    "a grid": lambda at: f"{word(at % 20)} {word(-1 - at // 20)}",
}
SHOWN = {
    "as registered": lambda at, name: Identity(name, ""),
    "with a slip, elsewhere": lambda at, name: Identity(f"{name[:-2]}{name[-1]}{name[-2]}", f"x{at}@mail.example"),
    "a slip in the address": lambda at, name: Identity(f"{name}x", f"person.{at}@example.ogr"),
}


def work(crowd, shown, number):
    names = [CROWDS[crowd](at) for at in range(number)]
    roster = Roster(Candidate(at, f"person.{at}@example.org", (name,)) for at, name in enumerate(names))
    assert len(roster.match_all(SHOWN[shown](at, name) for at, name in enumerate(names))) > 0
    return roster.compared


@pytest.mark.parametrize("shown", SHOWN)
@pytest.mark.parametrize("crowd", CROWDS)
def test_match_compares_few_whatever_the_names_are(crowd, shown):
    assert work(crowd, shown, 400) < 400 * PER_IDENTITY


@pytest.mark.parametrize("crowd", ["numbered names", "one family name", "one given name", "one name"])
def test_match_of_four_times_the_people_takes_no_more_work_for_each(crowd):
    assert work(crowd, "as registered", 1_600) < 4 * work(crowd, "as registered", 400) + 1_600 * 30


def test_match_keeps_digits_as_part_of_a_word():
    roster = Roster(Candidate(at, "", (f"Person{at} Family{at}",)) for at in range(100, 140))
    match = roster.match_all([Identity("Person111 Family111", ""), Identity("Person11 Family111", "")])
    assert match[Identity("Person111 Family111", "")].key == 111
    assert match[Identity("Person11 Family111", "")].decision is Decision.NONE


def test_match_finds_the_slip_in_a_name_that_thousands_have():
    people = [Candidate(at, "", (f"{word(at)} Garcia",)) for at in range(1_500)]
    shown = Identity(f"{word(7)} Garcai", "")
    match = Roster(people).match_all([shown])[shown]
    assert (match.because, match.suggestions[0].key) == (Because.NAME_TYPO, 7)
