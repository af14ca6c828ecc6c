"""What a participant reads about the own attendance."""

import datetime as dt
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.certificates_factories import CompletionRuleFactory
from tests.check_in_factories import CheckInFactory, CorrectionRequestFactory
from tests.registrations_factories import ProgrammeFactory, RegistrationFactory
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
def look(client, monkeypatch):
    """`look(registration, days=1)`: the page as its owner sees it so many days after the first session."""

    def see(registration, days=1.0):
        monkeypatch.setattr(timezone, "now", lambda: STARTS + dt.timedelta(days=days))
        return client.get(reverse("my_attendance", args=[registration.link_token]))

    return see


def text_of(response):
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def row_of(registration, session, start, end, undone_at=None):
    """A stay by a file: minutes from the session's start."""
    upload = AttendanceImportFactory(session=session, applied=True, undone_at=undone_at)
    identity = AttendanceIdentityFactory(programme=session.programme, registration=registration, decision="auto")
    AttendanceRowFactory(
        attendance_import=upload,
        identity=identity,
        joined_at=session.starts_at + dt.timedelta(minutes=start),
        left_at=session.starts_at + dt.timedelta(minutes=end),
    )


def test_page_shows_every_source_and_which_one_counts(look):
    session = TrainingSessionFactory()
    person = RegistrationFactory(programme=session.programme)
    AttendanceFactory(session=session, registration=person, seconds=1800)
    AttendanceFactory(session=session, registration=person, seconds=6600, source="check_in")
    CheckInFactory(session=session, registration=person, came_at=session.starts_at + dt.timedelta(minutes=10))
    row_of(person, session, 5, 35)
    row_of(person, session, 90, 100, undone_at=session.ends_at)
    page = text_of(look(person))
    assert "Your check-in: 110 minutes (counts) You came at: 18 March 2026, 09:10 Nairobi" in page
    assert "Report of the meeting platform: 30 minutes (does not count beside the entry above)" in page
    assert "09:05 – 09:35 Nairobi UTC+3" in page
    assert "10:30" not in page


def test_page_shows_times_in_the_readers_zone(look, client):
    session = TrainingSessionFactory()
    person = RegistrationFactory(programme=session.programme)
    AttendanceFactory(session=session, registration=person)
    row_of(person, session, 0, 120)
    client.cookies["reader_zone"] = "Asia/Kathmandu"
    assert text_of(look(person)).count("11:45 – 13:45 Kathmandu UTC+5:45") == 2


def test_page_says_what_counts_towards_the_certificate(look):
    rule = CompletionRuleFactory()
    first, second = TrainingSessionFactory.create_batch(2, programme=rule.programme)
    person = RegistrationFactory(programme=rule.programme)
    AttendanceFactory(session=first, registration=person)
    AttendanceFactory(session=second, registration=person, seconds=5700)
    page = text_of(look(person, days=3))
    assert "What counts towards the certificate" in page
    assert "120 minutes counts" in page
    assert "95 minutes 96 minutes are needed" in page


@pytest.mark.parametrize(
    ("days", "asks", "sentence"),
    [
        (-1, False, "still to come"),
        (0.01, True, "You can ask for corrections until 7 April 2026."),
        (20, True, "You can ask for corrections until 7 April 2026."),
        (21, False, "Corrections could be asked for until 7 April 2026."),
    ],
)
def test_correction_is_offered_from_the_start_until_two_weeks_after_the_end(look, days, asks, sentence):
    session = TrainingSessionFactory()
    person = RegistrationFactory(programme=session.programme)
    response = look(person, days=days)
    way = reverse("training_sessions:ask_for_correction", args=[person.link_token, session.pk])
    assert (way in response.content.decode(), sentence in text_of(response)) == (asks, True)


def test_correction_is_not_offered_twice_nor_to_those_without_a_seat(look):
    session = TrainingSessionFactory()
    person = RegistrationFactory(programme=session.programme)
    CorrectionRequestFactory(session=session, registration=person)
    waiting = RegistrationFactory(programme=session.programme, waiting=True)
    pages = [look(each).content.decode() for each in (person, waiting)]
    ways = [
        reverse("training_sessions:ask_for_correction", args=[each.link_token, session.pk])
        for each in (person, waiting)
    ]
    assert [f'href="{way}"' in page for way, page in zip(ways, pages, strict=True)] == [False, False]


def test_page_shows_the_latest_request_with_its_answer(look):
    session = TrainingSessionFactory()
    person = RegistrationFactory(programme=session.programme)
    first, second = (
        CorrectionRequestFactory(
            session=session, registration=person, sentence=words, answered_at=session.ends_at, answer=f"No, {words}"
        )
        for words in ("first", "second")
    )
    page = text_of(look(person))
    assert [f"“ {each.sentence} ”" in page for each in (first, second)] == [False, True]
    assert "The organisers answered: “ No, second ”" in page


def test_page_takes_as_many_queries_for_three_sessions_as_for_one(look, django_assert_num_queries):
    for number in (1, 3):
        rule = CompletionRuleFactory(programme=ProgrammeFactory())
        person = RegistrationFactory(programme=rule.programme)
        for session in TrainingSessionFactory.create_batch(number, programme=rule.programme):
            AttendanceFactory(session=session, registration=person)
            CheckInFactory(session=session, registration=person)
            CorrectionRequestFactory(session=session, registration=person)
            row_of(person, session, 0, 10 * number)
        with django_assert_num_queries(16):
            look(person)


def test_page_is_nobody_elses_and_is_not_kept(look, client):
    response = look(RegistrationFactory())
    assert response["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"
    assert client.get(reverse("my_attendance", args=["x" * 32])).status_code == 404
