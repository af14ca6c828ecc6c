"""What becomes of a certificate after its issue: revoked, or superseded by a corrected one."""

import copy
import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from certificates.actions.records import counter_of, deliver, lock, take_serials
from certificates.errors import Refused
from certificates.models import Certificate, new_code
from certificates.rendering import CannotRender, render
from certificates.sealing import signer
from certificates.wording import sheet_of
from registrations.models import Registration, User


@transaction.atomic
def revoke(certificate: Certificate, *, reason: str, by: User | None, now: dt.datetime) -> Certificate:
    """Take a certificate back, for a reason that the verification page shows to everybody."""
    reason = revocation_reason(reason)
    standing = Certificate.objects.current().filter(pk=certificate.pk)
    if not standing.update(revoked_at=now, revoked_because=reason, revoked_by=by):
        raise Refused(_("This certificate was revoked or superseded already."))
    certificate.refresh_from_db()
    return certificate


def revocation_reason(reason: str) -> str:
    """The reason on one line. Refuses where there is none."""
    reason = " ".join(reason.split())
    if not reason:
        raise Refused(_("Say why the certificate is revoked."))
    if len(reason) > 300:
        raise Refused(_("Say it in at most 300 characters."))
    return reason


def supersede(
    certificate: Certificate, *, printed_name: str, latin_name: str | None = None, by: User | None, now: dt.datetime
) -> Certificate:
    """Issue a corrected certificate in the place of one; the old number leads to it from then on.

    `latin_name` stays as it is where it is None. Everything but the names, the number and the day of issue is copied
    from the old one's snapshot. The person's printed name is corrected, too, so that nothing later brings the old back.
    """
    name = " ".join(printed_name.split())
    if not name:
        raise Refused(_("Write the name as it shall be printed."))
    latin = certificate.latin_name if latin_name is None else " ".join(latin_name.split())
    if (name, latin) == (certificate.printed_name, certificate.latin_name):
        raise Refused(_("The certificate carries this name already."))
    _refuse_unprintable(certificate, name, latin)
    signer(programme=certificate.registration.programme.slug, now=now)  # refuses where no key can sign
    successor = _record_successor(certificate, name, latin, by=by, now=now)
    deliver([successor.pk], now=now)
    return successor


def _refuse_unprintable(certificate: Certificate, name: str, latin: str) -> None:
    """Try the name out before anything is recorded."""
    trial = copy.copy(certificate)
    trial.printed_name, trial.latin_name = name, latin
    try:
        render(sheet_of(trial), issued_at=trial.issued_at)
    except CannotRender as error:
        raise Refused(_("This name cannot be printed: %(reason)s.") % {"reason": error}) from error


@transaction.atomic
def _record_successor(
    certificate: Certificate, name: str, latin: str, *, by: User | None, now: dt.datetime
) -> Certificate:
    programme = certificate.registration.programme
    counter = counter_of(programme)
    lock(counter)
    if not Certificate.objects.current().filter(pk=certificate.pk).update(superseded_at=now):
        raise Refused(_("This certificate was revoked or superseded already."))
    certificate.refresh_from_db()
    successor = copy.copy(certificate)
    successor._state = copy.copy(certificate._state)
    successor.pk = None
    successor._state.adding = True
    successor.serial = take_serials(counter, 1)[0]
    successor.code = new_code()
    successor.printed_name, successor.latin_name = name, latin
    successor.issued_at, successor.issued_by = now, by
    successor.issue_date = now.astimezone(programme.zone).date()
    successor.superseded_at, successor.render_error = None, ""
    successor.supersedes = certificate
    successor.save(force_insert=True)
    Registration.objects.filter(pk=certificate.registration_id).update(printed_name=name)
    successor.registration.printed_name = name
    return successor
