import datetime as dt

import pytest

from sessions.actions import (
    check_in_presence,
    clear_by_hand,
    grant_minutes,
    record_by_hand,
    recount_presence,
)
from sessions.models import Attendance, AttendanceEvent, AttendanceImport, HandEntry, TrainingSession
from sessions.presence import Presence
from tests.registrations_factories import RegistrationFactory, UserFactory
from tests.sessions.steps import LATER, applied, refusal, seconds, stay, upload
from tests.sessions_factories import AFTERWARDS, AttendanceFactory, TrainingSessionFactory

pytestmark = pytest.mark.django_db


def test_record_by_hand_prevails_over_the_file_and_clearing_brings_the_file_back():
    attendance = AttendanceFactory(seconds=7200)
    person, session, user = attendance.registration, attendance.session, UserFactory()
    record_by_hand(person, session, minutes=0, note="Left at once", by=user, now=AFTERWARDS)
    record_by_hand(person, session, minutes=90, note="", by=user, now=LATER)
    presences = Attendance.objects.presences(session.programme)
    assert presences == {person.pk: {session.pk: Presence(5400, "hand")}}
    clear_by_hand(person, session, by=user, now=LATER)
    assert Attendance.objects.presences(session.programme) == {person.pk: {session.pk: Presence(7200, "file")}}
    history = HandEntry.objects.values_list("minutes", "note", "entered_by", "entered_at")
    assert list(history) == [
        (None, "", user.pk, LATER),
        (90, "", user.pk, LATER),
        (0, "Left at once", user.pk, AFTERWARDS),
    ]
    events = AttendanceEvent.objects.order_by("pk").values_list("kind", "registration", "details", "by")
    assert list(events) == [
        ("entered", person.pk, {"minutes": 0}, user.pk),
        ("entered", person.pk, {"minutes": 90}, user.pk),
        ("cleared", person.pk, {}, user.pk),
    ]


def test_a_person_s_later_entry_takes_the_place_of_the_earlier_whether_by_hand_or_as_a_correction():
    attendance = AttendanceFactory(seconds=60)
    person, session = attendance.registration, attendance.session

    def presence():
        return Attendance.objects.presences(session.programme)[person.pk][session.pk]

    record_by_hand(person, session, minutes=10, now=AFTERWARDS)
    grant_minutes(person, session, minutes=20, note="Had the sound only", now=LATER)
    assert presence() == Presence(1200, "correction")
    record_by_hand(person, session, minutes=30, now=LATER)
    assert presence() == Presence(1800, "hand")
    assert list(HandEntry.objects.order_by("pk").values_list("source", "minutes")) == [
        ("hand", 10), ("correction", 20), ("hand", 30)
    ]  # fmt: skip
    grant_minutes(person, session, minutes=20, now=LATER)
    clear_by_hand(person, session, now=LATER)
    assert presence() == Presence(60, "file")


def test_a_check_in_counts_over_a_file_and_under_a_person_s_entry_once():
    attendance = AttendanceFactory(seconds=60)
    person, session = attendance.registration, attendance.session
    for seconds_worth in (99_999, 5):
        check_in_presence(person, session, seconds=seconds_worth, now=AFTERWARDS)
    presences = Attendance.objects.presences(session.programme)
    assert presences == {person.pk: {session.pk: Presence(7200, "check_in")}}
    record_by_hand(person, session, minutes=1, now=LATER)
    assert Attendance.objects.presences(session.programme)[person.pk][session.pk] == Presence(60, "hand")


def test_record_by_hand_survives_a_later_import():
    session = TrainingSessionFactory()
    ana = RegistrationFactory(programme=session.programme, email="ana@example.org")
    record_by_hand(ana, session, minutes=30, now=AFTERWARDS)
    applied(session, stay(session, "Ana", "ana@example.org"))
    assert Attendance.objects.presences(session.programme) == {ana.pk: {session.pk: Presence(1800, "hand")}}


