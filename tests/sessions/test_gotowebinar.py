import datetime as dt

import pytest

from sessions.people import people_of
from sessions.readers import Role, read
from tests.sessions.report_files import as_text, as_workbook

DAY = dt.date(2026, 6, 24)
GENERAL = [
    ["Attendee Report"],
    ["Report Generated", "Jun 25, 2026 09:00 AM EDT"],
    ["General Information"],
    ["Webinar Name", "Webinar ID"],
    ["Field epidemiology, part 3", "123-456-789"],
    ["Actual Start Date/Time", "Actual Duration (minutes)", "# Registered", "# Attended"],
    ["Jun 24, 2026 10:55 AM EDT", "125 minutes", "3", "2"],
]
HEADS = ["Attended", "Interest Rating", "Last Name", "First Name", "Email Address", "Registration Date / Time", "Join Time",
         "Leave Time", "Time in Session (minutes)", "Unsubscribed", "Questions Asked by Attendee"]  # fmt: skip


def came(family, given, email, joined, left, minutes="62 minutes"):
    times = [f"Jun 24, 2026 {joined} EDT", f"Jun 24, 2026 {left} EDT"]
    return ["Yes", "88", family, given, email, "Jun 20, 2026 08:00 AM EDT", *times, minutes, "No", "Why?"]


def away(family, given, email):
    return ["No", "0", family, given, email, "Jun 20, 2026 08:00 AM EDT", "--", "--", "--", "No", ""]


REPORT = [
    *GENERAL,
    ["Attendee Details"], HEADS,
    came("Okafor", "Chidinma", "C.Okafor@x.example", "10:57 AM", "11:59 AM"),
    came("Nguyen", "Huong", "huong@x.example", "11:00 AM", "11:30 AM", "30 minutes"),
    came("Nguyen", "Huong", "huong@x.example", "11:20 AM", "01:00 PM", "100 minutes"),
    away("Quispe", "Rosa", "rosa@x.example"),
    ["Staff Details"],
    ["Attended", "Staff Role", "Last Name", "First Name", "Email Address", "Join Time", "Leave Time", "Time in Session"],
    ["Yes", "Organizer", "Desk", "Ana", "desk@x.example", "Jun 24, 2026 10:50 AM EDT", "Jun 24, 2026 01:05 PM EDT", "135"],
    ["Yes", "Panelist", "Sato", "Bo", "sato@x.example", "Jun 24, 2026 11:00 AM EDT", "Jun 24, 2026 12:00 PM EDT", "60"],
]  # fmt: skip
SECONDS = {"c.okafor@x.example": 3720, "huong@x.example": 7200, "desk@x.example": 8100, "sato@x.example": 3600}


def meeting_of(content, name="attendees.csv"):
    report = read(content, name, near=DAY)
    assert report.platform == "gotowebinar"
    return report.meetings[0]


def seconds(meeting):
    return {person.key: person.seconds for person in people_of(meeting)}


@pytest.mark.parametrize(
    "content, name",
    [
        (as_text(REPORT), "a.csv"),
        (as_text(REPORT, padded=True), "a.csv"),
        (as_text(REPORT, delimiter=";", encoding="cp1252", padded=True), "a.csv"),
        (as_text(REPORT, delimiter="\t", encoding="utf-16"), "a.csv"),
        (as_workbook({"Attendee Report": REPORT}), "a.xlsx"),
    ],
)
def test_attendees_staff_and_the_absent_are_told_apart(content, name):
    meeting = meeting_of(content, name)
    assert meeting.title == "Field epidemiology, part 3"
    assert seconds(meeting) == SECONDS
    assert [person.role for person in people_of(meeting)] == [
        Role.ATTENDEE,
        Role.ATTENDEE,
        Role.ORGANIZER,
        Role.PANELIST,
    ]
    assert people_of(meeting)[0].names == ("Chidinma Okafor",)
    assert [tuple(absence) for absence in meeting.absent] == [("Rosa Quispe", "rosa@x.example")]


