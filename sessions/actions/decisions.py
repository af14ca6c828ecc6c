"""Who an identity is: said by a person, taken back, or matched again after somebody registered late."""

import datetime as dt
from collections import defaultdict

from django.db import transaction
from django.utils.translation import gettext as _

from registrations.models import Programme, Registration, User
from sessions.actions.evidence import CHUNK, recount
from sessions.actions.matches import Found, found_for, taking, write_matches
from sessions.chunks import in_chunks
from sessions.errors import Refused
from sessions.matching import Identity
from sessions.models import AttendanceEvent, AttendanceIdentity, AttendanceRow, TrainingSession

KIND = AttendanceEvent.Kind


@transaction.atomic
def decide(
    identity: AttendanceIdentity, registration: Registration | None, *, by: User | None = None, now: dt.datetime
) -> int:
    """Say who an identity is, or that it is nobody who is registered (`None`); returns how many rows that concerns.

    It holds for the programme's other sessions, present and future, unless the identity is bound to one session. Saying
    something else later is allowed.
    """
    if registration is not None:
        _refuse_wrong_person(identity, registration)
    before = AttendanceIdentity.objects.select_for_update().get(pk=identity.pk).registration_id
    AttendanceIdentity.objects.filter(pk=identity.pk).update(registration=registration, decided_at=now, decided_by=by)
    identity.refresh_from_db()
    _note(identity, KIND.DECIDED, by, now)
    _recount_of({identity.pk: {before, identity.registration_id}}, now)
    return AttendanceRow.objects.filter(identity=identity, attendance_import__undone_at__isnull=True).count()


@transaction.atomic
def undecide(identity: AttendanceIdentity, *, by: User | None = None, now: dt.datetime) -> None:
    """Take a decision back: what matching says of the identity today counts again. Without a decision nothing happens."""
    identity = AttendanceIdentity.objects.select_for_update().get(pk=identity.pk)
    if not identity.is_decided:
        return
    found = found_for(identity.programme, [Identity(identity.name, identity.email)])
    before = identity.registration_id
    taking(identity, found[Identity(identity.name, identity.email)])
    identity.decided_at = identity.decided_by = None
    identity.save(update_fields=["registration", "decision", "because", "suggestions", "decided_at", "decided_by"])
    _note(identity, KIND.UNDECIDED, by, now)
    _recount_of({identity.pk: {before, identity.registration_id}}, now)


def ask_to_match_again(programme: Programme, *, by: User | None = None, now: dt.datetime) -> None:
    """Ask for `match_again`; `match_where_asked` does it, once however often it was asked for."""
    if not AttendanceEvent.objects.filter(programme=programme).waiting_for_a_match().exists():
        AttendanceEvent.objects.create(programme=programme, kind=KIND.MATCH_ASKED, by=by, at=now)


def match_where_asked(*, now: dt.datetime) -> None:
    """Match again wherever somebody asked for it and it was not done since. Safe to run twice."""
    for asked in AttendanceEvent.objects.waiting_for_a_match().select_related("programme", "by"):
        match_again(asked.programme, by=asked.by, now=now)


def match_again(programme: Programme, *, by: User | None = None, now: dt.datetime) -> int:
    """Match whoever is still unknown in the programme against everybody registered today; returns how many were found.

    What a person decided, and what was certain before, stays as it is.
    """
    unknown = list(AttendanceIdentity.objects.for_programme(programme).unknown().order_by("pk"))
    found = found_for(programme, [Identity(identity.name, identity.email) for identity in unknown])
    changed = [identity for identity in unknown if _is_changed(identity, found)]
    write_matches(changed)
    people: dict[int, set[int | None]] = {each.pk: {each.registration_id} for each in changed if each.registration_id}
    _recount_of(people, now)
    AttendanceEvent.objects.create(
        programme=programme, kind=KIND.MATCHED_AGAIN, details={"found": len(people)}, by=by, at=now
    )
    return len(people)


def _recount_of(people: dict[int, set[int | None]], now: dt.datetime) -> None:
    """Count people again in the sessions in which their identities have rows."""
    rows = AttendanceRow.objects.filter(identity__in=people, session__isnull=False)
    by_session: dict[int, set[int]] = defaultdict(set)
    for identity, session in rows.order_by().values_list("identity", "session").distinct():
        if session is not None:
            by_session[session] |= {person for person in people[identity] if person}
    for held in TrainingSession.objects.filter(pk__in=by_session).order_by("pk"):
        for chunk in in_chunks(sorted(by_session[held.pk]), CHUNK):
            recount(held, chunk, now=now)


def _refuse_wrong_person(identity: AttendanceIdentity, registration: Registration) -> None:
    if registration.programme_id != identity.programme_id:
        raise Refused(_("This person is not registered for the programme of this session."))
    if registration.is_withdrawn:
        raise Refused(_("This person has withdrawn from the programme, so nothing can count for them."))


def _note(identity: AttendanceIdentity, kind: AttendanceEvent.Kind, by: User | None, now: dt.datetime) -> None:
    AttendanceEvent.objects.create(
        programme_id=identity.programme_id,
        session_id=identity.session_id,
        kind=kind,
        identity=identity,
        registration_id=identity.registration_id,
        by=by,
        at=now,
    )


def _is_changed(identity: AttendanceIdentity, found: dict[Identity, Found]) -> bool:
    """Give the identity what matching says of it; whether that is news."""
    before = (identity.decision, identity.because, identity.suggestions)
    taking(identity, found[Identity(identity.name, identity.email)])
    return before != (identity.decision, identity.because, identity.suggestions)
