import contextlib
import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sessions.people import people_of
from sessions.readers import Exclusion, ReadError, Reason, Role, read
from sessions.readers.zoom_writer import zoom_time
from tests.sessions.report_files import as_text, as_workbook

DAY = dt.date(2026, 3, 4)
CLASSIC = ["Name (Original Name)", "User Email", "Join Time", "Leave Time", "Duration (Minutes)", "Guest"]
NEWER = [
    "Name (original name)", "Email", "Join time", "Leave time", "Duration (minutes)", "Guest",
    "Recording disclaimer response", "In waiting room",
]  # fmt: skip
WIDE = [
    "Topic", "Meeting ID", "User Name", "User Email", "Department", "Group", "Has Zoom Rooms?", "Creation Time",
    "Start Time", "End Time", "Duration (Minutes)", "Participants", *CLASSIC, "Recording Consent", "In Waiting Room",
]  # fmt: skip


def report_of(rows, near=DAY, name="participants.csv", **form):
    return read(as_text(rows, **form), name, near=near)


def seconds(report, number=0):
    return {person.key: person.seconds for person in people_of(report.meetings[number])}


def roles(report, number=0):
    return {person.key: person.role for person in people_of(report.meetings[number])}


def stay(name, email, joined, left, guest="Yes", *more):
    return [name, email, f"03/04/2026 {joined}", f"03/04/2026 {left}", "60", guest, *more]


HOST = stay("Desk", "desk@x.example", "08:50:00 AM", "11:00:00 AM", "No")
ANA = stay("Ana", "ANA@x.example", "09:00:00 AM", "10:00:00 AM")


def test_the_host_without_a_summary_is_of_the_own_account_first_and_last():
    colleague = stay("Bo", "bo@x.example", "08:55:00 AM", "10:30:00 AM", "No")
    assert roles(report_of([CLASSIC, HOST, colleague, ANA])) == {
        "desk@x.example": Role.HOST,
        "bo@x.example": Role.ATTENDEE,
        "ana@x.example": Role.ATTENDEE,
    }


@pytest.mark.parametrize(
    "rows",
    [
        [ANA, stay("Desk", "desk@x.example", "09:05:00 AM", "11:00:00 AM", "No")],
        [HOST, stay("Bo", "bo@x.example", "09:00:00 AM", "11:00:01 AM", "No")],
        [stay("Desk", "desk@x.example", "08:50:00 AM", "11:00:00 AM", "")],
    ],
)
def test_nobody_is_taken_for_the_host_where_it_is_not_clear(rows):
    assert set(roles(report_of([CLASSIC, *rows])).values()) == {Role.ATTENDEE}


@pytest.mark.parametrize(
    "heads",
    [
        ["Name (Original Name)", "User Email", "Total Duration (Minutes)", "Guest"],
        ["Name (original name)", "Email", "Total duration (minutes)", "Guest"],
        ["Nombre (nombre original)", "Correo electrónico", "Duración total (minutos)", "Invitado"],
        ["名前（元の名前）", "ユーザーのメール", "合計時間（分）", "ゲスト"],
        ["Όνομα (Αρχικό όνομα)", "Email χρήστη", "Συνολική διάρκεια (λεπτά)", "Επισκέπτης"],
    ],
)
def test_unique_users_have_stated_seconds_and_no_times(heads):
    report = report_of([heads, ["Ana", "ana@x.example", "95", "Yes"], ["1555***0100", "", "0", "Yes"]])
    assert report.variant == "unique_users"
    assert seconds(report) == {"ana@x.example": 5700, "1555***0100": 0}


@pytest.mark.parametrize(
    "minutes, expected",
    [("95", 5700), ("0", 0), ("1:35:00", 5700), ("1 h 35 min", 5700), ("", None), ("--", None)],
)
def test_unique_users_minutes_are_read_in_many_forms(minutes, expected):
    heads = ["Name (Original Name)", "User Email", "Total Duration (Minutes)", "Guest"]
    report = report_of([heads, ["Ana", "ana@x.example", minutes, "Yes"], ["Bo", "bo@x.example", "12", "Yes"]])
    assert [found.excluded_because for found in report.connections] == [
        Exclusion.NO_TIMES if expected is None else None,
        None,
    ]
    assert seconds(report) == {"ana@x.example": expected or 0, "bo@x.example": 720}


