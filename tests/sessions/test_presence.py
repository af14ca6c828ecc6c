import datetime as dt
import zoneinfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sessions.presence import Presence, merged_seconds, prevailing

OPENS = dt.datetime(2026, 3, 18, 9, tzinfo=dt.UTC)
CLOSES = OPENS + dt.timedelta(hours=2)


def at(seconds):
    return OPENS + dt.timedelta(seconds=seconds)


def seconds_of(*intervals):
    return merged_seconds([(at(a), at(b)) for a, b in intervals], opens=OPENS, closes=CLOSES)


def test_merged_seconds_counts_overlaps_once():
    assert seconds_of((0, 600), (300, 900), (900, 1000), (100, 200)) == 1000


def test_merged_seconds_is_clipped_to_the_session_without_a_margin():
    assert seconds_of((-3600, 60), (7140, 9999)) == 120
    assert seconds_of((-3600, -60)) == 0
    assert seconds_of((-3600, 9999)) == 7200


def test_merged_seconds_takes_an_interval_that_ends_before_it_begins_as_empty():
    assert seconds_of((500, 100), (0, 10)) == 10


def test_merged_seconds_of_nothing_is_nothing():
    assert seconds_of() == 0


def test_merged_seconds_across_a_change_of_clocks_are_real_seconds():
    berlin = zoneinfo.ZoneInfo("Europe/Berlin")
    opens, closes = dt.datetime(2026, 3, 29, 1, tzinfo=berlin), dt.datetime(2026, 3, 29, 4, tzinfo=berlin)
    assert merged_seconds([(opens, closes)], opens=opens, closes=closes) == 2 * 3600


interval = st.tuples(st.integers(-4000, 9000), st.integers(-4000, 9000)).map(sorted)


@settings(deadline=None)
@given(st.lists(interval, max_size=8), st.data())
def test_merged_seconds_stay_the_same_split_shuffled_duplicated_and_told_in_another_zone(intervals, data):
    pieces = []
    for begins, ends in intervals:
        cut = data.draw(st.integers(begins, ends))
        pieces += [(begins, cut), (cut, ends)]
    pieces += data.draw(st.lists(st.sampled_from(pieces), max_size=5)) if pieces else []
    pieces = data.draw(st.permutations(pieces))
    tokyo = zoneinfo.ZoneInfo("Asia/Tokyo")
    told = [(at(begins).astimezone(tokyo), at(ends)) for begins, ends in pieces]
    whole = {second for begins, ends in intervals for second in range(max(begins, 0), min(ends, 7200))}
    assert merged_seconds(told, opens=OPENS, closes=CLOSES) == seconds_of(*intervals) == len(whole)


def test_prevailing_takes_an_entry_by_hand_even_of_no_minutes():
    assert prevailing([Presence(7200, "file"), Presence(0, "hand")]) == Presence(0, "hand")
    assert prevailing([Presence(7200, "file")]) == Presence(7200, "file")


def test_prevailing_of_no_evidence_is_an_error():
    with pytest.raises(ValueError, match="empty"):
        prevailing([])


def test_presence_minutes_are_full_ones():
    assert Presence(119, "file").minutes == 1
