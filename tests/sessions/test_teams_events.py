"""Microsoft Teams' event logs, live events and Graph API; see also the samples' test."""

import datetime as dt
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions.people import people_of
from sessions.readers import Absence, Exclusion, ReadError, Role, read

DAY = dt.date(2020, 12, 11)
HEADS = ["Full Name", "User Action", "Timestamp"]
LOG = [
    ("Desk", "Joined", "12:27:24"),
    ("Ann", "Joined before", "12:27:24"),
    ("Bo", "Joined", "12:30:00"),
    ("Ann", "Left", "12:45:00"),
    ("Bo", "Joined", "12:50:00"),
    ("Bo", "Left", "13:10:00"),
    ("Ann", "Joined", "13:15:00"),
    ("Bo", "Left", "13:30:00"),
    ("Ann", "Left", "13:30:00"),
]
EXPECTED = [{"Desk": 0, "Ann": 1056 + 900, "Bo": 3600}]
WORDS = {
    "en": (HEADS, "Joined", "Joined before", "Left"),
    "pt": (["Nome Completo", "Atividade", "Carimbo de data/hora"], "Ingressou", "Entrou antes de", "Saiu"),
    "es": (["Nombre completo", "Acción", "Marca de tiempo"], "Se unió", "Se unió antes", "Salió"),
    "fr": (["Nom complet", "Action", "Horodatage"], "A rejoint", "A rejoint avant", "A quitté"),
    "de": (["Vollständiger Name", "Aktion", "Zeitstempel"], "Beigetreten", "Vorher beigetreten", "Verlassen"),
    "ja": (["氏名", "操作", "時刻"], "さんが入室", "入室済み", "さんが退室"),  # no list has these
    "ru": (["Кто", "Что", "Когда"], "Зашёл", "Был раньше", "Ушёл"),
    "none": (None, "Joined", "Joined before", "Left"),
}


def log(words=WORDS["en"], lines=LOG, *, day="11/12/2020", sign="\t", encoding="utf-16", end="\n"):
    heads, joined, before, left = words
    word = {"Joined": joined, "Joined before": before, "Left": left}
    rows = [heads] if heads else []
    rows += [[name, word[action], f"{day}, {clock}"] for name, action, clock in lines]
    quoted = [[f'"{cell}"' if sign in cell else cell for cell in row] for row in rows]
    return (end.join(sign.join(row) for row in quoted) + end).encode(encoding)


def seconds(report):
    return [{person.key: person.seconds for person in people_of(meeting)} for meeting in report.meetings]


def platform(content):
    try:
        return read(content, "sheet.csv").platform
    except ReadError as refusal:
        return refusal.reason


@pytest.mark.parametrize("language", WORDS)
@pytest.mark.parametrize(
    "shape",
    [
        {},
        {"encoding": "utf-16-le"},
        {"encoding": "utf-8-sig", "sign": ","},
        {"encoding": "utf-8", "sign": ";", "end": "\r\n"},
    ],
)
def test_read_pairs_joins_and_leaves_in_every_language(language, shape):
    report = read(log(WORDS[language], **shape), "meetingAttendanceList.csv", near=DAY)
    assert (report.platform, report.variant, seconds(report)) == ("teams", "event list", EXPECTED)
    assert [found.joined.date() for found in report.connections] == [DAY] * 5
    assert [found.name for found in report.connections if found.is_open] == ["Desk"]
    assert [person.role for person in people_of(report.meetings[0])] == [Role.ORGANIZER, Role.ATTENDEE, Role.ATTENDEE]


def test_read_takes_a_list_whose_dates_and_times_a_comma_has_parted():
    content = "\n".join(
        ["Full Name,User Action,Timestamp", "Ann,Joined,11/12/2020, 12:00:00", "Ann,Left,11/12/2020, 12:10:00"]
    )
    assert seconds(read(content.encode(), "list.csv", near=DAY)) == [{"Ann": 600}]


def test_read_takes_a_list_grouped_by_person_and_a_line_of_warning():
    warning = "The data could be incomplete due to the large number of meeting participants.\n"
    content = log(lines=sorted(LOG, key=lambda line: line[0] != "Bo"), encoding="utf-8").decode()
    assert seconds(read((warning + content).encode("utf-16"), "list.csv", near=DAY)) == [
        {"Bo": 3600, "Desk": 0, "Ann": 1956}
    ]