def test_unique_users_below_a_summary_know_the_meeting():
    summary = [
        ["Meeting ID", "Topic", "Start Time", "End Time", "User Email", "Duration (Minutes)", "Participants", ""],
        ["812 3456", "Week 1", "03/04/2026 09:00:00 AM", "03/04/2026 11:00:00 AM", "desk@x.example", "120", "2", ""],
        [],
    ]
    heads = ["Name (Original Name)", "User Email", "Total Duration (Minutes)", "Guest"]
    report = report_of([*summary, heads, ["Desk", "desk@x.example", "130", "No"], ["Ana", "", "60", "Yes"]])
    meeting = report.meetings[0]
    assert (meeting.title, str(meeting.starts), str(meeting.ends)) == (
        "Week 1",
        "2026-03-04 09:00:00",
        "2026-03-04 11:00:00",
    )
    assert roles(report) == {"desk@x.example": Role.HOST, "Ana": Role.ATTENDEE}
    assert seconds(report) == {"desk@x.example": 7800, "Ana": 3600}


def wide(topic, day, name, email, joined, left, waiting="No"):
    meeting = [topic, "852 1848", "Desk", "desk@x.example", "", "", "No", f"{day} 01:27"]
    times = [f"{day} {joined}", f"{day} {left}"]
    return [*meeting, f"{day} 09:00", f"{day} 11:00", "120", "2", name, email, *times, "60", "Yes", "", waiting]


WIDE_ROWS = [
    wide("Week 1", "04/03/2026", "Desk", "desk@x.example", "09:00", "11:00"),
    wide("Week 1", "04/03/2026", "Ana", "ana@x.example", "09:10", "10:00"),
    wide("Week 2", "11/03/2026", "Ana", "ana@x.example", "09:00", "09:05", "Yes"),
    wide("Week 1", "04/03/2026", "Ana", "ana@x.example", "09:50", "10:10"),
    wide("Week 2", "11/03/2026", "Ana", "ana@x.example", "09:05", "11:00"),
]


@pytest.mark.parametrize(
    "heads",
    [
        WIDE,
        ["Tema", "ID", "Nombre", "Correo", *WIDE[4:12], "Nombre (nombre original)", "Correo electrónico",
         "Hora de entrada", "Hora de salida", "Duración (minutos)", "Invitado", "", "En sala de espera"],
        ["Θέμα", "ID", "Όνομα", "Email", *WIDE[4:10], "Διάρκεια (λεπτά)", "Άτομα", "Όνομα (αρχικό)", "Email", "Είσοδος",
         "Έξοδος", "Διάρκεια (λεπτά)", "Επισκέπτης", "", "In waiting room"],
    ],
)  # fmt: skip
@pytest.mark.parametrize(
    "form", [{}, {"delimiter": ";", "encoding": "utf-8"}, {"delimiter": "\t", "encoding": "utf-16"}]
)
def test_a_usage_report_holds_several_meetings(heads, form):
    report = report_of([heads, *WIDE_ROWS], near=dt.date(2026, 3, 11), **form)
    assert report.variant == "usage_report"
    assert [(meeting.title, str(meeting.starts), str(meeting.ends)) for meeting in report.meetings] == [
        ("Week 1", "2026-03-04 09:00:00", "2026-03-04 11:00:00"),
        ("Week 2", "2026-03-11 09:00:00", "2026-03-11 11:00:00"),
    ]
    assert [seconds(report, number) for number in (0, 1)] == [
        {"desk@x.example": 7200, "ana@x.example": 3600},
        {"ana@x.example": 6900},
    ]
    assert roles(report) == {"desk@x.example": Role.HOST, "ana@x.example": Role.ATTENDEE}
    assert [found.excluded_because for found in report.meetings[1].connections] == [Exclusion.WAITING_ROOM, None]


def test_a_recurring_meeting_is_told_apart_by_its_start():
    rows = [wide("Week", day, "Ana", "", "09:00", "10:00") for day in ("13/03/2026", "20/03/2026", "27/03/2026")]
    assert [seconds(report_of([WIDE, *rows]), number) for number in range(3)] == [{"Ana": 3600}] * 3


