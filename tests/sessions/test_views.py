import contextlib
import datetime as dt
import html
import re
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from config.celery import app
from sessions.models import Attendance, AttendanceIdentity, AttendanceImport, HandEntry
from sessions.tasks import carry_on_imports
from tests.registrations_factories import RegistrationFactory, TeamMemberFactory
from tests.sessions_factories import (
    AFTERWARDS,
    AttendanceFactory,
    AttendanceImportFactory,
    AttendanceRowFactory,
    TrainingSessionFactory,
)

pytestmark = pytest.mark.django_db

SAMPLE = Path(__file__).parent / "samples" / "zoom_meeting_classic.csv"
PAGES = ["attendance", "attendance_import", "attendance_remove"]
POSTS = ["attendance_upload", "attendance_by_hand", "attendance_clear", "attendance_assign", "attendance_release"]


OUR_TABLES = re.compile('FROM "(training_sessions|registrations_registration)')


def address(name, session, *more):
    return reverse(f"admin:training_sessions_trainingsession_{name}", args=[session.pk, *more])


def csv(content, name="report.csv"):
    return SimpleUploadedFile(name, content, content_type="text/csv")


def messages_of(response):
    return [str(message) for message in response.context["messages"]]


@contextlib.contextmanager
def queries(count):
    """So many queries on our tables; the admin's frame asks more, for every app that there is."""
    with CaptureQueriesContext(connection) as asked:
        yield
    assert len([query for query in asked if OUR_TABLES.search(query["sql"])]) == count


@pytest.fixture
def session(db):
    return TrainingSessionFactory()


@pytest.fixture
def client(session, organiser_client):
    return organiser_client(session.programme)


def test_organiser_uploads_a_report_and_the_sweep_applies_it(session, client, afterwards):
    aster = RegistrationFactory(programme=session.programme, email="aster.bekele@moh.example")
    data = {"file": csv(SAMPLE.read_bytes(), "zoom.csv"), "time_zone": "Africa/Nairobi"}
    response = client.post(address("attendance_upload", session), data, follow=True)
    assert response.redirect_chain == [(address("attendance", session), 302)]
    assert messages_of(response) == ["“zoom.csv” is being read."]
    assert '<meta http-equiv="refresh" content="3">' in response.text
    carry_on_imports()
    response = client.get(address("attendance", session))
    assert "http-equiv" not in response.text
    [found] = response.context["files"]
    response = client.post(address("attendance_apply", session, found.pk), follow=True)
    assert messages_of(response) == ["“zoom.csv” is being applied."]
    carry_on_imports()
    response = client.get(address("attendance", session))
    summary = response.context["summary"]
    assert (summary.registered, summary.present, summary.unknown, summary.hosts) == (1, 1, 11, 1)
    assert Attendance.objects.get().registration == aster


def test_upload_of_an_empty_file_says_why(session, client):
    response = client.post(address("attendance_upload", session), {"file": csv(b""), "time_zone": "UTC"})
    assert response.status_code == 422
    assert response.context["upload_form"].errors == {"file": ["The file is empty. Export the report again."]}
    assert AttendanceImport.objects.count() == 0


def test_upload_of_a_file_that_cannot_be_read_says_why_on_the_page(session, client, afterwards):
    client.post(address("attendance_upload", session), {"file": csv(b"\x89PNG"), "time_zone": "UTC"})
    carry_on_imports()
    found = AttendanceImport.objects.get()
    assert found.state == "refused"
    assert found.why_refused in html.unescape(client.get(address("attendance", session)).text)


def test_upload_of_the_same_file_twice_keeps_one_import(session, client, afterwards):
    for _time in range(2):
        data = {"file": csv(SAMPLE.read_bytes()), "time_zone": "Africa/Nairobi"}
        response = client.post(address("attendance_upload", session), data)
    assert (
        response.context["upload_form"].errors["file"][0].startswith("This file was imported for this session already")
    )
    assert AttendanceImport.objects.count() == 1


def test_upload_in_a_wrong_zone_asks(session, client, afterwards):
    data = {"file": csv(SAMPLE.read_bytes()), "time_zone": "America/Lima"}
    client.post(address("attendance_upload", session), data)
    carry_on_imports()
    assert AttendanceImport.objects.get().asks == "zone"
    assert "whose clock the times are" in client.get(address("attendance", session)).text


