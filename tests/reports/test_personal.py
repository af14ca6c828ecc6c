"""The participant's own page."""

import datetime as dt
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from certificates.models import CertificateFile
from tests.certificates_factories import CertificateFactory, CompletionRuleFactory
from tests.registrations_factories import NOW, ProgrammeFactory, RegistrationFactory
from tests.sessions_factories import AttendanceFactory, TrainingSessionFactory
from tests.surveys_factories import ResponseFactory, SurveyFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def look(client, monkeypatch):
    """`look(registration, at=moment)`: the personal page as its owner sees it then."""

    def see(registration, at=NOW):
        monkeypatch.setattr(timezone, "now", lambda: at)
        return client.get(reverse("personal_page", args=[registration.link_token]))

    return see


def text_of(response):
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def next_of(response):
    """The heading of the card that says what is next."""
    return re.search(r'<h2 id="next">(.*?)</h2>', response.content.decode()).group(1)


def steps_of(response):
    return re.findall(r'<li class="is-(\w+)"><h3>', response.content.decode())


@pytest.mark.parametrize(
    "traits, expected",
    [
        ({"pending": True}, "Confirm your address"),
        ({"waiting": True}, "You are on the waiting list"),
        ({"withdrawn": True}, "You have withdrawn"),
        ({}, "You have a seat"),
    ],
)
def test_personal_page_says_what_is_next(look, traits, expected):
    response = look(RegistrationFactory(**traits))
    assert (response.status_code, next_of(response)) == (200, expected)


def test_looking_at_the_page_confirms_nothing_but_its_button_does(look, client):
    registration = RegistrationFactory(pending=True)
    address = reverse("registrations:confirm", args=[registration.link_token])
    assert f'<form method="post" action="{address}">' in look(registration).content.decode()
    registration.refresh_from_db()
    assert registration.is_pending is True


def test_personal_page_shows_the_link_to_join_only_when_a_session_is_near(look):
    session = TrainingSessionFactory(join_link="https://meet.example.org/1")
    registration = RegistrationFactory(programme=session.programme)
    hour = dt.timedelta(hours=1)
    assert "https://meet.example.org/1" not in look(registration, session.starts_at - hour).content.decode()
    near = look(registration, session.starts_at - hour / 2)
    assert (next_of(near), "https://meet.example.org/1" in near.content.decode()) == (
        "A session is open to join now",
        True,
    )


def test_personal_page_gives_no_link_to_join_to_those_without_a_seat(look):
    session = TrainingSessionFactory(join_link="https://meet.example.org/1")
    waiting = RegistrationFactory(programme=session.programme, waiting=True)
    pending = RegistrationFactory(programme=session.programme, pending=True)
    pages = [look(person, session.starts_at).content.decode() for person in (waiting, pending)]
    assert [("https://meet.example.org/1" in page) for page in pages] == [False, False]


def test_personal_page_counts_minutes_and_says_what_still_counts(look):
    rule = CompletionRuleFactory()
    registration = RegistrationFactory(programme=rule.programme)
    sessions = TrainingSessionFactory.create_batch(2, programme=rule.programme)
    for session, minutes in zip(sessions, [120, 95], strict=True):
        AttendanceFactory(session=session, registration=registration, seconds=minutes * 60)
    SurveyFactory(programme=rule.programme, closes_at=NOW + dt.timedelta(days=90))
    response = look(registration, sessions[-1].ends_at)
    assert next_of(response) == "Answer the survey"
    assert "120 minutes counts" in text_of(response)
    assert "95 minutes 96 minutes are needed" in text_of(response)
    assert "No longer reachable · 1 of 2 sessions" in text_of(response)
    assert "Still reachable · Still to answer" in text_of(response)
    assert steps_of(response) == ["done", "missed", "current", "missed"]


