"""Microsoft Teams' reports in every generation, language and encoding that is known; see also the samples' test."""

import datetime as dt
import io

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sessions.people import people_of
from sessions.readers import Absence, Exclusion, ReadError, Reason, Role, read

DAY = dt.date(2026, 9, 10)
at = dt.datetime.fromisoformat
EN = {
    "sections": ("1. Summary", "2. Participants", "3. In-Meeting Activities"),
    "summary": ("Meeting title", "Attended participants", "Start time", "End time", "Meeting duration", "Average"),
    "people": "Name|First Join|Last Leave|In-Meeting Duration|Email|Participant ID (UPN)|Role",
    "stays": "Name|Join Time|Leave Time|Duration|Email|Role",
    "roles": ("Organizer", "Presenter", "Attendee"),
    "lasts": ("1h 30m", "1h 5m", "55m", "30m"),
    "times": "9/10/26, {} PM",
}
LANGUAGES = {
    "en": EN,
    "pl": {
        "sections": ("1. Podsumowanie", "2. Uczestnicy", "3. Działania podczas spotkania"),
        "summary": (
            "Tytuł spotkania",
            "Liczba uczestniczących",
            "Godzina rozpoczęcia",
            "Godzina zakończenia",
            "Czas trwania spotkania",
            "Średni czas uczestnictwa",
        ),
        "people": "Imię i nazwisko|Pierwsze dołączenie|Ostatnie wyjście|Czas udziału w spotkaniu|Adres e-mail|"
        "Identyfikator uczestnika (UPN)|Rola",
        "stays": "Imię i nazwisko|Godzina dołączenia|Godzina opuszczenia|Czas trwania|Adres e-mail|Rola",
        "roles": ("Organizator", "Osoba prowadząca", "Uczestnik"),
        "lasts": ("1 godz. 30 min", "1 godz. 5 min", "55 min", "30 min 0 sek."),
        "times": "9/10/26, {} PM",
    },
    "ja": {
        "sections": ("1. 要約", "2. 参加者", "3. 会議中のアクティビティ"),
        "summary": ("会議のタイトル", "参加した人数", "開始時刻", "終了時刻", "会議の長さ", "平均参加時間"),
        "people": "名前|初めての参加|最終退出|会議の長さ|メール|参加者 ID (UPN)|役割",
        "stays": "名前|参加時刻|退出時刻|期間|メール|役割",
        "roles": ("開催者", "発表者", "出席者"),
        "lasts": ("1 時間 30 分", "1 時間 5 分", "55 分", "30 分"),
        "times": "2026/09/10 {}",
    },
    "es": {
        "sections": ("1. Resumen", "2. Participantes", "3. Actividades en la reunión"),
        "summary": (
            "Título de la reunión",
            "Participantes que asistieron",
            "Hora de inicio",
            "Hora de finalización",
            "Duración",
            "Media",
        ),
        "people": "Nombre|Primera entrada|Última salida|Duración de la reunión|Correo electrónico|"
        "Id. de participante (UPN)|Rol",
        "stays": "Nombre|Hora de entrada|Hora de salida|Duración|Correo electrónico|Rol",
        "roles": ("Organizador", "Moderador", "Asistente"),
        "lasts": ("1\u00a0h 30\u00a0min", "1\u00a0h 5\u00a0min", "55\u00a0min", "30\u00a0min"),
        "times": "10/9/26, {}",
    },
    "pt": {
        "sections": ("1. Resumo", "2. Participantes", "3. Atividades em Reunião"),
        "summary": ("Título da reunião", "Participantes", "Hora de início", "Hora de término", "Duração", "Média"),
        "people": "Nome|Primeiro ingresso|Última saída|Duração na reunião|Email|ID do participante (UPN)|Função",
        "stays": "Nome|Hora de ingresso|Hora de saída|Duração|Email|Função",
        "roles": ("Organizador", "Apresentador", "Participante"),
        "lasts": ("1h 30m", "1h 5m", "55m", "30m"),
        "times": "10/09/2026 {}",
    },
    "de": {
        "sections": ("1. Zusammenfassung", "2. Teilnehmer", "3. Aktivitäten in der Besprechung"),
        "summary": ("Titel der Besprechung", "Teilnehmer", "Startzeit", "Endzeit", "Dauer", "Durchschnitt"),
        "people": "Name|Erster Beitritt|Letztes Verlassen|Dauer der Besprechung|E-Mail|Teilnehmer-ID (UPN)|Rolle",
        "stays": "Name|Beitrittszeit|Austrittszeit|Dauer|E-Mail|Rolle",
        "roles": ("Organisator", "Referent", "Teilnehmer"),
        "lasts": ("1 Std. 30 Min. 0 Sek.", "1 Std. 5 Min. 0 Sek.", "55 Min. 0 Sek.", "30 Min. 0 Sek."),
        "times": "10.09.26, {}",
    },
    # heads that no list has, in languages whose heads nobody has published: places and shapes decide
    "fr": {
        "sections": ("1. Récapitulatif", "2. Liste des présents", "3. Ce qui s’est passé"),
        "summary": ("Intitulé", "Présents", "Début de réunion", "Fin de réunion", "Longueur", "Moyenne"),
        "people": "Personne|Arrivée|Départ|Temps passé|Adresse|Identifiant (UPN)|Fonction",
        "stays": "Personne|Arrivée à|Départ à|Temps passé|Adresse|Fonction",
        "roles": ("Organisateur", "Présentateur", "Participant"),
        "lasts": ("1 h 30 min", "1 h 5 min", "55 min", "30 min"),
        "times": "10/09/2026 {}",
    },
    "ru": {
        "sections": ("1. Сводка", "2. Участники", "3. Действия на собрании"),
        "summary": ("Тема", "Участвовали", "Начало", "Конец", "Длится", "В среднем"),
        "people": "Кто|Вход|Выход|Сколько|Почта|ИД участника (UPN)|Кем был",
        "stays": "Кто|Пришёл|Ушёл|Сколько|Почта|Кем был",
        "roles": ("Организатор", "Выступающий", "Участник"),
        "lasts": ("1 ч 30 мин", "1 ч 5 мин", "55 мин", "30 мин"),
        "times": "10.09.2026, {}",
    },
    "zh": {
        "sections": ("1. 摘要", "2. 参与者", "3. 会议活动"),
        "summary": ("会议标题", "参加人数", "开始", "结束", "会议时长", "平均"),
        "people": "谁|第一次进入|最后一次退出|会议中时长|邮件|参与者 ID (UPN)|身份",
        "stays": "谁|进入|退出|时长|邮件|身份",
        "roles": ("组织者", "演示者", "与会者"),
        "lasts": ("1 小时 30 分钟", "1 小时 5 分钟", "55 分钟", "30 分钟"),
        "times": "2026/9/10 {}",
    },
    "ar": {
        "sections": ("\u200f1. ملخص", "\u200f2. المشاركون", "\u200f3. أنشطة الاجتماع"),
        "summary": ("العنوان", "الحضور", "بدأ", "انتهى", "طول", "متوسط"),
        "people": "من|أول دخول|آخر خروج|كم|بريد|معرف المشارك (UPN)|دوره",
        "stays": "من|دخل|خرج|كم|بريد|دوره",
        "roles": ("المنظم", "مقدم العرض", "الحاضر"),
        "lasts": ("1 ساعة 30 دقيقة", "1 ساعة 5 دقيقة", "55 دقيقة", "30 دقيقة"),
        "times": "10/09/2026 {}",
    },
}  # fmt: skip
CLOCKS = {
    "PM": ("2:00:00", "3:30:00", "3:05:00", "2:35:00", "3:00:00"),
    "24": ("14:00:00", "15:30:00", "15:05:00", "14:35:00", "15:00:00"),
}