SUMMARIES = {
    "classic": [
        "Meeting ID",
        "Topic",
        "Start Time",
        "End Time",
        "User Email",
        "Duration (Minutes)",
        "Participants",
        "",
    ],
    "es": ["ID de reunión", "Tema", "Hora de inicio", "Hora de finalización", "Correo", "Duración (minutos)", "N.º"],
    "de": ["Meeting-ID", "Thema", "Startzeit", "Endzeit", "E-Mail", "Dauer (Minuten)", "Teilnehmer"],
    "el": ["ID", "Θέμα", "Έναρξη", "Λήξη", "Email", "Διάρκεια (λεπτά)", "Άτομα"],
}


@pytest.mark.parametrize("language", SUMMARIES)
@pytest.mark.parametrize("padded", [True, False])
def test_the_summary_names_title_host_and_times_in_any_language(language, padded):
    values = ["812 3456 7890", "Module 3: a, b", "03/04/2026 09:00:00 AM", "03/04/2026 11:00:00 AM"]
    rows = [SUMMARIES[language], [*values, "desk@x.example", "120", "2", ""], [], CLASSIC, HOST, ANA]
    report = report_of(rows, delimiter=";", encoding="utf-8", padded=padded)
    assert report.meetings[0].title == "Module 3: a, b"
    assert str(report.meetings[0].ends) == "2026-03-04 11:00:00"
    assert roles(report) == {"desk@x.example": Role.HOST, "ana@x.example": Role.ATTENDEE}


@pytest.mark.parametrize(
    "heads",
    [
        ["Topic", "ID", "Host", "Duration (minutes)", "Start time", "End time", "Participants"],
        ["Tópico", "ID", "Anfitrião", "Duração (minutos)", "Hora de início", "Hora de término", "Participantes"],
        ["Θέμα", "ID", "Οικοδεσπότης", "Διάρκεια (λεπτά)", "Έναρξη", "Λήξη", "Άτομα"],
    ],
)
@pytest.mark.parametrize("host", ["Desk", "Training Desk", "desk@x.example", "Desk (desk@x.example)"])
def test_the_newer_summary_names_the_host(heads, host):
    values = ["Week 1", "812 345", host, "120", "03/04/2026 09:00:00 AM", "03/04/2026 11:00:00 AM", "2"]
    desk = stay("Desk (Training Desk)", "desk@x.example", "09:00:00 AM", "11:00:00 AM", "No", "", "No")
    waits = stay("Bo", "", "09:00:00 AM", "09:01:00 AM", "Yes", "", "Yes")
    report = report_of([heads, values, [], NEWER, desk, [*ANA, "OK", "No"], waits])
    assert (report.variant, report.meetings[0].title) == ("newer", "Week 1")
    assert seconds(report) == {"desk@x.example": 7200, "ana@x.example": 3600, "Bo": 0}
    assert roles(report)["ana@x.example"] == Role.ATTENDEE
    assert roles(report)["desk@x.example"] == Role.HOST


WAITING_ROOMS = {
    "es": ("En sala de espera", "Sí", "No"),
    "pt": ("Na sala de espera", "Sim", "Não"),
    "fr": ("Salle d’attente", "Oui", "Non"),
    "de": ("Im Warteraum", "Ja", "Nein"),
    "ja": ("待機室内", "はい", "いいえ"),
    "zh": ("在等候室中", "是", "否"),
    "ko": ("대기실에 있음", "예", "아니요"),
    "ru": ("В зале ожидания", "Да", "Нет"),
}


@pytest.mark.parametrize("language", WAITING_ROOMS)
def test_waiting_rooms_do_not_count_in_other_languages(language):
    name, yes, no = WAITING_ROOMS[language]
    rows = [[*CLASSIC, "Consent", name], [*ANA, "", no], [*stay("Bo", "", "09:00:00 AM", "10:00:00 AM"), "", yes]]
    assert seconds(report_of(rows)) == {"ana@x.example": 3600, "Bo": 0}


@pytest.mark.parametrize(
    "heads",
    [
        ["Nombre (nombre original)", "E-mail del usuario", "Hora para unirse", "Hora para salir", "Duración (minutos)"],
        ["名称（原始名称）", "用户邮箱", "加入时间", "离开时间", "持续时间（分钟）", "访客"],
        ["名前（オリジナルの名前）", "メールアドレス", "入室時刻", "退室時刻", "継続時間（分）", "ゲスト"],
        ["Jméno (původní jméno)", "E-mail", "Čas připojení", "Čas odchodu", "Doba trvání (minuty)", "Host"],
        ["الاسم (الاسم الأصلي)", "البريد", "وقت الانضمام", "وقت المغادرة", "المدة (دقائق)", "ضيف"],
    ],
)
@pytest.mark.parametrize("first", ["ana@x.example", ""])
def test_other_languages_are_known_by_the_shape(heads, first):
    rows = [heads, ["Ana (Ana S.)", first, "03/04/2026 09:00:00 AM", "03/04/2026 10:00:00 AM", "60", "x"],
            ["Bo", "bo@x.example", "03/04/2026 09:30:00 AM", "03/04/2026 10:00:00 AM", "30", "x"]]  # fmt: skip
    assert seconds(report_of(rows)) == {first or "Ana (Ana S.)": 3600, "bo@x.example": 1800}


