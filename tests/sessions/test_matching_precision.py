"""How often an automatic match is right, and how much is matched, over invented crowds whose truth is known."""

import pytest

from sessions.matching import Decision, Roster
from tests.sessions.crowd import crowd_of

SEEDS = [2022, 2026, 7, 11]


def outcomes(size, seed):
    """Identity, who it is, and the match, of everybody in a crowd."""
    crowd = crowd_of(size, seed)
    matches = Roster(crowd.candidates).match_all(identity for identity, _key, _way in crowd.identities)
    return [(identity, key, matches[identity]) for identity, key, _way in crowd.identities]


@pytest.mark.parametrize("size", [30, 150])
@pytest.mark.parametrize("seed", SEEDS)
def test_no_automatic_match_is_wrong(size, seed):
    found = outcomes(size, seed)
    wrong = [(identity, key, match) for identity, key, match in found if match.key is not None and match.key != key]
    assert wrong == []


def test_much_is_matched_or_suggested_all_the_same():
    found = [each for seed in SEEDS for each in outcomes(120, seed)]
    right = [key is not None and match.key == key for _identity, key, match in found]
    offered = [
        match.decision is Decision.CONFIRM and key is not None and key in [each.key for each in match.suggestions]
        for _identity, key, match in found
    ]
    registered = sum(key is not None for _identity, key, _match in found)
    assert sum(right) / registered > 0.4
    assert sum(right + offered) / registered > 0.7


def test_whoever_signs_in_is_always_matched():
    crowd = crowd_of(150, 2026)
    matches = Roster(crowd.candidates).match_all(identity for identity, _key, _way in crowd.identities)
    signed_in = [(identity, key) for identity, key, way in crowd.identities if way == "signed_in"]
    assert [matches[identity].key for identity, _key in signed_in] == [key for _identity, key in signed_in]