def sections(words, *, gap="", title="Module 5", people=True, stays=True):
    """A report of three: a host, a presenter on two devices that overlap, a guest who is only in section 2."""
    clocks = CLOCKS["PM" if "PM" in words["times"] else "24"]
    begin, end, left, again, gone = (words["times"].format(clock) for clock in clocks)
    organizer, presenter, attendee = words["roles"]
    lasts = words["lasts"]
    mails = ("host@x.example", "Ann@x.example", "ann@x.example")
    lines = [
        [words["sections"][0]],
        *([name, value] for name, value in zip(words["summary"], (title, "3", begin, end, *lasts[:2]), strict=True)),
        [gap],
        [words["sections"][1]],
        words["people"].split("|"),
        ["Desk", begin, end, lasts[0], mails[0], mails[0], organizer],
        ["Ann Example", begin, left, lasts[1], mails[1], mails[1], presenter],
        ["Bo (Guest)", begin, gone, lasts[3], "", "bo_y.example#EXT#@x.example", attendee],
        [gap],
        [words["sections"][2]],
        words["stays"].split("|"),
        ["Desk", begin, end, lasts[0], mails[0], organizer],
        ["Ann Example", begin, gone, lasts[2], mails[1], presenter],
        ["Ann Example", again, left, lasts[3], mails[2], presenter],
    ]
    second, third = (lines.index([name]) for name in words["sections"][1:])
    return lines[:second] + (lines[second:third] if people else []) + (lines[third:] if stays else [])


