"""What an organiser sees of a session's attendance: figures, files, unknown lines, people. Constant queries each."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Max, Min, Q, QuerySet

from registrations.models import Registration
from sessions.models import Attendance, AttendanceImport, AttendanceRow, TrainingSession
from sessions.presence import Presence, prevailing

UNKNOWN_SHOWN = 50


@dataclass(frozen=True)
class Summary:
    """A session's attendance in figures."""

    registered: int  # with a seat
    present: int  # of those, with at least a second of presence
    unknown: int  # identities of the files that wait for a decision
    hosts: int  # lines


@dataclass(frozen=True)
class PersonLine:
    """A person, what counts, and each piece of evidence behind it."""

    registration: Registration
    presence: Presence | None
    by_file: Attendance | None
    by_hand: Attendance | None


def summary(session: TrainingSession) -> Summary:
    """The figures."""
    rows = AttendanceRow.objects.of_session(session)
    return Summary(
        registered=Registration.objects.for_programme(session.programme).seated().count(),
        present=sum(presence.seconds > 0 for presence in _presences(session)),
        unknown=unknown_identities(session).count(),
        hosts=rows.filter(excluded_because=AttendanceRow.Exclusion.HOST).count(),
    )


def _presences(session: TrainingSession) -> Iterable[Presence]:
    evidence: dict[int, list[Presence]] = {}
    rows = Attendance.objects.filter(session=session).seated().order_by()
    for person, seconds, source in rows.values_list("registration_id", "seconds", "source"):
        evidence.setdefault(person, []).append(Presence(seconds, source))
    return map(prevailing, evidence.values())


def imports(session: TrainingSession) -> QuerySet[AttendanceImport]:
    """The session's files with what became of their lines, without their contents."""
    files = AttendanceImport.objects.filter(session=session).defer("content").select_related("uploaded_by")
    return files.annotate(
        matched=Count("rows", filter=Q(rows__registration__isnull=False)),
        unmatched=Count("rows", filter=Q(rows__registration__isnull=True, rows__excluded_because="")),
        hosts=Count("rows", filter=Q(rows__excluded_because=AttendanceRow.Exclusion.HOST)),
        left_out=Count("rows", filter=~Q(rows__excluded_because__in=["", AttendanceRow.Exclusion.HOST])),
    )


def unknown_identities(session: TrainingSession) -> QuerySet[Any, Any]:
    """Names and addresses that no registration was found for: `row` is one line of each, for `assign_row`."""
    rows = AttendanceRow.objects.of_session(session).unmatched()
    return (
        rows.values("name", "email")
        .annotate(row=Min("pk"), lines=Count("pk"), joined=Min("joined_at"), left=Max("left_at"))
        .order_by("name", "email")
    )


def people(session: TrainingSession, search: str) -> QuerySet[Registration]:
    """Who has not withdrawn, or was there nevertheless, by name; those whose name or address contains every word."""
    everybody = Registration.objects.for_programme(session.programme)
    found = everybody.filter(Q(withdrawn_at__isnull=True) | Q(pk__in=_recorded(session)))
    for word in search.split():
        found = found.filter(
            Q(printed_name__icontains=word)
            | Q(given_name__icontains=word)
            | Q(family_name__icontains=word)
            | Q(email__icontains=word)
        )
    return found.order_by("family_name", "given_name", "pk")


def _recorded(session: TrainingSession) -> QuerySet[Attendance, int]:
    return Attendance.objects.filter(session=session).order_by().values_list("registration_id", flat=True)


def person_lines(session: TrainingSession, registrations: Sequence[Registration]) -> list[PersonLine]:
    """One line for each of these people, in their order."""
    evidence: dict[tuple[int, str], Attendance] = {
        (found.registration_id, found.source): found
        for found in Attendance.objects.filter(session=session, registration__in=registrations)
        .select_related("recorded_by")
        .order_by()
    }
    return [
        _person_line(
            person,
            evidence.get((person.pk, Attendance.Source.FILE)),
            evidence.get((person.pk, Attendance.Source.HAND)),
        )
        for person in registrations
    ]


def _person_line(person: Registration, by_file: Attendance | None, by_hand: Attendance | None) -> PersonLine:
    evidence = [Presence(found.seconds, found.source) for found in (by_file, by_hand) if found]
    return PersonLine(person, prevailing(evidence) if evidence else None, by_file, by_hand)
