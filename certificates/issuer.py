"""Who issues the credentials: this site, under its `did:web` name, whose document lists every key that ever signed one.

Sources: https://w3c-ccg.github.io/did-method-web/, https://www.w3.org/TR/did-1.0/, https://www.w3.org/TR/cid-1.0/.
"""

from typing import Any
from urllib.parse import quote, urlsplit

from django.conf import settings

from certificates.keys import CredentialKey, Ring
from certificates.proofs import moment


def did() -> str:
    """The site's name: `did:web:training.example.org`; a port is written `%3A8000`."""
    return "did:web:" + quote(urlsplit(settings.SITE_URL).netloc, safe="")


def method(key: CredentialKey) -> str:
    """A key's full name."""
    return f"{did()}#{key.multikey}"


def did_document(ring: Ring) -> dict[str, Any]:
    """The document at /.well-known/did.json. A key that signs no more stays; a compromised one is marked as revoked."""
    keys = [key for key in ring.credential if key.multikey]
    return {
        "@context": ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"],
        "id": did(),
        "verificationMethod": [_verification_method(key) for key in keys],
        "assertionMethod": [method(key) for key in keys if not key.about.compromised_at],
    }


def _verification_method(key: CredentialKey) -> dict[str, str]:
    listed = {"id": method(key), "type": "Multikey", "controller": did(), "publicKeyMultibase": key.multikey}
    broken_at = key.about.compromised_at
    return {**listed, "revoked": moment(broken_at)} if broken_at else listed
