from dataclasses import replace
from fractions import Fraction

from django.utils import translation

from reports.exhibits import bars, mean_row, row
from reports.figures import Figure


def test_row_prints_count_and_share_with_one_decimal():
    line = row("Private sector", Figure("x", "registrations", 191, 1098), k=10)

    assert (line.count, line.share, line.drawn) == ("191", "17.4%", Fraction(191, 1098))


def test_row_of_whole_percents_has_no_count():
    line = row("Female", Figure("x", "registrations", None, 1098, percent=45), k=10)

    assert (line.count, line.share, line.drawn) == ("–", "45%", Fraction(45, 100))


def test_row_that_is_withheld_says_below_what_it_lies():
    line = row("1. Opening", Figure("x", "registrations", None, 40), k=10)

    assert (line.count, line.share, line.drawn) == ("fewer than 10", "–", 0)


def test_row_of_nobody_has_no_share():
    line = row("Nobody", Figure("x", "answered", 0, 0), k=10)

    assert (line.count, line.share, line.drawn) == ("0", "–", 0)


def test_bar_grows_from_the_right_where_reading_begins_there():
    line = row("Female", Figure("x", "registrations", 1, 4), k=0)

    assert 'x="0%" width="25%"' in line.bar
    with translation.override("ar"):
        assert 'x="75%" width="25%"' in line.bar


def test_count_without_a_base_is_drawn_as_nothing():
    line = row("Cities", Figure("x", "responses", 12), k=0)

    assert (line.count, line.drawn) == ("12", 0)


def test_mean_is_drawn_on_its_scale():
    assert mean_row("Course", Figure("x", "answered", 12, 4)).drawn == Fraction(1, 2)
    assert mean_row("Course", Figure("x", "answered", 12, 4), highest=3).drawn == 1
    assert mean_row("Course", Figure("x", "answered", 0, 0)).share == "–"


def test_levels_leave_room_for_what_is_not_told():
    rows = [row("Poor", Figure("a", "answered", None, 20), k=0), row("Good", Figure("b", "answered", 15, 20), k=0)]
    exhibit = replace(bars("x", "Course", rows, base="20 answers", base_id="n"), form="levels")

    assert exhibit.stack.count("<rect") == 2
    assert 'x="25%" width="75%"' in exhibit.stack
    assert [level.row.count for level in exhibit.levels] == ["–", "15"]