def test_the_heads_of_2013_give_minutes_only():
    rows = [["Attended", "Last Name", "First Name", "Email", "In Session Duration (minutes)", "Questions Asked by Attendee"],
            ["Yes", "Okafor", "Chidinma", "c@x.example", "62", ""], ["No", "Quispe", "Rosa", "r@x.example", "0", ""],
            ["Yes", "Ek", "Bo", "bo@x.example", "", ""]]  # fmt: skip
    meeting = meeting_of(as_text(rows))
    assert seconds(meeting) == {"c@x.example": 3720, "bo@x.example": None}
    assert [absence.email for absence in meeting.absent] == ["r@x.example"]


def test_a_meeting_report_has_a_block_above_and_one_name():
    rows = [["Meeting Topic:", "Weekly call"], ["Meeting ID:", "123"], ["Start:", "Jun 24, 2026 10:57 AM"], ["x"], ["y"],
            ["Attendees"], ["Name", "Email Address", "Join Time", "Leave Time", "Time in Session (minutes)"],
            ["Ana Silva", "", "Jun 24, 2026 11:00 AM", "Jun 24, 2026 11:30 AM", "30"]]  # fmt: skip
    meeting = meeting_of(as_workbook({"Attendees": rows}), "gotomeeting.xlsx")
    assert (meeting.title, seconds(meeting)) == ("Weekly call", {"Ana Silva": 1800})


def test_a_line_per_person_from_first_to_last_counts_what_is_stated():
    rows = [HEADS, came("Okafor", "Chidinma", "c@x.example", "10:00 AM", "12:00 PM", "40 minutes"),
            came("Ek", "Bo", "bo@x.example", "10:00 AM", "12:00 PM", "119 minutes")]  # fmt: skip
    assert seconds(meeting_of(as_text(rows))) == {"c@x.example": 2400, "bo@x.example": 7200}


@pytest.mark.parametrize(
    "joined, left",
    [
        ("2026-06-24T10:00:00", "2026-06-24T10:30:00"),
        ("06/24/2026 10:00 AM", "06/24/2026 10:30 AM"),
        ("24/06/2026 10:00", "24/06/2026 10:30"),
        ("Jun 24, 2026 10:00\u202fAM CEST", "Jun 24, 2026 10:30\u202fAM CEST"),
    ],
)
def test_other_dates_are_read(joined, left):
    row = came("Okafor", "Chidinma", "c@x.example", "", "")
    row[6:8] = [joined, left]
    person = people_of(meeting_of(as_text([*GENERAL, HEADS, row])))[0]
    assert (str(person.first_join), person.seconds) == ("2026-06-24 10:00:00", 1800)


@pytest.mark.parametrize(
    "above",
    [
        [["Webinar Name", "Part 3"], ["Webinar ID", "123"]],
        [["Webinar Name: Part 3"]],
        [["Webinar Title:", "Part 3"]],
        [["Webinar ID", "Webinar Name"], ["123", "Part 3"]],
    ],
)
def test_the_title_stands_beside_or_below_its_label(above):
    rows = [*above, HEADS, came("Okafor", "Chidinma", "c@x.example", "10:00 AM", "10:30 AM")]
    assert meeting_of(as_text(rows)).title == "Part 3"


def test_times_without_a_date_are_of_the_sessions_day():
    rows = [came("Ek", "Bo", "bo@x.example", "", "")[:], came("Ek", "Bo", "bo@x.example", "", "")[:]]
    rows[0][6:8], rows[1][6:8] = ["11:30 PM", "11:50 PM"], ["11:40 PM", "12:10 AM"]
    (person,) = people_of(meeting_of(as_text([*GENERAL, HEADS, *rows])))
    assert (person.seconds, str(person.first_join), str(person.last_leave)) == (
        2400,
        "2026-06-24 23:30:00",
        "2026-06-25 00:10:00",
    )
