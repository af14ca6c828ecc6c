"""When people check themselves in, and what it is worth."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions.check_in import CheckInWindow, seconds_from

STARTS = dt.datetime(2026, 3, 18, 6, tzinfo=dt.UTC)
ENDS = STARTS + dt.timedelta(hours=2)


@pytest.mark.parametrize(
    ("minutes", "state"),
    [(-16, "ahead"), (-15, "open"), (0, "open"), (119, "open"), (120, "over"), (500, "over")],
)
def test_window_opens_fifteen_minutes_early_and_closes_at_the_end(minutes, state):
    window, now = CheckInWindow(STARTS, ENDS), STARTS + dt.timedelta(minutes=minutes)
    found = {"ahead": window.is_ahead(now), "open": window.is_open(now), "over": window.is_over(now)}
    assert found == {"ahead": False, "open": False, "over": False, state: True}


@pytest.mark.parametrize(("minutes", "worth"), [(-15, 120), (0, 120), (1, 119), (90, 30), (120, 0), (500, 0)])
def test_check_in_is_worth_the_minutes_from_its_moment_to_the_end(minutes, worth):
    came = STARTS + dt.timedelta(minutes=minutes)
    assert seconds_from(came, starts_at=STARTS, ends_at=ENDS) == worth * 60


@given(minutes=st.floats(-600, 600))
def test_check_in_is_never_worth_more_than_the_session(minutes):
    came = STARTS + dt.timedelta(minutes=minutes)
    assert 0 <= seconds_from(came, starts_at=STARTS, ends_at=ENDS) <= 7200
