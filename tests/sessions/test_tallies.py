"""Who was present and what became of the lines of files: the same figures, counted for the page or kept."""

import pytest

from registrations.models import KeptFigures
from sessions.file_counts import NAMES, with_counts
from sessions.models import AttendanceImport
from sessions.tallies import presences
from sessions.tasks import count_attendance
from tests.registrations_factories import NOW, RegistrationFactory, large
from tests.sessions_factories import (
    AttendanceFactory,
    AttendanceIdentityFactory,
    AttendanceImportFactory,
    AttendanceRowFactory,
    TrainingSessionFactory,
)

pytestmark = pytest.mark.django_db
FOUND = [1, 1, 0, 1, 1, 0]


def test_kept_presences_are_those_that_are_counted():
    session = TrainingSessionFactory()
    for seconds in (0, 60, 60):
        AttendanceFactory(session=session, seconds=seconds)
    AttendanceFactory(session=session, registration=RegistrationFactory(programme=session.programme, withdrawn=True))
    live, first = presences(session.programme, now=NOW), presences(large(session.programme), now=NOW)
    count_attendance(session.programme_id)
    kept = presences(large(session.programme), now=NOW)
    assert live.of(session.pk) == kept.of(session.pk) == {0: 1, 60: 2}
    assert (live.present(session.pk), first) == (2, None)


def counts(programme):
    files = AttendanceImport.objects.filter(programme=programme).order_by("pk")
    return [[getattr(file, name) for name in NAMES] for file in with_counts(files, programme, now=NOW)]


def test_lines_of_files_are_counted_and_kept_and_new_files_are_counted_for_the_page():
    session = TrainingSessionFactory()
    file = AttendanceImportFactory(session=session, applied=True)
    AttendanceRowFactory(attendance_import=file, registration=AttendanceFactory(session=session).registration)
    unknown = AttendanceIdentityFactory(programme=session.programme)
    AttendanceRowFactory(attendance_import=file, identity=unknown)
    AttendanceRowFactory(attendance_import=file, identity=unknown, role="host")
    AttendanceRowFactory(attendance_import=file, identity=unknown, excluded_because="no_times")
    live, first = counts(session.programme), counts(large(session.programme))
    count_attendance(session.programme_id)
    assert (live, first, counts(large(session.programme))) == ([FOUND], [[None] * 6], [FOUND])
    AttendanceRowFactory(attendance_import=AttendanceImportFactory(session=session, applied=True), identity=unknown)
    AttendanceRowFactory(attendance_import=file, identity=unknown)
    assert counts(large(session.programme)) == [FOUND, [0, 1, 0, 0, 0, 0]]
    KeptFigures.objects.update(counted_at=NOW)
    count_attendance(session.programme_id)
    assert counts(large(session.programme))[0] == [1, 2, 0, 1, 1, 0]