@pytest.mark.parametrize(
    "form",
    [
        {"delimiter": ";", "encoding": "cp1252", "padded": True},
        {"delimiter": ";", "encoding": "utf-8-sig"},
        {"delimiter": "\t", "encoding": "utf-16"},
        {"delimiter": ",", "encoding": "utf-16-le"},
        {"delimiter": ",", "encoding": "utf-8", "padded": True},
    ],
)
@pytest.mark.parametrize(
    "joined, left",
    [
        ("04/03/2026 21:00", "04/03/2026 22:00"),
        ("03/04/2026 09:00:00 PM", "03/04/2026 10:00:00 PM"),
        ("03/04/2026 09:00:00\u00a0PM", "03/04/2026 10:00:00\u00a0PM"),
        ("2026-03-04 21:00:00", "2026-03-04 22:00:00"),
        ("04.03.2026 21:00", "04.03.2026 22:00"),
        ("3/4/26 9:00 PM", "3/4/26 10:00 PM"),
        ("Mar 4, 2026 9:00 PM", "Mar 4, 2026 10:00 PM"),
    ],
)
def test_a_report_saved_again_by_a_spreadsheet_says_the_same(form, joined, left):
    rows = [
        ["Meeting ID", "Topic", "Start Time", "End Time", "User Email", "Duration (Minutes)", "Participants"],
        ["8,12E+10", "Café: données", joined, left, "desk@x.example", "60", "2"],
        [],
        CLASSIC,
        ["Zoë Müller", "ZOE@x.example", joined, left, "60", "Yes"],
    ]
    report = report_of(rows, **form)
    assert (report.meetings[0].title, report.notes) == ("Café: données", ())
    person = people_of(report.meetings[0])[0]
    assert (person.key, person.names, person.seconds) == ("zoe@x.example", ("Zoë Müller",), 3600)
    assert str(person.first_join) == "2026-03-04 21:00:00"


def test_a_workbook_is_read_like_the_text():
    joined, left = dt.datetime.fromisoformat("2026-03-04T09:00:00"), dt.datetime.fromisoformat("2026-03-04T10:30:00")
    content = as_workbook({"Sheet1": [CLASSIC, ["Ana", "ana@x.example", joined, left, 90, "Yes"]]})
    assert seconds(read(content, "zoom.xlsx", near=DAY)) == {"ana@x.example": 5400}


def test_columns_may_stand_in_front_between_and_behind():
    heads = ["Topic", "Meeting ID", *CLASSIC, "Marketing Opt In", "Extra"]
    rows = [heads, ["Week 1", "812", *ANA, "Y", "x"], ["Week 1", "812", *HOST]]
    report = report_of(rows)
    assert [meeting.title for meeting in report.meetings] == ["Week 1"]
    assert seconds(report) == {"ana@x.example": 3600, "desk@x.example": 7800}


def test_columns_may_be_missing():
    rows = [["Name (Original Name)", "Join Time", "Leave Time"], ["Ana", *ANA[2:4]], ["1555***0100", *ANA[2:4]]]
    assert seconds(report_of(rows)) == {"Ana": 3600, "1555***0100": 3600}


def test_a_stay_without_an_end_is_flagged_and_closed_where_the_end_is_stated():
    open_stay = [*ANA[:3], "", "", "Yes"]
    report = report_of([CLASSIC, open_stay, HOST])
    assert (report.connections[0].left, report.connections[0].is_open) == (None, True)
    summary = [SUMMARIES["classic"], ["1", "T", ANA[2], "03/04/2026 11:00:00 AM", "desk@x.example", "1", "2", ""]]
    report = report_of([*summary, [], CLASSIC, open_stay, HOST])
    assert seconds(report) == {"ana@x.example": 7200, "desk@x.example": 7800}
    assert report.connections[0].is_open


