from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from surveys.feasibility import (
    Printing,
    Span,
    bases_for_share,
    counts_for_share,
    parts_fill,
    shares_can_fill,
    sums_for_mean,
)
from surveys.statistics import percent, rounded

decimals = st.integers(0, 2)


@st.composite
def printings(draw, highest):
    places = draw(decimals)
    return Printing(Fraction(draw(st.integers(0, highest * 10**places)), 10**places), places)


def as_span(numbers):
    """What trying out has found; it must be one span, so nothing is lost by comparing the ends."""
    numbers = sorted(numbers)
    assert numbers == list(range(numbers[0], numbers[-1] + 1)) if numbers else True
    return numbers


@given(printings(100), st.integers(1, 60))
def test_counts_for_a_share_are_those_found_by_trying_out(printing, n):
    tried = [c for c in range(n + 1) if percent(Fraction(c, n), printing.decimals) == printing.value]

    counts = counts_for_share([printing], n)

    assert list(range(counts.low, (counts.high or 0) + 1)) == as_span(tried)
    assert len(counts) == len(tried)


@given(printings(100), printings(100), st.integers(1, 60))
def test_counts_for_a_share_printed_twice_fit_both(one, other, n):
    tried = [c for c in range(n + 1) if all(percent(Fraction(c, n), p.decimals) == p.value for p in (one, other))]

    assert len(counts_for_share([one, other], n)) == len(tried)


@given(printings(8), st.integers(1, 40))
def test_sums_for_a_mean_are_those_found_by_trying_out(printing, n):
    tried = [s for s in range(n, 5 * n + 1) if rounded(Fraction(s, n), printing.decimals) == printing.value]

    sums = sums_for_mean([printing], n, (1, 5))

    assert len(sums) == len(tried)
    assert not tried or (sums.low, sums.high) == (tried[0], tried[-1])


@given(printings(110), st.integers(0, 40))
def test_bases_for_a_share_are_those_found_by_trying_out(printing, count):
    tried = [
        n for n in range(1, 400) if n >= count and percent(Fraction(count, n), printing.decimals) == printing.value
    ]

    bases = bases_for_share([printing], count)

    assert [n for n in range(1, 400) if n in bases] == tried


def test_the_share_printed_in_2020_needs_another_base():
    printed = Printing(Fraction(91), 0)

    assert 1352 not in counts_for_share([printed], 1500)
    assert bases_for_share([printed], 1352) == Span(1478, 1493)


@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), min_size=1, max_size=4), st.integers(0, 30))
def test_parts_fill_a_total_when_some_choice_of_numbers_does(ends, total):
    spans = [Span(min(pair), max(pair)) for pair in ends]
    reached = {0}
    for span in spans:
        reached = {number + part for number in reached for part in range(span.low, (span.high or 0) + 1)}

    assert parts_fill(spans, total) is (total in reached)


def test_an_empty_part_fills_nothing():
    assert parts_fill([Span(3, 2), Span(0, None)], 5) is False


@given(st.lists(st.integers(0, 30), min_size=1, max_size=6).filter(any), decimals)
def test_rounded_shares_of_real_counts_can_fill_a_whole(counts, places):
    n = sum(counts)
    printed = [Printing(Fraction(percent(Fraction(count, n), places)), places) for count in counts]

    assert shares_can_fill(printed)


def test_shares_that_miss_a_hundred_by_more_than_their_rounding_cannot_fill_a_whole():
    assert not shares_can_fill([Printing(Fraction(51), 0), Printing(Fraction(47), 0)])
    assert shares_can_fill([Printing(Fraction(33), 0)] * 3)
    assert shares_can_fill([Printing(Fraction(51), 0), Printing(Fraction(50), 0)])  # 50.5 and 49.5
    assert not shares_can_fill([Printing(Fraction(51), 0), Printing(Fraction(51), 0)])
