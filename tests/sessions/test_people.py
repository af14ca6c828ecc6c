import datetime as dt

from hypothesis import given, settings
from hypothesis import strategies as st

from sessions.people import SecondsFrom, hosts_of, identities_of, named_in, people_of
from sessions.readers import Absence, Connection, Exclusion, Meeting, Report, Role
from sessions.readers.report import Connections

NINE = dt.datetime.fromisoformat("2026-03-04T09:00:00")


def at(minutes):
    return NINE + dt.timedelta(minutes=minutes)


def line(name="Ana", email="", joined=None, left=None, **more):
    moments = (None if joined is None else at(joined), None if left is None else at(left))
    return Connection(1, name, email, *moments, **more)


def people(*lines):
    return people_of(Meeting("", lines))


def seconds(*lines):
    return [(person.seconds, person.seconds_from) for person in people(*lines)]


def test_overlaps_count_once_and_gaps_do_not():
    stays = [line(joined=0, left=10), line(joined=5, left=20), line(joined=5, left=6), line(joined=30, left=40)]
    (person,) = people(*stays)
    assert (person.seconds, person.first_join, person.last_leave) == (1800, at(0), at(40))


def test_people_are_told_apart_by_address_else_by_name():
    lines = [
        line("Ana", "ana@x.example", 0, 1), line("Ana’s phone", "ana@x.example", 1, 2), line("Ana", "", 2, 3),
        line("Bo", "bo@x.example", 0, 1), line("Ana", "", 4, 5),
    ]  # fmt: skip
    assert [(person.key, person.email, person.names, person.seconds) for person in people(*lines)] == [
        ("ana@x.example", "ana@x.example", ("Ana", "Ana’s phone"), 120),
        ("Ana", "", ("Ana",), 120),
        ("bo@x.example", "bo@x.example", ("Bo",), 60),
    ]


def test_lines_that_do_not_count_leave_the_person_and_no_seconds():
    waiting = line(joined=0, left=10, excluded_because=Exclusion.WAITING_ROOM, role=Role.PRESENTER)
    total = line("Total", excluded_because=Exclusion.NOT_A_PERSON)
    (person,) = people(waiting, total)
    assert (person.seconds, person.first_join, person.last_leave) == (0, None, None)
    assert people(waiting, line(joined=10, left=20))[0].seconds == 600


def test_a_mark_says_nothing_of_how_long():
    assert seconds(line()) == [(None, SecondsFrom.MARK)]
    assert seconds(line(), line()) == [(None, SecondsFrom.MARK)]
    assert seconds(line(), line(joined=0, left=1)) == [(60, SecondsFrom.MERGED_INTERVALS)]


def test_an_open_stay_counts_nothing_until_it_is_closed():
    assert seconds(line(joined=0, is_open=True)) == [(0, SecondsFrom.MERGED_INTERVALS)]
    assert seconds(line(joined=0, left=2, is_open=True)) == [(120, SecondsFrom.MERGED_INTERVALS)]


def test_stated_durations_count_as_they_stand():
    assert seconds(line(seconds=90)) == [(90, SecondsFrom.STATED_DURATION)]
    assert seconds(line(joined=0, left=1, seconds=90)) == [(90, SecondsFrom.STATED_DURATION)]
    assert seconds(line(seconds=60), line(seconds=30)) == [(90, SecondsFrom.STATED_DURATION)]


def test_two_devices_state_no_more_than_they_span_together():
    computer, telephone = line(joined=0, left=60, seconds=3600), line(joined=0, left=60, seconds=3000)
    assert seconds(computer, telephone) == [(3600, SecondsFrom.STATED_DURATION)]


def test_the_highest_role_is_the_persons():
    roles = [Role.OTHER, Role.ATTENDEE, Role.PANELIST, Role.PRESENTER]
    assert people(*(line(joined=0, left=1, role=role) for role in roles))[0].role == Role.PANELIST
    assert people(line(joined=0, left=1, role=Role.HOST), line(joined=0, left=1))[0].role == Role.HOST


def test_a_stay_that_ends_before_it_begins_is_empty():
    assert seconds(line(joined=5, left=0)) == [(0, SecondsFrom.MERGED_INTERVALS)]


intervals = st.lists(st.tuples(st.integers(0, 500), st.integers(0, 500)).map(sorted), min_size=1, max_size=12)


@settings(deadline=None)
@given(intervals, st.randoms(use_true_random=False), st.data())
def test_split_shuffled_and_repeated_intervals_give_the_same_seconds(stays, random, data):
    cuts = [data.draw(st.integers(start, end)) for start, end in stays]
    pieces = [(a, b) for (start, end), cut in zip(stays, cuts, strict=True) for a, b in ((start, cut), (cut, end))]
    again = [*pieces, *stays]
    random.shuffle(again)
    minutes = {minute for start, end in stays for minute in range(start, end)}
    expected = [(len(minutes) * 60, SecondsFrom.MERGED_INTERVALS)]
    assert seconds(*(line(joined=start, left=end) for start, end in stays)) == expected
    assert seconds(*(line(joined=start, left=end) for start, end in again)) == expected


def test_identities_are_everybody_named_each_once_and_the_absent_last():
    lines = [
        line("Ana", "ana@x.example"), line("Total", excluded_because=Exclusion.NOT_A_PERSON), line("Bo"),
        line("Ana", "ana@x.example", role=Role.HOST), line("Room", role=Role.HOST, excluded_because=Exclusion.NOT_A_PERSON),
    ]  # fmt: skip
    meetings = [Meeting("", lines, [Absence("Cy", ""), Absence("Bo", "")]), Meeting("", Connections.of(lines[:1]))]
    report = Report("zoom", "classic", meetings)
    assert identities_of(report) == [("Ana", "ana@x.example"), ("Bo", ""), ("Cy", "")]
    assert list(named_in(meetings[0])) == [("Ana", "ana@x.example"), ("Bo", ""), ("Ana", "ana@x.example")]
    assert hosts_of(report) == {("Ana", "ana@x.example")}


@given(st.lists(st.builds(line, st.sampled_from(["Ana", "Bo"]), st.sampled_from(["", "ana@x.example"])), max_size=5))
def test_connections_by_column_are_the_list_of_them(lines):
    found = Connections.of(lines)
    assert (found, len(found), [found[at] for at in range(len(lines))]) == (lines, len(lines), lines)
    assert (found[1:], found[:-1], Connections.of(found) is found) == (lines[1:], lines[:-1], True)
    assert people_of(Meeting("", found)) == people(*lines)
