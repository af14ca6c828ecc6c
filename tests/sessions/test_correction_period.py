"""Until when corrections are asked for."""

import datetime as dt
import zoneinfo

import pytest

from sessions import correction_period as period

NAIROBI = zoneinfo.ZoneInfo("Africa/Nairobi")
END = dt.date(2026, 3, 24)


@pytest.mark.parametrize(
    ("moment", "over"),
    [
        (dt.datetime(2026, 4, 7, 20, 59, tzinfo=dt.UTC), False),  # 23:59 of the last day in Nairobi
        (dt.datetime(2026, 4, 7, 21, 0, tzinfo=dt.UTC), True),
    ],
)
def test_period_ends_with_the_fourteenth_day_on_the_programmes_calendar(moment, over):
    assert period.last_day(END) == dt.date(2026, 4, 7)
    assert period.is_over(END, NAIROBI, moment) is over


def test_period_of_a_session_begins_with_it():
    starts = dt.datetime(2026, 3, 18, 6, tzinfo=dt.UTC)
    before = starts - dt.timedelta(seconds=1)
    assert [period.is_open(starts, END, NAIROBI, now) for now in (before, starts)] == [False, True]
