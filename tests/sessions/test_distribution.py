"""How presence is spread."""

from hypothesis import given
from hypothesis import strategies as st

from sessions.distribution import distribution

HOUR = 3600


def test_bars_part_at_the_quarters_of_the_session():
    bars = distribution([0, 1, 899, 900, 1799, 1800, 2700, 3599, 3600], HOUR)
    assert [(bar.low, bar.high, bar.people) for bar in bars] == [
        (0, 0, 1),
        (0, 25, 2),
        (25, 50, 2),
        (50, 75, 1),
        (75, 100, 2),
        (100, 100, 1),
    ]


def test_longest_bar_is_full_and_the_shortest_is_seen():
    bars = distribution([HOUR] * 1000 + [1], HOUR)
    assert [bar.width for bar in bars] == [0, 1, 0, 0, 0, 100]


def test_bars_of_nobody_are_empty():
    assert [(bar.people, bar.width) for bar in distribution([], HOUR)] == [(0, 0)] * 6


@given(presences=st.lists(st.integers(0, 7200)), length=st.integers(1, 7200))
def test_bars_add_up(presences, length):
    assert sum(bar.people for bar in distribution(presences, length)) == len(presences)
