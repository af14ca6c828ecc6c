"""The name on a certificate: confirmed or corrected before its issue, asked for anew after it."""

import datetime as dt
import unicodedata

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from certificates.actions.corrections import supersede
from certificates.errors import Refused
from certificates.models import Certificate, CertificateDesign, NameConfirmation, NameRequest
from certificates.rendering import CannotRender, render
from certificates.specimens import specimen, specimen_sheet
from registrations.errors import Refused as RefusedName
from registrations.models import Registration, User
from registrations.names import tidy_name

LONGEST = 200


def say_name(registration: Registration, *, printed_name: str, latin_name: str, now: dt.datetime) -> bool:
    """Confirm the name, or correct it; where there is a certificate already, ask the organisers for another.

    Returns whether it was confirmed rather than asked for. Refuses names that cannot be printed.
    """
    name, latin = _tidy(printed_name), _tidy(latin_name, may_be_empty=True)
    _refuse_other_letters(latin)
    latin = "" if latin == name else latin
    _refuse_unprintable(registration, name, latin, now=now)
    certificate = Certificate.objects.filter(registration=registration).current().first()
    if certificate:
        _ask(certificate, name, latin, now=now)
        return False
    _confirm(registration, name, latin, now=now)
    return True


def _tidy(text: str, *, may_be_empty: bool = False) -> str:
    try:
        name = tidy_name(text)
    except RefusedName as refusal:
        raise Refused(str(refusal)) from refusal
    if not name and not may_be_empty:
        raise Refused(_("Write the name as it shall be printed."))
    if len(name) > LONGEST:
        raise Refused(_("This is too long: at most 200 characters fit."))
    return name


def _refuse_other_letters(latin: str) -> None:
    if any(letter.isalpha() and not unicodedata.name(letter, "").startswith(("LATIN", "MODIFIER")) for letter in latin):
        raise Refused(_("The second name is for Latin letters only, such as in a passport."))


def _refuse_unprintable(registration: Registration, name: str, latin: str, *, now: dt.datetime) -> None:
    programme, language = registration.programme, registration.language
    design = CertificateDesign.objects.in_force(programme)
    with translation.override(language):
        made = specimen(programme, name=name, latin_name=latin, language=language, design=design, now=now)
        sheet = specimen_sheet(made)
    try:
        render(sheet, issued_at=now)
    except CannotRender as error:
        raise Refused(_("This name cannot be printed: %(reason)s.") % {"reason": error}) from error


@transaction.atomic
def _confirm(registration: Registration, name: str, latin: str, *, now: dt.datetime) -> None:
    Registration.objects.filter(pk=registration.pk).update(printed_name=name)
    NameConfirmation.objects.update_or_create(
        registration=registration, defaults={"printed_name": name, "latin_name": latin, "confirmed_at": now}
    )


def _ask(certificate: Certificate, name: str, latin: str, *, now: dt.datetime) -> None:
    if (name, latin) == (certificate.printed_name, certificate.latin_name):
        raise Refused(_("The certificate carries this name already."))
    waiting = NameRequest.objects.waiting().filter(registration=certificate.registration_id)
    if not waiting.update(printed_name=name, latin_name=latin, asked_at=now):
        NameRequest.objects.create(
            registration_id=certificate.registration_id, printed_name=name, latin_name=latin, asked_at=now
        )


def grant_name(request: NameRequest, *, by: User, now: dt.datetime) -> Certificate:
    """Issue a corrected certificate in the place of the one in force; its owner gets a mail."""
    certificate = (
        Certificate.objects.current()
        .filter(registration=request.registration_id)
        .select_related("registration__programme")
        .first()
    )
    if certificate is None:
        raise Refused(_("There is no certificate in force that could be corrected."))
    if not request.is_waiting:
        raise Refused(_("Somebody has answered this request already."))
    made = supersede(certificate, printed_name=request.printed_name, latin_name=request.latin_name, by=by, now=now)
    NameRequest.objects.filter(pk=request.pk).answer(by=by, at=now)
    _confirm(made.registration, made.printed_name, made.latin_name, now=now)
    return made


def refuse_name(request: NameRequest, *, reason: str, by: User, now: dt.datetime) -> None:
    """Say no, for a reason that the person reads."""
    reason = " ".join(reason.split())
    if not reason or len(reason) > 300:
        raise Refused(_("Say why, in at most 300 characters: the person reads it."))
    if not NameRequest.objects.filter(pk=request.pk).answer(by=by, at=now, refused_because=reason):
        raise Refused(_("Somebody has answered this request already."))
