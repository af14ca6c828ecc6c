from collections import Counter
from itertools import product
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from surveys.disclosure import (
    LEAST,
    hidden_groups,
    is_hidden,
    protect_groups,
    protect_options,
    protect_table,
    protect_ticked_groups,
    protect_ticks,
    protect_tree,
    protect_view,
    strictest,
)


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
    assert is_hidden({"gender": "male", "sector": "private"}, counts) is True  # 40 less 20 and 23 less 20 are 3


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


def test_a_complement_that_gives_the_small_group_away_is_not_enough():
    """1 and 5 are 6: whoever knows that the second is 5 or more knows that the first is 1."""
    assert hidden_groups({"female": 5, "male": 50, "another": 1}) == {"female", "male", "another"}


def test_a_table_of_which_nothing_can_be_shown_hides_its_empty_groups_too():
    assert hidden_groups({"a": 9, "b": 1, "c": 0}) == {"a", "b", "c"}


def test_a_selection_combines_two_variables_at_most():
    def counts(variable, where):
        return {"x": 100}

    assert is_hidden({"gender": "x", "sector": "x"}, counts) is False
    assert is_hidden({"gender": "x", "sector": "x", "language": "x"}, counts) is True


def test_a_country_is_looked_at_within_its_region():
    people = [("KE", "Africa")] * 20 + [("TZ", "Africa")] * 3 + [("CN", "Asia")] * 20 + [("IN", "Asia")] * 4

    def counts(variable, where):
        names = ("country", "region")
        matching = [p for p in people if all(p[names.index(name)] == value for name, value in where.items())]
        return Counter(p[names.index(variable)] for p in matching)

    def wider(variable, value):
        return [("region", dict(people)[value])] if variable == "country" else []

    assert is_hidden({"country": "KE"}, counts) is False
    assert is_hidden({"country": "KE"}, counts, wider=wider) is True
    assert is_hidden({"region": "Africa"}, counts, wider=wider) is False


def test_a_two_way_table_hides_a_rectangle_around_a_small_cell():
    table = {"a": {"x": 3, "y": 30, "z": 50}, "b": {"x": 20, "y": 25, "z": 60}, "c": {"x": 40, "y": 70, "z": 80}}

    found = protect_table(table, k=5)

    assert (found.rows, found.columns, found.is_withheld) == (frozenset(), frozenset(), False)
    assert found.cells == {("a", "x"), ("a", "y"), ("b", "x"), ("b", "y")}


def test_a_two_way_table_without_small_cells_is_shown():
    found = protect_table({"a": {"x": 5, "y": 0}, "b": {"x": 7, "y": 9}}, k=5)

    assert (found.rows, found.columns, found.cells) == (frozenset(), frozenset(), frozenset())


def test_a_small_row_hides_its_margin_and_another_one():
    found = protect_table({"a": {"x": 1, "y": 1}, "b": {"x": 20, "y": 25}, "c": {"x": 40, "y": 70}}, k=5)

    assert found.rows == {"a", "b"}
    assert {("a", "x"), ("b", "y")} <= found.cells


def test_a_small_country_hides_another_of_its_region():
    tree = {"Africa": {"KE": 40, "TZ": 12, "UG": 3}, "Asia": {"CN": 30, "IN": 20}}

    found = protect_tree(tree, k=5)

    assert (found.branches, found.leaves) == (frozenset(), {("Africa", "UG"), ("Africa", "TZ")})


def test_a_region_of_one_small_country_hides_another_region():
    tree = {"Africa": {"KE": 40, "TZ": 12}, "Asia": {"CN": 30, "IN": 20}, "Oceania": {"FJ": 2}}

    found = protect_tree(tree, k=5)

    assert "Oceania" in found.branches
    assert len(found.branches) > 1
    assert protect_tree({"Africa": {"KE": 3}}, k=5).is_withheld


def test_an_option_of_one_among_twelve_withholds_the_options_and_not_n():
    found = protect_options({"yes": 11, "no": 1}, k=10)

    assert (found.hidden, found.shows_n, found.shows_rest) == ({"yes", "no"}, True, False)


