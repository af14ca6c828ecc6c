"""Asking for a correction on one's own pages, and answering from the queue."""

import datetime as dt
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from sessions.models import Attendance, CorrectionRequest
from sessions.queue import entries, open_requests
from tests.check_in_factories import CheckInFactory, CorrectionRequestFactory
from tests.registrations_factories import RegistrationFactory
from tests.sessions_factories import (
    STARTS,
    AttendanceFactory,
    AttendanceIdentityFactory,
    AttendanceRowFactory,
    TrainingSessionFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _after_the_first_session(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: STARTS + dt.timedelta(hours=3))


@pytest.fixture
def session():
    return TrainingSessionFactory()


@pytest.fixture
def person(session):
    return RegistrationFactory(programme=session.programme, printed_name="Wanjirũ Mwangi")


def text_of(response):
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def own(name, person, session):
    return reverse(f"training_sessions:{name}", args=[person.link_token, session.pk])


def queue(session, name="corrections", *args):
    return reverse(f"admin:training_sessions_{name}", args=[session.programme.pk, *args])


def test_participant_asks_reads_it_and_takes_it_back(client, person, session):
    asked = client.post(own("ask_for_correction", person, session), {"sentence": "I was <b>there</b>."}, follow=True)
    assert asked.redirect_chain == [(reverse("my_attendance", args=[person.link_token]), 302)]
    assert "Your request waits for an answer" in text_of(asked)
    assert "I was &lt;b&gt;there&lt;/b&gt;." in asked.content.decode()
    again = client.post(own("ask_for_correction", person, session), {"sentence": "Once more."})
    assert (again.status_code, "waits for its answer already" in text_of(again)) == (422, True)
    back = client.post(own("withdraw_correction", person, session), follow=True)
    client.post(own("withdraw_correction", person, session))
    assert ("You took your request back" in text_of(back), CorrectionRequest.objects.count()) == (True, 1)


def test_session_that_has_not_begun_has_nothing_to_correct(client, person, session):
    ahead = TrainingSessionFactory(programme=person.programme)
    for act in (client.get, client.post):
        answer = act(own("ask_for_correction", person, ahead))
        assert (answer.status_code, "This session has not begun" in text_of(answer)) == (409, True)
    page = client.get(reverse("my_attendance", args=[person.link_token])).content.decode()
    assert [own("ask_for_correction", person, each) in page for each in (session, ahead)] == [True, False]


def test_request_without_words_keeps_the_form(client, person, session):
    answer = client.post(own("ask_for_correction", person, session), {"sentence": " "})
    assert (answer.status_code, "This field is required" in text_of(answer)) == (422, True)


def test_asking_is_throttled_for_the_person(client, person, session):
    answers = [client.post(own("ask_for_correction", person, session), {"sentence": ""}) for _time in range(21)]
    assert [answer.status_code for answer in answers] == [422] * 20 + [429]


def test_queue_shows_the_evidence_beside_the_request(organiser_client, person, session):
    AttendanceFactory(session=session, registration=person, seconds=600)
    AttendanceFactory(session=session, registration=person, seconds=6600, source="check_in")
    CheckInFactory(session=session, registration=person, came_at=session.starts_at + dt.timedelta(minutes=10))
    AttendanceRowFactory(
        attendance_import__session=session,
        identity=AttendanceIdentityFactory(
            programme=session.programme, registration=person, decision="auto", name="W. M."
        ),
    )
    CorrectionRequestFactory(session=session, registration=person, sentence="I shared a screen.")
    page = text_of(organiser_client(session.programme).get(queue(session)))
    assert "1 request waits for an answer." in page
    assert "Wanjirũ Mwangi · Session 1: Theme 1" in page
    assert "self check-in Came at: 18 March 2026, 09:10 Nairobi 06:10 UTC 110" in page
    assert (
        "report of the meeting platform W. M. : 18 March 2026, 09:00 Nairobi 06:00 UTC – 18 March 2026, 11:00" in page
    )
    assert "I shared a screen." in page


def test_organiser_grants(organiser_client, client, person, session):
    request = CorrectionRequestFactory(session=session, registration=person)
    answer = organiser_client(session.programme).post(
        queue(session, "correction_grant", request.pk), {"minutes": "90", "answer": "Seen."}, follow=True
    )
    assert answer.redirect_chain == [(queue(session), 302)]
    assert ("Granted." in text_of(answer), "No request waits" in text_of(answer)) == (True, True)
    own_page = text_of(client.get(reverse("my_attendance", args=[person.link_token])))
    assert "Correction that you asked for: 90 minutes" in own_page
    assert "Your request was granted" in own_page


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("correction_grant", {"minutes": "", "answer": ""}, "Say how many minutes."),
        ("correction_grant", {"minutes": "121", "answer": ""}, "Give between 0 and 120 minutes"),
        ("correction_grant", {"minutes": "-1", "answer": ""}, "greater than or equal to 0"),
        ("correction_decline", {"minutes": "5", "answer": ""}, "Say in a sentence why the minutes stay"),
    ],
)
def test_answer_that_says_too_little_keeps_the_queue(organiser_client, person, session, name, data, sentence):
    request = CorrectionRequestFactory(session=session, registration=person)
    answer = organiser_client(session.programme).post(queue(session, name, request.pk), data)
    request.refresh_from_db()
    assert (answer.status_code, sentence in text_of(answer), request.is_open) == (422, True, True)


