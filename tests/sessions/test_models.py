import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from sessions.models import Attendance, AttendanceImport, ColumnMapping
from tests.registrations_factories import NOW, ProgrammeFactory, RegistrationFactory
from tests.sessions_factories import (
    AppearanceFactory,
    AttendanceFactory,
    AttendanceIdentityFactory,
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


def test_attendance_import_once_per_file_unless_it_was_undone_or_refused():
    known = AttendanceImportFactory(undone_at=NOW)
    AttendanceImportFactory(session=known.session, content=known.content, refused_at=NOW)
    AttendanceImportFactory(session=known.session, content=known.content)


def test_attendance_import_once_per_programme():
    known = AttendanceImportFactory(session=None, programme=ProgrammeFactory())

    def again(how):
        return getattr(AttendanceImportFactory, how)(session=None, programme=known.programme, content=known.content)

    assert violates("attendance_import_once_per_programme", again)
    AttendanceImportFactory(session__programme=known.programme, content=known.content)


@pytest.mark.parametrize(
    "constraint, moments",
    [
        ("attendance_import_applied_or_refused", ["read_at", "approved_at", "applied_at", "refused_at"]),
        ("attendance_import_read_and_approved_first", ["read_at", "applied_at"]),
        ("attendance_import_read_and_approved_first", ["approved_at", "applied_at"]),
    ],
)
def test_attendance_import_goes_its_way_in_order(constraint, moments):
    session = TrainingSessionFactory()

    def wrong(how):
        return getattr(AttendanceImportFactory, how)(session=session, **dict.fromkeys(moments, NOW))

    assert violates(constraint, wrong)


@pytest.mark.parametrize(
    "state, values",
    [
        ("reading", {}),
        ("asks", {"asks": "zone"}),
        ("refused", {"refused_at": NOW}),
        ("previewed", {"previewed": True}),
        ("applying", {"previewed": True, "approved_at": NOW}),
        ("applied", {"applied": True}),
        ("taking_back", {"applied": True, "undone_at": NOW}),
        ("undone", {"applied": True, "undone_at": NOW, "taken_back_at": NOW}),
        ("undone", {"previewed": True, "undone_at": NOW}),
    ],
)
def test_attendance_import_state_follows_from_its_moments(state, values):
    found = AttendanceImportFactory(**values)
    assert found.state == state
    assert found.is_running == AttendanceImport.objects.unfinished().filter(pk=found.pk).exists()
    waits = AttendanceImport.objects.waiting().filter(pk=found.pk).exists()
    assert waits == (found.is_asking or found.is_previewed)
    counts = AttendanceImport.objects.counting().filter(pk=found.pk).exists()
    assert counts == found.is_counting == (state in ("applying", "applied"))


def test_attendance_row_once_per_position():
    known = AttendanceRowFactory()

    def again(how):
        return getattr(AttendanceRowFactory, how)(
            attendance_import=known.attendance_import, position=known.position, identity=known.identity
        )

    assert violates("attendance_row_once_per_position", again)


def test_attendance_row_joined_before_it_left():
    known = AttendanceRowFactory()

    def wrong(how):
        return getattr(AttendanceRowFactory, how)(
            attendance_import=known.attendance_import, identity=known.identity, joined_at=None
        )

    assert violates("attendance_row_joined_before_it_left", wrong)


def test_identity_once_per_programme_and_once_per_session():
    known = AttendanceIdentityFactory()
    session = TrainingSessionFactory(programme=known.programme)

    def again(how):
        return getattr(AttendanceIdentityFactory, how)(programme=known.programme, name=known.name)

    def again_there(how):
        return getattr(AttendanceIdentityFactory, how)(programme=known.programme, name=known.name, session=session)

    assert violates("identity_once_per_programme", again)
    again_there("create")
    assert violates("identity_once_per_session", again_there)


def test_identity_counts_if_certain_or_decided():
    ana = RegistrationFactory()

    def guessed(how):
        return getattr(AttendanceIdentityFactory, how)(
            programme=ana.programme, registration=ana, decision="confirm", name="Ana"
        )

    assert violates("identity_counts_if_certain_or_decided", guessed)


def test_column_mapping_once_per_shape():
    programme = ProgrammeFactory()

    def again(how):
        make = {"build": ColumnMapping, "create": ColumnMapping.objects.create}[how]
        return make(programme=programme, shape="a", mapping={}, said_at=NOW)

    again("create")
    assert violates("column_mapping_once_per_shape", again)


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