@pytest.mark.parametrize("minutes", [-1, 121])
def test_record_by_hand_refuses_more_than_the_session(minutes):
    session = TrainingSessionFactory()
    person = RegistrationFactory(programme=session.programme)
    assert refusal(record_by_hand, person, session, minutes=minutes, now=AFTERWARDS) == (
        "Give between 0 and 120 minutes: the session is no longer than that."
    )
    assert HandEntry.objects.count() == 0


def test_record_by_hand_refuses_a_person_of_another_programme():
    assert refusal(record_by_hand, RegistrationFactory(), TrainingSessionFactory(), minutes=1, now=AFTERWARDS) == (
        "This person is not registered for the programme of this session."
    )


def test_clear_by_hand_without_an_entry_leaves_no_trace():
    attendance = AttendanceFactory()
    clear_by_hand(attendance.registration, attendance.session, now=AFTERWARDS)
    tables = Attendance, HandEntry, AttendanceEvent
    assert [table.objects.count() for table in tables] == [1, 0, 0]


def test_recount_presence_follows_a_change_of_the_times_of_the_session():
    session = TrainingSessionFactory(margin_minutes=0)
    ana = RegistrationFactory(programme=session.programme, email="ana@example.org")
    late = [stay(session, "Ana", "ana@example.org", 9000, 9600), stay(session, "Ana", "ana@example.org", 0, 7200)]
    done = applied(session, *late)
    assert list(done.rows.values_list("session", flat=True)) == [None, session.pk]
    TrainingSession.objects.filter(pk=session.pk).update(ends_at=session.starts_at + dt.timedelta(hours=1))
    session.refresh_from_db()
    recount_presence(session, now=LATER)
    assert seconds(session) == {ana.pk: 3600}
    TrainingSession.objects.filter(pk=session.pk).update(ends_at=session.starts_at + dt.timedelta(hours=3))
    session.refresh_from_db()
    recount_presence(session, now=LATER)
    assert seconds(session) == {ana.pk: 7800}  # the line that was in no session has found its place


def test_recount_presence_takes_away_what_no_row_says():
    evidence = AttendanceFactory(seconds=60)
    recount_presence(evidence.session, now=LATER)
    assert Attendance.objects.count() == 0


@pytest.mark.parametrize("count", [1, 3])
def test_presences_takes_one_query(count, django_assert_num_queries):
    session = TrainingSessionFactory()
    people = [AttendanceFactory(session=session, seconds=60).registration for _number in range(count)]
    with django_assert_num_queries(1):
        presences = Attendance.objects.presences(session.programme)
    assert presences == {person.pk: {session.pk: Presence(60, "file")} for person in people}


def test_presences_of_one_person_leave_out_others_and_other_programmes():
    mine, _other, _elsewhere = AttendanceFactory(), AttendanceFactory(), AttendanceFactory()
    session = mine.session
    AttendanceFactory(session=session)
    assert Attendance.objects.presences(session.programme, mine.registration) == {
        mine.registration_id: {session.pk: Presence(7200, "file")}
    }
    assert Attendance.objects.presences(session.programme, RegistrationFactory()) == {}


def test_nothing_is_recorded_before_the_session_begins():
    session = TrainingSessionFactory()
    person = RegistrationFactory(programme=session.programme, email="ana@example.org")
    before, line = session.starts_at - dt.timedelta(seconds=1), stay(session, "Ana", "ana@example.org")
    sentence = "This session has not begun: its attendance can be recorded once it has."
    assert refusal(record_by_hand, person, session, minutes=5, now=before) == sentence
    assert refusal(upload, session, line, now=before) == sentence
    assert (AttendanceImport.objects.count(), Attendance.objects.count()) == (0, 0)
    record_by_hand(person, session, minutes=5, now=session.starts_at)
    assert Attendance.objects.get().seconds == 300