@pytest.mark.django_db(transaction=True)
def test_upload_survives_a_broker_that_does_not_answer(tmp_path, afterwards, client, session):
    missing = str(tmp_path / "missing")
    before = app.conf.broker_transport_options
    app.conf.broker_transport_options = {"data_folder_in": missing, "data_folder_out": missing}
    try:
        data = {"file": csv(SAMPLE.read_bytes()), "time_zone": "Africa/Nairobi"}
        response = client.post(address("attendance_upload", session), data)
    finally:
        app.conf.broker_transport_options = before
    assert response.status_code == 302
    carry_on_imports()
    assert AttendanceImport.objects.get().read_at == AFTERWARDS


def test_a_running_import_shows_its_progress(session, client):
    AttendanceImportFactory(session=session, claimed_at=AFTERWARDS, rows_total=1100, rows_done=500)
    response = client.get(address("attendance", session))
    assert 'max="1100" value="500"' in response.text
    assert "500 of 1100" in response.text


def test_a_refused_import_says_why(session, client):
    AttendanceImportFactory(session=session, refused_at=AFTERWARDS, refusal="broken", refusal_details={"line": 7})
    assert "The file cannot be read from line 7 on" in client.get(address("attendance", session)).text


def test_record_by_hand_and_take_back(session, client, afterwards):
    person = AttendanceFactory(session=session, seconds=7200).registration
    data = {"registration": person.pk, "minutes": 15, "note": "Left early", "q": "Given", "page": "1"}
    response = client.post(address("attendance_by_hand", session), data)
    assert response.url == address("attendance", session) + "?q=Given&page=1#people"
    [(line, _form)] = client.get(address("attendance", session)).context["people"]
    assert (line.presence.seconds, line.presence.source, line.by_file.seconds) == (900, "hand", 7200)
    client.post(address("attendance_clear", session), {"registration": person.pk})
    [(line, _form)] = client.get(address("attendance", session)).context["people"]
    assert (line.presence.seconds, line.presence.source) == (7200, "file")
    assert HandEntry.objects.count() == 2


def test_record_by_hand_of_too_many_minutes_keeps_what_was_typed(session, client):
    person = RegistrationFactory(programme=session.programme)
    data = {"registration": person.pk, "minutes": 500, "note": "All day"}
    response = client.post(address("attendance_by_hand", session), data)
    assert response.status_code == 422
    assert "Give between 0 and 120 minutes" in response.text
    assert 'value="All day"' in response.text
    assert Attendance.objects.count() == 0


def test_record_by_hand_for_a_person_of_another_programme_does_nothing(session, client):
    stranger = RegistrationFactory()
    response = client.post(address("attendance_by_hand", session), {"registration": stranger.pk, "minutes": 5})
    assert response.status_code == 422
    assert Attendance.objects.count() == 0


def test_assign_and_release_a_line(session, client, afterwards):
    ana = RegistrationFactory(programme=session.programme, email="ana@example.org", printed_name="Ana")
    row = AttendanceRowFactory(attendance_import__session=session)
    data = {"identity": row.identity_id, "email": " ANA@example.org"}
    response = client.post(address("attendance_assign", session), data, follow=True)
    assert messages_of(response) == ["1 line now counts for Ana."]
    assert Attendance.objects.get().registration == ana
    page = client.get(address("attendance_import", session, row.attendance_import_id))
    assert "by hand" in page.text
    data = {"identity": row.identity_id, "import": row.attendance_import_id}
    response = client.post(address("attendance_release", session), data, follow=True)
    assert response.redirect_chain == [(address("attendance_import", session, row.attendance_import_id), 302)]
    assert Attendance.objects.count() == 0


def test_assign_to_an_unknown_address_says_so(session, client):
    row = AttendanceRowFactory(attendance_import__session=session)
    elsewhere = RegistrationFactory(email="else@example.org")
    response = client.post(
        address("attendance_assign", session), {"identity": row.identity_id, "email": elsewhere.email}, follow=True
    )
    assert messages_of(response) == ["Nobody is registered for this programme as else@example.org."]


def test_lines_of_another_session_cannot_be_assigned(session, client):
    row = AttendanceRowFactory()
    ana = RegistrationFactory(programme=session.programme)
    response = client.post(address("attendance_assign", session), {"identity": row.identity_id, "email": ana.email})
    assert response.status_code == 404
    assert AttendanceIdentity.objects.filter(registration__isnull=False).count() == 0


