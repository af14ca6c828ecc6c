"""What an organiser sees of a session's attendance: figures, files, people. Constant queries each."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from registrations import kept
from registrations.models import Registration
from sessions import file_counts
from sessions.models import Attendance, AttendanceImport, AttendanceRow, TrainingSession
from sessions.models.rows import HOSTS
from sessions.presence import PRECEDENCE, Presence, prevailing
from sessions.review import waiting
from sessions.tallies import KIND, TASK, presences

FIGURES = {kept.named(KIND): TASK, **file_counts.FIGURES}


@dataclass(frozen=True)
class Summary:
    """A session's attendance in figures."""

    registered: int  # with a seat
    present: int | None  # of those, with at least a second of presence; None while that is counted for the first time
    unknown: int  # identities of the files that wait for a decision
    hosts: int  # lines
    age: kept.Age | None = None  # of who was present and of the files' lines; None: counted for this page


@dataclass(frozen=True)
class PersonLine:
    """A person, what counts, and each piece of evidence behind it, the one that prevails first."""

    registration: Registration
    presence: Presence | None
    evidence: tuple[Attendance, ...]

    @property
    def by_file(self) -> Attendance | None:
        """What files say."""
        return next((found for found in self.evidence if found.source == Attendance.Source.FILE), None)

    @property
    def by_hand(self) -> Attendance | None:
        """What a person entered, by hand or as a correction."""
        return next((found for found in self.evidence if found.is_by_person), None)


def summary(session: TrainingSession, *, now: dt.datetime) -> Summary:
    """The figures, in four queries; in six where they are asked for."""
    programme = session.programme
    if kept.is_large(programme):
        kept.look_up([programme], FIGURES, now=now)
    counted = presences(programme, now=now)
    return Summary(
        registered=Registration.objects.for_programme(programme).seated().count(),
        present=counted.present(session.pk) if counted else None,
        unknown=waiting(programme, session).count(),
        hosts=AttendanceRow.objects.of_session(session).filter(role__in=HOSTS).count(),
        age=kept.Age.of(programme, now=now),
    )


def imports(session: TrainingSession) -> QuerySet[AttendanceImport]:
    """The files of a session, and those of the programme with rows in it, undone ones among them; without contents."""
    rows = AttendanceRow.objects.filter(session=session, attendance_import__session__isnull=True)
    here = Q(session=session) | Q(pk__in=rows.order_by().values("attendance_import"))
    files = AttendanceImport.objects.filter(here, programme=session.programme_id)
    return files.defer("content").select_related("uploaded_by", "approved_by", "undone_by")


def people(session: TrainingSession, search: str) -> QuerySet[Registration]:
    """Who has not withdrawn, or was there nevertheless, by name; those whose name or address contains every word.

    Who withdrew and was there is asked once, and not again by the count and by the page. One query.
    """
    everybody = Registration.objects.for_programme(session.programme)
    found = everybody.filter(Q(withdrawn_at__isnull=True) | Q(pk__in=_withdrawn_but_there(session)))
    for word in search.split():
        found = found.filter(
            Q(printed_name__icontains=word)
            | Q(given_name__icontains=word)
            | Q(family_name__icontains=word)
            | Q(email__icontains=word)
        )
    return found.order_by("family_name", "given_name", "pk")


def _withdrawn_but_there(session: TrainingSession) -> list[int]:
    there = Exists(Attendance.objects.filter(session=session, registration=OuterRef("pk")))
    withdrawn = Registration.objects.for_programme(session.programme).filter(there, withdrawn_at__isnull=False)
    return list(withdrawn.order_by().values_list("pk", flat=True))


def person_lines(session: TrainingSession, registrations: Sequence[Registration]) -> list[PersonLine]:
    """One line for each of these people, in their order. One query."""
    evidence: dict[int, list[Attendance]] = {}
    found = Attendance.objects.filter(session=session, registration__in=registrations).select_related("recorded_by")
    for each in sorted(found.order_by(), key=lambda each: PRECEDENCE.index(each.source)):
        evidence.setdefault(each.registration_id, []).append(each)
    return [_person_line(person, evidence.get(person.pk, [])) for person in registrations]


def _person_line(person: Registration, evidence: Sequence[Attendance]) -> PersonLine:
    presences = [Presence(found.seconds, found.source) for found in evidence]
    return PersonLine(person, prevailing(presences) if presences else None, tuple(evidence))
