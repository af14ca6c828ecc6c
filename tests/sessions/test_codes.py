"""Codes that change every thirty seconds."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions import codes

SECRET = "a secret of one session"
AT = dt.datetime(2026, 3, 18, 6, 0, 10, tzinfo=dt.UTC)
EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


@given(step=st.integers(1, 2**32), within=st.floats(0, 29.99), later=st.floats(0, 120), secret=st.text(min_size=1))
def test_codes_hold_for_the_rest_of_their_step_and_the_whole_next_one(step, within, later, secret):
    shown, now = (EPOCH + step * codes.STEP + dt.timedelta(seconds=seconds) for seconds in (within, later))
    short, long = codes.short_code(secret, shown), codes.long_code(secret, shown)
    assert (len(short), short.isdigit(), len(long)) == (6, True, 20)
    assert codes.is_long_code(long, secret, now) is (later < 60)
    if later < 60:
        assert codes.is_short_code(short, secret, now) is True


def test_code_of_another_session_or_of_the_future_is_not_accepted():
    assert codes.is_short_code(codes.short_code("another", AT), SECRET, AT) is False
    assert codes.is_long_code(codes.long_code(SECRET, AT + codes.STEP), SECRET, AT) is False


@pytest.mark.parametrize(
    "typed", ["412097", "412 097", " 412-097 ", "٤١٢٠٩٧", "۴۱۲ ۰۹۷", "４１２０９７", "4·1·2·0·9·7"]
)
def test_digits_are_read_in_every_script_and_grouping(typed):
    assert codes.digits_of(typed) == "412097"


@pytest.mark.parametrize("typed", ["", "41209", "4120977", "412O97", "abc", "½", "💥"])
def test_what_is_no_code_is_none(typed):
    assert codes.is_short_code(typed, SECRET, AT) is False


def test_typed_code_is_accepted_as_it_is_shown():
    assert codes.is_short_code(codes.grouped(codes.short_code(SECRET, AT)), SECRET, AT) is True


@pytest.mark.parametrize(("second", "left"), [(0, 30), (10, 20), (29, 1), (29.5, 1), (30, 30)])
def test_seconds_left_lead_to_the_next_code(second, left):
    moment = AT.replace(second=0) + dt.timedelta(seconds=second)
    assert codes.seconds_left(moment) == left


def test_short_codes_are_spread_evenly():
    seen = {codes.short_code(SECRET, AT + n * codes.STEP) for n in range(2000)}
    assert len(seen) > 1990
