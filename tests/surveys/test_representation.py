from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.representation import representation

groups = st.dictionaries(st.sampled_from("abcdef"), st.tuples(st.integers(0, 40), st.integers(0, 40)))


def test_groups_are_compared_by_their_shares():
    found = representation("gender", {"female": 40, "male": 60}, {"female": 30, "male": 20})

    assert [(g.value, g.asked, g.answered, g.difference, g.response_rate) for g in found.groups] == [
        ("male", 60, 20, Fraction(-20), Fraction(1, 3)),
        ("female", 40, 30, Fraction(20), Fraction(3, 4)),
    ]
    assert (found.asked, found.answered, found.dissimilarity) == (100, 50, Fraction(1, 5))


def test_nobody_who_answered_leaves_no_share():
    found = representation("gender", {"female": 2, "male": 0}, {})

    assert [(g.value, g.share_of_answered, g.difference) for g in found.groups] == [("female", None, None)]
    assert found.dissimilarity is None
    assert representation("gender", {}, {}).dissimilarity is None


def test_more_answers_than_people_are_refused():
    with pytest.raises(ValueError, match="more people answered than were asked: male"):
        representation("gender", {"female": 2}, {"female": 2, "male": 1})


@given(groups)
def test_differences_add_up_to_nothing(pairs):
    asked = {value: max(pair) for value, pair in pairs.items()}
    answered = {value: min(pair) for value, pair in pairs.items()}
    found = representation("x", asked, answered)

    if found.answered:
        assert sum(group.difference for group in found.groups) == 0
        assert 0 <= found.dissimilarity <= 1


@given(groups)
def test_groups_with_few_on_either_side_are_hidden_and_never_alone(pairs):
    asked = {value: max(pair) for value, pair in pairs.items()}
    answered = {value: min(pair) for value, pair in pairs.items()}
    found = representation("x", asked, answered)
    hidden = found.hidden(k=5)

    for group in found.groups:
        small = [n for n in (group.asked, group.answered, group.asked - group.answered) if 0 < n < 5]
        assert group.value in hidden or not small
    assert len(hidden) != 1 or len(found.groups) == 1