def test_personal_page_awaits_the_certificate_of_those_who_are_complete(look):
    rule = CompletionRuleFactory()
    registration = RegistrationFactory(programme=rule.programme)
    sessions = TrainingSessionFactory.create_batch(2, programme=rule.programme)
    for session in sessions:
        AttendanceFactory(session=session, registration=registration)
    ResponseFactory(survey=SurveyFactory(programme=rule.programme), registration=registration)
    response = look(registration, sessions[-1].ends_at)
    assert next_of(response) == "Your certificate is on its way"
    assert steps_of(response) == ["done", "done", "done", "current"]


def test_personal_page_is_not_cached_indexed_or_passed_on(look):
    response = look(RegistrationFactory())
    assert response["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert response["Referrer-Policy"] == "same-origin"


def test_a_tampered_link_is_answered_with_what_to_do(client):
    response = client.get(reverse("personal_page", args=["x" * 32]))
    assert response.status_code == 404
    assert "ask for a new one on the programme’s page" in text_of(response)


def test_personal_page_escapes_the_name(look):
    hostile = RegistrationFactory(printed_name="<script>alert(1)</script>")
    assert "<script>alert" not in look(hostile).content.decode()


def test_personal_page_takes_as_many_queries_for_three_sessions_as_for_one(look, django_assert_num_queries):
    for number in (1, 3):
        rule = CompletionRuleFactory(programme=ProgrammeFactory())
        registration = RegistrationFactory(programme=rule.programme)
        for session in TrainingSessionFactory.create_batch(number, programme=rule.programme):
            AttendanceFactory(session=session, registration=registration)
        with django_assert_num_queries(14):
            look(registration)


def test_nobody_is_offered_to_withdraw_after_the_last_day(look):
    registration = RegistrationFactory()
    way = reverse("registrations:withdraw", args=[registration.link_token])
    pages = [look(registration, at=NOW + dt.timedelta(days=days)).content.decode() for days in (0, 30)]

    assert [way in page for page in pages] == [True, False]


@pytest.mark.parametrize(
    ("error", "sentence"),
    [("", "Its PDF is being made"), ("no font has “힣”", "Its PDF could not be made; the organisers must see to it.")],
)
def test_a_certificate_without_its_pdf_is_recorded_and_can_be_verified(look, error, sentence):
    registration = RegistrationFactory()
    TrainingSessionFactory(programme=registration.programme)
    certificate = CertificateFactory(
        registration=registration, rule__programme=registration.programme, render_error=error
    )

    page = look(registration)

    assert next_of(page) == "Your certificate is recorded"
    assert sentence in text_of(page)
    assert certificate.serial in text_of(page)
    assert reverse("certificates:verify", args=[certificate.code]) in page.content.decode()


def test_the_size_of_the_certificate_stands_beside_its_downloads(look):
    registration = RegistrationFactory()
    certificate = CertificateFactory(registration=registration, rule__programme=registration.programme)
    CertificateFile.objects.create(certificate=certificate, content=b"%PDF-" * 9000, sha256="0" * 64, rendered_at=NOW)

    page = look(registration)

    assert next_of(page) == "Your certificate is ready"
    assert page.content.decode().count("(<bdi>43.9\xa0KB</bdi>)") == 2


ASKS = "The organisers ask you"


def test_a_survey_before_the_training_waits_for_answers_on_the_page(look):
    person = RegistrationFactory()
    before = SurveyFactory(programme=person.programme, kind="pre_training")
    assert ASKS in text_of(look(person))
    ResponseFactory(survey=before, registration=person)
    assert ASKS not in text_of(look(person))


def test_a_pulse_is_offered_to_who_came_to_the_session(look):
    session = TrainingSessionFactory()
    came, absent = RegistrationFactory.create_batch(2, programme=session.programme)
    AttendanceFactory(registration=came, session=session, seconds=60)
    SurveyFactory(programme=session.programme, kind="session_pulse", session=session)
    assert [ASKS in text_of(look(person)) for person in (came, absent)] == [True, False]