def tsv(lines, *, encoding="utf-16", end="\r\n", sign="\t", pad=False):
    width = max(map(len, lines)) if pad else 0
    cells = [[*line, *[""] * (width - len(line))] for line in lines]
    quoted = [[f'"{cell}"' if sign in cell or '"' in cell else cell for cell in line] for line in cells]
    return (end.join(sign.join(line) for line in quoted) + end).encode(encoding)


def seconds(report):
    return [{person.key: person.seconds for person in people_of(meeting)} for meeting in report.meetings]


EXPECTED = [{"host@x.example": 5400, "ann@x.example": 3900, "Bo (Guest)": 1800}]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-8-sig", "utf-8"])
def test_read_knows_sections_in_every_language_and_encoding(language, encoding):
    report = read(tsv(sections(LANGUAGES[language]), encoding=encoding), "report.csv", near=DAY)
    assert (report.platform, report.variant) == ("teams", "sections")
    assert seconds(report) == EXPECTED
    meeting = report.meetings[0]
    assert (meeting.title, meeting.starts, meeting.ends) == (
        "Module 5",
        at("2026-09-10 14:00"),
        at("2026-09-10 15:30"),
    )
    assert [person.role for person in people_of(meeting)] == [Role.ORGANIZER, Role.PRESENTER, Role.ATTENDEE]


@pytest.mark.parametrize(
    ("language", "page"),
    [
        ("pl", "cp1250"),
        ("es", "cp1252"),
        ("pt", "cp1252"),
        ("de", "cp1252"),
        ("fr", "cp1252"),
        ("ru", "cp1251"),
        ("en", "utf-8-sig"),
    ],
)
@pytest.mark.parametrize("sign", [";", ",", "\t"])
def test_read_takes_what_a_spreadsheet_saved_again(language, page, sign):
    content = tsv(sections(LANGUAGES[language]), encoding=page, sign=sign, pad=True)
    assert seconds(read(content, "report.csv", near=DAY)) == EXPECTED


def test_read_takes_a_report_that_was_saved_as_a_workbook():
    book = openpyxl.Workbook()
    for line in sections(EN):
        book.active.append(line)
    content = io.BytesIO()
    book.save(content)
    assert seconds(read(content.getvalue(), "report.xlsx", near=DAY)) == EXPECTED


def test_read_takes_linefeeds_alone_and_lines_that_are_not_empty_between_sections():
    assert seconds(read(tsv(sections(EN, gap=" "), end="\n"), "report.csv", near=DAY)) == EXPECTED


def test_read_takes_stated_durations_where_there_is_no_section_of_connections():
    report = read(tsv(sections(EN, stays=False)), "report.csv", near=DAY)
    assert seconds(report) == [{"host@x.example": 5400, "ann@x.example": 3900, "Bo (Guest)": 1800}]
    assert [found.seconds for found in report.connections] == [None, None, 1800]


def test_read_needs_no_section_of_participants():
    report = read(tsv(sections(EN, people=False)), "report.csv", near=DAY)
    assert seconds(report) == [{"host@x.example": 5400, "ann@x.example": 3900}]


def changed(old, new, lines=None, encoding="utf-16"):
    """The English report with one text replaced by another."""
    text = tsv(lines or sections(EN), encoding="utf-8").decode()
    assert old in text
    return text.replace(old, new).encode(encoding)


def test_read_ignores_engagement_columns_and_reactions():
    lines = sections(EN)
    lines[9] += ["Engagement: Reaction-Applause", "Engagement: Camera On", "Engagement: Raise Hands"]
    lines[11] += ["2", "1", "0"]
    lines += [
        [""],
        ["4. In-Meeting Interactions"],
        ["Name", "Type", "Time"],
        ["Ann", 'Sent "👍"', "9/10/26, 2:10:00 PM"],
    ]
    assert seconds(read(tsv(lines), "report.csv", near=DAY)) == EXPECTED


def test_read_takes_a_narrow_space_before_am_and_pm():
    assert seconds(read(changed(" PM", "\u202fPM"), "report.csv", near=DAY)) == EXPECTED


