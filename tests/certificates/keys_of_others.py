"""Keys for tests: a ring in a folder of its own, and what a forger could make."""

import datetime as dt

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from certificates import keymaking, keys

NOW = dt.datetime(2026, 4, 2, 12, tzinfo=dt.UTC)
SITE = "http://127.0.0.1:8000"


def a_ring(folder, settings, *, now=NOW):
    """A fresh ring with one key of each kind, from now on that of the site."""
    settings.KEYS_DIR = folder
    keymaking.add_key(folder, "pdf", keymaking.pdf_key(site=SITE, now=now))
    keymaking.add_key(folder, "credential", keymaking.credential_key(now=now))
    return keys.ring()


def pair(not_after, *, private=None, name="Test"):
    """A P-256 key and its certificate as PEM texts."""
    private = private or ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    certificate = (
        x509.CertificateBuilder(subject, subject, private.public_key(), 1)
        .not_valid_before(keymaking.VALID_FROM)
        .not_valid_after(not_after)
        .sign(private, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    key = private.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    return key.decode(), certificate.public_bytes(pem).decode()
