"""Google Meet's reports; see also the samples' test."""

import datetime as dt
import io

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions.people import people_of
from sessions.readers import Exclusion, ReadError, read

DAY = dt.date(2026, 3, 12)
TWO_NAMES = "First name,Last name,Email,Duration,Time joined,Time exited"
ONE_NAME = "Name,Email,Duration,Time joined,Time exited"


def csv(*lines, encoding="utf-8"):
    return ("\r\n".join(lines) + "\r\n").encode(encoding)


def seconds(report):
    return [{person.key: person.seconds for person in people_of(meeting)} for meeting in report.meetings]


def stays(report):
    return [(found.joined, found.left) for found in report.connections]


def at(hour, minute=0, second=0, *, day=DAY):
    return dt.datetime.combine(day, dt.time(hour, minute, second))


def platform(content):
    try:
        return read(content, "report.csv", near=DAY).platform
    except ReadError as refusal:
        return refusal.reason


@pytest.mark.parametrize(
    ("text", "joined", "left", "expected"),
    [
        ("35 min", "10:00 AM", "10:40 AM", 2100),
        ("1 hr 5 min", "10:00 AM", "11:40 AM", 3900),
        ("32m", "9:00:12", "9:32:01", 1920),
        ("95 min", "19:28", "21:03", 5700),
        ("1:00:00", "10:00:00 AM", "11:00:00 AM", 3600),
        ("32:14", "10:00", "10:33", 1934),
        ("1:05", "10:00", "11:06", 3900),
        ("0:35", "10:00", "10:36", 2100),
        ("0:35", "10:00", "10:01", 35),
        ("58", "10:00", "11:00", 3480),
        ("3480", "10:00", "11:00", 3480),
        ("1 hora 2 minutos", "10.00", "11.30", 3720),
        ("1\u202fh 5\u202fmin", "10:00\u202fAM", "11:40\u202fAM", 3900),
        ("0 min", "11:30 PM", "11:30 PM", 0),
        ("", "10:00", "10:30", 1800),
    ],
)
def test_read_takes_the_stated_duration_as_it_fits_the_times(text, joined, left, expected):
    report = read(csv(TWO_NAMES, f"Ann,Example,Ann@x.example,{text},{joined},{left}"), "report.csv", near=DAY)
    assert (report.platform, seconds(report)) == ("google_meet", [{"ann@x.example": expected}])
    assert report.connections[0].name == "Ann Example"


@pytest.mark.parametrize(
    "heads",
    [
        TWO_NAMES,
        "Nome,Sobrenome,E-mail,Duração,Horário de entrada,Horário de saída",
        "Prénom,Nom,E-mail,Durée,Heure d’arrivée,Heure de départ",
        "Nombre,Apellidos,Correo electrónico,Duración,Hora de entrada,Hora de salida",
        "名,姓,メールアドレス,時間,入室,退室",
        "a,b,c,d,e,f",
    ],
)
@pytest.mark.parametrize("sign", [",", ";", "\t"])
@pytest.mark.parametrize("above", [(), ("Relatório de participação", "Código da reunião: abc-defg-hij")])
def test_read_knows_heads_in_every_language_by_name_or_by_shape(heads, sign, above):
    lines = [heads, "Ann,Example,ann@x.example,25 min,10:06,10:31", "Bo,Guest,,28 min,10:04,10:32"]
    report = read(csv(*above, *(line.replace(",", sign) for line in lines)), "report.csv", near=DAY)
    assert (report.platform, seconds(report)) == ("google_meet", [{"ann@x.example": 1500, "Bo Guest": 1680}])
    assert stays(report) == [(at(10, 6), at(10, 31)), (at(10, 4), at(10, 32))]


@pytest.mark.parametrize("heads", [ONE_NAME, "Teilnehmende,E-Mail-Adresse,Dauer,Beitritt,Ende", "x,y,z,v,w"])
def test_read_knows_names_in_one_column(heads):
    report = read(
        csv(heads, "Ann Example,,25 min,10:06,10:31", "Bo,bo@x.example,28 min,10:04,10:32"), "x.csv", near=DAY
    )
    assert seconds(report) == [{"Ann Example": 1500, "bo@x.example": 1680}]


def test_read_takes_the_day_that_is_stated_above_the_table():
    lines = ["Meeting title,Date,Start time,End time", "Standup,2026-05-11,09:00,09:32", ",,,", ONE_NAME]
    report = read(csv(*lines, "Ann,ann@x.example,,9:00:12,", "Bo,bo@x.example,32m,9:00:12,9:32:01"), "x.csv", near=DAY)
    day = dt.date(2026, 5, 11)
    meeting = report.meetings[0]
    assert (meeting.title, meeting.starts, meeting.ends) == ("Standup", at(9, day=day), at(9, 32, day=day))
    assert stays(report) == [
        (at(9, 0, 12, day=day), at(9, 32, day=day)),
        (at(9, 0, 12, day=day), at(9, 32, 1, day=day)),
    ]
    assert [found.is_open for found in report.connections] == [True, False]