@pytest.mark.parametrize(
    ("cell", "title"),
    [
        ('"""Q&A"" – wrap-up"', '"Q&A" – wrap-up'),
        ('"""Module 5"" で会議中"', '"Module 5" で会議中'),
        ("A\ttitle\twith tabs", "A title with tabs"),
        ("2. Participants", "2. Participants"),
        ("2026", "2026"),
        ("", ""),
    ],
)
def test_read_keeps_the_title(cell, title):
    report = read(changed("Meeting title\tModule 5", f"Meeting title\t{cell}"), "report.csv", near=DAY)
    assert (report.meetings[0].title, seconds(report)) == (title, EXPECTED)


def test_read_needs_no_title_line_and_takes_one_more_line_in_the_summary():
    lines = sections(EN)
    lines[1:3] = [["Attended participants", "3"], ["Unverified participants", "1"]]
    report = read(tsv(lines), "report.csv", near=DAY)
    assert (report.meetings[0].title, seconds(report)) == ("", EXPECTED)


@pytest.mark.parametrize(
    ("near", "begins"),
    [(dt.date(2026, 9, 10), at("2026-09-10 14:00")), (dt.date(2026, 10, 9), at("2026-10-09 14:00"))],
)
def test_read_settles_ambiguous_dates_by_the_session(near, begins):
    report = read(tsv(sections(EN)), "report.csv", near=near)
    assert (report.connections[0].joined, report.order, report.notes) == (begins, None, ())


def test_read_says_that_dates_are_ambiguous_where_no_session_settles_them():
    report = read(tsv(sections(EN)), "report.csv")
    assert (report.order, report.notes) == ("MDY", ("date_order_open",))


def test_read_takes_a_day_first_report_in_english():
    words = {**EN, "times": "14/11/22, {}"}
    report = read(tsv(sections(words)), "report.csv")
    assert (seconds(report), report.connections[0].joined) == (EXPECTED, at("2022-11-14 14:00"))


def test_read_closes_a_stay_without_end_at_the_meetings_stated_end_and_says_so():
    lines = sections(EN)
    lines[-1][2] = ""
    report = read(tsv(lines), "report.csv", near=DAY)
    assert (report.connections[2].left, report.connections[2].is_open) == (at("2026-09-10 15:30"), True)
    lines[4][1] = ""  # no end in the summary
    report = read(tsv(lines), "report.csv", near=DAY)
    assert (report.connections[2].left, report.connections[2].is_open) == (None, True)


def test_read_lists_registrants_who_never_joined_as_absent():
    lines = sections(EN)
    lines.insert(13, ["Cy Absent", "", "", "0s", "cy@x.example", "cy@x.example", "Attendee"])
    report = read(tsv(lines), "report.csv", near=DAY)
    assert (report.meetings[0].absent, seconds(report)) == ((Absence("Cy Absent", "cy@x.example"),), EXPECTED)


def test_read_keeps_two_people_of_one_name_apart_by_their_addresses():
    lines = sections(EN)
    lines.insert(
        12, ["Ann Example", "9/10/26, 2:00:00 PM", "9/10/26, 2:10:00 PM", "9m", "other@x.example", "", "Attendee"]
    )
    assert seconds(read(tsv(lines), "report.csv", near=DAY)) == [{**EXPECTED[0], "other@x.example": 540}]


def test_read_takes_both_meetings_of_a_file():
    other = {**EN, "times": "9/11/26, {} PM"}
    report = read(tsv([*sections(EN), [""], *sections(other, title="Module 6")]), "report.csv", near=DAY)
    assert ([each.title for each in report.meetings], seconds(report)) == (["Module 5", "Module 6"], EXPECTED * 2)
    assert report.meetings[1].connections[0].joined == at("2026-09-11 14:00")


def test_read_takes_accounts_names_for_addresses_only_where_there_is_no_column_of_addresses():
    lines = [
        ["2. Participants"],
        ["Name", "First Join", "Last Leave", "In-Meeting Duration", "Participant ID (UPN)", "Role"],
        ["Ann", "9/10/26, 2:00:00 PM", "9/10/26, 3:00:00 PM", "1h", "Ann@x.example", "Presenter"],
        ["Bo", "9/10/26, 2:00:00 PM", "9/10/26, 3:00:00 PM", "1h", "bo_y.example#EXT#@x.example", "Attendee"],
    ]
    report = read(tsv(lines), "report.csv", near=DAY)
    assert [(found.email, found.role) for found in report.connections] == [
        ("ann@x.example", Role.PRESENTER),
        ("", Role.ATTENDEE),
    ]
    lines[1].insert(4, "Email")
    lines[2].insert(4, "")
    lines[3].insert(4, "")
    assert [found.email for found in read(tsv(lines), "report.csv", near=DAY).connections] == ["", ""]


