"""BigBlueButton's learning dashboard, as data and as the table that a browser makes of it; see also the samples' test."""

import datetime as dt
import json

import pytest

from sessions.people import people_of
from sessions.readers import Exclusion, ReadError, Role, read

DAY = dt.date(2026, 11, 2)
START = 1_793_610_000_000  # 2026-11-02 09:00 UTC
MINUTE = 60_000


def seconds(report):
    return [{person.key: person.seconds for person in people_of(meeting)} for meeting in report.meetings]


def times(joined, left):
    return {"registeredOn": START + joined * MINUTE, "leftOn": left and START + left * MINUTE}


def third(*stays):
    """2.6 and later: sessions of connections, here each of an own connection."""
    return {"intIds": {f"w_{n}": {"intId": f"w_{n}", "sessions": [times(*stay)]} for n, stay in enumerate(stays)}}


def second(*stays):
    """2.4 and 2.5: one stay per connection."""
    return {"intIds": {f"w_{n}": {"intId": f"w_{n}", **times(*stay)} for n, stay in enumerate(stays)}}


def first(*stays):
    """Before: one stay per user."""
    return times(
        min(joined for joined, _left in stays),
        0 if any(not left for _, left in stays) else max(left for _, left in stays),
    )


def dashboard(shape, *, ended=90):
    users = {
        "u1": {"userKey": "u1", "extId": "ext-1", "name": "Desk", "isModerator": True, **shape((0, 90))},
        "u2": {"extId": "Ann@x.example", "name": "Ann", "isModerator": False, **shape((0, 60), (30, 80))},
        "u3": {"extId": "w_9x", "name": '\u202bBo "B"\u202c', "isModerator": False, "isDialIn": True, **shape((30, 0))},
    }
    return {
        "intId": "a-1",
        "name": "Module  7",
        "users": users,
        "createdOn": START,
        "endedOn": ended and START + ended * MINUTE,
    }


@pytest.mark.parametrize("shape", [first, second, third])
def test_read_knows_the_data_of_three_generations(shape):
    report = read(json.dumps(dashboard(shape)).encode(), "learning_dashboard_data.json")
    assert (report.platform, report.variant, report.meetings[0].title) == (
        "bigbluebutton",
        "dashboard JSON",
        "Module 7",
    )
    assert seconds(report) == [{"Desk": 5400, "ann@x.example": 4800, 'Bo "B"': 3600}]
    assert report.meetings[0].starts == dt.datetime(2026, 11, 2, 9, tzinfo=dt.UTC)
    last = report.connections[-1]
    assert (last.left, last.is_open) == (dt.datetime(2026, 11, 2, 10, 30, tzinfo=dt.UTC), True)
    assert [person.role for person in people_of(report.meetings[0])] == [Role.HOST, Role.ATTENDEE, Role.ATTENDEE]
    assert [found.account for found in report.connections] == ["ext-1", *[""] * (len(report.connections) - 1)]


@pytest.mark.parametrize("shape", [first, second, third])
def test_read_leaves_stays_open_while_the_meeting_runs(shape):
    report = read(json.dumps(dashboard(shape, ended=0)).encode(), "learning_dashboard_data.json")
    assert (report.connections[-1].left, report.connections[-1].is_open) == (None, True)
    assert seconds(report)[0]['Bo "B"'] == 0


def test_read_takes_several_sessions_of_one_connection():
    user = {"name": "Ann", "intIds": {"w": {"sessions": [times(0, 10), times(20, 30), times(25, 40)]}}}
    report = read(json.dumps({"users": {"u": user}, "endedOn": 0}).encode(), "data.json")
    assert seconds(report) == [{"Ann": 1800}]


@pytest.mark.parametrize("value", [0, -5, None, "soon", True, 1e17, [1], {}])
def test_read_counts_nothing_for_moments_that_are_none(value):
    users = {
        "u": {"name": "Ann", "registeredOn": value, "leftOn": value},
        "v": 5,
        "w": {"name": 3, "intIds": [1, {"sessions": [None]}]},
    }
    report = read(json.dumps({"users": users}).encode(), "data.json")
    assert [(found.name, found.excluded_because) for found in report.connections] == [("Ann", Exclusion.NO_TIMES)]


@pytest.mark.parametrize(
    "document",
    [
        {"users": {}},
        {"users": []},
        {"users": {"u": {"name": "Ann"}}},
        {"users": 5},
        {"users": {}, "createdOn": 1, "endedOn": 2},
    ],
)
def test_read_refuses_data_without_anybody(document):
    with pytest.raises(ReadError):
        read(json.dumps(document).encode(), "data.json")


HEADS = (
    "Name,Moderator,Activity Score,Talk Time,Webcam Time,Messages,Reactions,Poll Votes,Raise Hands,Join,Left,Duration"
)
GERMAN = "Name,Moderator,Aktivitätspunkte,Redezeit,Webcam,Chat,Emojis,Abstimmungen,Handzeichen,Beitritt,Austritt,Dauer"
ARABIC = "الاسم,مشرف,النتيجة,وقت التحدث,وقت الكاميرا,الرسائل,التفاعلات,التصويت,رفع اليد,انضم,غادر,المدة"


def line(name, joined, left, duration, *polls, moderator="FALSE", score="6.7"):
    cells = [name, moderator, score, "00:01:10", "-", "2", "0", "1", "0", joined, left, duration, *polls]
    return ",".join(f'"{cell}"' for cell in cells)


