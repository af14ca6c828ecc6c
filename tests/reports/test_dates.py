"""Ranges of days in words."""

import datetime as dt

import pytest

from reports.dates import date_range


@pytest.mark.parametrize(
    "first, last, expected",
    [
        ((2022, 3, 21), (2022, 3, 21), "21 March 2022"),
        ((2022, 3, 21), (2022, 3, 25), "21–25 March 2022"),
        ((2020, 8, 14), (2020, 12, 4), "14 August – 4 December 2020"),
        ((2025, 12, 30), (2026, 1, 2), "30 December 2025 – 2 January 2026"),
    ],
)
def test_date_range_says_no_more_than_it_must(first, last, expected):
    assert date_range(dt.date(*first), dt.date(*last)) == expected