def test_a_report_with_nobody_is_refused():
    for rows in ([CLASSIC], [WIDE], [CLASSIC, ["", "", "", "", "", "Yes"]]):
        with pytest.raises(ReadError) as refusal:
            report_of(rows)
        assert refusal.value.reason == Reason.NO_LINES


def test_dates_that_nothing_settles_are_said_to_be_open():
    assert report_of([CLASSIC, ANA], near=None).notes == ("date_order_open",)
    assert report_of([CLASSIC, ANA]).notes == ()


@pytest.mark.parametrize(
    "rows",
    [
        [["Name", "Email", "Arrived", "Left"], ["Ana", "a@x.example", "9:00", "10:00"]],
        [["Name (printed)", "Signature"], ["Ana", "x"]],
        [["Nom (prénom)", "Inscription"], ["Ana", "04/03/2026 09:00"]],
    ],
)
def test_a_sign_in_sheet_is_not_taken_for_zooms(rows):
    with contextlib.suppress(ReadError):
        assert report_of(rows).platform != "zoom"


def test_reports_pasted_one_below_the_other_are_meetings_of_their_own():
    def one(title, hour):
        times = [f"03/04/2026 {hour}:00:00 AM", f"03/04/2026 {hour}:30:00 AM"]
        summary = [SUMMARIES["classic"], ["812", title, *times, "desk@x.example", "30", "1", ""]]
        return [*summary, [], CLASSIC, ["Ana", "ana@x.example", *times, "30", "Yes"], []]

    report = report_of([*one("Week 1", "09"), *one("Week 1, again", "10")])
    assert [meeting.title for meeting in report.meetings] == ["Week 1", "Week 1, again"]
    assert [seconds(report, number) for number in (0, 1)] == [{"ana@x.example": 1800}] * 2
    again = [CLASSIC, ANA, CLASSIC, HOST]
    assert seconds(report_of(again)) == {"ana@x.example": 3600, "desk@x.example": 7800}


def test_heads_without_spaces_are_known_too():
    heads = ["Topic", "MeetingID", "User_Name", "User_Email_1", *WIDE[4:6], "HasZoomRooms", "Creation_Time", "Start_Time",
             "End_Time", "Duration_Minutes_1", "Participants", "NameOriginalName", "User_Email_2", "Join_Time",
             "Leave_Time", "Duration_Minutes_2", "Guest", "RecordingConsent", "InWaitingRoom"]  # fmt: skip
    report = report_of([heads, *WIDE_ROWS], near=dt.date(2026, 3, 11))
    assert [seconds(report, number) for number in (0, 1)] == [
        {"desk@x.example": 7200, "ana@x.example": 3600},
        {"ana@x.example": 6900},
    ]


stays_of_people = st.lists(
    st.tuples(st.sampled_from("abc"), st.integers(0, 86_000), st.integers(0, 3_000), st.integers(0, 3_000)), min_size=1
)
FORMS = [{}, {"delimiter": ";", "encoding": "cp1252"}, {"delimiter": "\t", "encoding": "utf-16"}, {"padded": True}]


@settings(deadline=None, max_examples=50)
@given(stays_of_people, st.randoms(use_true_random=False), st.sampled_from(FORMS))
def test_intervals_split_shuffled_repeated_and_saved_again_give_the_same_seconds(stays, random, form):
    whole = [(who, start, start + first + second) for who, start, first, second in stays]
    parts = [(who, start, start + first) for who, start, first, _ in stays]
    rest = [(who, start + first, start + first + second) for who, start, first, second in stays]
    again = [*parts, *rest, *whole]
    random.shuffle(again)
    covered = {who: set() for who, *_ in whole}
    for who, start, end in whole:
        covered[who].update(range(start, end))
    expected = {f"{who}@x.example": len(moments) for who, moments in covered.items()}
    assert seconds(report_of([CLASSIC, *map(classic_row, whole)])) == expected
    assert seconds(report_of([CLASSIC, *map(classic_row, again)], **form)) == expected


def classic_row(stay):
    who, start, end = stay
    midnight = dt.datetime(2026, 3, 4)  # noqa: DTZ001  Zoom states no zone
    times = [zoom_time(midnight + dt.timedelta(seconds=second)) for second in (start, end)]
    return [who.upper(), f"{who}@x.example", *times, "", "Yes"]
