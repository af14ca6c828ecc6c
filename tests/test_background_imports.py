"""A file of attendance and a real worker that is killed while it counts people."""

import datetime as dt

import pytest
from django.utils import timezone

from registrations.models import Registration
from sessions.actions import approve_import, read_import
from sessions.models import Attendance, AttendanceImport
from sessions.models.imports import LEASE
from sessions.tasks import carry_on_import
from tests.registrations_factories import RegistrationFactory
from tests.sessions.steps import stay, upload
from tests.sessions_factories import TrainingSessionFactory
from tests.test_background import background, database_url  # noqa: F401  fixtures

PEOPLE = 1100  # in two sessions: six chunks

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("background")]


def approved_import():
    """A file of two sessions that waits to be counted."""
    session = TrainingSessionFactory()
    other = TrainingSessionFactory(programme=session.programme)
    model = RegistrationFactory(programme=session.programme)
    Registration.objects.bulk_create(
        RegistrationFactory.build(
            programme=session.programme, privacy_text=model.privacy_text, email=f"p{number}@example.org"
        )
        for number in range(PEOPLE)
    )
    lines = [stay(each, "x", f"p{number}@example.org") for each in (session, other) for number in range(PEOPLE)]
    now = timezone.now() + dt.timedelta(days=3650)
    return approve_import(read_import(upload(session.programme, *lines, now=now), now=now), now=now)


def counted():
    return Attendance.objects.filter(source="file", seconds=7200).count()


def test_an_import_survives_the_worker_that_counts_it(background):  # noqa: F811
    """Killed between two chunks; another goes on behind the last one, and nobody is counted twice."""
    first = background.start()
    found = approved_import()
    background.ring(found, carry_on_import)
    background.wait_until(Attendance.objects.exists)
    background.kill(first)
    found.refresh_from_db()
    assert (found.state, 0 < counted() < 2 * PEOPLE, counted() == found.people_done) == ("applying", True, True)

    background.empty_broker()
    stopped_at = found.people_done
    AttendanceImport.objects.update(claimed_at=timezone.now() - LEASE - dt.timedelta(seconds=1))
    background.start()
    background.ring(found, carry_on_import)
    background.wait_until(AttendanceImport.objects.filter(applied_at__isnull=False).exists)
    found.refresh_from_db()
    assert (found.state, found.people_done, counted()) == ("applied", 2 * PEOPLE, 2 * PEOPLE)
    assert stopped_at in (500, 1000, 1100, 1600, 2100)  # whole chunks only
