import html
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from config.celery import app
from sessions.models import Attendance, AttendanceImport, ColumnMapping
from sessions.tasks import carry_on_imports
from tests.registrations_factories import RegistrationFactory, TeamMemberFactory
from tests.sessions.pages import messages_of, queries, uploaded
from tests.sessions_factories import (
    AFTERWARDS,
    AttendanceFactory,
    AttendanceImportFactory,
    AttendanceRowFactory,
    TrainingSessionFactory,
)

pytestmark = pytest.mark.django_db

SAMPLES = Path(__file__).parent / "samples"
ZOOM = (SAMPLES / "zoom_meeting_classic.csv").read_bytes()
PAGES = ["file", "file_columns", "file_undo", "file_lines"]
POSTS = ["file_answer", "file_apply"]
LIST = "Wer,Kam\nAna Souza,09:00\nBen Okri,09:30\n"  # heads that say too little
AMBIGUOUS = "Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes)\nAna,,{0},{1},60\n"


@pytest.fixture
def session(db):
    return TrainingSessionFactory()


@pytest.fixture
def client(session, organiser_client):
    return organiser_client(session.programme)


def address(name, *more):
    return reverse(f"admin:training_sessions_{name}", args=more)


def send(client, session, *files, zone="Africa/Nairobi", **options):
    where = address("trainingsession_attendance_upload", session.pk)
    return client.post(where, {"files": list(files), "time_zone": zone}, **options)


def sent(client, session, content, name="report.csv", **options):
    """A file that was uploaded and read."""
    send(client, session, uploaded(content, name), **options)
    carry_on_imports()
    return AttendanceImport.objects.latest("pk")


def apply(client, found):
    """Apply what its page shows."""
    version = client.get(address("file", found.pk)).context["preview"].version
    client.post(address("file_apply", found.pk), {"version": version})
    carry_on_imports()


def test_a_file_is_read_looked_at_applied_and_undone(session, client, afterwards):
    aster = RegistrationFactory(programme=session.programme, email="aster.bekele@moh.example")
    response = send(client, session, uploaded(ZOOM, "zoom.csv"), follow=True)
    found = AttendanceImport.objects.get()
    page = address("file", found.pk)
    assert response.redirect_chain == [(page, 302)]
    assert messages_of(response) == ["“zoom.csv” is being read."]
    assert '<meta http-equiv="refresh" content="3">' in response.text
    carry_on_imports()
    response = client.get(page)
    assert "http-equiv" not in response.text
    [change] = response.context["changes"]
    assert (change.registration, change.before, change.after) == (aster, None, 118)
    assert Attendance.objects.count() == 0
    apply(client, found)
    assert Attendance.objects.get().registration == aster
    undoing = address("file_undo", found.pk)
    waiting = client.get(undoing)
    assert ("What the file would change is being worked out" in waiting.text, "changes" in waiting.context) == (
        True,
        False,
    )
    carry_on_imports()
    response = client.get(undoing)
    [change] = response.context["changes"]
    assert (change.before, change.after) == (118, None)
    assert "1 person and session" in response.text
    assert client.post(address("file_undo", found.pk)).url == page
    carry_on_imports()
    assert (Attendance.objects.count(), AttendanceImport.objects.get().state) == (0, "undone")
    assert "Undone or put away" in client.get(page).text


def test_undoing_keeps_what_people_entered(session, client, afterwards):
    aster = RegistrationFactory(programme=session.programme, email="aster.bekele@moh.example")
    found = sent(client, session, ZOOM)
    apply(client, found)
    by_hand = address("trainingsession_attendance_by_hand", session.pk)
    client.post(by_hand, {"registration": aster.pk, "minutes": 90, "note": "seen in the room"})
    client.get(address("file_undo", found.pk))
    carry_on_imports()
    [change] = client.get(address("file_undo", found.pk)).context["changes"]
    assert (change.before, change.after, change.difference.kept_because) == (90, 90, "hand")
    client.post(address("file_undo", found.pk))
    carry_on_imports()
    assert list(Attendance.objects.values_list("source", "seconds")) == [("hand", 5400)]


def test_several_files_are_taken_at_once(session, client, afterwards):
    other = (SAMPLES / "webex_attendee_report.csv").read_bytes()
    response = send(client, session, uploaded(ZOOM, "a.csv"), uploaded(other, "b.csv"), follow=True)
    assert response.redirect_chain == [(address("files", session.programme_id), 302)]
    assert [found.file_name for found in response.context["page"]] == ["b.csv", "a.csv"]


def test_a_programmes_file_finds_its_sessions_itself(session, client, afterwards):
    where = address("files", session.programme_id)
    client.post(where, {"files": [uploaded(ZOOM)], "time_zone": "Africa/Nairobi"})
    carry_on_imports()
    found = AttendanceImport.objects.get()
    assert (found.session, list(client.get(address("file", found.pk)).context["sessions"])) == (None, [session])