def test_too_few_answers_tell_nothing():
    found = protect_options({"yes": 3, "no": 1}, k=10)

    assert (found.hidden, found.shows_n, found.shows_mean) == ({"yes", "no"}, False, False)


def test_a_mean_beside_two_hidden_options_would_give_both_away():
    counts = {"1": 3, "2": 20, "3": 0, "4": 50, "5": 60}
    weights = {value: int(value) for value in counts}

    assert protect_options(counts, k=5).hidden == {"1", "2"}
    found = protect_options(counts, k=5, weights=weights)
    assert found.hidden == {"1", "2", "4"} or found.hidden == set(counts)
    assert all(
        sum(move.values()) == 0 == sum(weights[value] * step for value, step in move.items())
        for move in found.witnesses
    )


def test_an_option_that_nearly_everybody_ticked_is_as_small_as_its_opposite():
    found = protect_ticks({"a": 97, "b": 50, "c": 2}, n=100, k=5)

    assert found.hidden == {"a", "c"}


def test_the_only_option_that_covers_the_rest_is_not_left_alone():
    """Fifty answered, forty-six of them ticked a shown option: the hidden one has four or more."""
    found = protect_ticks({"a": 23, "b": 23, "c": 4}, n=50, k=5)

    assert found.hidden > {"c"}


def test_groups_of_ratings_tell_all_counts_or_n_and_mean():
    table = {
        "female": {"1": 0, "2": 0, "3": 10, "4": 40, "5": 50},
        "male": {"1": 6, "2": 7, "3": 2, "4": 40, "5": 60},
        "another": {"1": 5, "2": 6, "3": 8, "4": 9, "5": 2},
    }

    found = protect_groups(table, k=5, weights={value: int(value) for value in "12345"})

    assert [(bool(found[g].hidden), found[g].shows_mean) for g in table] == [(False, True), (True, True), (True, True)]


def test_nobody_reads_more_out_of_two_decisions_than_both_allow():
    one = protect_options({"yes": 30, "no": 20}, k=5)
    other = protect_options({"yes": 30, "no": 2}, k=5)

    both = strictest([one, other])

    assert (both.hidden, both.shows_n, both.shows_mean) == (other.hidden, True, False)


def test_groups_of_several_answers_hide_options_together():
    table = {"a": {"x": 2, "y": 20}, "b": {"x": 30, "y": 20}, "c": {"x": 25, "y": 30}}

    found = protect_ticked_groups(table, {"a": 40, "b": 50, "c": 60}, k=5)

    assert [group for group in table if "x" in found[group].hidden] != ["a"]
    assert "x" in found["a"].hidden


def test_a_view_asks_every_view_that_contains_it():
    people = [("f", "p", "yes")] * 20 + [("f", "q", "yes")] * 20 + [("m", "p", "yes")] * 20 + [("m", "q", "no")] * 20
    people += [("f", "p", "no")] * 20 + [("m", "p", "no")] * 20 + [("m", "q", "yes")] * 20 + [("f", "q", "no")] * 2

    def tables(variable, where):
        names = ("gender", "sector")
        chosen = [p for p in people if all(p[names.index(name)] == value for name, value in where.items())]
        groups = sorted({p[names.index(variable)] for p in chosen}) if variable else [""]
        return {
            group: {
                answer: sum(p[2] == answer and (not variable or p[names.index(variable)] == group) for p in chosen)
                for answer in ("yes", "no")
            }
            for group in groups
        }

    assert protect_view({}, tables, k=5).hidden == frozenset()
    assert protect_view({"gender": "f"}, tables, k=5).hidden == frozenset()
    assert protect_view({"gender": "f", "sector": "q"}, tables, k=5).hidden == {"yes", "no"}
    assert protect_view({"gender": "m", "sector": "q"}, tables, k=5).hidden == {"yes", "no"}
    assert protect_view({"a": "1", "b": "2", "c": "3"}, tables, k=5).shows_n is False