def test_read_refuses_a_report_of_nobody():
    with pytest.raises(ReadError) as refusal:
        read(tsv([["1. Summary"], ["Meeting title", "X"], ["2. Participants"], EN["people"].split("|")]), "report.csv")
    assert refusal.value.reason == Reason.NO_LINES


def test_read_leaves_a_numbered_list_of_names_to_others():
    with pytest.raises(ReadError):
        read(b"1. Ann\n2. Bo\n3. Cy\n", "list.txt", near=DAY)


HEADS_2021 = "Full Name|Join Time|Leave Time|Duration|Email|Role|Participant ID (UPN)"


def summary(
    heads=HEADS_2021,
    *,
    day="4/25/2022",
    labels=("Meeting Summary", "Total Number of Participants"),
    title="Data basics",
):
    """A report of 2021: somebody who came back while still in, and a guest."""
    return [
        [labels[0]],
        [labels[1], "3"],
        ["Meeting Title" if labels[0] == "Meeting Summary" else "?", title],
        ["Meeting Start Time", f"{day}, 8:00:00 AM"],
        ["Meeting End Time", f"{day}, 10:00:00 AM"],
        ["Meeting Id", "bf2dbe01-58bd-491d-b4a6-7e9bacabbeb1"],
        [""],
        heads.split("|"),
        ["Desk", f"{day}, 8:00:00 AM", f"{day}, 10:00:00 AM", "2h", "h@x.example", "Organizer", "h@x.example"],
        ["Ann", f"{day}, 8:10:00 AM", f"{day}, 9:40:30 AM", "1h 30m", "Ann@x.example", "Attendee", "ann@x.example"],
        ["Ann", f"{day}, 9:40:00 AM", f"{day}, 9:50:00 AM", "10m", "ann@x.example", "Attendee", "ann@x.example"],
        ["Bo (Guest)", f"{day}, 9:59:00 AM", f"{day}, 9:59:45 AM", "45s", "", "Presenter", ""],
    ]


EXPECTED_2021 = [{"h@x.example": 7200, "ann@x.example": 6000, "Bo (Guest)": 45}]


@pytest.mark.parametrize(
    "content",
    [
        tsv(summary(), end="\n"),
        tsv(summary(), end="\r\n", pad=True),
        tsv(summary(), encoding="utf-8-sig", sign=",", pad=True),
        tsv(summary(), encoding="cp1252", sign=";", pad=True),
        tsv(summary("Nombre|Unión|Abandono|Tiempo|Correo|Rol|Id. (UPN)", labels=("Resumen", "Número total"))),
        tsv(summary("?|Entrou|Deixou|Tempo|Endereço|Qual|Conta", labels=("Resumo", "Total"))),
    ],
)
def test_read_knows_the_summary_of_2021(content):
    report = read(content, "meetingAttendanceReport.csv")
    assert (report.variant, seconds(report), report.meetings[0].title) == ("summary", EXPECTED_2021, "Data basics")
    assert report.meetings[0].ends == at("2022-04-25 10:00")
    assert [person.role for person in people_of(report.meetings[0])] == [Role.ORGANIZER, Role.ATTENDEE, Role.PRESENTER]


def test_read_takes_both_summaries_of_a_file():
    lines = [*summary(), [""], *summary(day="4/26/2022", title="More data")]
    report = read(tsv(lines), "meetingAttendanceReport.csv")
    assert ([each.title for each in report.meetings], seconds(report)) == (
        ["Data basics", "More data"],
        EXPECTED_2021 * 2,
    )


def test_read_needs_neither_summary_nor_addresses():
    lines = [line[:4] + line[5:] for line in summary()[7:]]
    report = read(tsv(lines), "meetingAttendanceReport.csv")
    assert seconds(report) == EXPECTED_2021


