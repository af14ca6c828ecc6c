"""Checking in: once per person and session, by those who have a seat, while it is open."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from registrations.models import Mail
from sessions import actions, codes
from sessions.errors import Refused
from sessions.models import Attendance, AttendanceEvent, CheckIn, CheckInDesk
from tests.check_in_factories import CheckInDeskFactory, CheckInFactory
from tests.registrations_factories import RegistrationFactory
from tests.sessions_factories import TrainingSessionFactory

pytestmark = pytest.mark.django_db

MINUTE = dt.timedelta(minutes=1)


@pytest.fixture
def desk():
    return CheckInDeskFactory()


@pytest.fixture
def person(desk):
    return RegistrationFactory(programme=desk.session.programme)


def type_code(person, desk, now, code=None):
    typed = code or codes.short_code(desk.secret, now)
    return actions.check_in_by_code(person, desk.session, typed=typed, now=now)


def minutes_of(person):
    return list(Attendance.objects.filter(registration=person).values_list("source", "seconds"))


@pytest.mark.parametrize(("minutes", "worth"), [(-15, 120), (0, 120), (30, 90), (119, 1)])
def test_typed_code_is_worth_the_minutes_from_its_moment_to_the_end(desk, person, minutes, worth):
    now = desk.session.starts_at + minutes * MINUTE
    found = type_code(person, desk, now)
    assert (found.way, found.came_at, found.confirmed_at) == (CheckIn.Way.TYPED, now, now)
    assert minutes_of(person) == [("check_in", worth * 60)]


def test_checking_in_twice_is_checking_in_once(desk, person):
    starts = desk.session.starts_at
    first, again = type_code(person, desk, starts), type_code(person, desk, starts + 30 * MINUTE)
    assert (again.pk, again.came_at) == (first.pk, starts)
    assert minutes_of(person) == [("check_in", 7200)]


def test_wrong_code_checks_nobody_in(desk, person):
    now = desk.session.starts_at
    old = codes.short_code(desk.secret, now - 2 * MINUTE)
    with pytest.raises(Refused, match="not the code that is shown now"):
        type_code(person, desk, now, old)
    assert (CheckIn.objects.count(), minutes_of(person)) == (0, [])


@pytest.mark.parametrize(
    ("minutes", "sentence"),
    [(-16, "is not open"), (120, "This session is over")],
)
def test_nobody_checks_in_outside_the_window(desk, person, minutes, sentence):
    with pytest.raises(Refused, match=sentence):
        type_code(person, desk, desk.session.starts_at + minutes * MINUTE)


@pytest.mark.parametrize("trait", ["pending", "waiting", "withdrawn"])
def test_only_those_with_a_seat_check_in(desk, trait):
    person = RegistrationFactory(programme=desk.session.programme, **{trait: True})
    with pytest.raises(Refused, match="Only those who have a seat"):
        type_code(person, desk, desk.session.starts_at)


def test_nobody_checks_in_to_another_programme(desk):
    with pytest.raises(Refused, match="Only those who have a seat"):
        type_code(RegistrationFactory(), desk, desk.session.starts_at)


def test_nobody_checks_in_where_no_organiser_opened_or_one_has_closed(desk, person):
    now, other = desk.session.starts_at, TrainingSessionFactory(programme=person.programme)
    with pytest.raises(Refused, match="is not open"):
        actions.check_in_by_code(person, other, typed="000000", now=other.starts_at)
    actions.close_check_in(desk.session, now=now)
    with pytest.raises(Refused, match="is not open"):
        type_code(person, desk, now)


def test_opening_again_changes_the_codes_and_opening_twice_does_not():
    session = TrainingSessionFactory()
    now = session.starts_at
    first = actions.open_check_in(session, now=now)
    twice = actions.open_check_in(session, now=now + MINUTE)
    actions.close_check_in(session, now=now + 2 * MINUTE)
    actions.close_check_in(session, now=now + 3 * MINUTE)
    closed_at = CheckInDesk.objects.get().closed_at
    again = actions.open_check_in(session, now=now + 4 * MINUTE)
    assert (twice.secret, twice.opened_at) == (first.secret, now)
    assert closed_at == now + 2 * MINUTE
    assert (again.pk, again.secret == first.secret, again.closed_at) == (first.pk, False, None)
    events = AttendanceEvent.objects.order_by("pk").values_list("session", "kind", "at")
    assert list(events) == [
        (session.pk, "desk_opened", now),
        (session.pk, "desk_closed", now + 2 * MINUTE),
        (session.pk, "desk_opened", now + 4 * MINUTE),
    ]


def test_check_in_of_a_session_that_is_over_is_not_opened():
    session = TrainingSessionFactory()
    with pytest.raises(Refused, match="This session is over"):
        actions.open_check_in(session, now=session.ends_at)
    assert CheckInDesk.objects.count() == 0


def test_scan_by_a_browser_that_is_known_counts_from_the_scan(desk, person):
    starts = desk.session.starts_at
    actions.check_in_by_scan(person, desk.session, scanned_at=starts + MINUTE, now=starts + 3 * MINUTE)
    assert minutes_of(person) == [("check_in", 119 * 60)]


# By mail ----------------------------------------------------------------------------------------------------------


def claim(desk, email, minutes=10):
    now = desk.session.starts_at + minutes * MINUTE
    actions.claim_check_in(desk.session, email, scanned_at=now, now=now)


def test_scan_by_an_unknown_browser_waits_for_the_button_on_the_own_page(desk, person):
    claim(desk, person.email)
    claim(desk, person.email, minutes=20)
    mail = Mail.objects.get()
    assert (mail.to, mail.kind, mail.registration, "{personal_link}" in mail.body) == (
        person.email,
        "check_in",
        person,
        True,
    )
    assert ("18 March 2026, 09:10 Nairobi = 18 March 2026, 06:10 UTC" in mail.body, minutes_of(person)) == (True, [])

    actions.confirm_check_in(person, desk.session, now=desk.session.starts_at + 40 * MINUTE)
    actions.confirm_check_in(person, desk.session, now=desk.session.starts_at + 50 * MINUTE)
    assert minutes_of(person) == [("check_in", 110 * 60)]


def test_code_typed_after_a_scan_confirms_it_with_the_moment_of_the_scan(desk, person):
    claim(desk, person.email)
    type_code(person, desk, desk.session.starts_at + 30 * MINUTE)
    assert minutes_of(person) == [("check_in", 110 * 60)]


def test_scan_is_confirmed_after_the_check_in_was_closed_but_not_after_the_session(desk, person):
    claim(desk, person.email)
    late = RegistrationFactory(programme=person.programme)
    claim(desk, late.email)
    actions.close_check_in(desk.session, now=desk.session.starts_at + 15 * MINUTE)
    actions.confirm_check_in(person, desk.session, now=desk.session.starts_at + 20 * MINUTE)
    with pytest.raises(Refused, match="This session is over"):
        actions.confirm_check_in(late, desk.session, now=desk.session.ends_at)
    assert (minutes_of(person), minutes_of(late)) == ([("check_in", 110 * 60)], [])


def test_nothing_is_confirmed_where_nothing_was_scanned(desk, person):
    with pytest.raises(Refused, match="No scan is waiting"):
        actions.confirm_check_in(person, desk.session, now=desk.session.starts_at)


@pytest.mark.parametrize("trait", [None, "pending", "waiting", "withdrawn"])
def test_address_without_a_seat_gets_no_mail_and_the_same_answer(desk, trait):
    email = RegistrationFactory(programme=desk.session.programme, **{trait: True}).email if trait else "no@one.example"
    claim(desk, email)
    assert (Mail.objects.count(), CheckIn.objects.count()) == (0, 0)


# Afterwards -------------------------------------------------------------------------------------------------------


def test_other_times_of_the_session_give_other_minutes(desk):
    session = desk.session
    early, late, scanned = RegistrationFactory.create_batch(3, programme=session.programme)
    type_code(early, desk, session.starts_at)
    type_code(late, desk, session.starts_at + 60 * MINUTE)
    claim(desk, scanned.email)
    session.starts_at += 30 * MINUTE
    session.ends_at += 60 * MINUTE
    session.save()
    for _twice in range(2):
        actions.recount_check_ins(session, now=session.ends_at)
    assert [minutes_of(person) for person in (early, late, scanned)] == [
        [("check_in", 150 * 60)],
        [("check_in", 120 * 60)],
        [],
    ]


def test_what_an_organiser_enters_prevails_over_a_check_in(desk, person):
    session = desk.session
    type_code(person, desk, session.starts_at)
    actions.record_by_hand(person, session, minutes=20, now=session.ends_at)
    presence = Attendance.objects.presences(session.programme)[person.pk][session.pk]
    assert (presence.source, presence.minutes) == ("hand", 20)


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({}, "check_in_once_per_session"),
        ({"confirmed_at": dt.datetime(2020, 1, 1, tzinfo=dt.UTC)}, "check_in_confirmed_after_coming"),
    ],
)
def test_database_keeps_check_ins_sound(changes, constraint):
    first = CheckInFactory()
    registration = RegistrationFactory(programme=first.session.programme) if changes else first.registration
    with pytest.raises(IntegrityError), transaction.atomic():
        CheckInFactory(session=first.session, registration=registration, **changes)
    assert {each.name for each in CheckIn._meta.constraints} >= {constraint}


def test_desk_closes_after_it_was_opened(desk):
    with pytest.raises(IntegrityError), transaction.atomic():
        CheckInDesk.objects.update(closed_at=desk.opened_at - MINUTE)
