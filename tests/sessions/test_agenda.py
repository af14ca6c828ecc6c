"""Sessions that are moved, cancelled and reminded of."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from registrations.models import Mail, Programme, Registration
from sessions.actions import cancel_session, note_change, remind_of_sessions, tell_of_changes
from sessions.errors import Refused
from sessions.models import SessionChange, TrainingSession
from tests.registrations_factories import NOW, RegistrationFactory
from tests.sessions_factories import AttendanceFactory, TrainingSessionFactory

pytestmark = pytest.mark.django_db
HOUR, MINUTES = dt.timedelta(hours=1), dt.timedelta(minutes=6)


@pytest.fixture
def session():
    return TrainingSessionFactory(starts_at=NOW + 30 * HOUR, ends_at=NOW + 32 * HOUR)


def move(session, hours, *, now=NOW):
    before = TrainingSession.objects.get(pk=session.pk)
    delta = hours * HOUR
    TrainingSession.objects.filter(pk=session.pk).update(
        starts_at=before.starts_at + delta, ends_at=before.ends_at + delta
    )
    return note_change(before, by=None, now=now)


def kinds():
    return list(Mail.objects.order_by("pk").values_list("kind", flat=True))


def test_a_moved_session_gets_a_new_version_and_everybody_a_mail(session):
    RegistrationFactory.create_batch(2, programme=session.programme)
    RegistrationFactory(programme=session.programme, pending=True)
    move(session, 2)
    session.refresh_from_db()
    assert session.sequence == 1
    assert tell_of_changes(now=NOW) == 0
    assert [tell_of_changes(now=NOW + MINUTES), tell_of_changes(now=NOW + MINUTES)] == [2, 0]
    assert kinds() == ["session_changed"] * 2


def test_two_moves_in_a_row_are_told_as_one_and_there_and_back_not_at_all(session):
    RegistrationFactory(programme=session.programme)
    move(session, 2)
    move(session, 1)
    assert tell_of_changes(now=NOW + MINUTES) == 1
    move(session, 5, now=NOW + HOUR)
    move(session, -5, now=NOW + HOUR)
    assert tell_of_changes(now=NOW + 2 * HOUR) == 0
    assert not SessionChange.objects.untold().exists()


def test_a_killed_sweep_writes_to_nobody_twice(session):
    RegistrationFactory(programme=session.programme)
    move(session, 2)
    tell_of_changes(now=NOW + MINUTES)
    SessionChange.objects.update(told_at=None)
    tell_of_changes(now=NOW + MINUTES)
    assert kinds() == ["session_changed"]


def test_a_change_of_words_is_a_version_without_mail(session):
    before = TrainingSession.objects.get(pk=session.pk)
    TrainingSession.objects.filter(pk=session.pk).update(theme="Another theme")
    assert note_change(before, by=None, now=NOW) is None
    session.refresh_from_db()
    assert (session.sequence, SessionChange.objects.count()) == (1, 0)


def test_nothing_changed_is_no_version(session):
    assert note_change(TrainingSession.objects.get(pk=session.pk), by=None, now=NOW) is None
    session.refresh_from_db()
    assert session.sequence == 0


def test_a_cancelled_session_is_told_and_stays_in_calendars_as_cancelled(client, session):
    person = RegistrationFactory(programme=session.programme)
    key = session.pk
    cancel_session(session, by=None, now=NOW)
    assert tell_of_changes(now=NOW + MINUTES) == 1
    assert "will not take place" in Mail.objects.get().body
    calendar = client.get(reverse("training_sessions:own_calendar", args=[person.link_token])).content.decode()
    assert f"UID:session-{key}@" in calendar
    assert "STATUS:CANCELLED" in calendar


def test_a_session_with_attendance_is_not_cancelled(session):
    AttendanceFactory(session=session, registration=RegistrationFactory(programme=session.programme))
    with pytest.raises(Refused, match="Attendance is recorded"):
        cancel_session(session, by=None, now=NOW)


def test_reminders_go_out_a_day_and_an_hour_before_once(session):
    RegistrationFactory(programme=session.programme)
    RegistrationFactory(programme=session.programme, wants_reminders=False)
    start = session.starts_at
    moments = [start - 25 * HOUR, start - 24 * HOUR, start - 23 * HOUR, start - HOUR, start - HOUR / 2, start]
    assert [remind_of_sessions(now=now) for now in moments] == [0, 1, 0, 1, 0, 0]
    assert kinds() == ["session_reminder"] * 2


def test_a_moved_session_is_reminded_of_anew(session):
    RegistrationFactory(programme=session.programme)
    remind_of_sessions(now=session.starts_at - 24 * HOUR)
    move(session, 24)
    assert remind_of_sessions(now=session.starts_at) == 1


def test_very_late_and_unwanted_reminders_are_left_out(session):
    RegistrationFactory(programme=session.programme)
    assert remind_of_sessions(now=session.starts_at - 10 * HOUR) == 0
    Programme.objects.update(reminds_a_day_before=False)
    assert remind_of_sessions(now=session.starts_at - 24 * HOUR) == 0


def test_a_reminder_shows_the_persons_zone_beside_the_programmes(session):
    Programme.objects.update(time_zone="Asia/Bangkok")
    RegistrationFactory(programme=session.programme, country="KE")
    RegistrationFactory(programme=session.programme, country="US", time_zone="America/Denver")
    RegistrationFactory(programme=session.programme, country="US")
    remind_of_sessions(now=session.starts_at - 24 * HOUR)
    places = [
        [place for place in ("Nairobi", "Denver", "UTC", "Bangkok") if place in subject]
        for subject in Mail.objects.order_by("pk").values_list("subject", flat=True)
    ]
    assert places == [["Nairobi", "Bangkok"], ["Denver", "Bangkok"], ["UTC", "Bangkok"]]


@pytest.mark.parametrize("people", [1, 3])
def test_a_reminder_takes_a_constant_number_of_queries(session, people, django_assert_num_queries):
    RegistrationFactory.create_batch(people, programme=session.programme)
    with django_assert_num_queries(11):
        remind_of_sessions(now=session.starts_at - 24 * HOUR)


def edit(session, **changes):
    zone = ZoneInfo(session.programme.time_zone)
    start, end = session.starts_at.astimezone(zone), session.ends_at.astimezone(zone)
    data = {
        "number": session.number,
        "theme": session.theme,
        "starts_at_0": start.date().isoformat(),
        "starts_at_1": start.time().isoformat(),
        "ends_at_0": end.date().isoformat(),
        "ends_at_1": end.time().isoformat(),
        "margin_minutes": 10,
        **{
            f"{prefix}-{name}": 0
            for prefix in ("appearances", "languages", "materials", "audience_figures")
            for name in ("TOTAL_FORMS", "INITIAL_FORMS")
        },
    }
    return {**data, **changes}


def test_moving_a_session_in_the_back_office_is_noted(organiser_client, session):
    Programme.objects.update(start_date="2026-01-01", end_date="2026-12-31")
    session.refresh_from_db()
    client = organiser_client(session.programme)
    page = reverse("admin:training_sessions_trainingsession_change", args=[session.pk])
    earlier = (session.ends_at - HOUR).astimezone(ZoneInfo(session.programme.time_zone))
    response = client.post(page, edit(session, ends_at_1=earlier.time().isoformat()))
    assert response.status_code == 302
    session.refresh_from_db()
    assert session.sequence == 1


def test_a_time_that_the_clocks_skip_is_refused_in_words(organiser_client, session):
    Programme.objects.update(start_date="2026-01-01", end_date="2026-12-31", time_zone="Europe/Geneva")
    Programme.objects.update(time_zone="Europe/Zurich")
    session.refresh_from_db()
    page = reverse("admin:training_sessions_trainingsession_change", args=[session.pk])
    skipped = {"starts_at_0": "2026-03-29", "starts_at_1": "02:30", "ends_at_0": "2026-03-29", "ends_at_1": "04:00"}
    response = organiser_client(session.programme).post(page, edit(session, **skipped))
    assert response.status_code == 200
    assert "2026-03-29 02:30:00" in response.content.decode()


def test_a_person_chooses_a_zone_and_whether_to_be_reminded(client, session):
    person = RegistrationFactory(programme=session.programme)
    page = reverse("registrations:own_zone", args=[person.link_token])
    assert "Mars/Olympus" in client.post(page, {"zone": "Mars/Olympus"}).content.decode()
    client.post(page, {"zone": "Asia/Kolkata"})
    assert Registration.objects.get(pk=person.pk).time_zone == "Asia/Kolkata"
