"""Blackboard Collaborate's attendance report."""

import datetime as dt

import pytest

from sessions.people import people_of
from sessions.readers import Exclusion, ReadError, Reason, Role, read

HEADS = (
    "SessionDate,SessionName,SessionIdentifier,SessionInstanceIdentifer,SessionOwner,RoomOpened,RoomClosed,NameOfAttendee,"
    "FirstNameOfAttendee,LastNameOfAttendee,EmailOfAttendee,Username,AttendeeRole,AttendeeType,AttendeeFirstJoinTime,"
    "AttendeeLastLeaveTime,AttendeeTotalTimeInSession,AttendeeTotalRejoins"
)


def line(name, email, role, joined, left, total, *, session="A", day="03/13/2026"):
    opened, closed = f"{day} 09:00", f"{day} 11:00"
    joined, left = (f"{day} {clock}" if clock else "" for clock in (joined, left))
    given, _, family = name.partition(" ")
    cells = [
        opened,
        f"Module {session}",
        session,
        f"{session}-1",
        "Desk",
        opened,
        closed,
        name,
        given,
        family,
        email,
        given.lower(),
    ]
    return ",".join([*cells, role, "Integration", joined, left, total, "1"])


def report_of(*lines):
    return read("\r\n".join([HEADS, *lines]).encode("utf-8-sig"), "attendance.csv")


def test_read_takes_several_sessions_in_utc():
    report = report_of(
        line("Desk Host", "h@x.example", "Moderator", "09:00", "11:00", "02:00:00"),
        line("Ann Example", "Ann@x.example", "Participant", "09:05", "10:55", "01:10:30"),
        line("Ann Example", "ann@x.example", "Presenter", "09:00", "", "00:30:00", session="B", day="03/14/2026"),
        line("Bo", "", "Participant", "09:30", "", "", session="B", day="03/14/2026"),
        line("Cy", "", "Participant", "", "", "", session="B", day="03/14/2026"),
    )
    assert (report.platform, [each.title for each in report.meetings]) == ("blackboard", ["Module A", "Module B"])
    assert [[(each.key, each.seconds, each.role) for each in people_of(meeting)] for meeting in report.meetings] == [
        [("h@x.example", 7200, Role.HOST), ("ann@x.example", 4230, Role.ATTENDEE)],
        [("ann@x.example", 1800, Role.PRESENTER), ("Bo", 5400, Role.ATTENDEE), ("Cy", 0, Role.ATTENDEE)],
    ]
    assert report.connections[1].joined == dt.datetime(2026, 3, 13, 9, 5, tzinfo=dt.UTC)
    assert [(found.is_open, found.excluded_because) for found in report.connections[3:]] == [
        (True, None),
        (False, Exclusion.NO_TIMES),
    ]


def test_read_takes_the_address_from_the_username_where_there_is_no_other():
    heads = "SessionName,SessionIdentifier,NameOfAttendee,Username,AttendeeFirstJoinTime,AttendeeLastLeaveTime"
    lines = [
        "M,A,Ann,Ann@x.example,2026-03-13 09:00:00,2026-03-13 10:00:00",
        "M,A,Bo,bo77,2026-03-13 09:00:00,2026-03-13 10:00:00",
    ]
    report = read("\n".join([heads, *lines]).encode(), "attendance.csv")
    assert [(found.email, found.account) for found in report.connections] == [("ann@x.example", ""), ("", "bo77")]
    assert [each.seconds for each in people_of(report.meetings[0])] == [3600, 3600]


def test_read_refuses_a_report_of_nobody():
    with pytest.raises(ReadError) as refusal:
        report_of()
    assert refusal.value.reason == Reason.NO_LINES
