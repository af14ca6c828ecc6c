import datetime as dt
import zoneinfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sessions.presence import Presence, Stay, Window, counted_seconds, prevailing

STARTS = dt.datetime(2026, 3, 18, 9, tzinfo=dt.UTC)
TWO_HOURS = Window(STARTS, STARTS + dt.timedelta(hours=2), dt.timedelta(minutes=10))


def at(seconds):
    return STARTS + dt.timedelta(seconds=seconds)


def stay(begins, ends, seconds=None, file=0):
    return Stay(at(begins), at(ends), seconds, file=file)


def counted(*stays):
    return counted_seconds(stays, TWO_HOURS)


def test_counted_seconds_counts_overlaps_once():
    assert counted(stay(0, 600), stay(300, 900), stay(900, 1000), stay(100, 200)) == 1000


def test_counted_seconds_is_clipped_to_the_session_with_its_margin():
    assert counted(stay(-3600, 60), stay(7140, 9999)) == 660 + 660
    assert counted(stay(-3600, -600)) == 0


def test_counted_seconds_is_never_more_than_the_session_has():
    assert counted(stay(-3600, 9999)) == 7200
    assert counted(stay(-600, 6500)) == 7100


def test_counted_seconds_takes_an_interval_that_ends_before_it_begins_as_empty():
    assert counted(stay(500, 100), stay(0, 10)) == 10


def test_counted_seconds_of_nothing_is_nothing():
    assert counted() == 0


def test_counted_seconds_of_a_bare_mark_is_the_whole_session():
    assert counted(Stay(), stay(0, 60)) == 7200


def test_counted_seconds_closes_an_open_interval_only_where_the_file_has_no_end():
    assert counted(Stay(at(6000), is_open=True)) == 1200
    assert counted(Stay(at(6000))) == 0
    assert counted(Stay(at(6000), at(6600), is_open=True)) == 600


def test_counted_seconds_states_within_their_interval():
    assert counted(stay(0, 3600, 1800)) == 1800
    assert counted(stay(0, 3600, 9000)) == 3600
    assert counted(stay(-3600, 0, 1800)) == 600
    assert counted(Stay(at(0), seconds=900)) == 900


def test_counted_seconds_stated_by_one_file_add_up():
    assert counted(stay(0, 1000, 600), stay(3000, 4000, 500)) == 1100
    assert counted(Stay(seconds=600), Stay(seconds=500)) == 1100
    assert counted(Stay(seconds=6000), Stay(seconds=5000)) == 7200


def test_counted_seconds_stated_by_two_files_of_one_time_count_once():
    assert counted(stay(0, 3600, 600, file=1), stay(0, 3600, 900, file=2)) == 900
    assert counted(Stay(seconds=600, file=1), Stay(seconds=900, file=2)) == 900
    assert counted(stay(0, 1000, 600, file=1), stay(3000, 4000, 500, file=2)) == 1100


def test_counted_seconds_stated_beside_connections_add_only_what_these_do_not_cover():
    assert counted(stay(0, 600), stay(0, 3600, 1800)) == 1800
    assert counted(stay(0, 2400), stay(0, 3600, 1800)) == 2400
    assert counted(stay(0, 600), stay(3000, 4000, 500)) == 1100
    assert counted(stay(0, 600), Stay(seconds=1800)) == 1800


def test_counted_seconds_across_a_change_of_clocks_are_real_seconds():
    berlin = zoneinfo.ZoneInfo("Europe/Berlin")
    window = Window(dt.datetime(2026, 3, 29, 1, tzinfo=berlin), dt.datetime(2026, 3, 29, 4, tzinfo=berlin))
    assert counted_seconds([Stay(window.starts, window.ends)], window) == window.seconds == 2 * 3600


interval = st.tuples(st.integers(-4000, 9000), st.integers(-4000, 9000)).map(sorted)


@settings(deadline=None)
@given(st.lists(interval, max_size=8), st.data())
def test_counted_seconds_stay_the_same_split_shuffled_duplicated_and_told_in_another_zone(intervals, data):
    pieces = []
    for begins, ends in intervals:
        cut = data.draw(st.integers(begins, ends))
        pieces += [(begins, cut), (cut, ends)]
    pieces += data.draw(st.lists(st.sampled_from(pieces), max_size=5)) if pieces else []
    pieces = data.draw(st.permutations(pieces))
    files = data.draw(st.lists(st.integers(0, 3), min_size=len(pieces), max_size=len(pieces)))
    tokyo = zoneinfo.ZoneInfo("Asia/Tokyo")
    told = [
        Stay(at(begins).astimezone(tokyo), at(ends), file=file)
        for (begins, ends), file in zip(pieces, files, strict=True)
    ]
    whole = {second for begins, ends in intervals for second in range(max(begins, -600), min(ends, 7800))}
    assert counted_seconds(told, TWO_HOURS) == counted(*[stay(*each) for each in intervals]) == min(len(whole), 7200)


stays = st.builds(
    lambda times, seconds, file: stay(*times, seconds, file),
    interval,
    st.none() | st.integers(0, 8000),
    st.integers(0, 2),
)


@settings(deadline=None)
@given(st.lists(stays, max_size=6), st.data())
def test_counted_seconds_stay_the_same_shuffled_and_duplicated_where_files_state_some(given_stays, data):
    again = data.draw(st.lists(st.sampled_from(given_stays), max_size=5)) if given_stays else []
    shuffled = data.draw(st.permutations([*given_stays, *again]))
    assert 0 <= counted(*given_stays) == counted(*shuffled) <= 7200


def test_a_window_overlaps_stays_that_reach_into_it():
    cases = [(-3600, -600), (-3600, -599), (7799, 9000), (7800, 9000), (100, 100), (-600, -600)]
    assert [TWO_HOURS.overlaps(at(begins), at(ends)) for begins, ends in cases] == [
        False,
        True,
        True,
        False,
        True,
        True,
    ]


@pytest.mark.parametrize(
    "first, second", [("hand", "file"), ("hand", "check_in"), ("correction", "check_in"), ("check_in", "file")]
)
def test_prevailing_takes_what_a_person_entered_before_a_check_in_before_a_file(first, second):
    assert prevailing([Presence(7200, second), Presence(0, first)]) == Presence(0, first)


def test_prevailing_of_no_evidence_is_an_error():
    with pytest.raises(ValueError, match="empty"):
        prevailing([])


def test_presence_minutes_are_full_ones():
    assert Presence(119, "file").minutes == 1