def test_import_page_shows_every_line_and_where_it_went(session, client):
    found = AttendanceImportFactory(session=session, applied=True, rows_done=3)
    ana = RegistrationFactory(programme=session.programme, printed_name="Ana")
    AttendanceRowFactory(attendance_import=found, line=2, name="Ana", registration=ana)
    AttendanceRowFactory(attendance_import=found, line=3, name="Desk", role="host")
    AttendanceRowFactory(attendance_import=found, line=4, name="iPad")
    page = client.get(address("attendance_import", session, found.pk))
    assert [row.line for row, _form in page.context["lines"]] == [2, 3, 4]
    assert "host" in page.text
    page = client.get(address("attendance_import", session, found.pk) + "?show=unknown")
    assert [row.line for row, _form in page.context["lines"]] == [4]


def test_remove_import_asks_first(session, client):
    row = AttendanceRowFactory(attendance_import__session=session)
    where = address("attendance_remove", session, row.attendance_import_id)
    assert client.get(where).status_code == 200
    assert AttendanceImport.objects.count() == 1
    assert client.post(where).status_code == 302
    carry_on_imports()
    assert AttendanceImport.objects.get().state == "undone"
    assert "undone" in client.get(address("attendance", session)).text


def test_people_are_found_by_every_word_and_paged(session, client):
    for number in range(60):
        RegistrationFactory(
            programme=session.programme, printed_name=f"Ana Number{number:02}", family_name=f"{number:02}"
        )
    RegistrationFactory(programme=session.programme, withdrawn=True)
    page = client.get(address("attendance", session)).context
    assert (len(page["people"]), page["page"].paginator.count) == (50, 60)
    page = client.get(address("attendance", session), {"q": "Number07 ana"}).context
    assert [line.registration.printed_name for line, _form in page["people"]] == ["Ana Number07"]


def test_names_from_files_are_text_and_nothing_else(session, client):
    AttendanceRowFactory(attendance_import__session=session, name="<script>alert(1)</script>", email='"><b>@x.example')
    text = client.get(address("attendance", session)).text
    assert "<script>alert" not in text
    assert "<b>" not in text


@pytest.mark.parametrize("name", PAGES + POSTS)
def test_analysts_and_organisers_of_other_programmes_have_no_access(session, analyst_client, organiser_client, name):
    found = AttendanceImportFactory(session=session)
    more = [found.pk] if name in ("attendance_import", "attendance_remove") else []
    for browser in (analyst_client(session.programme), organiser_client(TeamMemberFactory().programme)):
        method = browser.post if name in POSTS else browser.get
        assert method(address(name, session, *more)).status_code == 404


@pytest.mark.parametrize("name", PAGES + POSTS)
def test_visitors_are_sent_to_the_login(session, name):
    browser = Client()
    more = [1] if name in ("attendance_import", "attendance_remove") else []
    method = browser.post if name in POSTS else browser.get
    assert method(address(name, session, *more)).url.startswith("/admin/login/")


@pytest.mark.parametrize("name", POSTS)
def test_what_changes_something_takes_posts_only(session, client, name):
    assert client.get(address(name, session)).status_code == 405


@pytest.mark.parametrize("count", [1, 3])
def test_attendance_page_takes_the_same_number_of_queries_for_more_rows(session, client, count):
    for number in range(count):
        person = AttendanceFactory(session=session).registration
        AttendanceFactory(session=session, registration=person, source="hand")
        found = AttendanceImportFactory(session=session, applied=True, content=f"{number}".encode())
        AttendanceRowFactory(attendance_import=found)
        HandEntry.objects.create(session=session, registration=person, minutes=1, entered_at=AFTERWARDS)
    with queries(11):
        assert client.get(address("attendance", session)).status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_import_page_takes_the_same_number_of_queries_for_more_rows(session, client, count):
    found = AttendanceImportFactory(session=session, applied=True)
    for _number in range(count):
        person = RegistrationFactory(programme=session.programme)
        AttendanceRowFactory(attendance_import=found, registration=person)
    with queries(4):
        assert client.get(address("attendance_import", session, found.pk)).status_code == 200


def test_times_are_shown_in_the_zone_of_the_programme(session, client):
    with timezone.override(dt.UTC):
        assert (
            "March 18, 2026, 9 a.m. to 11 a.m. (Africa/Nairobi), 120 minutes"
            in client.get(address("attendance", session)).text
        )


def test_people_who_withdrew_are_marked_and_not_counted(session, client):
    AttendanceFactory(session=session)
    gone = RegistrationFactory(programme=session.programme, printed_name="Gone Away", withdrawn=True)
    AttendanceFactory(session=session, registration=gone)
    page = client.get(address("attendance", session))
    assert (page.context["summary"].registered, page.context["summary"].present) == (1, 1)
    assert re.search(r"Gone Away.*?<small class=\"state\">Withdrawn</small>", page.text, re.DOTALL)