def test_an_empty_file_says_why(session, client):
    response = send(client, session, uploaded(b""))
    assert response.status_code == 422
    assert response.context["upload_form"].errors == {"files": ["The file is empty. Export the report again."]}
    assert AttendanceImport.objects.count() == 0


def test_no_file_says_so(session, client):
    response = send(client, session)
    assert response.context["upload_form"].errors == {"files": ["Choose a file."]}


def test_of_several_files_the_one_that_is_refused_is_named(session, client, afterwards):
    response = send(client, session, uploaded(ZOOM, "a.csv"), uploaded(b"", "b.csv"))
    assert response.context["upload_form"].errors == {"files": ["b.csv: The file is empty. Export the report again."]}
    assert AttendanceImport.objects.get().file_name == "a.csv"


def test_a_file_that_cannot_be_read_says_why_on_its_page(session, client, afterwards):
    found = sent(client, session, b"\x89PNG")
    assert found.state == "refused"
    assert found.why_refused in html.unescape(client.get(address("file", found.pk)).text)


def test_the_same_file_twice_is_one_import(session, client, afterwards):
    send(client, session, uploaded(ZOOM))
    response = send(client, session, uploaded(ZOOM))
    [sentence] = response.context["upload_form"].errors["files"]
    assert sentence.startswith("This file was imported for this session already")
    assert AttendanceImport.objects.count() == 1


def test_a_wrong_zone_is_asked_about_and_can_be_put_right(session, client, afterwards):
    found = sent(client, session, ZOOM, zone="America/Lima")
    page = client.get(address("file", found.pk))
    assert "By its own clock the file runs from 18 March 2026, 08:52 to 18 March 2026, 11:03" in page.text
    response = client.post(address("file_answer", found.pk), {"time_zone": "Africa/Nowhere"})
    assert (response.status_code, "Africa/Nowhere is not one of the available choices" in response.text) == (422, True)
    client.post(address("file_answer", found.pk), {"time_zone": "Africa/Nairobi"})
    carry_on_imports()
    found.refresh_from_db()
    assert (found.state, found.time_zone) == ("previewed", "Africa/Nairobi")


def test_open_dates_are_asked_about_with_both_readings(session, client, afterwards):
    TrainingSessionFactory(programme=session.programme, starts_at="2026-04-03T06:00Z", ends_at="2026-04-03T08:00Z")
    TrainingSessionFactory(programme=session.programme, starts_at="2026-03-04T06:00Z", ends_at="2026-03-04T08:00Z")
    content = AMBIGUOUS.format("03/04/2026 09:00:00", "03/04/2026 10:00:00").encode()
    data = {"files": [uploaded(content)], "time_zone": "Africa/Nairobi"}
    client.post(address("files", session.programme_id), data)
    carry_on_imports()
    found = AttendanceImport.objects.get()
    page = client.get(address("file", found.pk))
    assert [reading.first.isoformat()[:10] for reading in page.context["readings"]] == ["2026-04-03", "2026-03-04"]
    client.post(address("file_answer", found.pk), {"order": "DMY"})
    carry_on_imports()
    found.refresh_from_db()
    assert (found.state, found.rows.get().joined_at.isoformat()) == ("previewed", "2026-04-03T06:00:00+00:00")


def test_columns_nobody_knows_are_asked_tried_said_and_remembered(session, client, afterwards):
    found = sent(client, session, b"Wer?;Von;Bis;Wohin\nAna Souza;9:05;10:40;Rom\nBen Okri;9:10;10:45;Bonn\n")
    if found.asks != "mapping":
        pytest.fail(f"the list should be unknown, and is {found.state}")
    where = address("file_columns", found.pk)
    assert client.get(where).status_code == 200
    said = {"sheet": "", "head": "1", "order": "", "unit": "60"}
    said |= {"column_0": "name", "column_1": "joined", "column_2": "left", "column_3": ""}
    tried = client.post(where, {**said, "try": ""})
    assert [person.names[0] for person in tried.context["trial"].people] == ["Ana Souza", "Ben Okri"]
    assert AttendanceImport.objects.get().asks == "mapping"
    client.post(where, {**said, "use": "1"})
    carry_on_imports()
    found.refresh_from_db()
    assert (found.state, found.rows.count(), ColumnMapping.objects.count()) == ("previewed", 2, 1)
    again = sent(client, session, b"Wer?;Von;Bis;Wohin\nCara Diaz;9:05;10:40;Rom\n", "next.csv")
    assert (again.state, again.rows.get().identity.name) == ("previewed", "Cara Diaz")