@pytest.mark.parametrize(
    ("date", "near", "day"),
    [
        ("03/04/2026", dt.date(2026, 4, 3), dt.date(2026, 4, 3)),
        ("13/04/2026", None, dt.date(2026, 4, 13)),
        ("Mar 22, 2026", None, dt.date(2026, 3, 22)),
    ],
)
def test_read_takes_a_stated_day_in_any_form(date, near, day):
    lines = ["Meeting title;Date;Start time;End time", f"Standup;{date};09:00;09:32", ONE_NAME.replace(",", ";")]
    report = read(csv(*lines, "Ann;ann@x.example;30 min;9:00;9:30"), "x.csv", near=near)
    assert stays(report) == [(at(9, day=day), at(9, 30, day=day))]


@pytest.mark.parametrize(
    ("name", "near", "day"),
    [
        ("Relatório de participação em fxj-hykv-jev (2026-09-26 14:41).csv", None, dt.date(2026, 9, 26)),
        ("2026-09-26 14-41 Standup.csv", None, dt.date(2026, 9, 26)),
        ("2026-09-26 14-41 Standup.csv", DAY, DAY),
    ],
)
def test_read_takes_the_sessions_day_else_the_one_in_the_files_name(name, near, day):
    report = read(csv(ONE_NAME, "Ann,,30 min,9:00 PM,9:30 PM"), name, near=near)
    assert stays(report) == [(at(21, day=day), at(21, 30, day=day))]


def test_read_says_that_the_day_is_not_known():
    report = read(csv(ONE_NAME, "Ann,,30 min,9:00 PM,9:30 PM"), "report.csv")
    assert (stays(report), seconds(report), report.notes) == ([(None, None)], [{"Ann": 1800}], ("no_day",))


def test_read_runs_past_midnight():
    lines = ["Ann,,60 min,11:30 PM,12:30 AM", "Bo,,20 min,12:10 AM,12:30 AM", "Cy,,20 min,11:35 PM,11:55 PM"]
    report = read(csv(ONE_NAME, *lines), "report.csv", near=DAY)
    after = DAY + dt.timedelta(days=1)
    assert stays(report) == [
        (at(23, 30), at(0, 30, day=after)),
        (at(0, 10, day=after), at(0, 30, day=after)),
        (at(23, 35), at(23, 55)),
    ]


def test_read_puts_who_came_early_on_the_day_before_a_session_at_midnight():
    lines = ["Ann,,70 min,11:50 PM,1:00 AM", "Bo,,60 min,12:00 AM,1:00 AM", "Cy,,59 min,12:01 AM,1:00 AM"]
    report = read(csv(ONE_NAME, *lines), "report.csv", near=DAY)
    before = DAY - dt.timedelta(days=1)
    assert stays(report) == [(at(23, 50, day=before), at(1)), (at(0), at(1)), (at(0, 1), at(1))]


@pytest.mark.parametrize(
    ("joined", "left", "expected"),
    [
        ("2026-03-12 11:01:14", "2026-03-12 11:43:08", (at(11, 1, 14), at(11, 43, 8))),
        ('"Mar 12, 2026, 10:07:00 AM"', '"Mar 12, 2026, 10:49:00 AM"', (at(10, 7), at(10, 49))),
        ("12 de mar. de 2026 10:07", "12 de mar. de 2026 10:49", (at(10, 7), at(10, 49))),
        ("12/03/2026 10:07", "12/03/2026 10:49", (at(10, 7), at(10, 49))),
        (
            "2026-03-12T10:07:00Z",
            "2026-03-12T10:49:00Z",
            (at(10, 7).replace(tzinfo=dt.UTC), at(10, 49).replace(tzinfo=dt.UTC)),
        ),
    ],
)
def test_read_takes_times_with_a_date(joined, left, expected):
    report = read(csv(ONE_NAME, f"Ann,ann@x.example,42m,{joined},{left}"), "report.csv", near=DAY)
    assert (stays(report), seconds(report)) == ([expected], [{"ann@x.example": 2520}])


def test_read_takes_a_report_without_times():
    report = read(csv("Name,Email,Duration", "Ann,ann@x.example,32:14", "Bo,,1:05:00"), "report.csv", near=DAY)
    assert (report.variant, seconds(report)) == ("durations only", [{"ann@x.example": 1934, "Bo": 3900}])


