import datetime as dt
import re
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from sessions.actions import decide
from sessions.models import Attendance, AttendanceEvent, HandEntry
from tests.registrations_factories import RegistrationFactory, TeamMemberFactory
from tests.sessions.pages import queries
from tests.sessions_factories import (
    AFTERWARDS,
    AttendanceFactory,
    AttendanceImportFactory,
    AttendanceRowFactory,
    TrainingSessionFactory,
)

pytestmark = pytest.mark.django_db

SAMPLE = Path(__file__).parent / "samples" / "zoom_meeting_classic.csv"
PAGES = ["attendance"]
POSTS = ["attendance_upload", "attendance_by_hand", "attendance_clear", "attendance_search"]


def address(name, session):
    return reverse(f"admin:training_sessions_trainingsession_{name}", args=[session.pk])


@pytest.fixture
def session(db):
    return TrainingSessionFactory()


@pytest.fixture
def client(session, organiser_client):
    return organiser_client(session.programme)


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
    data = {"registration": person.pk, "minutes": 15, "note": "Left early", "page": "1"}
    response = client.post(address("attendance_by_hand", session), data)
    assert response.url == address("attendance", session) + "?page=1#people"
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


def test_people_are_found_by_every_word_and_paged(session, client):
    for number in range(60):
        RegistrationFactory(
            programme=session.programme, printed_name=f"Ana Number{number:02}", family_name=f"{number:02}"
        )
    RegistrationFactory(programme=session.programme, withdrawn=True)
    page = client.get(address("attendance", session)).context
    assert (len(page["people"]), page["page"].paginator.count) == (25, 60)
    response = client.post(address("attendance_search", session), {"q": "Number07 ana"})
    assert response.url == address("attendance", session) + "#people"
    page = client.get(address("attendance", session)).context
    assert [line.registration.printed_name for line, _form in page["people"]] == ["Ana Number07"]
    other = TrainingSessionFactory(programme=session.programme)
    assert client.get(address("attendance", other)).context["search"] == ""
    client.post(address("attendance_search", session), {"q": ""})
    assert client.get(address("attendance", session)).context["page"].paginator.count == 60


def test_names_that_wait_lead_to_the_queue_of_the_session(session, client):
    AttendanceRowFactory(attendance_import__session=session)
    page = client.get(address("attendance", session))
    queue = reverse("admin:training_sessions_review", args=[session.programme.pk]) + f"?session={session.number}"
    assert page.context["summary"].unknown == 1
    assert f'href="{queue}"' in page.text


def test_history_says_who_did_what(session, client, afterwards):
    ana = RegistrationFactory(programme=session.programme, printed_name="Ana")
    client.post(address("attendance_by_hand", session), {"registration": ana.pk, "minutes": 15})
    row = AttendanceRowFactory(attendance_import__session=session, name="Aninha")
    decide(row.identity, ana, now=AFTERWARDS)
    for where in (address("attendance", session), reverse("admin:training_sessions_history", args=[session.pk])):
        page = client.get(where)
        assert [each.kind for each in page.context["events"]] == ["decided", "entered"]
        assert [each.by is None for each in page.context["events"]] == [True, False]
        assert "15 minutes" in page.text
        assert "Aninha" in page.text


def test_names_from_files_are_text_and_nothing_else(session, client):
    AttendanceRowFactory(attendance_import__session=session, name="<script>alert(1)</script>", email='"><b>@x.example')
    text = client.get(address("attendance", session)).text
    assert "<script>alert" not in text
    assert "<b>" not in text


@pytest.mark.parametrize("name", PAGES + POSTS)
def test_analysts_and_organisers_of_other_programmes_have_no_access(session, analyst_client, organiser_client, name):
    for browser in (analyst_client(session.programme), organiser_client(TeamMemberFactory().programme)):
        method = browser.post if name in POSTS else browser.get
        assert method(address(name, session)).status_code == 404


@pytest.mark.parametrize("name", PAGES + POSTS)
def test_visitors_are_sent_to_the_login(session, name):
    browser = Client()
    method = browser.post if name in POSTS else browser.get
    assert method(address(name, session)).url.startswith("/admin/login/")


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
        AttendanceEvent.objects.create(
            programme=session.programme, kind="decided", attendance_import=found, registration=person, at=AFTERWARDS
        )
    with queries(14):
        assert client.get(address("attendance", session)).status_code == 200


def test_times_are_shown_in_the_zone_of_the_programme(session, client):
    with timezone.override(dt.UTC):
        assert (
            "18 March 2026, 09:00 to 11:00 (Africa/Nairobi), 120 minutes"
            in client.get(address("attendance", session)).text
        )


def test_people_who_withdrew_are_marked_and_not_counted(session, client):
    AttendanceFactory(session=session)
    gone = RegistrationFactory(programme=session.programme, printed_name="Gone Away", withdrawn=True)
    AttendanceFactory(session=session, registration=gone)
    page = client.get(address("attendance", session))
    assert (page.context["summary"].registered, page.context["summary"].present) == (1, 1)
    assert re.search(r"Gone Away.*?<small class=\"state\">Withdrawn</small>", page.text, re.DOTALL)


@pytest.mark.parametrize("page", ["9" * 5000, "²", "-1", "", "0"])
def test_a_page_that_cannot_be_leads_to_the_first_one(session, client, page):
    response = client.post(address("attendance_search", session), {"q": "", "page": page})
    assert response.url == address("attendance", session) + "#people"


def test_a_search_keeps_no_nul(session, client):
    client.post(address("attendance_search", session), {"q": "ana\0lu\0"})
    assert client.get(address("attendance", session)).context["search"] == "ana lu"