def test_organiser_declines_whatever_stands_in_the_minutes(organiser_client, person, session):
    request = CorrectionRequestFactory(session=session, registration=person)
    answer = organiser_client(session.programme).post(
        queue(session, "correction_decline", request.pk), {"minutes": "", "answer": "Nobody saw you."}, follow=True
    )
    request.refresh_from_db()
    assert ("Declined." in text_of(answer), request.status) == (True, CorrectionRequest.Status.DECLINED)
    assert Attendance.objects.count() == 0


def test_second_answer_changes_nothing(organiser_client, person, session):
    request, client = (
        CorrectionRequestFactory(session=session, registration=person),
        organiser_client(session.programme),
    )
    client.post(queue(session, "correction_grant", request.pk), {"minutes": "90", "answer": ""})
    second = client.post(queue(session, "correction_decline", request.pk), {"answer": "No."}, follow=True)
    assert "the first answer stands" in text_of(second)
    assert list(Attendance.objects.values_list("source", "seconds")) == [("correction", 5400)]


def test_answers_are_for_the_organisers_of_the_programme(client, organiser_client, analyst_client, person, session):
    request = CorrectionRequestFactory(session=session, registration=person)
    others = [organiser_client(TrainingSessionFactory().programme), analyst_client(session.programme), client]
    for name in ("correction_grant", "correction_decline"):
        found = [one.post(queue(session, name, request.pk), {"minutes": "1", "answer": "x"}) for one in others]
        assert [answer.status_code for answer in found] == [404, 404, 302]
    request.refresh_from_db()
    assert request.is_open is True


def test_request_of_another_programme_is_not_found(organiser_client, session):
    foreign = CorrectionRequestFactory()
    answer = organiser_client(session.programme).post(
        queue(session, "correction_grant", foreign.pk), {"minutes": "1", "answer": ""}
    )
    assert answer.status_code == 404


def test_queue_takes_as_many_queries_for_three_requests_as_for_one(django_assert_num_queries):
    for number in (1, 3):
        session = TrainingSessionFactory()
        for request in CorrectionRequestFactory.create_batch(number, session=session):
            AttendanceFactory(session=session, registration=request.registration)
            CheckInFactory(session=session, registration=request.registration)
        with django_assert_num_queries(4):
            found = entries(list(open_requests(session.programme)))
        assert [(len(entry.evidence), entry.presence.minutes) for entry in found] == [(1, 120)] * number
