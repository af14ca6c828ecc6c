import datetime as dt

import pytest

from sessions.people import people_of
from sessions.readers import Role, read
from tests.sessions.report_files import as_text, as_workbook

DAY = dt.date(2026, 4, 7)
ENGLISH = ["First Name", "Last Name", "Email", "Registration date", "Country (from IP)", "Role", "Attended",
           "Attendance duration", "Has viewed replay", "Position"]  # fmt: skip
FRENCH = ["Prénom", "Nom", "Email", "Date d'inscription", "Pays (depuis IP)", "Rôle", "A participé", "Durée de présence",
          "A vu le replay", "Job title"]  # fmt: skip


def row(given, family, email, attended, duration, role="Participant", replay="No"):
    return [given, family, email, "2026-04-01 10:00:00", "FR", role, attended, duration, replay, "Nurse"]


def rows_in(heads, yes, no):
    return [
        heads,
        row("Aïssatou", "Diallo", "A.Diallo@x.example", yes, "1:02:03"),
        row("Rosa", "Quispe", "rosa@x.example", no, "", replay=yes),
        row("Bo", "", "bo@x.example", yes, "45 min"),
        row("Desk", "Training", "desk@x.example", yes, "2h 5min", "Team member"),
    ]


SECONDS = {"a.diallo@x.example": 3723, "bo@x.example": 2700, "desk@x.example": 7500}


def meeting_of(content, name="livestorm-registrants-week-3.csv"):
    report = read(content, name, near=DAY)
    assert report.platform == "livestorm"
    return report.meetings[0]


def seconds(meeting):
    return {person.key: person.seconds for person in people_of(meeting)}


@pytest.mark.parametrize("heads, yes, no", [(ENGLISH, "Yes", "No"), (FRENCH, "Oui", "Non"), (ENGLISH, "TRUE", "FALSE")])
@pytest.mark.parametrize("form", [{}, {"delimiter": ";", "encoding": "cp1252", "padded": True}, {"encoding": "utf-16"}])
def test_who_came_and_who_only_registered(heads, yes, no, form):
    meeting = meeting_of(as_text(rows_in(heads, yes, no), **form))
    assert seconds(meeting) == SECONDS
    assert [tuple(absence) for absence in meeting.absent] == [("Rosa Quispe", "rosa@x.example")]
    assert [person.role for person in people_of(meeting)] == [Role.ATTENDEE, Role.ATTENDEE, Role.HOST]


def test_a_workbook_under_another_name_is_known_by_its_heads():
    content = as_workbook({"Registrants": rows_in(FRENCH, "Oui", "Non")})
    assert seconds(meeting_of(content, "export.xlsx")) == SECONDS


@pytest.mark.parametrize(
    "head, values, expected",
    [
        ("Attendance duration (minutes)", ("62", "45"), (3720, 2700)),
        ("Attendance duration (seconds)", ("62", "45"), (62, 45)),
        ("Attendance duration", ("3720", "2700"), (3720, 2700)),
        ("Attendance duration", ("62", "45"), (3720, 2700)),
        ("Durée", ("1 h 2 min", "0:45:00"), (3720, 2700)),
        ("Time attended", ("1h 2m", "45m"), (3720, 2700)),
        ("Παρακολούθηση", ("1h 2m", "45m"), (3720, 2700)),
    ],
)
def test_plain_numbers_count_in_the_unit_of_the_head(head, values, expected):
    heads = [*ENGLISH[:7], head, *ENGLISH[8:]]
    people = [row(name, "", f"{name}@x.example", "Yes", value) for name, value in zip("ab", values, strict=True)]
    assert tuple(seconds(meeting_of(as_text([heads, *people]))).values()) == expected


def test_times_count_before_durations():
    heads = [*ENGLISH[:8], "Joined at", "Left at"]
    stay = [*row("Bo", "", "bo@x.example", "Yes", "2 h")[:8], "2026-04-07 09:00:00", "2026-04-07 10:30:00"]
    assert seconds(meeting_of(as_text([heads, stay]))) == {"bo@x.example": 5400}


def test_whoever_came_without_a_duration_was_there_for_an_unknown_time():
    heads = [*ENGLISH[:7], *ENGLISH[8:]]
    came, away = (
        [*row(name, "", f"{name}@x.example", word, "")[:7], "", ""] for name, word in (("a", "Yes"), ("b", "No"))
    )
    meeting = meeting_of(as_text([heads, came, away]))
    assert seconds(meeting) == {"a@x.example": None}
    assert [absence.email for absence in meeting.absent] == ["b@x.example"]
