import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from sessions.models import Attendance
from tests.registrations_factories import NOW, RegistrationFactory
from tests.sessions_factories import (
    AppearanceFactory,
    AttendanceFactory,
    AttendanceImportFactory,
    AttendanceRowFactory,
    AudienceFigureFactory,
    SpeakerFactory,
    TrainingSessionFactory,
)

pytestmark = pytest.mark.django_db


def violates(name, build):
    """Neither form nor database takes it."""
    with pytest.raises(ValidationError):
        build("build").validate_constraints()
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        build("create")
    return name in str(error.value) or "UNIQUE constraint failed" in str(error.value)


def test_session_number_once_per_programme():
    session = TrainingSessionFactory()

    def again(how):
        return getattr(TrainingSessionFactory, how)(programme=session.programme, number=session.number)

    assert violates("session_number_once_per_programme", again)


def test_session_ends_after_its_start():
    programme = TrainingSessionFactory().programme

    def endless(how):
        return getattr(TrainingSessionFactory, how)(programme=programme, number=7, starts_at=NOW, ends_at=NOW)

    assert violates("session_ends_after_its_start", endless)


def test_appearance_once_per_role():
    known = AppearanceFactory()

    def again(how):
        return getattr(AppearanceFactory, how)(session=known.session, speaker=known.speaker, role=known.role)

    assert violates("appearance_once_per_role", again)
    AppearanceFactory(session=known.session, speaker=known.speaker, role="closing")


def test_audience_figure_once_per_channel():
    known = AudienceFigureFactory()

    def again(how):
        return getattr(AudienceFigureFactory, how)(session=known.session, kind=known.kind, channel=known.channel)

    assert violates("audience_figure_once_per_channel", again)


def test_attendance_once_per_source():
    known = AttendanceFactory()

    def again(how):
        return getattr(AttendanceFactory, how)(session=known.session, registration=known.registration)

    assert violates("attendance_once_per_source", again)
    AttendanceFactory(session=known.session, registration=known.registration, source="hand")


def test_attendance_import_once_per_file():
    known = AttendanceImportFactory()

    def again(how):
        return getattr(AttendanceImportFactory, how)(session=known.session, content=known.content)

    assert violates("attendance_import_once_per_file", again)


def test_attendance_import_applied_or_refused():
    session = TrainingSessionFactory()

    def both(how):
        return getattr(AttendanceImportFactory, how)(session=session, applied_at=NOW, refused_at=NOW)

    assert violates("attendance_import_applied_or_refused", both)


@pytest.mark.parametrize(
    "constraint, values",
    [
        ("attendance_row_match_has_a_reason", {"match": "name"}),
        ("attendance_row_match_has_a_reason", {"registration": True}),
        ("attendance_row_excluded_or_matched", {"registration": True, "match": "name", "excluded_because": "host"}),
        ("attendance_row_assigned_by_hand_at_a_time", {"registration": True, "match": "hand"}),
        ("attendance_row_assigned_by_hand_at_a_time", {"registration": True, "match": "name", "assigned_at": NOW}),
    ],
)
def test_attendance_row_says_where_it_went_and_why(constraint, values):
    found, person = AttendanceImportFactory(), RegistrationFactory()
    values = {**values, "registration": person if values.get("registration") else None}

    def wrong(how):
        return getattr(AttendanceRowFactory, how)(attendance_import=found, **values)

    assert violates(constraint, wrong)


def test_attendance_row_once_per_line():
    known = AttendanceRowFactory()

    def again(how):
        return getattr(AttendanceRowFactory, how)(attendance_import=known.attendance_import, line=known.line)

    assert violates("attendance_row_once_per_line", again)


def test_session_minutes_count_a_minute_that_has_begun():
    session = TrainingSessionFactory.build(
        programme=None, number=1, starts_at=NOW, ends_at=NOW + dt.timedelta(minutes=90, seconds=1)
    )
    assert session.minutes == 91


def test_rows_have_words():
    attendance = AttendanceFactory(seconds=119)
    assert [str(attendance), str(attendance.session), str(SpeakerFactory(name="Ana"))] == [
        "1 minute",
        "Session 1: Theme 1",
        "Ana",
    ]


def test_seated_leaves_out_evidence_on_people_who_withdrew_or_wait():
    session = TrainingSessionFactory()
    traits = [{}, {"withdrawn": True}, {"waiting": True}]
    people = [RegistrationFactory(programme=session.programme, **trait) for trait in traits]
    mine, *_others = [AttendanceFactory(session=session, registration=person) for person in people]
    assert list(Attendance.objects.seated()) == [mine]
