"""The live view and the exports: figures for organisers, files that a spreadsheet does not run."""

import csv
import datetime as dt
import io
import re

import openpyxl
import pytest
from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from registrations.models import KeptFigures, Programme
from registrations.spreadsheet import unguarded
from sessions.live import live_sessions
from sessions.tasks import count_attendance
from tests.check_in_factories import CheckInDeskFactory, CheckInFactory, CorrectionRequestFactory
from tests.registrations_factories import ProgrammeFactory, RegistrationFactory, large
from tests.sessions_factories import (
    STARTS,
    AttendanceFactory,
    AttendanceIdentityFactory,
    AttendanceImportFactory,
    AttendanceRowFactory,
    TrainingSessionFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme():
    return ProgrammeFactory()


@pytest.fixture(autouse=True)
def _while_the_first_session_runs(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: STARTS + dt.timedelta(minutes=30))


def text_of(response):
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def address(name, programme):
    return reverse(f"admin:training_sessions_{name}", args=[programme.pk])


def content_of(response):
    """A streamed file; the client closes it at its end, and leaves the test's connection open."""
    return response.getvalue()


def filled(programme, number):
    """So many sessions, each with presence of every kind."""
    for session in TrainingSessionFactory.create_batch(number, programme=programme):
        AttendanceFactory(session=session, seconds=7200)
        AttendanceFactory(session=session, seconds=1800)
        AttendanceFactory(session=session, seconds=0)
        AttendanceFactory(session=session, registration=RegistrationFactory(programme=programme, withdrawn=True))
        CheckInFactory(session=session)
        CheckInFactory(session=session, confirmed_at=None)
        CheckInDeskFactory(session=session)
        CorrectionRequestFactory(session=session)
        CorrectionRequestFactory(session=session, withdrawn_at=session.ends_at)
        upload = AttendanceImportFactory(programme=programme, session=session)
        for decision in ("none", "none", "confirm"):
            identity = AttendanceIdentityFactory(programme=programme, decision=decision)
            for _twice in range(2):
                AttendanceRowFactory(attendance_import=upload, session=session, identity=identity)


def test_live_view_counts_people_and_identities(programme):
    filled(programme, 1)
    [live] = live_sessions(programme, now=timezone.now())
    assert (live.registered, live.present, live.unrecorded) == (7, 2, 4)
    assert [bar.people for bar in live.bars] == [1, 0, 1, 0, 0, 1]
    assert (live.unmatched, live.to_review, live.corrections, live.checked_in) == (2, 1, 1, 1)
    assert (live.is_running, live.is_over, live.is_check_in_open) == (True, False, True)


def test_live_view_takes_as_many_queries_for_three_sessions_as_for_one(django_assert_num_queries):
    for number in (1, 3):
        programme = ProgrammeFactory()
        filled(programme, number)
        with django_assert_num_queries(8):
            live_sessions(programme, now=timezone.now())


def test_live_page_looks_again_while_a_session_runs_and_names_nobody(programme, organiser_client, monkeypatch):
    filled(programme, 1)
    client = organiser_client(programme)
    running = client.get(address("live", programme))
    monkeypatch.setattr(timezone, "now", lambda: STARTS + dt.timedelta(days=9))
    later = client.get(address("live", programme))
    still = client.get(address("live", programme), {"still": ""})
    assert [b'http-equiv="refresh"' in page.content for page in (running, later, still)] == [True, False, False]
    assert "Checked in 1 Not matched 2 Waiting for review 1 Requests for correction 1" in text_of(running)
    assert "25 to below 50 % 1" in text_of(running)
    people = programme.registrations.values_list("printed_name", "email")
    assert [word for person in people for word in person if word in text_of(running)] == []


def test_live_view_of_a_large_programme_never_counts(programme, organiser_client, monkeypatch):
    filled(programme, 1)
    large(programme)
    client = organiser_client(programme)

    def told(**query):
        page = client.get(address("live", programme), query)
        words = [f"Known to be present {each}" in text_of(page) for each in ("being counted", "2")]
        return *words, "Nothing recorded" in text_of(page), b'http-equiv="refresh" content="4"' in page.content

    running = told()
    monkeypatch.setattr(timezone, "now", lambda: STARTS + dt.timedelta(days=9))
    KeptFigures.objects.all().delete()
    assert (running, told(), told(still="")) == ((True, False, False, False), (True, False, False, True), running)
    count_attendance(programme.pk)
    assert told() == (False, True, True, False)
    KeptFigures.objects.update(counted_at=F("counted_at") - dt.timedelta(hours=2))
    assert told() == (False, True, True, True)


def test_live_view_of_a_large_programme_takes_ten_queries_at_most(programme, django_assert_num_queries):
    filled(programme, 3)
    programme.seats_taken = 5000
    with django_assert_num_queries(9):  # never counted, and not asked for
        live_sessions(programme, now=timezone.now())
    count_attendance(programme.pk)
    for minutes, queries in ((0, 8), (5, 9)):
        again = Programme.objects.get(pk=programme.pk)
        again.seats_taken = 5000
        with django_assert_num_queries(queries):
            live_sessions(again, now=timezone.now() + dt.timedelta(minutes=minutes))


def test_live_page_queue_and_files_are_for_the_organisers_of_the_programme(
    client, programme, organiser_client, analyst_client
):
    browsers = [analyst_client(programme), organiser_client(ProgrammeFactory()), client, organiser_client(programme)]
    for name in ("live", "corrections", "attendance_csv", "attendance_xlsx"):
        answers = [browser.get(address(name, programme)) for browser in browsers]
        assert [answer.status_code for answer in answers] == [404, 404, 302, 200]
        answers[-1].getvalue()


# Exports ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def table(programme):
    """Two sessions; one person was in both, a formula of a person in none, one who withdrew was in the first."""
    first, second = TrainingSessionFactory.create_batch(2, programme=programme)
    AttendanceFactory(
        session=first, registration=RegistrationFactory(programme=programme, family_name="A", printed_name="Äli 李")
    )
    both = programme.registrations.get()
    AttendanceFactory(session=second, registration=both, seconds=3660, source="hand")
    RegistrationFactory(programme=programme, family_name="B", printed_name="=1+1", organisation="#N/A", email="b@b.org")
    gone = RegistrationFactory(programme=programme, family_name="C", withdrawn=True)
    AttendanceFactory(session=first, registration=gone, seconds=59)
    RegistrationFactory(programme=programme, waiting=True)
    return [
        ["Äli 李", both.email, "Kenya", "City office", "Registered", 120, "report of the meeting platform", 61,
         "entered by hand", 181],
        ["=1+1", "b@b.org", "Kenya", "#N/A", "Registered", None, None, None, None, 0],
        [gone.printed_name, gone.email, "Kenya", "City office", "Withdrawn", 0, "report of the meeting platform", None,
         None, 0],
    ]  # fmt: skip


HEADS = [
    "Name",
    "E-mail",
    "Country or territory",
    "Organisation",
    "Status",
    "Session 1: minutes",
    "Session 1: source",
    "Session 2: minutes",
    "Session 2: source",
    "Minutes in all",
]


def test_csv_is_streamed_and_guarded(programme, table, organiser_client):
    response = organiser_client(programme).get(address("attendance_csv", programme))
    text = content_of(response).decode("utf-8-sig")
    found = list(csv.reader(io.StringIO(text)))
    assert response["Content-Disposition"] == f'attachment; filename="{programme.slug}-attendance.csv"'
    assert [found[0], found[2][0]] == [HEADS, "'=1+1"]
    assert [[unguarded(cell) for cell in line] for line in found[1:]] == [
        ["" if cell is None else str(cell) for cell in line] for line in table
    ]


def test_workbook_holds_texts_that_are_no_formulas_and_minutes_that_are_numbers(programme, table, organiser_client):
    response = organiser_client(programme).get(address("attendance_xlsx", programme))
    book = openpyxl.load_workbook(io.BytesIO(content_of(response)))
    sheet, agenda = book.worksheets
    assert [[cell.value for cell in row] for row in sheet.rows] == [HEADS, *table]
    assert [sheet[cell].data_type for cell in ("A3", "D3", "F2")] == ["s", "s", "n"]
    assert [[cell.value for cell in row] for row in agenda.rows][1] == [
        1, "Theme 1", "2026-03-18 09:00", "2026-03-18 11:00", "Africa/Nairobi", 120,
    ]  # fmt: skip


@pytest.mark.parametrize("people", [1, 3])
def test_exports_take_the_same_queries_for_everybody(programme, people, organiser_client, django_assert_num_queries):
    filled(programme, people)
    client = organiser_client(programme)
    for name in ("attendance_csv", "attendance_xlsx"):
        with django_assert_num_queries(5):  # two for who asks, one each for programme, sessions, people
            content_of(client.get(address(name, programme)))
