"""Where one person's minutes in a session come from."""

import pytest
from django.test import Client
from django.urls import reverse

from sessions.actions import check_in_presence, decide, record_by_hand, request_undo
from sessions.models import Attendance, AttendanceIdentity, AttendanceImport
from tests.check_in_factories import CheckInFactory, CorrectionRequestFactory
from tests.registrations_factories import RegistrationFactory, TeamMemberFactory
from tests.sessions.pages import queries
from tests.sessions.steps import LATER, applied, previewed, stay
from tests.sessions_factories import AFTERWARDS, TrainingSessionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def session(db):
    return TrainingSessionFactory()


@pytest.fixture
def ana(session):
    return RegistrationFactory(programme=session.programme, email="ana@example.org", printed_name="Ana Silva")


@pytest.fixture
def client(session, organiser_client):
    return organiser_client(session.programme)


def page_of(session, person):
    return reverse("admin:training_sessions_person", args=[session.pk, person.pk])


def post(client, name, session, **data):
    where = reverse(f"admin:training_sessions_trainingsession_attendance_{name}", args=[session.pk])
    return client.post(where, data)


def test_every_minute_leads_to_its_line(session, ana, client):
    applied(session, stay(session, "Ana", ana.email, -900, 600), stay(session, "iPad", ana.email, 300, 900))
    check_in_presence(ana, session, seconds=3000, now=AFTERWARDS)
    CheckInFactory(session=session, registration=ana)
    record_by_hand(ana, session, minutes=100, note="Was in the room", now=AFTERWARDS)
    CorrectionRequestFactory(session=session, registration=ana, sentence="I was there.")
    page = client.get(page_of(session, ana))
    trail = page.context["trail"]
    assert [(each.evidence.source, each.is_prevailing) for each in trail.trails] == [
        ("hand", True), ("check_in", False), ("file", False),
    ]  # fmt: skip
    assert [(each.row.line, each.seconds) for each in trail.trails[2].rows] == [(2, 1200), (3, 600)]
    lines = reverse("admin:training_sessions_file_lines", args=[AttendanceImport.objects.get().pk])
    assert f'href="{lines}?page=1#line-3"' in page.text
    for words in ("Was in the room", "I was there.", "report.csv", "1200 s", "08:45:00", "code typed on the personal"):
        assert words in page.text


def test_lines_that_do_not_count_say_why(session, ana, client):
    previewed(session, stay(session, "Ana", ana.email))
    undone = applied(session, stay(session, "Ana", ana.email, 0, 60), file_name="undone.csv")
    request_undo(undone, now=LATER)
    page = client.get(page_of(session, ana))
    assert [each.row.attendance_import.file_name for each in page.context["idle"]] == ["undone.csv", "report.csv"]
    assert "the file is not applied yet" in page.text
    assert "the file was undone" in page.text


def test_minutes_are_entered_and_taken_back_on_the_page(session, ana, client, afterwards):
    response = post(client, "by_hand", session, registration=ana.pk, minutes=15, note="Left early", ledger="1")
    assert response.url == page_of(session, ana)
    assert Attendance.objects.get().seconds == 900
    response = post(client, "by_hand", session, registration=ana.pk, minutes=999, note="Long", ledger="1")
    assert (response.status_code, response.context["line"].registration) == (422, ana)
    assert "Give between 0 and 120 minutes" in response.text
    assert post(client, "clear", session, registration=ana.pk, ledger="1").url == page_of(session, ana)
    entries = client.get(page_of(session, ana)).context["trail"].entries
    assert [entry.minutes for entry in entries] == [None, 15]


def test_a_line_that_a_person_decided_says_so(session, ana, client):
    applied(session, stay(session, "Aninha"))
    decide(AttendanceIdentity.objects.get(), ana, now=LATER)
    assert "decided by a person" in client.get(page_of(session, ana)).text


def test_only_the_programme_s_organisers_see_it(session, ana, client, analyst_client, organiser_client):
    assert client.get(page_of(session, ana)).status_code == 200
    assert client.get(page_of(session, RegistrationFactory())).status_code == 404
    for browser in (analyst_client(session.programme), organiser_client(TeamMemberFactory().programme)):
        assert browser.get(page_of(session, ana)).status_code == 404
        assert browser.get(reverse("admin:training_sessions_history", args=[session.pk])).status_code == 404
    assert Client().get(page_of(session, ana)).url.startswith("/admin/login/")


@pytest.mark.parametrize("count", [1, 3])
def test_page_takes_the_same_number_of_queries_for_more(session, ana, client, count):
    for number in range(count):
        applied(session, stay(session, "Ana", ana.email, number, 600), file_name=f"{number}.csv")
        previewed(session, stay(session, "Ana", ana.email, number, 700))
        record_by_hand(ana, session, minutes=number, now=AFTERWARDS)
        CorrectionRequestFactory(
            session=session, registration=ana, answered_at=AFTERWARDS, minutes=5, asked_at=AFTERWARDS
        )
    with queries(9):
        assert client.get(page_of(session, ana)).status_code == 200