def test_read_takes_a_report_without_durations():
    report = read(
        csv("First name,Last name,Email,Time joined,Time exited", "Ann,Example,,10:00,10:30"), "x.csv", near=DAY
    )
    assert seconds(report) == [{"Ann Example": 1800}]


def test_read_counts_a_telephone_beside_a_computer_once():
    lines = ["Ann,,60 min,10:00,11:00", "Ann,,60 min,10:00,11:00", "+44 •••• ••••45,,38 min,10:20,10:58"]
    report = read(csv(ONE_NAME, *lines), "report.csv", near=DAY)
    assert seconds(report) == [{"Ann": 3600, "+44 •••• ••••45": 2280}]


def test_read_sets_lines_apart_that_state_nothing():
    lines = ["Ann,,60 min,10:00,11:00", "Bo,bo@x.example,,,", ",,,,", "Total participants: 2,,,,"]
    report = read(csv(ONE_NAME, *lines), "report.csv", near=DAY)
    assert [(found.name, found.excluded_because) for found in report.connections] == [
        ("Ann", None),
        ("Bo", Exclusion.NO_TIMES),
        ("Total participants: 2", Exclusion.NOT_A_PERSON),
    ]


def test_read_takes_labels_before_their_values():
    above = ["Meeting title,Standup", "Date,2026-05-11", "Start time,9:00", "End time,9:40"]
    report = read(csv(*above, ONE_NAME, "Ann,,30 min,9:05,9:35"), "report.csv", near=DAY)
    assert (report.meetings[0].title, report.meetings[0].ends) == ("Standup", at(9, 40, day=dt.date(2026, 5, 11)))


def test_read_takes_the_list_of_an_extension_that_knows_when_somebody_was_first_seen():
    above = ["* Meeting code: abc-defg-hij", "* Created on 2026-05-11 10:00:00"]
    report = read(csv(*above, "Full Name,First Seen,Time in Call", "Ann,10:01,00:45:00"), "report.csv", near=DAY)
    assert (seconds(report), report.connections[0].joined) == ([{"Ann": 2700}], at(10, 1, day=dt.date(2026, 5, 11)))


def test_read_takes_every_sheet_of_a_workbook():
    book = openpyxl.Workbook()
    book.active.title = "abc (2026-03-12 10-00)"
    other = book.create_sheet("abc (2026-03-13 10-00)")
    for sheet in (book.active, other):
        sheet.append(TWO_NAMES.split(","))
        sheet.append(["Ann", "Example", "ann@x.example", "25 min", dt.time(10, 6), dt.time(10, 31)])
        sheet.append(["Bo", None, None, dt.timedelta(minutes=28), "10:04 AM", "10:32 AM"])
    content = io.BytesIO()
    book.save(content)
    report = read(content.getvalue(), "report.xlsx")
    assert seconds(report) == [{"ann@x.example": 1500, "Bo": 1680}] * 2
    assert [found.joined.date().day for found in report.connections] == [12, 12, 13, 13]


@pytest.mark.parametrize(
    "lines",
    [
        ["Name (Original Name),User Email,Total Duration (Minutes),Guest", "Ann,ann@x.example,58,Yes"],
        ["Name,Email,Join Time,Leave Time,Duration (Minutes)", "Ann,ann@x.example,10:00,11:00,60"],
        ["Name,Unit,Signature", "Ann,IT,x"],
        ["NOM,Prénom,Matin,Midi,Après,Soir", "DIALLO,Ann,9h02,12:30,14:00,17h00", "BO,Bo,9h05,12:30,13:30,"],
        ["NOM,Prénom,Matin,Midi,Soir", "DIALLO,Ann,9:00:00,12:30,14:00"],
    ],
)
def test_read_leaves_other_tables_to_others(lines):
    assert platform(csv(*lines)) not in ("google_meet", "no_lines")


@given(
    st.integers(0, 86_399),
    st.lists(st.tuples(st.integers(0, 5 * 3600), st.integers(0, 5 * 3600)), min_size=1, max_size=12),
)
def test_read_places_any_meeting_shorter_than_half_a_day(begins, lengths):
    start = dt.datetime.combine(DAY, dt.time()) + dt.timedelta(seconds=begins)
    first = min(begin for begin, _length in lengths)
    expected = [
        (start + dt.timedelta(seconds=b - first), start + dt.timedelta(seconds=b - first + n)) for b, n in lengths
    ]
    after = sum(joined.date() > DAY for joined, _left in expected) * 2 > len(expected)
    lines = [f"P{n},,,{joined:%H:%M:%S},{left:%H:%M:%S}" for n, (joined, left) in enumerate(expected)]
    report = read(csv(ONE_NAME, *lines), "report.csv", near=DAY + dt.timedelta(days=after))
    assert stays(report) == expected
