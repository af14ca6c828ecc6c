import csv
import datetime as dt
import io
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sessions.presence import Stay, Window, counted_seconds
from sessions.readers import Exclusion, ReadError, Reason, read
from sessions.readers.zoom_writer import ReportLine, write_meeting_report

SAMPLES = Path(__file__).parent / "samples"
EVER = Window(dt.datetime(2000, 1, 1, tzinfo=dt.UTC), dt.datetime(2100, 1, 1, tzinfo=dt.UTC))
CLASSIC = "Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest"
DAY = dt.date(2026, 3, 4)


def reason(content, **details):
    with pytest.raises(ReadError) as refusal:
        read(content, "report.csv")
    return refusal.value.reason


def one(text, near=None):
    return read(text.encode() if isinstance(text, str) else text, "report.csv", near=near).connections[0]


@pytest.mark.parametrize("name", ["zoom_meeting_classic.csv", "zoom_meeting_with_summary_waiting_room.csv"])
def test_read_gives_what_the_samples_expect(name):
    expected = json.loads((SAMPLES / f"{name}.expected.json").read_text())["sessions"][0]
    report = read((SAMPLES / name).read_bytes(), name)
    stays = {}
    for found in report.connections:
        intervals = stays.setdefault(found.email or found.name, [])
        if not found.excluded_because:
            intervals.append(Stay(found.joined.replace(tzinfo=dt.UTC), found.left.replace(tzinfo=dt.UTC)))
    seconds = {key: counted_seconds(intervals, EVER) for key, intervals in stays.items()}
    assert seconds == {person["key"]: person["seconds"] or 0 for person in expected["people"]}
    assert report.meetings[0].title == (expected["title"] or "")
    excluded = [found for found in report.connections if found.excluded_because]
    assert len(excluded) == len(expected["excluded_rows"])


def test_read_sets_waiting_room_and_host_apart():
    name = "zoom_meeting_with_summary_waiting_room.csv"
    report = read((SAMPLES / name).read_bytes(), name)
    waiting = [c.name for c in report.connections if c.excluded_because == Exclusion.WAITING_ROOM]
    assert waiting == ["Nguyễn Thị Hương", "Guest 7"]
    assert [c.name for c in report.connections if c.role.is_host] == ["Training Desk"]


NEWER = """\
Topic,ID,Host,Duration (minutes),Start time,End time,Participants
"Week 1, trade",812 345,Desk,120,"03/04/2026 09:00:00 AM","03/04/2026 11:00:00 AM",2

Name (original name),Email,Join time,Leave time,Duration (minutes),Guest,Recording disclaimer response,In waiting room
Desk,desk@x.example,"03/04/2026 08:50:00 AM","03/04/2026 11:01:00 AM",131,No,,No
Ana,ANA@x.example,"03/04/2026 09:00:00 AM","03/04/2026 10:00:00 AM",60,Yes,OK,No
"""


def test_read_knows_the_newer_layout():
    report = read(NEWER.encode(), "x.csv")
    assert (report.variant, report.meetings[0].title) == ("newer", "Week 1, trade")
    assert [(c.line, c.email, c.role.is_host) for c in report.connections] == [
        (5, "desk@x.example", True),
        (6, "ana@x.example", False),
    ]


@pytest.mark.parametrize("host", ["desk@x.example", "The desk (DESK@x.example)", "desk"])
def test_read_knows_the_host_of_the_summary_by_name_or_address_and_nobody_else(host):
    text = NEWER.replace("345,Desk,", f"345,{host},").replace("ANA@x.example", "esk@x.example")
    assert [found.role.is_host for found in read(text.encode(), "x.csv").connections] == [True, False]


