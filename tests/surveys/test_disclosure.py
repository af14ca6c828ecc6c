from collections import Counter
from itertools import product
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from surveys.disclosure import LEAST, hidden_groups, is_hidden


def test_a_small_group_is_hidden_together_with_the_next():
    assert hidden_groups({"female": 40, "male": 30, "another": 2}) == {"another", "male"}


def test_several_small_groups_hide_each_other():
    assert hidden_groups({"a": 40, "b": 3, "c": 4}) == {"b", "c"}


def test_large_groups_are_shown():
    assert hidden_groups({"a": 5, "b": 50}) == frozenset()
    assert hidden_groups({"a": 0, "b": 50}) == frozenset()
    assert hidden_groups({}) == frozenset()


@given(st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 20)))
def test_no_small_group_follows_from_the_total(counts):
    hidden = hidden_groups(counts)
    shown = [n for group, n in counts.items() if group not in hidden]
    rest = sum(counts.values()) - sum(shown)

    assert all(n == 0 or n >= LEAST for n in shown)
    assert rest == 0 or rest >= LEAST or not any(shown)
    assert len(hidden) != 1 or not any(shown)


def test_a_selection_is_hidden_when_a_table_that_contains_it_hides_it():
    people = (
        [("female", "ngo")] * 3 + [("female", "private")] * 20 + [("male", "ngo")] * 20 + [("male", "private")] * 20
    )

    def counts(variable, where):
        names = ("gender", "sector")
        matching = [p for p in people if all(p[names.index(name)] == value for name, value in where.items())]
        return Counter(p[names.index(variable)] for p in matching)

    assert is_hidden({}, counts) is False
    assert is_hidden({"gender": "female"}, counts) is False
    assert is_hidden({"gender": "female", "sector": "ngo"}, counts) is True
    assert is_hidden({"gender": "female", "sector": "private"}, counts) is True
    assert is_hidden({"gender": "male", "sector": "private"}, counts) is False


def test_no_shown_selection_is_small_or_differs_little_from_one_shown():
    """Subtracting one shown selection from another that contains it never leaves one to four people."""
    random = Random(5)
    names = ("gender", "sector")
    for _ in range(200):
        people = [(random.choice("fmx"), random.choice("abcd")) for _ in range(random.randint(1, 60))]

        def matching(where, people=people):
            return [p for p in people if all(p[names.index(name)] == value for name, value in where.items())]

        def counts(variable, where, matching=matching):
            return Counter(p[names.index(variable)] for p in matching(where))

        for gender, sector in product("fmx", "abcd"):
            where = {"gender": gender, "sector": sector}
            if is_hidden(where, counts):
                continue
            n = len(matching(where))
            assert n == 0 or n >= LEAST
            for parent in ({"gender": gender}, {"sector": sector}):
                left = len(matching(parent)) - n
                assert n == 0 or left == 0 or left >= LEAST
