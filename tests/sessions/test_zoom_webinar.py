import datetime as dt

import pytest

from sessions.people import people_of
from sessions.readers import ReadError, Reason, Role, read
from tests.sessions.report_files import as_text, as_workbook

DAY = dt.date(2026, 3, 22)
SUMMARY = [
    ["Attendee Report", ""],
    ["Report Generated:", "Mar 23, 2026 6:26 PM"],
    ["Topic", "Webinar ID", "Actual Start Time", "Actual Duration (minutes)", "# Registered", "# Cancelled",
     "Unique Viewers", "Total Users", "Max Concurrent Views"],
    ["Outbreak toolkit", "847 0000 1045", "Mar 22, 2026 7:00 PM", "125", "6", "0", "4", "9", "7"],
]  # fmt: skip
PRESENT = ["Attended", "User Name (Original Name)", "Email", "Join Time", "Leave Time", "Time in Session (minutes)",
           "Is Guest", "Country/Region Name"]  # fmt: skip
ATTENDEES = ["Attended", "User Name (Original Name)", "First Name", "Last Name", "Email", "Phone",
             "Any question, \"or\" not?", "Registration Time", "Approval Status", "Join Time", "Leave Time",
             "Time in Session (minutes)", "Is Guest", "Country/Region Name", "Source Name"]  # fmt: skip
OTHERS = ["User Name", "Join Time", "Leave Time", "Time in Session (minutes)", "Country/Region Name"]


def at(time):
    return f"Mar 22, 2026 {time}"


def attendee(name, email, joined, left, registered="Mar 02, 2026 08:11:00", status="approved"):
    given, _, family = name.partition(" ")
    times = [at(joined), at(left), "30"]
    return ["Yes", name, given, family, email, "", "", registered, status, *times, "Yes", "Kenya", ""]


def away(name, email):
    blanks = ["--", "--", "--", "--", "", ""]
    return ["No", name, *name.split(" ", 1), email, "", "", "Mar 05, 2026 14:00:00", "approved", *blanks]


HOST = ["Yes", "Desk", "desk@x.example", at("18:41:00"), at("21:05:00"), "144", "No", "Kenya"]
PANELIST = ["Yes", "Nomvula Dlamini", "n@x.example", at("19:30:04"), at("20:58:00"), "88", "Yes", "Kenya"]
PROMOTED = attendee("Nomvula Dlamini", "N@x.example", "19:00:10", "19:30:30", status="upgraded to panelist")
CALLER = ["1555***0199", at("7:20 PM"), at("8:05 PM"), "45", "Kenya"]
REPORT = [
    *SUMMARY,
    ["Host Details"], PRESENT, HOST,
    ["Panelist Details"], PRESENT, PANELIST,
    ["Attendee Details"], ATTENDEES, PROMOTED,
    attendee("João Conceição", "j@x.example", "19:05:00", "20:40:00"),
    attendee("João Conceição", "j@x.example", "19:50:00", "20:50:00", "", ""),
    away("Rosa Quispe", "rosa@x.example"),
    ["Other Attended"], OTHERS, CALLER,
]  # fmt: skip
SECONDS = {"desk@x.example": 8640, "n@x.example": 7070, "j@x.example": 6300, "1555***0199": 2700}


def meeting_of(rows, near=DAY, **form):
    report = read(as_text(rows, **form), "attendee.csv", near=near)
    assert (report.platform, report.variant) == ("zoom", "webinar")
    return report.meetings[0]


def seconds(meeting):
    return {person.key: person.seconds for person in people_of(meeting)}


def roles(meeting):
    return [person.role for person in people_of(meeting)]


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"padded": True},
        {"encoding": "utf-8"},
        {"delimiter": ";", "encoding": "cp1252", "padded": True},
        {"delimiter": "\t", "encoding": "utf-16"},
    ],
)
def test_all_tables_are_read_together(form):
    meeting = meeting_of(REPORT, **form)
    assert meeting.title == "Outbreak toolkit"
    assert (str(meeting.starts), str(meeting.ends)) == ("2026-03-22 19:00:00", "2026-03-22 21:05:00")
    assert seconds(meeting) == SECONDS
    assert roles(meeting) == [Role.HOST, Role.PANELIST, Role.ATTENDEE, Role.OTHER]
    assert [tuple(absence) for absence in meeting.absent] == [("Rosa Quispe", "rosa@x.example")]


def test_a_workbook_of_it_says_the_same():
    report = read(as_workbook({"attendee": REPORT}), "attendee.xlsx", near=DAY)
    assert seconds(report.meetings[0]) == SECONDS


def without(title, rows=REPORT):
    start = rows.index([title])
    end = next((at for at in range(start + 1, len(rows)) if len(rows[at]) == 1), len(rows))
    return [*rows[:start], *rows[end:]]


@pytest.mark.parametrize(
    "title, missing",
    [
        ("Host Details", {"desk@x.example"}),
        ("Other Attended", {"1555***0199"}),
        ("Attendee Details", {"j@x.example"}),
    ],
)
def test_a_table_may_be_missing(title, missing):
    assert set(seconds(meeting_of(without(title)))) == set(SECONDS) - missing


def test_a_table_may_be_empty():
    rows = [row for row in REPORT if row is not PANELIST]
    assert seconds(meeting_of(rows))["n@x.example"] == 1820
    assert roles(meeting_of(rows)) == [Role.HOST, Role.ATTENDEE, Role.ATTENDEE, Role.OTHER]


