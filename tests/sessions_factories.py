"""Rows of the sessions for tests: a session of two hours in its programme's first days, speakers, presence."""

import datetime as dt
import hashlib

import factory
from factory.django import DjangoModelFactory

from sessions.models import (
    Appearance,
    Attendance,
    AttendanceIdentity,
    AttendanceImport,
    AttendanceRow,
    AudienceFigure,
    SessionLanguage,
    Speaker,
    TrainingSession,
)
from tests.registrations_factories import NOW, ProgrammeFactory, RegistrationFactory

STARTS = dt.datetime(2026, 3, 18, 6, tzinfo=dt.UTC)  # 09:00 in Nairobi
AFTERWARDS = dt.datetime(2026, 4, 2, 12, tzinfo=dt.UTC)  # sessions, survey and programme are over


class TrainingSessionFactory(DjangoModelFactory):
    """Two hours from 09:00 in Nairobi; number n is n - 1 days after 18 March 2026."""

    class Meta:
        model = TrainingSession

    programme = factory.SubFactory(ProgrammeFactory)
    number = factory.LazyAttribute(lambda session: session.programme.sessions.count() + 1)
    theme = factory.LazyAttribute(lambda session: f"Theme {session.number}")
    starts_at = factory.LazyAttribute(lambda session: STARTS + dt.timedelta(days=session.number - 1))
    ends_at = factory.LazyAttribute(lambda session: session.starts_at + dt.timedelta(hours=2))


class SessionLanguageFactory(DjangoModelFactory):
    """French over a link of its own."""

    class Meta:
        model = SessionLanguage

    session = factory.SubFactory(TrainingSessionFactory)
    language = "fr"
    link = "https://meet.example.org/fr"


class SpeakerFactory(DjangoModelFactory):
    """A speaker of a programme."""

    class Meta:
        model = Speaker

    programme = factory.SubFactory(ProgrammeFactory)
    name = factory.Sequence(lambda n: f"Speaker {n}")
    title = "Director"
    organisation = "Institute"


class AppearanceFactory(DjangoModelFactory):
    """A speaker's part in a session of the same programme."""

    class Meta:
        model = Appearance

    session = factory.SubFactory(TrainingSessionFactory)
    speaker = factory.SubFactory(SpeakerFactory, programme=factory.SelfAttribute("..session.programme"))
    position = factory.Sequence(lambda n: n)


class AudienceFigureFactory(DjangoModelFactory):
    """Live views of one channel."""

    class Meta:
        model = AudienceFigure

    session = factory.SubFactory(TrainingSessionFactory)
    kind = AudienceFigure.Kind.LIVE_VIEWS
    channel = factory.Sequence(lambda n: f"Channel {n}")
    count = 1000


class AttendanceFactory(DjangoModelFactory):
    """Two hours of presence according to a file."""

    class Meta:
        model = Attendance

    session = factory.SubFactory(TrainingSessionFactory)
    registration = factory.SubFactory(RegistrationFactory, programme=factory.SelfAttribute("..session.programme"))
    source = Attendance.Source.FILE
    seconds = 7200
    recorded_at = NOW


class AttendanceImportFactory(DjangoModelFactory):
    """An upload that waits to be read; its content is `content`, whatever that is."""

    class Meta:
        model = AttendanceImport

    class Params:
        applied = factory.Trait(read_at=NOW, approved_at=NOW, applied_at=NOW)
        previewed = factory.Trait(read_at=NOW)

    session = factory.SubFactory(TrainingSessionFactory)
    programme = factory.SelfAttribute("session.programme")
    file_name = factory.Sequence(lambda n: f"participants_{n}.csv")
    content = factory.Sequence(lambda n: f"content {n}".encode())
    sha256 = factory.LazyAttribute(lambda upload: hashlib.sha256(upload.content).hexdigest())
    time_zone = "Africa/Nairobi"
    uploaded_at = NOW


class AttendanceIdentityFactory(DjangoModelFactory):
    """Somebody unknown, by name only."""

    class Meta:
        model = AttendanceIdentity

    programme = factory.SubFactory(ProgrammeFactory)
    name = factory.Sequence(lambda n: f"iPhone {n}")


class AttendanceRowFactory(DjangoModelFactory):
    """A row of a file that is applied: nobody known, with the session's own times."""

    class Meta:
        model = AttendanceRow

    class Params:
        name = factory.Sequence(lambda n: f"iPhone {n}")
        email = ""
        registration = None

    attendance_import = factory.SubFactory(AttendanceImportFactory, applied=True)
    session = factory.SelfAttribute("attendance_import.session")
    identity = factory.LazyAttribute(
        lambda row: AttendanceIdentityFactory(
            programme=row.attendance_import.programme,
            name=row.name,
            email=row.email,
            registration=row.registration,
            decision="auto" if row.registration else "none",
        )
    )
    position = factory.Sequence(lambda n: n)
    line = factory.LazyAttribute(lambda row: row.position + 2)
    joined_at = factory.SelfAttribute("attendance_import.session.starts_at")
    left_at = factory.SelfAttribute("attendance_import.session.ends_at")
