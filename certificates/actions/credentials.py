"""Credentials: each certificate that asks for one gets a place in a status list, once."""

import secrets

from django.db import IntegrityError, transaction
from django.db.models import Count

from certificates.models import Certificate, Credential
from certificates.status_list import LENGTH

FULL = LENGTH // 2  # up to here a random place is free at the second try on average


def credential_of(certificate: Certificate) -> Credential:
    """The certificate's credential, made on first use; a corrected certificate speaks of the same subject as the old one.

    Safe to repeat, and for two at once.
    """
    found = Credential.objects.filter(certificate=certificate).first()
    while found is None:
        try:
            with transaction.atomic():
                found = Credential.objects.create(
                    certificate=certificate,
                    list_number=_open_list(),
                    place=secrets.randbelow(LENGTH),
                    **_inherited(certificate),
                )
        except IntegrityError:  # the place is taken, or somebody else was quicker
            found = Credential.objects.filter(certificate=certificate).first()
    found.certificate = certificate
    return found


def _open_list() -> int:
    """The number of the newest status list, or of a new one where that is half full."""
    newest = Credential.objects.order_by().values("list_number").annotate(taken=Count("pk")).order_by("-list_number")
    last = newest.first()
    return int(last["list_number"]) + (last["taken"] >= FULL) if last else 1


def _inherited(certificate: Certificate) -> dict[str, object]:
    subject = Credential.objects.filter(certificate=certificate.supersedes_id).values_list("subject", flat=True).first()
    return {"subject": subject} if subject else {}
