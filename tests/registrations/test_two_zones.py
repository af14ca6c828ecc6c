"""Moments on two clocks."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from registrations.two_zones import Clock, TwoZones, clock_of

EVENING = dt.datetime(2026, 3, 10, 20, tzinfo=ZoneInfo("Asia/Shanghai"))
THREE_HOURS = dt.timedelta(hours=3)


def zones(reader):
    return TwoZones(ZoneInfo("Asia/Shanghai"), ZoneInfo(reader), is_chosen=True)


def test_span_shows_both_clocks():
    both = zones("Africa/Nairobi").span(EVENING, EVENING + THREE_HOURS)
    assert (both.programme.start.hour, both.programme.end.hour) == (20, 23)
    assert (both.reader.start.hour, both.reader.end.hour) == (15, 18)
    assert (both.programme.clock, both.reader.clock) == (Clock("Shanghai", "UTC+8"), Clock("Nairobi", "UTC+3"))
    assert both.is_on_another_day is False


def test_span_knows_when_the_reader_has_another_day():
    assert zones("Pacific/Auckland").span(EVENING, EVENING + THREE_HOURS).is_on_another_day is True


def test_span_is_shown_once_where_both_clocks_agree():
    assert zones("Australia/Perth").span(EVENING, EVENING + THREE_HOURS).reader is None


def test_span_across_the_end_of_summer_time_shows_what_each_clock_shows():
    start = dt.datetime(2026, 10, 24, 23, 30, tzinfo=dt.UTC)
    both = TwoZones(ZoneInfo("UTC"), ZoneInfo("Europe/Paris"), is_chosen=True).span(start, start + THREE_HOURS)
    assert both.reader.start.strftime("%H:%M") == "01:30"
    assert both.reader.end.strftime("%H:%M") == "03:30"


@pytest.mark.parametrize(
    "name, expected",
    [
        ("UTC", Clock("UTC", "UTC")),
        ("Asia/Kathmandu", Clock("Kathmandu", "UTC+5:45")),
        ("America/St_Johns", Clock("St Johns", "UTC−2:30")),
        ("America/Argentina/Buenos_Aires", Clock("Buenos Aires", "UTC−3")),
    ],
)
def test_clock_names_place_and_offset(name, expected):
    assert clock_of(ZoneInfo(name), EVENING) == expected
