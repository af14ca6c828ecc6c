import random
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.coarsening import SMALLEST_CLASS, attendance_class, coarse_classes

people = st.lists(
    st.tuples(
        st.sampled_from(["female", "male", "male", "another"]),
        st.sampled_from(["government", "private", "ngo", ""]),
        st.sampled_from(["Africa", "Africa", "Asia", "Europe"]),
    ),
    max_size=120,
).map(lambda classes: dict(enumerate(classes)))


def kept_of(population, least=SMALLEST_CLASS):
    return {person: coarse_classes(population, person, least=least) for person in population}


@given(people, st.integers(min_value=2, max_value=15))
def test_every_combination_that_is_kept_stands_for_enough_people(population, least):
    sizes = Counter(kept_of(population, least).values())

    if len(population) >= least:
        assert min(sizes.values()) >= least
    else:
        assert set(sizes) <= {("", "", "")}


@given(people)
def test_what_is_kept_is_true_or_nothing(population):
    for person, classes in kept_of(population).items():
        assert all(kept in ("", true) for kept, true in zip(classes, population[person], strict=True))


@given(people, st.randoms())
def test_enough_people_of_the_same_kind_keep_everything(population, chance):
    larger = {**population, **{f"same {number}": ("male", "private", "Africa") for number in range(200)}}
    order = list(larger)
    chance.shuffle(order)

    kept = kept_of({person: larger[person] for person in order})

    assert sum(classes == ("male", "private", "Africa") for classes in kept.values()) >= 200 - 3 * SMALLEST_CLASS


def test_a_class_of_nine_is_refused_and_one_of_ten_is_kept():
    nine = {**dict.fromkeys(range(9), ("female",)), **{100 + n: ("male",) for n in range(30)}}
    ten = {**dict.fromkeys(range(10), ("female",)), **{100 + n: ("male",) for n in range(30)}}

    assert Counter(kept_of(nine).values()) == {("male",): 29, ("",): 10}
    assert Counter(kept_of(ten).values()) == {("male",): 30, ("female",): 10}


def test_the_last_of_the_order_go_along_with_a_small_class():
    population = {**dict.fromkeys(range(30), ("male",)), "only": ("another",)}

    kept = kept_of(population)

    assert [person for person, classes in kept.items() if classes == ("",)] == [*range(21, 30), "only"]


def test_the_smallest_class_goes_along_where_none_can_spare_anybody():
    population = {**dict.fromkeys(range(12), ("male",)), **{50 + n: ("female",) for n in range(11)}, 99: ("another",)}

    assert Counter(kept_of(population).values()) == {("male",): 12, ("",): 12}


def test_with_few_people_nothing_is_said_of_anybody():
    assert set(kept_of(dict.fromkeys(range(9), ("male", "ngo"))).values()) == {("", "")}


def test_whoever_is_not_counted_has_no_class():
    assert coarse_classes(dict.fromkeys(range(20), ("male", "ngo")), "stranger") == ("", "")
    assert coarse_classes({}, "stranger") == ()


@pytest.mark.parametrize("sessions, name", [(0, "0"), (1, "1"), (2, "1"), (3, "3"), (9, "3")])
def test_attendance_has_three_classes(sessions, name):
    assert attendance_class(sessions) == name


def test_ten_thousand_people_are_parted_at_once():
    chance = random.Random(1)
    population = {
        n: (
            chance.choice("mf"),
            chance.choice("abcdef"),
            chance.choice("ABCDE"),
            chance.choice("013"),
            chance.choice("xyz"),
        )
        for n in range(10_000)
    }

    assert len(coarse_classes(population, 5_000)) == 5