@pytest.mark.parametrize(
    ("columns", "words"),
    [
        ({"column_1": "joined"}, "Say which column holds the name or the e-mail"),
        ({"column_0": "name", "column_2": "name"}, "Only one column can be"),
        ({"column_0": "name", "column_2": "family"}, "not both"),
    ],
)
def test_columns_that_cannot_be_are_refused_and_kept_as_chosen(session, client, afterwards, columns, words):
    found = sent(client, session, b"Wer?;Von;Bis;Wohin\nAna Souza;9:05;10:40;Rom\nBen Okri;9:10;10:45;Bonn\n")
    said = {"head": "1", "unit": "60", **columns, "use": "1"}
    response = client.post(address("file_columns", found.pk), said)
    assert (response.status_code, words in html.unescape(response.text)) == (422, True)
    chosen = {name: response.context["form"][name].value() for name in columns}
    assert chosen == columns


@pytest.mark.django_db(transaction=True)
def test_upload_survives_a_broker_that_does_not_answer(tmp_path, afterwards, client, session):
    missing = str(tmp_path / "missing")
    before = app.conf.broker_transport_options
    app.conf.broker_transport_options = {"data_folder_in": missing, "data_folder_out": missing}
    try:
        response = send(client, session, uploaded(ZOOM))
    finally:
        app.conf.broker_transport_options = before
    assert response.status_code == 302
    carry_on_imports()
    assert AttendanceImport.objects.get().read_at == AFTERWARDS


def test_a_running_file_shows_its_progress(session, client):
    found = AttendanceImportFactory(session=session, claimed_at=AFTERWARDS, rows_total=1100, rows_done=500)
    response = client.get(address("file", found.pk))
    assert 'max="1100" value="500"' in response.text
    assert "500 of 1100" in response.text


def test_lines_show_where_each_went(session, client):
    found = AttendanceImportFactory(session=session, applied=True, rows_done=3)
    ana = RegistrationFactory(programme=session.programme, printed_name="Ana")
    AttendanceRowFactory(attendance_import=found, line=2, name="Ana", registration=ana)
    AttendanceRowFactory(attendance_import=found, line=3, name="Desk", role="host")
    AttendanceRowFactory(attendance_import=found, line=4, name="iPad")
    page = client.get(address("file_lines", found.pk))
    assert [row.line for row in page.context["page"]] == [2, 3, 4]
    assert "host" in page.text
    page = client.get(address("file_lines", found.pk) + "?show=unknown")
    assert [row.line for row in page.context["page"]] == [4]


def test_names_from_files_are_text_and_nothing_else(session, client):
    row = AttendanceRowFactory(
        attendance_import__session=session, name="<script>alert(1)</script>", email='"><b>@x.example'
    )
    text = client.get(address("file_lines", row.attendance_import_id)).text
    assert ("<script>alert" in text, "<b>" in text) == (False, False)


@pytest.mark.parametrize("name", PAGES + POSTS)
def test_analysts_and_organisers_of_other_programmes_have_no_access(session, analyst_client, organiser_client, name):
    found = AttendanceImportFactory(session=session)
    for browser in (analyst_client(session.programme), organiser_client(TeamMemberFactory().programme)):
        method = browser.post if name in POSTS else browser.get
        assert method(address(name, found.pk)).status_code == 404
        assert browser.get(address("files", session.programme_id)).status_code == 404


@pytest.mark.parametrize("name", PAGES + POSTS)
def test_visitors_are_sent_to_the_login(name):
    browser = Client()
    method = browser.post if name in POSTS else browser.get
    assert method(address(name, 1)).url.startswith("/admin/login/")


@pytest.mark.parametrize("count", [1, 3])
def test_pages_take_the_same_number_of_queries_for_more_rows(session, client, count):
    found = AttendanceImportFactory(session=session, applied=True)
    for _number in range(count):
        person = AttendanceFactory(session=session).registration
        AttendanceRowFactory(attendance_import=found, registration=person)
    with queries(5):
        assert client.get(address("file", found.pk)).status_code == 200
    with queries(3):
        assert "Waiting for a worker" in client.get(address("file_undo", found.pk)).text
    carry_on_imports()
    with queries(10):
        assert len(client.get(address("file_undo", found.pk)).context["changes"]) == count
    with queries(3):
        assert client.get(address("file_lines", found.pk)).status_code == 200
    with queries(3):
        assert client.get(address("files", session.programme_id)).status_code == 200


def test_every_table_that_scrolls_is_scrolled_by_keyboard():
    found = {
        (path.name, box)
        for folder in settings.TEMPLATES[0]["DIRS"]
        for path in Path(folder, "admin", "training_sessions").rglob("*.html")
        for box in re.findall(r'<div class="scroll"[^>]*>', path.read_text())
    }
    assert found
    assert [(name, box) for name, box in sorted(found) if 'tabindex="0"' not in box] == []
