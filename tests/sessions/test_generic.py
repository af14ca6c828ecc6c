import datetime as dt
import io
import json
from pathlib import Path

import openpyxl
import pytest

from sessions.people import people_of
from sessions.readers import Exclusion, Order, ReadError, Reason, read

SAMPLES = Path(__file__).parent / "samples"
DAY = dt.date(2026, 5, 12)


def people(content, near=DAY, name="list.csv", **options):
    """Seconds by key, meeting by meeting."""
    report = read(content.encode() if isinstance(content, str) else content, name, near=near, **options)
    assert report.platform == "generic"
    return [{who.key: who.seconds for who in people_of(meeting)} for meeting in report.meetings]


def meetings(content, near=DAY, name="list.csv"):
    content = content.encode() if isinstance(content, str) else content
    return read(content, name, near=near).meetings


def workbook(*sheets):
    """A workbook of (title, rows)."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets:
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


@pytest.mark.parametrize("near", [DAY, None])
def test_read_gives_what_the_sample_expects(near):
    name = "signin_sheet_generic.csv"
    expected = json.loads((SAMPLES / f"{name}.expected.json").read_text())["sessions"][0]
    (meeting,) = read((SAMPLES / name).read_bytes(), name, near=near).meetings
    found = [
        {
            "key": who.key,
            "email": who.email or None,
            "names": list(who.names),
            "seconds": who.seconds,
            "first_join": who.first_join.isoformat(),
            "last_leave": who.last_leave.isoformat(),
            "role": who.role,
            "seconds_from": who.seconds_from,
        }
        for who in people_of(meeting)
    ]
    assert (meeting.title, found, list(meeting.absent)) == (expected["title"], expected["people"], [])
    excluded = [row.excluded_because for row in meeting.connections if row.excluded_because]
    assert excluded == [Exclusion.NOT_A_PERSON]
    assert [row.name for row in meeting.connections if row.is_open] == ["Nomvula DLAMINI"]


HEADS = {
    "en": "No.,Full name,E-mail address,Organisation,Time in,Time out,Signature",
    "fr": "N°,Nom et prénom,Courriel,Structure,Heure d’arrivée,Heure de départ,Émargement",
    "es": "Nº,Nombre y apellidos,Correo electrónico,Institución,Hora de entrada,Hora de salida,Firma",
    "pt": "Nº,Nome completo,E-mail,Empresa,Hora de chegada,Hora de saída,Assinatura",
    "ru": "№,ФИО,Эл. почта,Организация,Время прихода,Время ухода,Подпись",
    "ar": "م,الاسم الكامل,البريد الإلكتروني,المؤسسة,وقت الوصول,وقت المغادرة,التوقيع",
    "zh": "序号,姓名,邮箱,单位,签到时间,签退时间,签名",
    "de": "Nr.,Teilnehmer/in,E-Mail,Organisation,Ankunft,Ende,Unterschrift",
    "it": "N.,Cognome e nome,Posta elettronica (email),Struttura,Ora di entrata,Ora di uscita,Firma",
    "tr": "No,Adı Soyadı,E-posta,Kurum,Giriş saati,Çıkış saati,İmza",
    "id": "No,Nama lengkap,Email,Instansi,Jam masuk,Jam keluar,Tanda tangan",
    "ko": "번호,이름,이메일,소속,입장 시간,퇴장 시간,서명",
}


@pytest.mark.parametrize("language", HEADS)
@pytest.mark.parametrize("delimiter, encoding", [(",", "utf-8"), (";", "utf-8-sig"), ("\t", "utf-16")])
def test_read_knows_heads_in_many_languages(language, delimiter, encoding):
    lines = [HEADS[language], "1,Ana Sánchez,ANA@x.example,ABC,9h02,12:00,✓", "2,Bo Li,,ABC,9.30,11h,✓"]
    content = "\r\n".join(lines).replace(",", delimiter).encode(encoding)
    assert people(content) == [{"ana@x.example": 2 * 3600 + 58 * 60, "Bo Li": 5400}]


@pytest.mark.parametrize(
    "family, given",
    [
        ("Last name", "First name"), ("Nom", "Prénom"), ("Apellidos", "Nombre"), ("Sobrenome", "Nome"),
        ("Фамилия", "Имя"), ("اللقب", "الاسم الأول"), ("姓", "名"), ("Nachname", "Vorname"), ("Cognome", "Nome"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("is_family_first", [True, False])
def test_read_joins_given_and_family_names(family, given, is_family_first):
    rows = [[family, given, "Present"], ["DIALLO", "Aissatou", "X"], ["DA SILVA", "Ana Paula", "x"]]
    order = [0, 1, 2] if is_family_first else [1, 2, 0]
    content = "\n".join(",".join(row[at] for at in order) for row in rows)
    assert people(content) == [{"Aissatou DIALLO": None, "Ana Paula DA SILVA": None}]


@pytest.mark.parametrize(
    "head, yes, no",
    [
        ("Present", "X", ""), ("Present", "✓", "✗"), ("Present", "P", "A"), ("Attendance", "Present", "Absent"),
        ("Attended", "Yes", "No"), ("Attended", "1", "0"), ("Présence", "présent", "absente"), ("Présent(e)", "oui", "non"),
        ("Asistencia", "Sí", "No"), ("Asistió", "presente", "ausente"), ("Presença", "sim", "não"), ("Presença", "P", "F"),
        ("Присутствие", "да", "нет"), ("Явка", "+", "н"), ("出席", "是", "否"), ("签到", "√", "缺席"), ("出席", "○", "×"),
        ("الحضور", "حاضر", "غائب"), ("حضور", "نعم", "لا"), ("Anwesend", "ja", "nein"), ("Presenza", "presente", "assente"),
        ("Attended", "TRUE", "FALSE"), ("Signature", "✓", "-"),
    ],
)  # fmt: skip
def test_read_knows_marks_of_presence_and_absence(head, yes, no):
    (meeting,) = meetings(f"Name;Email;{head}\nAna Ruiz;a@x.example;{yes}\nBo Li;;{no}\nCy Ha;c@x.example;{yes}")
    assert {who.key: who.seconds for who in people_of(meeting)} == {"a@x.example": None, "c@x.example": None}
    assert [who.name for who in meeting.absent] == ["Bo Li"]


def test_read_takes_a_signature_for_presence_where_nothing_else_says_it():
    content = "Attendance list,,\n12 May 2026,,\nName,Email,Signature\nAna Ruiz,a@x.example,A. Ruiz\nBo Li,b@x.example,"
    assert people(content, None) == [{"a@x.example": None}]


def test_read_makes_a_meeting_of_each_day_in_the_heads():
    content = "Nom;Prénom;12/05/2026;13/05/2026;14/05/2026\nDIALLO;Awa;X;;X\nBA;Omar;X;X;"
    assert people(content, None) == [
        {"Awa DIALLO": None, "Omar BA": None},
        {"Omar BA": None},
        {"Awa DIALLO": None},
    ]
    report = read(content.encode(), "x.csv")
    assert [[who.name for who in meeting.absent] for meeting in report.meetings] == [[], ["Awa DIALLO"], ["Omar BA"]]


@pytest.mark.parametrize(
    "heads", ["12/05,13/05", "12 mai,13 mai", "May 12,May 13", "12.05.,13.05.", "2026-05-12,2026-05-13"]
)
def test_read_takes_the_year_of_days_from_elsewhere(heads):
    assert people(f"Name,{heads}\nAna Ruiz,x,\nBo Li,x,x") == [{"Ana Ruiz": None, "Bo Li": None}, {"Bo Li": None}]


def test_read_makes_one_meeting_of_two_half_days():
    content = "Name,12/05 morning,12/05 afternoon,13/05 morning\nAna Ruiz,x,x,\nBo Li,,x,x"
    found = meetings(content)
    assert [len(meeting.connections) for meeting in found] == [2, 1]
    assert [who.name for who in found[1].absent] == ["Ana Ruiz"]


def test_read_makes_a_meeting_of_each_numbered_column():
    found = meetings("Name,Session 1,Session 2\nAna Ruiz,P,A\nBo Li,P,P")
    assert [(meeting.title, len(meeting.connections)) for meeting in found] == [("Session 1", 2), ("Session 2", 1)]


def test_read_makes_a_meeting_of_each_day_in_a_column():
    content = "Date,Name,In,Out\n12/05/2026,Ana,9:00,10:00\n13/05/2026,Ana,9:00,11:00\n13/05/2026,Bo,9:30,11:00"
    assert people(content, None) == [{"Ana": 3600}, {"Ana": 7200, "Bo": 5400}]


def test_read_makes_a_meeting_of_each_sheet_with_its_own_day():
    heads = ["Name", "Email", "In", "Out"]
    content = workbook(
        ("12 mai", [["Training"], heads, ["Ana", "a@x.example", dt.time(9), dt.time(10, 30)]]),
        ("13 mai", [["Training"], heads, ["Ana", "a@x.example", "9h", "9h45"], ["Bo", None, "9:00", dt.time(10)]]),
        ("Notes", [["Bring", "more", "pens"]]),
    )
    assert people(content, name="x.xlsx") == [{"a@x.example": 5400}, {"a@x.example": 2700, "Bo": 3600}]
    assert [meeting.starts for meeting in meetings(content)] == [None, None]


def test_read_knows_real_dates_beside_text():
    rows = [
        ["Workshop"],
        [dt.datetime(2026, 5, 12), "9:00 - 17:00"],  # noqa: DTZ001
        ["Name", "Arrival", "Departure"],
        ["Ana", dt.datetime(2026, 5, 12, 9, 2), dt.time(12, 0, 30)],  # noqa: DTZ001
        ["Bo", "9h02", None],
    ]
    (meeting,) = meetings(workbook(("Sheet1", rows)), None)
    assert (meeting.title, str(meeting.ends)) == ("Workshop", "2026-05-12 17:00:00")
    assert {who.key: who.seconds for who in people_of(meeting)} == {"Ana": 10_710, "Bo": 28_680}


def test_read_knows_heads_of_two_lines():
    content = "Nom,Prénom,Matin,,Après-midi,\n,,Arrivée,Départ,Arrivée,Départ\nBA,Omar,9h,12h,14h,17h"
    assert people(content) == [{"Omar BA": 6 * 3600}]


def test_read_knows_days_above_arrivals_and_departures():
    content = ",12/05/2026,,13/05/2026,\nName,In,Out,In,Out\nOmar,9:00,10:00,9:00,11:00"
    assert people(content, None) == [{"Omar": 3600}, {"Omar": 7200}]


def test_read_knows_several_tables_on_one_sheet():
    content = "12/05/2026,,\nName,In,Out\nAna,9:00,10:00\nTotal,1,\n\n13/05/2026,,\nName,In,Out\nAna,9:00,11:00\n"
    assert people(content, None) == [{"Ana": 3600}, {"Ana": 7200}]


@pytest.mark.parametrize(
    "joined, left, minutes",
    [
        ("9h02", "12h", 178), ("9.02", "12.00", 178), ("9", "12", 180), ("0902", "1200", 178), ("9:02 AM", "12:00 PM", 178),
        ("9h02-12h", "", 178), ("9:00–10:00; 11:00–12:00", "", 120), ("2026-05-12 09:02", "2026-05-12 12:00", 178),
        ("12/05/2026 09:02", "12/05/2026 12:00", 178), ("9 h 02", "midi", 178), ("上午9:02", "下午12:00", 178),
        ("9:00", "1:30", 270), ("22:00", "1:00", 180), ("09:00:00", "10:30:30", 90.5), ("0.375", "0.5", 180),
    ],
)  # fmt: skip
def test_read_knows_times_as_people_write_them(joined, left, minutes):
    assert people(f"Name\tArrival\tDeparture\nAna\t{joined}\t{left}") == [{"Ana": minutes * 60}]


def test_read_leaves_a_stay_open_where_nothing_says_when_it_ended():
    (row,) = meetings("Name,Time in\nAna,9:02")[0].connections
    assert (str(row.joined), row.left, row.is_open) == ("2026-05-12 09:02:00", None, True)


def test_read_closes_a_morning_when_the_others_left_for_lunch():
    content = "Name,In,Out,In,Out\nAna,9:00,12:30,14:00,17:00\nBo,9:00,,14:00,17:00"
    assert people(content) == [{"Ana": 6.5 * 3600, "Bo": 6.5 * 3600}]


def test_read_takes_durations_where_there_are_no_times():
    content = "Name,Email,Minutes attended\nAna,a@x.example,95\nBo,b@x.example,0\nCy,c@x.example,60.5"
    assert people(content) == [{"a@x.example": 5700, "c@x.example": 3630}]


@pytest.mark.parametrize(
    "total", ["Total", "TOTAL :", "Totaux", "Итого", "合计", "المجموع", "Summe", "Nombre de présents"]
)
def test_read_sets_totals_apart(total):
    rows = meetings(f"N°;Nom;Présent\n1;Ana Ruiz;X\n2;Bo Li;X\n;{total};2")[0].connections
    assert [row.excluded_because for row in rows] == [None, None, Exclusion.NOT_A_PERSON]


def test_read_sets_notes_below_the_table_apart():
    content = "Name,Present\nAna,X\nBo,X\nTOTAL,2\nTrainer: M. Diop,\nFait à Dakar le 12 mai,"
    rows = meetings(content)[0].connections
    assert [row.name for row in rows if not row.excluded_because] == ["Ana", "Bo"]
    assert [who.name for meeting in meetings(content) for who in meeting.absent] == []


def test_read_finds_an_address_in_the_names_cell():
    (row,) = meetings("Participant,Present\nAna Ruiz <ana@x.example>,X")[0].connections
    assert (row.name, row.email) == ("Ana Ruiz", "ana@x.example")


def test_read_says_where_the_order_of_dates_is_open():
    content = b"Date,Name,Present\n03/04/2026,Ana,X"
    report = read(content, "x.csv")
    assert (report.order, report.notes, report.connections[0].name) == (Order.DAY_FIRST, ("date_order_open",), "Ana")
    assert read(content, "x.csv", near=dt.date(2026, 3, 4)).order is None
    assert read(content, "x.csv", order=Order.MONTH_FIRST).order is None


def test_read_says_where_no_day_is_known():
    report = read(b"Name,In,Out\nAna,9:00,10:00", "x.csv")
    assert (report.connections[0].seconds, report.connections[0].joined, report.notes) == (
        3600,
        None,
        ("date_missing",),
    )


@pytest.mark.parametrize(
    "content",
    [
        "Name,Email\nAna,a@x.example",  # on the list, but was she there?
        "Timestamp,Name,Email\n12/05/2026 9:00:00,Ana,a@x.example",  # a registration form looks the same
        "Name,Status\nAna,confirmed\nBo,cancelled",
        "Item,Price\nPens,3\nPaper,4",
        "Ana,9:00,10:00\nBo,9:00,10:00",
        "email,given_name,family_name,country\na@x.example,Ana,Ruiz,Peru",
        "Name,Time in\nAna,soon\nBo,later",
        "Dear all\nplease find attached the list\nKind regards",
    ],
)  # fmt: skip
def test_read_leaves_what_it_cannot_understand_to_a_person(content):
    with pytest.raises(ReadError) as refusal:
        read(content.encode(), "x.csv", near=DAY)
    assert refusal.value.reason == Reason.UNKNOWN_LAYOUT


def test_read_of_turkish_and_ukrainian_lists_finds_times_and_totals():
    turkish = (
        "Tarih: 12.05.2026;;;;\nAd;Soyad;E-posta;Giriş;Çıkış\nMehmet;Yılmaz;m@x.example;09:00;12:00\nToplam;1;;;\n"
    )
    ukrainian = "12.05.2026;;;\nПрізвище;Ім’я;Прибуття;Вибуття\nШевченко;Олена;09:00;12:00\nРазом;1;;\n"
    assert people(turkish) == [{"m@x.example": 10800}]
    assert people(ukrainian.encode("cp1251")) == [{"Олена Шевченко": 10800}]


def test_read_takes_a_title_just_above_the_heads_for_no_head():
    text = "Atelier;;;\nSession du 12/05/2026 (8h30 - 16h30);;;\nN°;Nom et Prénom;Arrivée;Départ\n"
    assert people(text + "1;DIALLO Awa;8h35;16h30\n2;KONÉ Ali;8.40;\n") == [{"DIALLO Awa": 28500, "KONÉ Ali": 28200}]


def test_read_closes_an_open_stay_at_a_stated_end_after_midnight():
    text = "Date: 12/05/2026 from 20:00 to 02:00,,\nName,In,Out\nAnn Lee,20:05,01:30\nBo Dia,21:00,\n"
    assert people(text) == [{"Ann Lee": 19500, "Bo Dia": 18000}]


@pytest.mark.parametrize(
    "heads",
    [
        "Naam;Aankomst;Vertrek",
        "Namn;Ankomst;Avgång",
        "Jméno a příjmení;Příchod;Odchod",
        "Họ và tên;Giờ vào;Giờ ra",
        "Jina;Muda wa kuingia;Muda wa kutoka",
        "Ονοματεπώνυμο;Ώρα προσέλευσης;Ώρα αποχώρησης",
        "שם;שעת הגעה;שעת יציאה",
    ],
)
def test_read_knows_heads_in_more_languages(heads):
    assert people(f"{heads}\nAnn Lee;09:00;12:00\n") == [{"Ann Lee": 10800}]
