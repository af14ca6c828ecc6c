"""Making keys, and writing in the ring what becomes of one. See `certificates.keys` for how a ring is kept."""

import datetime as dt
import json
import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.x509.oid import NameOID

# Certificates are shown for decades, and viewers say "expired" of a signature when its certificate is. How long a key
# signs is another matter: make a new one each year.
LIFE = dt.timedelta(days=25 * 365)
# A demonstration plays a course of years ago, and what it signs shall be as valid as anything else.
VALID_FROM = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
PRIVATE_FOLDER, PRIVATE_FILE = 0o700, 0o600


def make_first_keys(folder: Path, *, site: str) -> None:
    """One key of each kind; two processes that do this at once end up with the same two."""
    now = dt.datetime.now(dt.UTC)
    for name, files in (("pdf-1", pdf_key(site=site, now=now)), ("credential-1", credential_key(now=now))):
        write_key(folder, name, files)


def pdf_key(*, site: str, now: dt.datetime, programme: str = "") -> dict[str, str]:
    """A new P-256 key with a certificate that it signs itself, as the files of its folder."""
    private = ec.generate_private_key(ec.SECP256R1())
    host = urlsplit(site).netloc or site
    name = x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, host[:64]),
            x509.NameAttribute(NameOID.COMMON_NAME, f"Certificates of {host}"[:64]),
        ]
    )
    usage = dict.fromkeys(
        ("key_encipherment", "data_encipherment", "key_agreement", "key_cert_sign", "crl_sign", "encipher_only"), False
    )
    builder = (
        x509.CertificateBuilder(subject_name=name, issuer_name=name, public_key=private.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(VALID_FROM)
        .not_valid_after(now + LIFE)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(
            x509.KeyUsage(digital_signature=True, content_commitment=True, decipher_only=False, **usage), critical=True
        )
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(private.public_key()), critical=False)
    )
    certificate = builder.sign(private, hashes.SHA256()).public_bytes(serialization.Encoding.PEM).decode()
    return {"certificate.pem": certificate, "key.pem": _pem(private), "about.json": about(now=now, programme=programme)}


def credential_key(*, now: dt.datetime) -> dict[str, str]:
    """A new Ed25519 key, as the files of its folder."""
    private = ed25519.Ed25519PrivateKey.generate()
    public = private.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    return {"public.pem": public.decode(), "key.pem": _pem(private), "about.json": about(now=now)}


def about(
    *,
    now: dt.datetime,
    programme: str = "",
    sign_until: dt.datetime | None = None,
    compromised_at: dt.datetime | None = None,
) -> str:
    """The text of about.json."""
    facts = {
        "made_at": now.isoformat(),
        "sign_until": sign_until.isoformat() if sign_until else None,
        "compromised_at": compromised_at.isoformat() if compromised_at else None,
        "programme": programme,
    }
    return json.dumps(facts, indent=2) + "\n"


def write_key(folder: Path, name: str, files: Mapping[str, str]) -> bool:
    """Add a key to the ring, whole or not at all, readable by its owner only. False where the name is taken."""
    folder.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix=".new-", dir=folder))
    for file, text in files.items():
        with os.fdopen(os.open(draft / file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE_FILE), "w") as handle:
            handle.write(text)
    try:
        draft.rename(folder / name)
    except OSError:
        shutil.rmtree(draft)
        if not (folder / name).is_dir():
            raise
        return False
    return True


def add_key(folder: Path, kind: str, files: Mapping[str, str]) -> str:
    """Add a key under the next free number, so that it signs from now on; its name."""
    numbers = [int(path.name.rpartition("-")[2]) for path in folder.glob(f"{kind}-[0-9]*") if path.is_dir()]
    number = max(numbers, default=0) + 1
    while not write_key(folder, f"{kind}-{number}", files):
        number += 1
    return f"{kind}-{number}"


def mark_compromised(folder: Path, name: str, *, at: dt.datetime) -> None:
    """Write down since when a key is not to be trusted, and delete its private part. FileNotFoundError if not there."""
    path = folder / name / "about.json"
    if not path.parent.is_dir():
        raise FileNotFoundError(name)
    facts = json.loads(path.read_text()) if path.exists() else {}
    draft = path.with_suffix(".draft")
    draft.touch(mode=PRIVATE_FILE)
    draft.write_text(json.dumps({**facts, "compromised_at": at.isoformat()}, indent=2) + "\n")
    draft.replace(path)
    (path.parent / "key.pem").unlink(missing_ok=True)


def _pem(private: ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey) -> str:
    return private.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    ).decode()
