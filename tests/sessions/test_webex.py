import datetime as dt

import pytest

from sessions.people import people_of
from sessions.readers import Role, read
from tests.sessions.report_files import as_text, as_workbook

DAY = dt.date(2026, 5, 20)
HEADS = {
    "en": ["Meeting Name", "Meeting Start Time", "Meeting End Time", "Display Name", "First Name", "Last Name", "Role",
           "Attendee Email", "Join Time", "Leave Time", "Attendance Duration", "Connection Type", "Session Name"],
    "pt": ["Nome da reunião", "Data de início da reunião", "Data de término da reunião", "Nome de exibição", "Nome",
           "Sobrenome", "Função", "E-mail do convidado", "Hora da entrada", "Hora da saída", "Duração da presença",
           "Tipo de conexão", "Nome da sessão"],
    "de": ["Meetingname", "Startzeit", "Endzeit", "Anzeigename", "Vorname", "Nachname", "Rolle", "E-Mail", "Beitritt",
           "Verlassen", "Dauer", "Verbindung", "Sitzung"],
    "ja": ["会議名", "開始", "終了", "表示名", "名", "姓", "役割", "メール", "参加", "退出", "期間", "接続", "セッション"],
}  # fmt: skip
HOSTS = {"en": "Host", "pt": "Anfitrião", "de": "Gastgeber", "ja": "主催者"}


def line(name, email, joined, left, room="Main Session", role="Attendee", day="2026-05-20", kind="Desktop app"):
    given, _, family = name.partition(" ")
    times = [f'="{day} {joined}"', f'="{day} {left}"']
    return [
        "Week 6",
        f'="{day} 08:55:00"',
        f'="{day} 11:05:00"',
        name,
        given,
        family,
        role,
        email,
        *times,
        "20 mins",
        kind,
        room,
    ]


def rows_in(language, day="2026-05-20"):
    return [
        HEADS[language],
        line("Desk", "desk@x.example", "08:55:00", "11:05:00", role=HOSTS[language], day=day),
        line("Priya R", "PRIYA@x.example", "09:00:00", "10:00:00", day=day),
        line("Priya R", "priya@x.example", "09:00:30", "10:00:10", kind="Call-in", day=day),
        line("Priya R", "priya@x.example", "09:30:00", "09:50:00", "Breakout 1", day=day),
        line("Call-in User_3", "", "09:30:00", "10:10:00", kind="Call-in", day=day),
    ]


SECONDS = {"desk@x.example": 7800, "priya@x.example": 3610, "Call-in User_3": 2400}


def people(meeting):
    return {person.key: person.seconds for person in people_of(meeting)}


@pytest.mark.parametrize("language", HEADS)
@pytest.mark.parametrize(
    "form",
    [
        {"delimiter": "\t", "encoding": "utf-16"},
        {"delimiter": "\t", "encoding": "utf-8"},
        {"delimiter": ",", "encoding": "utf-8-sig"},
        {"delimiter": ";", "encoding": "utf-8", "padded": True},
    ],
)
def test_connections_breakouts_and_telephones_overlap(language, form):
    report = read(as_text(rows_in(language), **form), "webex.csv", near=DAY)
    assert report.platform == "webex"
    assert [meeting.title for meeting in report.meetings] == ["Week 6"]
    assert people(report.meetings[0]) == SECONDS
    assert [person.role for person in people_of(report.meetings[0])] == [Role.HOST, Role.ATTENDEE, Role.ATTENDEE]
    assert str(report.meetings[0].ends) == "2026-05-20 11:05:00"


@pytest.mark.parametrize("language", ["en", "pt"])
def test_a_spreadsheet_may_have_saved_it_again_in_a_code_page(language):
    rows = [[cell[2:-1] if cell.startswith("=") else cell for cell in row] for row in rows_in(language)]
    rows = [[cell.replace("2026-05-20", "20/05/2026") for cell in row] for row in rows]
    report = read(as_text(rows, delimiter=";", encoding="cp1252", padded=True), "webex.csv", near=DAY)
    assert people(report.meetings[0]) == SECONDS


def test_a_workbook_is_read_like_the_text():
    rows = [[cell[2:-1] if cell.startswith("=") else cell for cell in row] for row in rows_in("en")]
    report = read(as_workbook({"Attendees": rows}), "webex.xlsx", near=DAY)
    assert people(report.meetings[0]) == SECONDS


def test_several_meetings_of_one_file_are_told_apart():
    rows = [*rows_in("en"), *rows_in("en", day="2026-05-27")[1:]]
    report = read(as_text(rows, delimiter="\t", encoding="utf-16"), "webex.csv", near=DAY)
    assert [(meeting.title, str(meeting.starts)) for meeting in report.meetings] == [
        ("Week 6", "2026-05-20 08:55:00"),
        ("Week 6", "2026-05-27 08:55:00"),
    ]
    assert [people(meeting) for meeting in report.meetings] == [SECONDS, SECONDS]


def test_names_may_stand_in_two_columns_only_and_columns_may_be_missing():
    heads = [
        "Meeting Name",
        "First Name",
        "Last Name",
        "Attendee Email",
        "Join Time",
        "Leave Time",
        "Attendance Duration",
    ]
    row = ["Week 6", "Priya", "Raghunathan", "", "2026-05-20 09:00:00", "2026-05-20 09:10:00", "10 mins"]
    report = read(as_text([heads, row]), "webex.csv", near=DAY)
    assert people(report.meetings[0]) == {"Priya Raghunathan": 600}


def test_a_connection_without_an_end_lasts_until_the_meetings():
    rows = rows_in("en")[:3]
    rows[2][9] = ""
    report = read(as_text(rows), "webex.csv", near=DAY)
    assert people(report.meetings[0]) == {"desk@x.example": 7800, "priya@x.example": 7500}
    assert [found.is_open for found in report.connections] == [False, True]


@pytest.mark.parametrize("duration, expected", [("20 mins", 1200), ("1 hr 20 mins", 4800), ("20", 1200)])
def test_durations_count_where_there_are_no_times(duration, expected):
    rows = rows_in("en")[:3]
    rows[2][8:11] = ["", "", duration]
    report = read(as_text(rows), "webex.csv", near=DAY)
    assert people(report.meetings[0])["priya@x.example"] == expected
