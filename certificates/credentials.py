"""A certificate as an Open Badge 3.0, which is a W3C Verifiable Credential 2.0: the same facts, readable by machines.

Of the person it says the printed name and nothing else: the subject is a random name that occurs nowhere else
(docs/decisions/0014-subject-of-a-credential.md). Sources: https://www.imsglobal.org/spec/ob/v3p0/ 4 and 6.2,
https://www.w3.org/TR/vc-data-model-2.0/, https://www.w3.org/TR/vc-bitstring-status-list/.
"""

import datetime as dt
from collections.abc import Iterable

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from certificates import issuer, proofs, status_list
from certificates.jsonld import CREDENTIALS, OPEN_BADGES
from certificates.keys import CredentialKey
from certificates.models import Certificate, Credential
from certificates.proofs import Document, moment
from certificates.wording import attendance, verify_url


def signed(credential: Credential, *, key: CredentialKey) -> Document:
    """The credential with its proof. Expects certificate, rule, registration and programme fetched.

    The same row and key give the same bytes: the proof is dated with the issue, or with the key where that is later.
    """
    made_at = key.about.made_at
    issued_at = credential.certificate.issued_at
    created = max(issued_at, made_at) if made_at else issued_at
    return proofs.attach(document_of(credential), key=key, method=issuer.method(key), created=created)


def document_of(credential: Credential) -> Document:
    """The credential without its proof, in the certificate's language."""
    certificate = credential.certificate
    with translation.override(certificate.language):
        return {
            "@context": [CREDENTIALS, OPEN_BADGES],
            "id": verify_url(certificate),
            "type": ["VerifiableCredential", "OpenBadgeCredential"],
            "name": _("Certificate of Completion"),
            "description": attendance(certificate),
            "issuer": {
                "id": issuer.did(),
                "type": ["Profile"],
                "name": ", ".join(certificate.issuers),
                "url": settings.SITE_URL,
            },
            "validFrom": moment(certificate.issued_at),
            "credentialSubject": _subject(credential),
            "credentialStatus": _status(credential),
        }


def _subject(credential: Credential) -> Document:
    certificate = credential.certificate
    name = {
        "type": "IdentityObject",
        "hashed": False,
        "identityHash": certificate.printed_name,
        "identityType": "name",
    }
    return {
        "id": credential.subject.urn,
        "type": ["AchievementSubject"],
        "identifier": [name],
        "licenseNumber": certificate.serial,
        "activityStartDate": certificate.start_date.isoformat(),
        "activityEndDate": certificate.end_date.isoformat(),
        "achievement": _achievement(certificate),
    }


def _achievement(certificate: Certificate) -> Document:
    slug = certificate.registration.programme.slug
    page = settings.SITE_URL + reverse("programme_page", args=[slug])
    rule = {"version": certificate.rule.version}
    return {
        "id": f"{page}#completion-{certificate.rule.version}",
        "type": ["Achievement"],
        "achievementType": "CertificateOfCompletion",
        "name": certificate.programme_title,
        "description": _("Completed the training programme “%(title)s”.") % {"title": certificate.programme_title},
        "inLanguage": certificate.language,
        "criteria": {"narrative": _("The programme’s completion rule, version %(version)s, was met.") % rule},
        "image": {"id": settings.SITE_URL + reverse("certificates:badge_picture", args=[slug]), "type": "Image"},
    }


def _status(credential: Credential) -> Document:
    address = list_address(credential.list_number)
    return {
        "id": f"{address}#{credential.place}",
        "type": "BitstringStatusListEntry",
        "statusPurpose": "revocation",
        "statusListIndex": str(credential.place),
        "statusListCredential": address,
    }


def list_address(number: int) -> str:
    """Where a status list is."""
    return settings.SITE_URL + reverse("certificates:status_list", args=[number])


def signed_list(number: int, withdrawn: Iterable[int], *, key: CredentialKey, now: dt.datetime) -> Document:
    """A status list as a credential of its own; `withdrawn`: the places whose certificates were revoked or superseded."""
    address = list_address(number)
    document: Document = {
        "@context": [CREDENTIALS],
        "id": address,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": issuer.did(),
        "validFrom": moment(now),
        "credentialSubject": {
            "id": f"{address}#list",
            "type": "BitstringStatusList",
            "statusPurpose": "revocation",
            "encodedList": status_list.encoded(withdrawn),
        },
    }
    return proofs.attach(document, key=key, method=issuer.method(key), created=now)
