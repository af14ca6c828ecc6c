"""Forgetting a person: the minutes stay, whose they were does not."""

import datetime as dt

from django.db import transaction
from django.db.models import Case, CharField, Q, QuerySet, Value, When
from django.db.models.functions import Cast, Coalesce, Concat

from registrations.erased import ERASED
from registrations.models import Registration, User
from sessions.models import (
    Attendance,
    AttendanceIdentity,
    AttendanceImport,
    AttendanceRow,
    CorrectionRequest,
    HandEntry,
)


@transaction.atomic
def forget_person(registration: Registration, *, by: User | None = None, now: dt.datetime) -> None:
    """Blank names, addresses and sentences, and drop the files that hold the person's lines. Minutes do not change.

    To be called while the registration still says who the person is. The blanked identities count as decided, so that
    matching leaves them alone.
    """
    known = list(_identities(registration).values_list("pk", flat=True))
    _drop_files(registration, known, now)
    AttendanceIdentity.objects.filter(pk__in=known).update(**without_name(now))
    requests = CorrectionRequest.objects.filter(registration=registration)
    requests.open().update(withdrawn_at=now)
    requests.update(sentence=ERASED, answer=Case(When(answer="", then=Value("")), default=Value(ERASED)))
    Attendance.objects.filter(registration=registration).update(note="")
    HandEntry.objects.filter(registration=registration).update(note="")


def without_name(now: dt.datetime) -> dict[str, object]:
    """What to write into identities that shall say nothing any more; they count as decided."""
    return {
        "name": Concat(Value(f"{ERASED} "), Cast("pk", CharField())),
        "email": "",
        "suggestions": [],
        "decided_at": Coalesce("decided_at", Value(now)),
    }


def names_of(registration: Registration) -> list[str]:
    """The names under which a person may stand in a file."""
    given, family = registration.given_name, registration.family_name
    names = {registration.printed_name, f"{given} {family}".strip(), f"{family} {given}".strip()}
    return sorted(names - {""})


def _identities(registration: Registration) -> QuerySet[AttendanceIdentity]:
    """The person's own, and those that count for nobody and bear the address or a name that nobody else here has."""
    told = Q(email__iexact=registration.email)
    others = Registration.objects.filter(programme=registration.programme_id).exclude(pk=registration.pk)
    for name in names_of(registration):
        if not others.filter(printed_name__iexact=name).exists():
            told |= Q(name__iexact=name)
    own = Q(registration=registration) | (Q(registration__isnull=True) & told)
    return AttendanceIdentity.objects.filter(own, programme=registration.programme_id).order_by()


def _drop_files(registration: Registration, identities: list[int], now: dt.datetime) -> None:
    """Let go of what was read to the end and tells of the person, and of what was refused: nobody reads it again."""
    here = AttendanceImport.objects.filter(programme=registration.programme_id).order_by()
    rows = AttendanceRow.objects.filter(identity__in=identities).order_by()
    is_read = Q(read_at__isnull=False, pk__in=rows.values("attendance_import"))
    held = here.filter(is_read | Q(refused_at__isnull=False), content_dropped_at__isnull=True)
    held.update(content=b"", content_dropped_at=now)
    for name in (*names_of(registration), registration.email):
        here.filter(file_name__icontains=name).update(file_name=ERASED)
        rows_here = AttendanceRow.objects.filter(attendance_import__programme=registration.programme_id)
        rows_here.filter(meeting__icontains=name).order_by().update(meeting=ERASED)