def test_nobody_may_have_come():
    rows = [*SUMMARY, ["Attendee Details"], ATTENDEES, away("Rosa Quispe", "rosa@x.example")]
    meeting = meeting_of(rows)
    assert (list(meeting.connections), len(meeting.absent)) == ([], 1)


def test_whoever_registered_and_came_by_another_line_is_not_absent():
    rows = [*REPORT[:-3], away("João Conceição", "J@x.example"), away("Rosa Quispe", "rosa@x.example")]
    assert [absence.email for absence in meeting_of(rows).absent] == ["rosa@x.example"]


def test_the_report_of_2020_names_attendees_by_given_and_family_name():
    heads = ["Attended", "First Name", "Last Name", "Email", "Registration Time", "Approval Status", "Join Time",
             "Leave Time", "Time in Session (minutes)", "Country/Region Name"]  # fmt: skip
    row = [
        "Yes",
        "Ana",
        "Silva",
        "ana@x.example",
        "Mar 02, 2026 08:11:00",
        "approved",
        at("19:00:00"),
        at("19:30:00"),
        "30",
        "",
    ]
    present = [PRESENT[0], "User Name", *PRESENT[2:6], PRESENT[7]]
    host = [*HOST[:6], HOST[7]]
    meeting = meeting_of([*SUMMARY, ["Host Details"], present, host, ["Attendee Details"], heads, row])
    assert [(person.names, person.seconds) for person in people_of(meeting)] == [
        (("Desk",), 8640),
        (("Ana Silva",), 1800),
    ]


@pytest.mark.parametrize(
    "joined, left",
    [("08/09/2026 10:45:00 AM", "08/09/2026 11:15:00 AM"), ("09/08/2026 10:45", "09/08/2026 11:15"),
     ("2026-08-09 10:45:00", "2026-08-09 11:15:00")],
)  # fmt: skip
def test_newer_reports_have_other_dates(joined, left):
    summary = [*SUMMARY[:1], ["Report generated time", "09/09/2026 05:29:06 AM"],
               ["Topic", "Webinar ID", "Actual start time", "Actual duration (minutes)", "# Registrants"],
               ["Week 1", "847", joined, "60", "2"]]  # fmt: skip
    row = attendee("Ana Silva", "ana@x.example", "", "")
    row[9:11] = [joined, left]
    meeting = meeting_of([*summary, ["Attendee Details"], ATTENDEES, row], near=dt.date(2026, 8, 9))
    person = people_of(meeting)[0]
    assert (meeting.title, str(person.first_join), person.seconds) == ("Week 1", "2026-08-09 10:45:00", 1800)


def test_minutes_count_where_times_are_missing():
    row = attendee("Ana Silva", "ana@x.example", "", "")
    row[9:11] = ["--", "--"]
    bare = attendee("Bo Ek", "bo@x.example", "", "")
    bare[9:12] = ["--", "--", "--"]
    meeting = meeting_of([*SUMMARY, ["Attendee Details"], ATTENDEES, row, bare])
    assert seconds(meeting) == {"ana@x.example": 1800, "bo@x.example": None}


def translated(words, rows=REPORT):
    return [[words.get(cell, cell) for cell in row] for row in rows]


SPANISH = {
    "Attendee Report": "Informe de asistentes", "Topic": "Tema", "Host Details": "Detalles del anfitrión",
    "Panelist Details": "Detalles del panelista", "Attendee Details": "Detalles del asistente",
    "Other Attended": "Otros asistentes", "Attended": "Asistió", "User Name (Original Name)": "Usuario (nombre original)",
    "User Name": "Nombre de usuario", "Email": "Correo electrónico", "Join Time": "Hora de entrada",
    "Leave Time": "Hora de salida", "Time in Session (minutes)": "Tiempo en sesión (minutos)", "Yes": "Sí",
    "First Name": "Nombre", "Last Name": "Apellido", "Registration Time": "Hora de registro",
}  # fmt: skip
CZECH = {
    "Attendee Report": "Zpráva", "Topic": "Téma", "Host Details": "Hostitel (host)", "Panelist Details": "Panelisté",
    "Attendee Details": "Účastníci", "Other Attended": "Ostatní", "Attended": "Účast",
    "User Name (Original Name)": "Jméno (původní jméno)", "User Name": "Jméno", "Email": "E-pošta",
    "Join Time": "Připojení", "Leave Time": "Odchod", "Time in Session (minutes)": "Doba (minuty)", "Yes": "Ano", "No": "Ne",
    "First Name": "Křestní", "Last Name": "Příjmení", "Registration Time": "Registrace",
}  # fmt: skip


@pytest.mark.parametrize("words", [SPANISH, CZECH])
def test_other_languages_are_known_by_the_shape(words):
    meeting = meeting_of(translated(words))
    assert meeting.title == "Outbreak toolkit"
    assert seconds(meeting) == SECONDS
    assert [absence.email for absence in meeting.absent] == ["rosa@x.example"]
    assert roles(meeting)[:3] == [Role.HOST, Role.PANELIST, Role.ATTENDEE]


@pytest.mark.parametrize("title", ["Registration Report", "Meeting Registration Report"])
def test_a_list_of_registrations_is_no_attendance(title):
    heads = ["First Name", "Last Name", "Email", "Registration Time", "Approval Status"]
    row = ["Ana", "Silva", "ana@x.example", "Mar 02, 2026 08:11:00", "approved"]
    with pytest.raises(ReadError) as refusal:
        read(as_text([[title], *SUMMARY[1:], ["Attendee Details"], heads, row]), "registration.csv", near=DAY)
    assert refusal.value.reason == Reason.NO_TIMES
