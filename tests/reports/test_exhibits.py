from fractions import Fraction

from django.utils import translation

from reports.exhibits import bars, row
from reports.figures import Figure


def test_row_prints_count_and_share_with_one_decimal():
    line = row("Private sector", Figure("x", "registrations", 191, 1098), k=10)

    assert (line.count, line.share, line.drawn) == ("191", "17.4%", Fraction(191, 1098))


def test_row_of_whole_percents_has_no_count():
    line = row("Female", Figure("x", "registrations", None, 1098, percent=45), k=10)

    assert (line.count, line.share, line.drawn) == ("–", "45%", Fraction(45, 100))
    assert "45%</tspan>" in bars("x", "Gender", [line], base="1,098 registrations").chart
    assert "rounded</tspan>" in bars("x", "Gender", [line], base="1,098 registrations").chart


def test_row_that_is_withheld_says_below_what_it_lies():
    line = row("1. Opening", Figure("x", "registrations", None, 40), k=10)

    assert (line.count, line.share, line.drawn) == ("fewer than 10", "–", 0)


def test_row_of_nobody_has_no_share():
    line = row("Nobody", Figure("x", "answered", 0, 0), k=10)

    assert (line.count, line.share, line.drawn) == ("0", "–", 0)


def test_bars_grow_from_the_right_where_reading_begins_there():
    line = row("Female", Figure("x", "registrations", 1, 4), k=0)

    with translation.override("ar"):
        mirrored = bars("x", "Gender", [line], base="4").chart

    assert 'class="chart-bar" x="75%"' in mirrored
    assert 'class="chart-bar" x="0%"' in bars("x", "Gender", [line], base="4").chart
