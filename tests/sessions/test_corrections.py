"""Requests for correction: asked once, answered once, with a mail each."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from registrations.models import Mail, Programme
from sessions import actions
from sessions.errors import Refused
from sessions.models import Attendance, AttendanceEvent, CorrectionRequest
from tests.check_in_factories import CorrectionRequestFactory
from tests.registrations_factories import RegistrationFactory, TeamMemberFactory, UserFactory
from tests.sessions_factories import AttendanceFactory, TrainingSessionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def session():
    return TrainingSessionFactory(theme="Trade")


@pytest.fixture
def person(session):
    return RegistrationFactory(programme=session.programme)


def ask(person, session, now=None, sentence="I was there."):
    return actions.ask_for_correction(person, session, sentence=sentence, now=now or session.ends_at)


def counted(person, session):
    return Attendance.objects.presences(session.programme).get(person.pk, {}).get(session.pk)


def mails(kind):
    return list(Mail.objects.filter(kind=kind).order_by("pk").values_list("to", flat=True))


def test_request_is_kept_on_one_line(person, session):
    request = ask(person, session, sentence="  I joined\r\nfrom a colleague’s  computer. ")
    assert (request.sentence, request.status, request.asked_at) == (
        "I joined from a colleague’s computer.",
        CorrectionRequest.Status.OPEN,
        session.ends_at,
    )


@pytest.mark.parametrize(
    ("days", "sentence"),
    [(-1, "has not begun"), (0, None), (20, None), (21, "Corrections could be asked for until 7 April 2026")],
)
def test_requests_are_taken_from_the_start_until_two_weeks_after_the_programme(person, session, days, sentence):
    now = session.starts_at + dt.timedelta(days=days)
    if sentence is None:
        ask(person, session, now)
    else:
        with pytest.raises(Refused, match=sentence):
            ask(person, session, now)
    assert CorrectionRequest.objects.count() == (sentence is None)


@pytest.mark.parametrize("trait", ["pending", "waiting", "withdrawn"])
def test_only_those_with_a_seat_ask(session, trait):
    with pytest.raises(Refused, match="Only those who have a seat"):
        ask(RegistrationFactory(programme=session.programme, **{trait: True}), session)


def test_nobody_asks_about_another_programme(session):
    with pytest.raises(Refused, match="Only those who have a seat"):
        ask(RegistrationFactory(), session)


def test_request_without_words_is_refused(person, session):
    with pytest.raises(Refused, match="Say in a sentence"):
        ask(person, session, sentence=" \n ")


def test_one_request_waits_per_session_and_another_may_follow(person, session):
    first = ask(person, session)
    with pytest.raises(Refused, match="waits for its answer already"):
        ask(person, session)
    actions.withdraw_correction(first, now=session.ends_at)
    actions.withdraw_correction(first, now=session.ends_at)
    second = ask(person, session)
    assert [first.status, second.status] == [CorrectionRequest.Status.WITHDRAWN, CorrectionRequest.Status.OPEN]


def test_granted_minutes_prevail_over_the_file_and_the_participant_is_told(person, session):
    AttendanceFactory(session=session, registration=person, seconds=60)
    organiser = UserFactory()
    request = ask(person, session)
    actions.grant_correction(request, minutes=115, answer="We saw you.", by=organiser, now=session.ends_at)
    mail = Mail.objects.get(kind="correction_answered")
    assert (request.status, request.answered_by, request.minutes) == (CorrectionRequest.Status.GRANTED, organiser, 115)
    assert (counted(person, session).source, counted(person, session).minutes) == ("correction", 115)
    assert (mail.to, mail.registration, "115 minutes" in mail.body, "We saw you." in mail.body) == (
        person.email,
        person,
        True,
        True,
    )


def test_declined_request_leaves_the_minutes_and_says_why(person, session):
    AttendanceFactory(session=session, registration=person, seconds=60)
    request = ask(person, session)
    with pytest.raises(Refused, match="Say in a sentence why"):
        actions.decline_correction(request, answer=" ", now=session.ends_at)
    actions.decline_correction(request, answer="Nobody saw you.", now=session.ends_at)
    mail = Mail.objects.get(kind="correction_answered")
    assert (request.status, counted(person, session).source) == (CorrectionRequest.Status.DECLINED, "file")
    assert list(AttendanceEvent.objects.values_list("kind", "registration")) == [("declined", person.pk)]
    assert ("Nobody saw you." in mail.body, "minutes are recorded" in mail.body) == (True, False)


def test_more_minutes_than_the_session_has_are_not_granted(person, session):
    request = ask(person, session)
    with pytest.raises(Refused, match="between 0 and 120 minutes"):
        actions.grant_correction(request, minutes=121, now=session.ends_at)
    request.refresh_from_db()
    assert (request.is_open, counted(person, session)) == (True, None)


def test_first_answer_stands(person, session):
    request = ask(person, session)
    stale = CorrectionRequest.objects.select_related("session", "registration__programme").get()
    actions.grant_correction(request, minutes=100, now=session.ends_at)
    with pytest.raises(Refused, match="was answered already"):
        actions.decline_correction(stale, answer="No.", now=session.ends_at)
    with pytest.raises(Refused, match="was answered already"):
        actions.grant_correction(stale, minutes=5, now=session.ends_at)
    with pytest.raises(Refused, match="have answered"):
        actions.withdraw_correction(stale, now=session.ends_at)
    assert (counted(person, session).minutes, mails("correction_answered")) == (100, [person.email])


def test_request_that_was_taken_back_is_not_answered(person, session):
    request = ask(person, session)
    actions.withdraw_correction(request, now=session.ends_at)
    with pytest.raises(Refused, match="has taken this request back"):
        actions.grant_correction(request, minutes=5, now=session.ends_at)
    assert (mails("correction_answered"), counted(person, session)) == ([], None)


# The team is told -------------------------------------------------------------------------------------------------


def test_organisers_get_one_mail_while_the_oldest_request_waits(session):
    programme = session.programme
    organisers = TeamMemberFactory.create_batch(2, programme=programme)
    TeamMemberFactory(programme=programme, role="analyst")
    TeamMemberFactory(programme=programme, user=UserFactory(email=""))
    TeamMemberFactory(programme=programme, user=UserFactory(is_active=False))
    people = RegistrationFactory.create_batch(4, programme=programme)
    first, _second = (ask(one, session) for one in people[:2])
    assert mails("corrections_wait") == [one.user.email for one in organisers]
    actions.grant_correction(first, minutes=1, now=session.ends_at)
    ask(people[2], session)
    ask(people[3], session)
    assert mails("corrections_wait") == [one.user.email for one in organisers] * 2
    mail = Mail.objects.filter(kind="corrections_wait").first()
    address = reverse("admin:training_sessions_corrections", args=[programme.pk])
    assert (mail.registration, mail.programme, address in mail.body) == (None, programme, True)
    assert [word for one in people for word in (one.printed_name, one.email) if word in mail.body] == []


def test_contact_is_told_where_no_organiser_has_an_address(person, session):
    Programme.objects.update(contact_email="contact@example.org")
    ask(person, session)
    assert mails("corrections_wait") == ["contact@example.org"]


def test_request_without_anybody_to_tell_waits_in_the_queue(person, session):
    ask(person, session)
    assert (mails("corrections_wait"), CorrectionRequest.objects.open().count()) == ([], 1)


def test_organisers_mail_speaks_the_first_language_of_teaching(person, session):
    session.programme.teaching_languages = ["fr", "en"]
    session.programme.save()
    TeamMemberFactory(programme=session.programme)
    ask(person, session)
    assert Mail.objects.get().language == "fr"


# Constraints ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "changes",
    [
        {"minutes": 5},
        {"answered_at": dt.datetime(2026, 4, 1, tzinfo=dt.UTC)},
        {"answered_at": dt.datetime(2020, 4, 1, tzinfo=dt.UTC), "minutes": 5},
        {"withdrawn_at": dt.datetime(2020, 4, 1, tzinfo=dt.UTC)},
        {
            "answered_at": dt.datetime(2026, 4, 1, tzinfo=dt.UTC),
            "minutes": 5,
            "withdrawn_at": dt.datetime(2026, 4, 1, tzinfo=dt.UTC),
        },
    ],
    ids=["granted without answer", "declined without words", "answered before", "withdrawn before", "both"],
)
def test_database_keeps_requests_sound(changes):
    request = CorrectionRequestFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        CorrectionRequest.objects.filter(pk=request.pk).update(**changes)
