"""Many certificates at once: revoked for one reason, or replaced by new ones. Both want to hear the number twice."""

import copy
import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from certificates.actions.corrections import revocation_reason
from certificates.actions.records import counter_of, lock, snapshot, take_serials
from certificates.errors import Refused
from certificates.models import Certificate, NameConfirmation, new_code
from certificates.sealing import signer
from registrations.models import Programme, User


@transaction.atomic
def revoke_many(rows: QuerySet[Certificate], *, number: int, reason: str, by: User, now: dt.datetime) -> int:
    """Revoke all of these that are in force, for a reason that everybody reads. Refuses unless `number` counts them."""
    reason = revocation_reason(reason)
    pks = _counted(rows, number)
    standing = Certificate.objects.current().filter(pk__in=pks)
    changed: int = standing.update(revoked_at=now, revoked_because=reason, revoked_by=by)
    _refuse_unless_all(changed, number)
    return changed


def replace_many(rows: QuerySet[Certificate], *, number: int, by: User, now: dt.datetime) -> int:
    """Record a new certificate in the place of each of these; their PDFs are made by the sweep, which mails them, too.

    What is printed is taken anew from programme, design and person; what was attended is copied. The old numbers lead
    to the new ones. Refuses unless `number` counts them.
    """
    pks = _counted(rows, number)
    found = Certificate.objects.filter(pk__in=pks).select_related("registration__programme").order_by("pk")
    by_programme: dict[Programme, list[Certificate]] = defaultdict(list)
    for certificate in found:
        by_programme[certificate.registration.programme].append(certificate)
    for programme in by_programme:
        signer(programme=programme.slug, now=now)  # refuses where no key can sign
    with transaction.atomic():
        for programme, old in by_programme.items():
            _replace(programme, old, by=by, now=now)
    return number


def _replace(programme: Programme, old: list[Certificate], *, by: User, now: dt.datetime) -> None:
    counter = counter_of(programme)
    lock(counter)
    keys = [certificate.pk for certificate in old]
    changed = Certificate.objects.current().filter(pk__in=keys).update(superseded_at=now)
    _refuse_unless_all(changed, len(old))
    printed, latin = snapshot(programme, now=now), _latin_names(old)
    Certificate.objects.bulk_create(
        _successor(
            certificate,
            serial,
            {
                **printed,
                "programme_title": programme.text("title", certificate.language),
                "latin_name": latin.get(certificate.registration_id),
            },
            by,
            now,
        )
        for certificate, serial in zip(old, take_serials(counter, len(old)), strict=True)
    )


def _latin_names(old: Iterable[Certificate]) -> dict[int, str]:
    people = [certificate.registration_id for certificate in old]
    confirmed = NameConfirmation.objects.standing().filter(registration__in=people).order_by()
    return dict(confirmed.values_list("registration_id", "latin_name"))


def _successor(old: Certificate, serial: str, printed: dict[str, object], by: User, now: dt.datetime) -> Certificate:
    made = copy.copy(old)
    made._state = copy.copy(old._state)
    made._state.adding = True
    made.pk = None
    made.serial, made.code = serial, new_code()
    made.issued_at, made.issued_by = now, by
    made.superseded_at, made.render_error, made.supersedes = None, "", old
    if old.registration.printed_name != old.printed_name:
        made.latin_name = ""
    made.printed_name = old.registration.printed_name
    for field, value in printed.items():
        if value is not None or field == "design":
            setattr(made, field, value)
    return made


def _counted(rows: QuerySet[Certificate], number: int) -> list[int]:
    pks = list(rows.current().order_by().values_list("pk", flat=True))  # type: ignore[attr-defined]
    if not pks:
        raise Refused(_("None of these certificates is in force."))
    if number != len(pks):
        raise Refused(_("Type the number of certificates, %(number)s, to say that you mean it.") % {"number": len(pks)})
    return pks


def _refuse_unless_all(changed: int, number: int) -> None:
    if changed != number:
        raise Refused(_("Some of these were revoked or superseded just now. Look at the list again."))