def anonymous(*polls):
    return ",".join(['"Anonymous"', *['""'] * 11, *(f'"{poll}"' for poll in polls)])


def browser(*lines, heads=HEADS, encoding="utf-8", sign=","):
    return "\r\n".join([heads, *lines]).replace('","', f'"{sign}"').encode(encoding)


@pytest.mark.parametrize("heads", [HEADS, GERMAN, ARABIC])
@pytest.mark.parametrize(
    "form",
    [
        "11/2/2026, 08:{}:00 AM",
        "2.11.2026, 08:{}:00",
        "02/11/2026 08:{}:00",
        "2026/11/2 8:{}:00",
        "2026. 11. 2. 오전 08:{}:00",
        "2/11/2026, 8:{}:00\u202fa.\u00a0m.",
        "٢‏/١١‏/٢٠٢٦، ٠٨:{}:٠٠ ص",
    ],
)
def test_read_knows_the_table_of_any_browser(heads, form):
    begin, half, end = (form.format(minute) for minute in ("00", "30", "45"))
    report = read(
        browser(
            line("Desk", begin, end, "00:45:00", moderator="TRUE", score="6,7"),
            line("Ann Example", begin, end, "00:15:00"),
            line("Bo", begin, half, "01:10:00"),
            line("Cy", half, "-", "00:05:00"),
            anonymous(),
            heads=heads,
        ),
        "LearningDashboard_x_2026.csv",
        near=DAY,
    )
    assert (report.platform, report.variant) == ("bigbluebutton", "dashboard CSV")
    assert seconds(report) == [{"Desk": 2700, "Ann Example": 900, "Bo": 1800, "Cy": 300}]
    assert [found.joined and found.joined.date() for found in report.connections] == [DAY] * 4 + [None]
    assert [found.is_open for found in report.connections] == [False, False, False, True, False]
    assert [found.role for found in report.connections][:2] == [Role.HOST, Role.ATTENDEE]
    assert report.connections[-1].excluded_because == Exclusion.NOT_A_PERSON


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ('Siti "Nur" binti Ahmad', 'Siti "Nur" binti Ahmad'),
        ('Ahmad, "Nur"', 'Ahmad, "Nur"'),
        ('"Nur"', '"Nur"'),
        ("O'Neil", "O'Neil"),
    ],
)
@pytest.mark.parametrize("polls", [(), ("Yes", "-"), ('He said "no"', "a, b")])
def test_read_takes_quotes_as_they_stand_and_commas_in_heads_of_polls(name, kept, polls):
    heads = HEADS + (",How are you, all?,Ready?" if polls else "")
    lines = [line(name, "11/2/2026, 08:00:00 AM", "11/2/2026, 08:45:00 AM", "00:45:00", *polls), anonymous(*polls)]
    report = read(browser(*lines, heads=heads), "x.csv", near=DAY)
    assert [(found.name, found.seconds) for found in report.connections] == [(kept, 2700), ("Anonymous", None)]


@pytest.mark.parametrize("name", ["Ann", 'Ann "A"'])
def test_read_takes_answers_of_several_lines(name):
    lines = [
        line(name, "11/2/2026, 08:00:00 AM", "11/2/2026, 08:45:00 AM", "00:45:00", "Yes"),
        anonymous("Yes\r\nNo\r\nYes"),
    ]
    report = read(browser(*lines, heads=HEADS + ",Ready?"), "x.csv", near=DAY)
    assert [(found.name, found.seconds) for found in report.connections] == [(name, 2700), ("Anonymous", None)]


def test_read_takes_somebody_who_is_called_anonymous():
    report = read(browser(line("Anonymous", "11/2/2026, 08:00:00 AM", "-", "00:45:00"), anonymous()), "x.csv", near=DAY)
    assert [found.excluded_because for found in report.connections] == [None, Exclusion.NOT_A_PERSON]


def test_read_puts_days_back_that_the_duration_lost():
    lines = [line("Ann", "11/2/2026, 08:00:00 AM", "11/3/2026, 09:00:00 AM", "00:45:00")]
    assert seconds(read(browser(*lines), "x.csv", near=DAY)) == [{"Ann": 24 * 3600 + 2700}]


def test_read_takes_what_a_spreadsheet_saved_again():
    text = browser(
        line("Zoë", "2.11.2026, 08:00:00", "2.11.2026, 08:45:00", "00:40:00"), anonymous(), heads=GERMAN
    ).decode()
    content = text.replace('","', ";").replace('"', "").replace(GERMAN, GERMAN.replace(",", ";")).encode("cp1252")
    assert seconds(read(content, "x.csv", near=DAY)) == [{"Zoë": 2400}]


@pytest.mark.parametrize(("true", "false"), [("WAHR", "FALSCH"), ("Vrai", "Faux"), ("VERDADERO", "FALSO")])
def test_read_takes_what_spreadsheets_in_other_languages_make_of_true_and_false(true, false):
    times = ("02/11/2026 08:00", "02/11/2026 08:45", "0:40:00")
    content = browser(line("Desk", *times, moderator=true), line("Ann", *times, moderator=false), sign=";")
    roles = [found.role for found in read(content, "x.csv", near=DAY).connections]
    assert roles == [Role.HOST, Role.ATTENDEE]