def test_read_parts_two_meetings_at_their_heads():
    content = log(encoding="utf-8") + log(
        day="11/12/2020", lines=[("Ann", "Joined", "15:00:00"), ("Ann", "Left", "15:01:00")], encoding="utf-8"
    )
    assert seconds(read(content, "list.csv", near=DAY)) == [*EXPECTED, {"Ann": 60}]


def test_read_parts_two_meetings_of_two_days_without_heads():
    content = log(encoding="utf-8") + log(WORDS["none"], day="18/12/2020", encoding="utf-8")
    assert seconds(read(content, "list.csv", near=DAY)) == EXPECTED * 2


def test_read_parts_two_meetings_of_a_day_at_the_second_arrival_of_whoever_downloaded():
    second = [("Desk", "Joined", "15:00:00"), ("Ann", "Joined before", "15:00:00"), ("Ann", "Left", "15:05:00")]
    report = read(log(WORDS["none"], LOG + second), "list.csv", near=DAY)
    assert seconds(report) == [*EXPECTED, {"Desk": 0, "Ann": 300}]


def test_read_lists_who_only_left_and_counts_nothing():
    report = read(log(lines=[*LOG, ("Cy", "Left", "13:00:00")]), "list.csv", near=DAY)
    assert [(found.name, found.excluded_because) for found in report.connections if found.excluded_because] == [
        ("Cy", Exclusion.NO_TIMES)
    ]
    assert seconds(report) == [{**EXPECTED[0], "Cy": 0}]


def test_read_leaves_a_sign_in_sheet_to_others():
    content = b"Ann,IT,2026-03-04 09:00\nBo,HR,2026-03-04 09:01\nCy,IT,2026-03-04 09:02\n"
    assert platform(content) != "teams"


@given(
    st.dictionaries(
        st.sampled_from(["Ann", "Bo", "Cy"]),
        st.lists(st.tuples(st.integers(0, 3000), st.integers(1, 3000)), min_size=1, max_size=6),
        min_size=1,
    ),
    st.randoms(use_true_random=False),
)
def test_read_counts_the_union_of_all_stays_in_whatever_order_events_stand(stays, random):
    lines = []
    expected = {}
    for name, intervals in stays.items():
        expected[name] = len({second for begin, length in intervals for second in range(begin, begin + length)})
        for begin, length in intervals:
            for action, at in (("Joined", begin), ("Left", begin + length)):
                lines.append((name, action, str(dt.timedelta(hours=9, seconds=at))))
    random.shuffle(lines)
    lines.sort(key=lambda line: (line[2], line[1]))
    lines.sort(key=lambda line: line[0], reverse=random.random() < 0.5)
    report = read(log(lines=lines, day="2026-03-04"), "list.csv")
    assert {key: value for each in seconds(report) for key, value in each.items()} == expected


LIVE = "Session Id,Participant Id,Full Name,UserAgent,UTC Event Timestamp,Action,Role"


def live(*lines, heads=LIVE):
    return "\n".join([heads, *lines]).encode()


def test_read_pairs_a_live_events_sessions_in_utc():
    report = read(
        live(
            "s1,Ann@x.example,Ann,Mozilla/5.0 (X; Y),1/25/2022 4:48:00 PM,Joined,Attendee",
            "s2,7f2c,Bo,SignalR,1/25/2022 4:50:00 PM,Joined,Producer",
            "s1,Ann@x.example,Ann,Mozilla/5.0 (X; Y),1/25/2022 4:49:00 PM,Joined,Attendee",
            "s3,ann@x.example,Ann,Mozilla,1/25/2022 5:00:00 PM,Joined,Attendee",
            "s3,ann@x.example,Ann,Mozilla,1/25/2022 5:10:00 PM,Left,Attendee",
            "s1,Ann@x.example,Ann,Mozilla/5.0 (X; Y),1/25/2022 5:08:00 PM,Left,Attendee",
            "s4,,,Mozilla,1/25/2022 5:08:00 PM,Joined,Attendee",
            "s5,,Guest of honour,Mozilla,1/25/2022 5:09:00 PM,Left,Attendee",
        ),
        "AttendeeReport.csv",
    )
    assert (report.platform, report.variant) == ("teams", "live event")
    assert seconds(report) == [{"ann@x.example": 22 * 60, "Bo": 0, "Guest of honour": 0}]
    assert report.connections[0].joined == dt.datetime(2022, 1, 25, 16, 48, tzinfo=dt.UTC)
    facts = [(found.role, found.is_open, found.account, found.excluded_because) for found in report.connections[1:]]
    assert facts == [
        (Role.PRESENTER, True, "7f2c", None),
        (Role.ATTENDEE, False, "", None),
        (Role.ATTENDEE, True, "", Exclusion.NOT_A_PERSON),
        (Role.ATTENDEE, False, "", Exclusion.NO_TIMES),
    ]


