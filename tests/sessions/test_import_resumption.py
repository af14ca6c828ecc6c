"""Workers that are killed in the middle of an import, and workers that meet."""

import pytest
from django.db import connection

from sessions.actions import apply_import, carry_on, read_import
from sessions.models import AttendanceImport
from tests.registrations_factories import RegistrationFactory
from tests.sessions.steps import LATER, clock, previewed, seconds, stay, upload
from tests.sessions_factories import TrainingSessionFactory

pytestmark = pytest.mark.django_db

# Statements in which 500 lines are inserted: SQLite takes 999 values in one, 12 a line.
ROWS_INSERTS = 1 if connection.vendor == "postgresql" else 7


class Killed(Exception):
    """The worker is gone."""


def killed_at(start, number):
    """A database that fails at the n-th statement that begins so."""
    seen = 0

    def execute(run, sql, params, many, context):
        nonlocal seen
        seen += sql.startswith(start)
        if sql.startswith(start) and seen == number:
            raise Killed
        return run(sql, params, many, context)

    return connection.execute_wrapper(execute)


def test_reading_goes_on_where_a_killed_worker_stopped():
    session = TrainingSessionFactory()
    RegistrationFactory(programme=session.programme, email="ana@example.org")
    lines = [stay(session, "Ana", "ana@example.org", begins, begins + 1) for begins in range(1100)]
    waiting = upload(session, *lines)
    rows = 'INSERT INTO "training_sessions_attendancerow"'
    with killed_at(rows, ROWS_INSERTS + 1), pytest.raises(Killed):
        read_import(waiting, now=LATER, clock=clock(0))
    waiting.refresh_from_db()
    assert (waiting.state, waiting.rows_done, waiting.rows.count()) == ("reading", 500, 500)
    assert read_import(waiting, now=LATER, clock=clock(60)).rows_done == 500  # the killed worker's claim holds so long
    assert read_import(waiting, now=LATER, clock=clock(121)).state == "previewed"
    assert list(waiting.rows.values_list("position", flat=True)) == list(range(1100))


def test_counting_goes_on_where_a_killed_worker_stopped():
    session = TrainingSessionFactory()
    other = TrainingSessionFactory(programme=session.programme)
    people = [RegistrationFactory(programme=session.programme, email=f"p{n}@example.org") for n in range(3)]
    lines = [stay(each, "x", person.email) for each in (session, other) for person in people]
    waiting = previewed(session.programme, *lines)
    with killed_at('INSERT INTO "training_sessions_attendance"', 2), pytest.raises(Killed):
        apply_import(waiting, now=LATER, clock=clock(0))
    waiting.refresh_from_db()
    assert (waiting.state, waiting.people_done, waiting.people_total) == ("applying", 3, 6)
    assert waiting.counted_to == [session.pk, people[2].pk]
    assert [len(seconds(each)) for each in (session, other)] == [3, 0]
    with killed_at('INSERT INTO "training_sessions_attendance"', 2):  # one is enough for the rest
        done = carry_on(waiting, now=LATER, clock=clock(121))
    assert (done.state, done.people_done) == ("applied", 6)
    assert [len(seconds(each)) for each in (session, other)] == [3, 3]


def test_reading_stops_where_another_worker_took_over():
    session = TrainingSessionFactory()
    waiting = upload(session, *[stay(session, f"Person {number}") for number in range(600)])
    taken = []

    def take_over(run, sql, params, many, context):
        if sql.startswith('INSERT INTO "training_sessions_attendancerow"') and not taken:
            taken.append(True)
            AttendanceImport.objects.filter(pk=waiting.pk).update(claimed_at=clock(180)())
        return run(sql, params, many, context)

    with connection.execute_wrapper(take_over):
        read_import(waiting, now=LATER, clock=clock(0))
    waiting.refresh_from_db()
    assert (waiting.state, waiting.rows_done) == ("reading", 500)
    read_import(waiting, now=LATER, clock=clock(360))
    assert waiting.rows.count() == 600
