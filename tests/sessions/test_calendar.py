"""The sessions as calendars read them, checked with the library that many calendars use."""

import datetime as dt

import icalendar
import pytest
from django.urls import reverse

from tests.registrations_factories import NOW, RegistrationFactory
from tests.sessions_factories import TrainingSessionFactory

pytestmark = pytest.mark.django_db


def events(response):
    calendar = icalendar.Calendar.from_ical(response.content)
    return [
        (str(event["summary"]), event.decoded("dtstart"), str(event["status"]), int(event["sequence"]))
        for event in calendar.walk("VEVENT")
    ]


def own(client, person):
    return client.get(reverse("training_sessions:own_calendar", args=[person.link_token]))


def test_own_calendar_holds_the_sessions_in_utc(client):
    session = TrainingSessionFactory(theme="Трансграничная торговля; الجلسة, 电子商务")
    person = RegistrationFactory(programme=session.programme)
    response = own(client, person)
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert events(response) == [(session.theme, session.starts_at, "CONFIRMED", 0)]


def test_who_withdrew_sees_every_session_cancelled(client):
    session = TrainingSessionFactory()
    person = RegistrationFactory(programme=session.programme, withdrawn=True)
    assert events(own(client, person)) == [(session.theme, session.starts_at, "CANCELLED", 1)]


def test_an_old_link_is_answered_in_plain_words(client):
    response = client.get(reverse("training_sessions:own_calendar", args=["x" * 32]))
    assert (response.status_code, response["Content-Type"]) == (404, "text/plain; charset=utf-8")
    assert "no longer valid" in response.content.decode()


def test_the_public_calendar_holds_nobodys_link_and_no_way_to_join(client):
    session = TrainingSessionFactory(join_link="https://meet.example.org/secret")
    person = RegistrationFactory(programme=session.programme)
    response = client.get(reverse("training_sessions:public_calendar", args=[session.programme.slug]))
    assert len(events(response)) == 1
    assert b"secret" not in response.content
    assert person.link_token.encode() not in response.content


def test_a_programme_that_is_not_public_has_no_public_calendar(client):
    session = TrainingSessionFactory(programme__published_at=None)
    page = reverse("training_sessions:public_calendar", args=[session.programme.slug])
    assert client.get(page).status_code == 404


def test_lines_are_folded_and_end_as_the_format_asks(client):
    session = TrainingSessionFactory(theme="电子商务" * 60)
    content = own(client, RegistrationFactory(programme=session.programme)).content
    assert max(map(len, content.split(b"\r\n"))) <= 75
    assert content.endswith(b"END:VCALENDAR\r\n")


@pytest.mark.parametrize("sessions", [1, 3])
def test_a_calendar_takes_three_queries(client, sessions, django_assert_num_queries):
    person = RegistrationFactory()
    for hours in range(sessions):
        TrainingSessionFactory(programme=person.programme, starts_at=NOW + dt.timedelta(hours=hours))
    with django_assert_num_queries(3):
        own(client, person)
