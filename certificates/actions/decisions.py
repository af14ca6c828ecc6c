"""What organisers decide about people: assignments accepted, a yes given, an exception made; and taking it back."""

import datetime as dt
from collections.abc import Callable, Iterable

from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from certificates.errors import Refused
from certificates.models import Acceptance, Assignment, Confirmation, Override
from certificates.models.decisions import LONGEST_NOTE, DecisionQuerySet
from registrations.models import Programme, Registration, User
from sessions.chunks import in_chunks

CHUNK = 500


def accept(assignment: Assignment, people: Iterable[int], *, by: User | None, now: dt.datetime) -> int:
    """Accept the assignment of these registrations, as far as they have a seat and it is not accepted yet.

    Returns how many were accepted now; the same again changes nothing.
    """
    return _record(
        assignment.programme,
        people,
        Acceptance.objects.filter(assignment=assignment),
        lambda pk: Acceptance(assignment=assignment, registration_id=pk, given_at=now, given_by=by),
    )


def confirm(programme: Programme, people: Iterable[int], *, note: str = "", by: User | None, now: dt.datetime) -> int:
    """Say yes to these registrations, as far as they have a seat and there is no yes yet. Returns to how many."""
    note = " ".join(note.split())
    if len(note) > LONGEST_NOTE:
        raise Refused(_("Say it in at most 300 characters."))
    return _record(
        programme,
        people,
        Confirmation.objects.for_programme(programme),
        lambda pk: Confirmation(registration_id=pk, note=note, given_at=now, given_by=by),
    )


@transaction.atomic
def _record(
    programme: Programme, people: Iterable[int], known: DecisionQuerySet, make: Callable[[int], models.Model]
) -> int:
    """New rows for those without one that stands. The programme's row is the lock."""
    Programme.objects.select_for_update().get(pk=programme.pk)
    asked, made, model = sorted(set(people)), 0, known.model
    for chunk in in_chunks(asked, CHUNK):
        has = set(known.standing().filter(registration__in=chunk).values_list("registration_id", flat=True))
        seated = Registration.objects.for_programme(programme).seated().filter(pk__in=chunk)
        fresh = [make(pk) for pk in seated.order_by("pk").values_list("pk", flat=True) if pk not in has]
        made += len(model.objects.bulk_create(fresh))
    return made


def withdraw_acceptances(assignment: Assignment, people: Iterable[int], *, by: User | None, now: dt.datetime) -> int:
    """Take acceptances back; they remain on record. Returns how many."""
    rows = Acceptance.objects.filter(assignment=assignment, registration__in=list(people))
    return rows.withdraw(by=by, now=now)


def withdraw_confirmations(programme: Programme, people: Iterable[int], *, by: User | None, now: dt.datetime) -> int:
    """Take yeses back; they remain on record. Returns how many."""
    rows = Confirmation.objects.for_programme(programme).filter(registration__in=list(people))
    return Confirmation.objects.filter(pk__in=rows.values("pk")).withdraw(by=by, now=now)


def make_exception(registration: Registration, *, reason: str, by: User | None, now: dt.datetime) -> Override:
    """Let a person earn the certificate whatever the rule says. Asks for a reason, which organisers read."""
    reason = " ".join(reason.split())
    if not reason:
        raise Refused(_("Say why an exception is made."))
    if len(reason) > LONGEST_NOTE:
        raise Refused(_("Say it in at most 300 characters."))
    if not registration.is_seated:
        raise Refused(_("Exceptions are made for people who have a seat."))
    try:
        with transaction.atomic():
            return Override.objects.create(registration=registration, reason=reason, given_at=now, given_by=by)
    except IntegrityError as error:
        raise Refused(_("An exception is made for this person already.")) from error


def withdraw_exception(override: Override, *, by: User | None, now: dt.datetime) -> Override:
    """Take an exception back. A certificate that was issued by it stays: it is revoked on its own page, if at all."""
    if not Override.objects.filter(pk=override.pk).withdraw(by=by, now=now):
        raise Refused(_("This exception was taken back already."))
    override.refresh_from_db()
    return override