HEADS = {
    "es": "Nombre (nombre original),E-mail del usuario,Hora para unirse,Hora para salir,Duración (minutos),Invitado",
    "es-new": "Nombre (nombre original),Correo electrónico,Hora de entrada,Hora de salida,Duración (minutos),Invitado",
    "pt": "Nome (nome original),E-mail,Ingressar na hora,Hora de saída,Duração (minutos),Convidado",
    "fr": "Nom (nom original),Adresse e-mail de l’utilisateur,Heure d’arrivée,Heure de départ,Durée (minutes),Invité",
    "ko": "이름(원래 이름),사용자 이메일,참가 시간,나간 시간,기간(분)",
    "ru": "Имя (настоящее имя),Адрес,Время входа,Время выхода,Минуты",
    "ja": "名前（元の名前）,ユーザーのEメール,参加時刻,退出時刻,時間（分）",
    "de": "Name (Originalname),Benutzer-E-Mail,Beitrittszeit,Austrittszeit,Dauer (Minuten)",
}


@pytest.mark.parametrize("language", HEADS)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_read_knows_heads_in_many_languages_encodings_and_delimiters(language, encoding, delimiter):
    line = ["Ana Sánchez", "ana@x.example", "03/04/2026 07:21:08 PM", "03/04/2026 08:00:00 PM", "39", "Si"]
    text = HEADS[language].replace(",", delimiter) + "\n" + delimiter.join(line) + "\n"
    found = one(text.encode(encoding))
    assert (found.name, found.email) == ("Ana Sánchez", "ana@x.example")
    assert (str(found.joined), str(found.left)) == ("2026-03-04 19:21:08", "2026-03-04 20:00:00")


def test_read_knows_windows_code_pages_of_saved_spreadsheets():
    line = "{name};a@x.example;04/03/2026 09:00;04/03/2026 10:00;60"
    western = HEADS["es"].replace(",", ";") + "\n" + line.format(name="Begoña Núñez")
    cyrillic = HEADS["ru"].replace(",", ";") + "\n" + line.format(name="Олена Шевченко")
    assert one(western.encode("cp1252")).name == "Begoña Núñez"
    assert one(cyrillic.encode("cp1251")).name == "Олена Шевченко"


@pytest.mark.parametrize(
    "joined, left, expected",
    [
        ("03/04/2026 09:00:00 AM", "03/04/2026 12:00:00 PM", (4, 9, 12)),
        ("04/03/2026 09:00", "04/03/2026 12:00", (4, 9, 12)),
        ("2026-03-04 09:00:00", "2026-03-04 12:00:00", (4, 9, 12)),
        ("04.03.2026 09:00:00", "04.03.2026 12:00:00", (4, 9, 12)),
        ("3/4/26, 9:00 AM", "3/4/26, 12:00 PM", (4, 9, 12)),
        ("03/04/2026 12:00:00\u202fAM", "03/04/2026 12:00:00\u202fPM", (4, 0, 12)),
        ("03/04/2026 9:00 a. m.", "03/04/2026 1:00 p. m.", (4, 9, 13)),
    ],
)
def test_read_decides_the_order_of_dates_by_the_day_of_the_session(joined, left, expected):
    found = one(f'{CLASSIC}\nAna,a@x.example,"{joined}","{left}",180,Yes', near=DAY)
    assert (found.joined.date(), found.left.date()) == (DAY, DAY)
    assert (found.joined.day, found.joined.hour, found.left.hour) == expected


def test_read_decides_the_order_once_for_the_whole_file():
    text = f"{CLASSIC}\nAna,,05/04/2026 09:00,05/04/2026 10:00,60,Yes\nBo,,13/04/2026 09:00,13/04/2026 10:00,60,Yes"
    days = [found.joined.date() for found in read(text.encode(), "x.csv", near=dt.date(2026, 5, 4)).connections]
    assert days == [dt.date(2026, 4, 5), dt.date(2026, 4, 13)]


def test_read_flags_a_line_without_times():
    text = f"{CLASSIC}\nAna,a@x.example,--,--,0,Yes\nBo,,03/04/2026 09:00:00 AM,03/04/2026 10:00:00 AM,60,Yes"
    assert [found.excluded_because for found in read(text.encode(), "x.csv").connections] == [Exclusion.NO_TIMES, None]