def test_read_takes_a_live_events_heads_without_spaces_and_the_date_in_iso():
    lines = [
        "s1,Ann@x.example,Ann,UA,2022-01-25T16:48:00Z,Joined,Attendee",
        "s1,Ann@x.example,Ann,UA,2022-01-25T16:58:00Z,Left,Attendee",
    ]
    report = read(
        live(*lines, heads="SessionId,ParticipantId,FullName,UserAgent,UtcEventTimestamp,Action,Role"), "x.csv"
    )
    assert seconds(report) == [{"ann@x.example": 600}]


def record(name, *intervals, email=None, role="Attendee", **more):
    stays = [{"joinDateTime": joined, "leaveDateTime": left, "durationInSeconds": 1} for joined, left in intervals]
    return {
        "emailAddress": email,
        "role": role,
        "totalAttendanceInSeconds": 0,
        "identity": {"displayName": name, "id": None, "tenantId": None},
        "attendanceIntervals": stays,
    } | more


JOINED, AGAIN, LEFT = "2026-03-04T09:00:00.1234567Z", "2026-03-04T09:30:00Z", "2026-03-04T10:00:00Z"
RECORDS = [
    record("Desk", (JOINED, LEFT), email="Host@x.example", role="Organizer"),
    record("Ann", (JOINED, AGAIN), (AGAIN, None), email="ann@x.example", role="Presenter"),
    record("Bo", totalAttendanceInSeconds=61, role=None),
    record("Cy", email="cy@x.example", role="None"),
    record(None, identity={"user": {"displayName": "Di"}}, totalAttendanceInSeconds=5),
    record("Eli", (None, None)),
]
EXPECTED_JSON = [{"host@x.example": 3600, "ann@x.example": 3600, "Bo": 61, "Di": 5}]


@pytest.mark.parametrize(
    "document",
    [
        {"meetingEndDateTime": LEFT, "attendanceRecords": RECORDS},
        {"value": [{"meetingEndDateTime": LEFT, "attendanceRecords": RECORDS}]},
        [{"meetingEndDateTime": LEFT, "attendanceRecords": RECORDS}],
    ],
)
def test_read_knows_reports_of_the_graph(document):
    report = read(json.dumps(document).encode(), "report.json")
    assert (report.platform, report.variant, seconds(report)) == ("teams", "graph", EXPECTED_JSON)
    assert report.meetings[0].absent == (Absence("Cy", "cy@x.example"), Absence("Eli", ""))
    assert report.connections[0].joined == dt.datetime(2026, 3, 4, 9, tzinfo=dt.UTC)
    assert [found.is_open for found in report.connections] == [False, False, True, False, False]


@pytest.mark.parametrize("document", [{"value": RECORDS}, RECORDS, {"attendanceRecords": RECORDS}])
def test_read_leaves_stays_open_where_the_graph_states_no_end(document):
    report = read(json.dumps(document).encode(), "records.json")
    assert seconds(report) == [{**EXPECTED_JSON[0], "ann@x.example": 1800}]


@pytest.mark.parametrize(
    "document", [{"attendanceRecords": []}, {"attendanceRecords": None}, {"value": []}, {"value": [1, None]}, [], 3]
)
def test_read_refuses_json_without_anybody(document):
    with pytest.raises(ReadError):
        read(json.dumps(document).encode(), "report.json")


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_read_takes_long_names_in_another_script_without_a_mark_of_the_encoding(encoding):
    lines = [
        (f"山田太郎営業企画部長い名前の参加者さん{name}", action, clock) for name, action, clock in LOG[:1] * 9 + LOG
    ]
    report = read(log(WORDS["ja"], lines, encoding=encoding), "list.csv", near=DAY)
    assert len(people_of(report.meetings[0])) == 3
