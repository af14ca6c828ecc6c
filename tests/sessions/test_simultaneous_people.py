"""Many at once, on PostgreSQL, where they truly run at once: check-ins, requests, answers."""

import pytest

from registrations.models import Mail
from sessions import actions, codes
from sessions.errors import Refused
from sessions.models import Attendance, CheckIn, CorrectionRequest
from tests.certificates.test_simultaneous import at_once
from tests.check_in_factories import CheckInDeskFactory, CorrectionRequestFactory
from tests.registrations_factories import RegistrationFactory
from tests.sessions_factories import TrainingSessionFactory

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def quietly(act, refusals):
    """`act`, whose refusal is noted instead of raised."""

    def job():
        try:
            act()
        except Refused as refusal:
            refusals.append(str(refusal))

    return job


def test_ten_presses_of_the_button_check_in_once():
    desk = CheckInDeskFactory()
    session, now = desk.session, desk.session.starts_at
    person = RegistrationFactory(programme=session.programme)
    code = codes.short_code(desk.secret, now)
    at_once(*[lambda: actions.check_in_by_code(person, session, typed=code, now=now)] * 10)
    assert (CheckIn.objects.count(), list(Attendance.objects.values_list("source", "seconds"))) == (
        1,
        [("check_in", 7200)],
    )


def test_ten_scans_of_one_address_send_one_mail():
    desk = CheckInDeskFactory()
    session, now = desk.session, desk.session.starts_at
    person = RegistrationFactory(programme=session.programme)
    at_once(*[lambda: actions.claim_check_in(session, person.email, scanned_at=now, now=now)] * 10)
    assert (CheckIn.objects.count(), Mail.objects.count()) == (1, 1)


def test_one_of_five_requests_sent_at_once_is_kept():
    session, refusals = TrainingSessionFactory(), []
    person = RegistrationFactory(programme=session.programme)
    ask = quietly(
        lambda: actions.ask_for_correction(person, session, sentence="I was there.", now=session.ends_at), refusals
    )
    at_once(*[ask] * 5)
    assert (CorrectionRequest.objects.count(), len(refusals)) == (1, 4)


def test_one_of_two_organisers_answers():
    request, refusals = CorrectionRequestFactory(), []
    now = request.session.ends_at

    def fresh():
        return CorrectionRequest.objects.select_related("session__programme", "registration__programme").get()

    at_once(
        quietly(lambda: actions.grant_correction(fresh(), minutes=90, now=now), refusals),
        quietly(lambda: actions.decline_correction(fresh(), answer="No.", now=now), refusals),
    )
    granted = fresh().minutes is not None
    assert (len(refusals), Mail.objects.filter(kind="correction_answered").count()) == (1, 1)
    assert Attendance.objects.count() == granted