def test_read_cleans_names_of_what_cannot_be_seen():
    found = one(f'{CLASSIC}\n"  An\u202ea \n Lo\u0301pez ",,03/04/2026 09:00:00 AM,03/04/2026 10:00:00 AM,60,Yes')
    assert found.name == "Ana López"


def test_read_cuts_an_endless_name():
    assert len(one(f"{CLASSIC}\n{'x' * 5000},,03/04/2026 09:00:00 AM,03/04/2026 10:00:00 AM,60,Yes").name) == 300


@pytest.mark.parametrize(
    "content, expected",
    [
        (b"", Reason.EMPTY),
        (b" \r\n \n", Reason.EMPTY),
        (b"\xef\xbb\xbf\n", Reason.EMPTY),
        (b"\xff\xfe", Reason.EMPTY),
        (b"x" * (16 * 1024 * 1024 + 1), Reason.TOO_BIG),
        (b"PK\x03\x04 a zip or xlsx", Reason.CUT_OFF),
        (b"\xd0\xcf\x11\xe0 an old xls", Reason.OLD_WORKBOOK),
        (b"%PDF-1.7 a PDF", Reason.PDF),
        (b"\x89PNG\r\n", Reason.IMAGE),
        (b"<!DOCTYPE html><html>", Reason.WEB_PAGE),
        (b'  <?xml version="1.0"?>', Reason.MARKUP),
        (b"\xff\xfeA", Reason.CUT_OFF),
        (CLASSIC.encode() + b"\nAna\x00,,,,,", Reason.NUL),
        (CLASSIC.encode() + b'\n"Ana,,03/04/2026 09:00:00 AM,', Reason.BROKEN),
        (CLASSIC.encode() + b"\n" + b"x" * 200_000, Reason.LONG_CELL),
        (b"," * 1_000_000, Reason.TOO_WIDE),
        (b"a,b\n" * 200_001, Reason.TOO_MANY_LINES),
        (b"hello", Reason.UNKNOWN_LAYOUT),
        (b",,,\n,,,", Reason.EMPTY),
        (bytes(range(1, 256)) * 20, Reason.NOT_TEXT),
        (CLASSIC.encode(), Reason.NO_LINES),
        (CLASSIC.encode() + b"\n,,,,,Yes", Reason.NO_LINES),
        (CLASSIC.encode() + b"\nAna,,--,--,0,Yes", Reason.NO_TIMES),
    ],
)
def test_read_refuses_with_a_reason(content, expected):
    assert reason(content) == expected


@settings(deadline=None)
@given(st.binary(max_size=300))
def test_read_raises_nothing_but_its_own_error(content):
    for prefix in (b"", CLASSIC.encode() + b"\n"):
        try:
            read(prefix + content, "x.csv", near=DAY)
        except ReadError:
            pass


names = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cf", "Zs", "Zl", "Zp"]), min_size=1, max_size=20)
midnight = dt.datetime.fromisoformat("2026-03-04")
moments = st.integers(0, 86_399).map(lambda seconds: midnight + dt.timedelta(seconds=seconds))


@settings(deadline=None)
@given(
    st.lists(st.builds(ReportLine, name=names, email=st.just("a@x.example"), joined=moments, left=moments), min_size=1)
)
def test_write_meeting_report_is_read_back(lines):
    report = read(write_meeting_report(lines), "x.csv", near=DAY)
    assert [(c.joined, c.left) for c in report.connections] == [(line.joined, line.left) for line in lines]


def test_write_meeting_report_writes_what_zoom_writes():
    morning, night = dt.datetime.fromisoformat("2026-03-18T00:05:09"), dt.datetime.fromisoformat("2026-03-18T12:00:10")
    content = write_meeting_report([ReportLine('Chen, "Em"', "em@x.example", morning, night, is_guest=False)])
    assert content.startswith(b"\xef\xbb\xbf")
    assert list(csv.reader(io.StringIO(content.decode("utf-8-sig")))) == [
        CLASSIC.split(","),
        ['Chen, "Em"', "em@x.example", "03/18/2026 12:05:09 AM", "03/18/2026 12:00:10 PM", "716", "No"],
    ]
