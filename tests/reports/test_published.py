"""What printed figures demand of a cohort."""

import random
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.cohort.published import Share, mean_sums, printed_number, ratings_with_sum, split, total_near


@pytest.mark.parametrize(
    ("printed", "number"),
    [
        ("close to 1,100", Fraction(1100)),
        ("60.6%", Fraction("60.6")),
        ("4.43", Fraction("4.43")),
        ("more than 1,780,447", Fraction(1780447)),
        ("91 percent", Fraction(91)),
    ],
)
def test_printed_number_reads_what_stands_there(printed: str, number: Fraction) -> None:
    assert printed_number(printed) == number


@given(st.integers(1, 3000), st.integers(0, 1000))
def test_share_counts_are_those_that_round_to_it(total: int, tenths: int) -> None:
    share = Share(Fraction(tenths, 10), 1)
    rounds = [count for count in range(total + 1) if int(Fraction(count * 1000, total) + Fraction(1, 2)) == tenths]
    assert list(share.counts(total)) == rounds


def test_mean_sums_are_those_that_round_to_it() -> None:
    sums = mean_sums(Fraction("4.43"), 2, 447)
    assert [total for total in range(1900, 2100) if int(Fraction(total * 100, 447) + Fraction(1, 2)) == 443] == list(
        sums
    )


def test_split_adds_up_and_refuses_what_cannot_be() -> None:
    halves = {"a": Share(Fraction(50), 0), "b": Share(Fraction(50), 0)}
    assert split(10, halves, random.Random(1)) == {"a": 5, "b": 5}
    assert split(3, halves, random.Random(1)) is None


def test_total_near_stays_close_and_below() -> None:
    shares = {
        "government": Share(Fraction("60.6"), 1),
        "private": Share(Fraction("17.4"), 1),
        "academia": Share(Fraction("8.3"), 1),
        "un_igo": Share(Fraction("7.0"), 1),
        "ngo": Share(Fraction("6.7"), 1),
    }
    totals = {total_near(Fraction(1100), shares, random.Random(seed))[0] for seed in range(200)}
    assert totals == set(range(1089, 1101))


@given(st.integers(1, 500), st.floats(1, 5), st.integers(0, 99))
def test_ratings_with_sum_has_the_sum(n: int, mean: float, seed: int) -> None:
    total = round(n * mean)
    ratings = ratings_with_sum(n, total, random.Random(seed))
    assert (len(ratings), sum(ratings), {*ratings} <= {1, 2, 3, 4, 5}) == (n, total, True)
