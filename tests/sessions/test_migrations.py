"""The way of the ledger's tables from the earlier ones and back, with rows in them."""

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from tests.registrations_factories import NOW, RegistrationFactory, UserFactory
from tests.sessions_factories import TrainingSessionFactory

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]

BEFORE, AFTER = [("training_sessions", "0001_initial")], [("training_sessions", "0005_ledger_constraints")]


def migrated(target):
    """The models of that state."""
    executor = MigrationExecutor(connection)
    executor.migrate(target)
    return MigrationExecutor(connection).loader.project_state(target).apps


@pytest.fixture
def latest():
    """Everything is as it was after the test."""
    yield
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())


def lines_of(apps):
    rows = apps.get_model("training_sessions", "AttendanceRow").objects.order_by("attendance_import", "line")
    return list(
        rows.values_list(
            "line", "name", "email", "excluded_because", "registration", "match", "assigned_by", "assigned_at"
        )
    )


def test_imports_lines_and_assignments_become_batches_identities_and_decisions_and_come_back(latest):
    if connection.vendor != "postgresql":
        pytest.skip("takes half a minute on SQLite, which copies a table for each change of a column")
    session = TrainingSessionFactory()
    ana, bo = RegistrationFactory.create_batch(2, programme=session.programme)
    user = UserFactory()
    apps = migrated(BEFORE)
    done = apps.get_model("training_sessions", "AttendanceImport").objects.create(
        session_id=session.pk, file_name="a.csv", content=b"a", sha256="a", time_zone="UTC", uploaded_at=NOW,
        applied_at=NOW, rows_total=6, rows_done=6,
    )  # fmt: skip
    rows = [
        (2, "Ana", "ana@example.org", "", ana.pk, "email", None, None),
        (3, "iPhone", "", "", bo.pk, "hand", user.pk, NOW),
        (4, "A stranger", "", "", None, "", None, None),
        (5, "Desk", "", "host", None, "", None, None),
        (6, "Ana", "ana@example.org", "waiting_room", None, "", None, None),
        (7, "Bo", "", "", bo.pk, "name", None, None),
    ]
    names = ["line", "name", "email", "excluded_because", "registration_id", "match", "assigned_by_id", "assigned_at"]
    apps.get_model("training_sessions", "AttendanceRow").objects.bulk_create(
        apps.get_model("training_sessions", "AttendanceRow")(
            attendance_import_id=done.pk, **dict(zip(names, row, strict=True))
        )
        for row in rows
    )
    assert lines_of(apps) == rows

    apps = migrated(AFTER)
    identities = apps.get_model("training_sessions", "AttendanceIdentity").objects.order_by("name")
    assert list(
        identities.values_list("name", "session", "registration", "decision", "because", "decided_by", "decided_at")
    ) == [
        ("A stranger", None, None, "none", "", None, None),
        ("Ana", None, ana.pk, "auto", "email_exact", None, None),
        ("Bo", None, bo.pk, "auto", "name_exact", None, None),
        ("Desk", None, None, "none", "", None, None),
        ("iPhone", session.pk, bo.pk, "none", "", user.pk, NOW),
    ]
    now = apps.get_model("training_sessions", "AttendanceRow").objects.order_by("position")
    assert list(now.values_list("position", "line", "session", "identity__name", "role", "excluded_because")) == [
        (0, 2, session.pk, "Ana", "attendee", ""),
        (1, 3, session.pk, "iPhone", "attendee", ""),
        (2, 4, session.pk, "A stranger", "attendee", ""),
        (3, 5, session.pk, "Desk", "host", ""),
        (4, 6, session.pk, "Ana", "attendee", "in_waiting_room"),
        (5, 7, session.pk, "Bo", "attendee", ""),
    ]
    kept = apps.get_model("training_sessions", "AttendanceImport").objects.get()
    assert (kept.programme_id, kept.read_at, kept.approved_at, kept.undone_at) == (
        session.programme_id, NOW, NOW, None
    )  # fmt: skip
    events = apps.get_model("training_sessions", "AttendanceEvent").objects.order_by("pk")
    assert list(events.values_list("kind", "at")) == [("uploaded", NOW), ("applied", NOW)]

    assert lines_of(migrated(BEFORE)) == rows