def test_read_takes_a_webinar_with_names_in_two_columns():
    heads = "First name|Last name|Registration email|Registration time|First Join|Last Leave|In-Meeting Duration|Role"
    day = "9/10/26, {} PM"
    lines = [
        ["1. Summary"],
        ["Event title", "Webinar"],
        ["2. Participants"],
        heads.split("|"),
        [
            "Ann",
            "Example",
            "ann@x.example",
            "9/1/26, 1:00:00 PM",
            day.format("2:00:00"),
            day.format("3:00:00"),
            "50m",
            "Attendee",
        ],
    ]
    report = read(tsv(lines), "webinar.csv", near=DAY)
    assert [(found.name, found.email, found.seconds) for found in report.connections] == [
        ("Ann Example", "ann@x.example", 3000)
    ]


def test_read_counts_nothing_for_times_that_it_cannot_read():
    lines = sections(EN)
    lines[-3][1:3] = lines[8][1:3] = ["yesterday", "today"]
    report = read(tsv(lines), "report.csv", near=DAY)
    assert [(found.name, found.excluded_because) for found in report.connections if found.excluded_because] == [
        ("Desk", Exclusion.NO_TIMES)
    ]


def test_read_takes_the_stated_duration_where_the_clock_was_put_back():
    lines = sections(EN)
    lines[-1][1:4] = ["10/25/26, 1:50:00 AM", "10/25/26, 1:10:00 AM", "20m"]
    found = read(tsv(lines), "report.csv", near=dt.date(2026, 10, 25)).connections[2]
    assert (found.joined, found.left) == (at("2026-10-25 01:50"), at("2026-10-25 02:10"))


def test_read_refuses_a_report_whose_times_cannot_be_read():
    lines = [[cell.replace("9/10/26", "yesterday") for cell in line] for line in sections(EN, people=False)]
    with pytest.raises(ReadError) as refusal:
        read(tsv(lines), "report.csv", near=DAY)
    assert refusal.value.reason == Reason.NO_TIMES


def test_read_takes_the_address_that_only_the_section_of_participants_has():
    lines = [[*line[:4], line[5]] if len(line) == 6 else line for line in sections(EN)]
    lines.insert(11, ["Ann Example", "9/10/26, 2:00:00 PM", "9/10/26, 2:10:00 PM", "9m", "", "", "Attendee"])
    report = read(tsv(lines), "report.csv", near=DAY)
    assert seconds(report) == [{"host@x.example": 5400, "Ann Example": 3900, "Bo (Guest)": 1800}]
    del lines[11]
    assert seconds(read(tsv(lines), "report.csv", near=DAY)) == EXPECTED


def test_read_takes_the_registrations_address_where_the_accounts_is_empty():
    lines = sections(EN, stays=False)
    for line, cell in zip(lines[9:], ("Registration email", "", "other@x.example", "Bo@x.example"), strict=False):
        line.append(cell)
    assert [found.email for found in read(tsv(lines), "webinar.csv", near=DAY).connections] == [
        "host@x.example",
        "ann@x.example",
        "bo@x.example",
    ]


@settings(max_examples=40)
@given(
    st.dictionaries(
        st.sampled_from(["ann@x.example", "bo@x.example", "cy@x.example"]),
        st.lists(st.tuples(st.integers(0, 9000), st.integers(0, 5000)), min_size=1, max_size=5),
        min_size=1,
    ),
    st.sampled_from(["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig", "utf-8"]),
    st.sampled_from("\t;,"),
    st.sampled_from(["fr", "ja", "ru", "pl"]),
    st.randoms(use_true_random=False),
)
def test_read_counts_the_union_of_any_stays_split_doubled_and_shuffled(stays, encoding, sign, language, random):
    words = LANGUAGES[language]
    rows, expected = [], {}
    for email, intervals in stays.items():
        expected[email] = len({second for begin, length in intervals for second in range(begin, begin + length)})
        for begin, length in intervals:
            cut = random.randint(0, length)
            parts = [(begin, begin + cut), (begin + cut, begin + length), (begin, begin + cut)]
            rows += [(email, first, last) for first, last in parts]
    random.shuffle(rows)
    day = at("2026-09-10 13:00")
    lines = [[words["sections"][2]], words["stays"].split("|")]
    for email, *times in rows:
        joined, left = (f"{day + dt.timedelta(seconds=each):%Y-%m-%d %H:%M:%S}" for each in times)
        lines.append([f"Name of {email[:2]}", joined, left, "1 min", random.choice([email, email.upper()]), "Guest"])
    content = tsv(lines, encoding=encoding, sign=sign, pad=random.random() < 0.5)
    assert seconds(read(content, "report.csv"))[0] == expected
