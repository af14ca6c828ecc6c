"""The agenda by day."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from registrations.two_zones import TwoZones
from reports.agenda import agenda_days
from sessions.models import Appearance, TrainingSession
from tests.registrations_factories import ProgrammeFactory
from tests.sessions_factories import AppearanceFactory, TrainingSessionFactory

pytestmark = pytest.mark.django_db

UTC = ZoneInfo("UTC")


def days_of(programme):
    sessions = TrainingSession.objects.for_programme(programme).with_speakers()
    return agenda_days(sessions, TwoZones(programme.zone, UTC, is_chosen=False))


def a_session(programme, day, hour):
    start = dt.datetime(2026, 3, day, hour, tzinfo=dt.UTC)
    return TrainingSessionFactory(programme=programme, starts_at=start, ends_at=start + dt.timedelta(hours=1))


def test_agenda_days_are_those_of_the_programmes_calendar():
    programme = ProgrammeFactory(time_zone="Asia/Shanghai")
    a_session(programme, 10, 17)  # after midnight in Shanghai
    a_session(programme, 10, 12)
    a_session(programme, 11, 2)
    found = [(day.date.day, [item.session.number for item in day.items]) for day in days_of(programme)]
    assert found == [(10, [2]), (11, [1, 3])]


def test_agenda_groups_people_by_what_they_do_in_the_order_of_the_session():
    session = TrainingSessionFactory()
    roles = [Appearance.Role.OPENING, Appearance.Role.SPEAKER, Appearance.Role.SPEAKER, Appearance.Role.CLOSING]
    for position, role in enumerate(roles):
        AppearanceFactory(session=session, role=role, position=position, speaker__name=f"P{position}")
    groups = days_of(session.programme)[0].items[0].groups
    assert [(group.label, [one.speaker.name for one in group.appearances]) for group in groups] == [
        ("Opening remarks", ["P0"]),
        ("Speakers", ["P1", "P2"]),
        ("Closing remarks", ["P3"]),
    ]


def test_agenda_takes_three_queries_whatever_its_size(django_assert_num_queries):
    programme = ProgrammeFactory()
    for _number in range(3):
        AppearanceFactory.create_batch(3, session=TrainingSessionFactory(programme=programme))
    with django_assert_num_queries(3):
        days_of(programme)
