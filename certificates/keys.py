"""The keys that make certificates provable without us: a ring of them, from files or from the environment.

A ring is a folder with a folder for each key, `pdf-1`, `pdf-2`, `credential-1`:

    key.pem           the private key; may be deleted once a newer one signs
    certificate.pem   of a PDF key: its X.509 certificate, then those that vouch for it, up to the root
    public.pem        of a credential key
    about.json        {"made_at": ..., "sign_until": null, "compromised_at": null, "programme": ""}

or, in the environment, the same tree as one JSON object. The newest key of a kind signs; every key that is still in the
ring verifies what it signed. No key is ever in the database or the repository.
"""

import datetime as dt
import json
import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TypeVar

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from django.conf import settings
from django.utils import formats
from django.utils.translation import gettext as _

from certificates import multibase
from certificates.errors import KeyProblem
from certificates.keymaking import make_first_keys

Files = Mapping[str, str]
T = TypeVar("T")
Stamp = tuple[tuple[str, int, int], ...]
FILES = {"key.pem", "certificate.pem", "public.pem", "about.json"}
_NAME = re.compile(r"(pdf|credential)-(\d{1,6})")


@dataclass(frozen=True)
class About:
    """What is written beside a key. Moments are UTC."""

    made_at: dt.datetime | None = None
    sign_until: dt.datetime | None = None
    compromised_at: dt.datetime | None = None
    programme: str = ""


@dataclass(frozen=True, eq=False)
class PdfKey:
    """A P-256 key with its X.509 certificate, the signer's own first and its root last; no chain where unreadable."""

    id: str
    about: About
    chain: tuple[x509.Certificate, ...] = ()
    private: ec.EllipticCurvePrivateKey | None = field(default=None, repr=False)
    problem: str = ""

    @property
    def sign_until(self) -> dt.datetime:
        """The last moment to sign with it."""
        expiry = self.chain[0].not_valid_after_utc
        return min(self.about.sign_until or expiry, expiry)

    @cached_property
    def der(self) -> bytes:
        """The signer's own certificate as bytes, by which it is recognised; empty where unreadable."""
        return self.chain[0].public_bytes(serialization.Encoding.DER) if self.chain else b""


@dataclass(frozen=True, eq=False)
class CredentialKey:
    """An Ed25519 key; no public part where unreadable."""

    id: str
    about: About
    public: ed25519.Ed25519PublicKey | None = None
    private: ed25519.Ed25519PrivateKey | None = field(default=None, repr=False)
    problem: str = ""

    @property
    def sign_until(self) -> dt.datetime | None:
        """The last moment to sign with it; `None` where none is set."""
        return self.about.sign_until

    @cached_property
    def multikey(self) -> str:
        """The public key as a W3C Multikey, which is also its name in the issuer's DID document."""
        return multibase.ed25519_multikey(self.public.public_bytes_raw()) if self.public else ""


@dataclass(frozen=True)
class Ring:
    """All keys, the oldest first."""

    pdf: tuple[PdfKey, ...] = ()
    credential: tuple[CredentialKey, ...] = ()

    @property
    def all(self) -> list[PdfKey | CredentialKey]:
        """Those of both kinds."""
        return [*self.pdf, *self.credential]

    def pdf_signer(self, *, programme: str = "", now: dt.datetime) -> PdfKey:
        """The newest key of the programme (its slug), or of the site where it has none. Raises `KeyProblem`."""
        own = [key for key in self.pdf if programme and key.about.programme == programme]
        common = [key for key in self.pdf if not key.about.programme]
        if not (own or common):
            raise KeyProblem(_("There is no key to sign PDFs with. Make one: manage.py make_keys."))
        key = (own or common)[-1]
        refuse_unless_usable(key, now=now)
        if key.chain[0].not_valid_before_utc > now:
            raise KeyProblem(_("The certificate of the key %(key)s is not valid yet.") % {"key": key.id})
        return key

    def credential_signer(self, *, now: dt.datetime) -> CredentialKey:
        """The newest key for credentials. Raises `KeyProblem`."""
        if not self.credential:
            raise KeyProblem(_("There is no key to sign credentials with. Make one: manage.py make_keys."))
        key = self.credential[-1]
        refuse_unless_usable(key, now=now)
        return key


def refuse_unless_usable(key: PdfKey | CredentialKey, *, now: dt.datetime) -> None:
    """Raise `KeyProblem` where this key must not sign now."""
    if key.problem:
        raise KeyProblem(key.problem)
    named = {"key": key.id}
    if key.about.compromised_at:
        raise KeyProblem(_("The key %(key)s is marked as compromised. Make a new one: manage.py make_keys.") % named)
    if key.private is None:
        raise KeyProblem(_("The private part of the key %(key)s is missing: its folder has no key.pem.") % named)
    if key.sign_until and key.sign_until <= now:
        date = formats.date_format(key.sign_until, "DATE_FORMAT")
        sentence = _("The key %(key)s expired on %(date)s. Make a new one: manage.py make_keys.")
        raise KeyProblem(sentence % {**named, "date": date})


def ring() -> Ring:
    """The keys as they are now: read again only when a file of theirs has changed. Raises `KeyProblem`.

    A laptop makes its first keys by itself; in production `manage.py make_keys` does.
    """
    if settings.KEYS:
        return _from_text(settings.KEYS)
    folder = Path(settings.KEYS_DIR)
    found = _from_stamp(_stamp(folder))
    if not (found.pdf and found.credential) and settings.MAKES_OWN_KEYS:
        make_first_keys(folder, site=settings.SITE_URL)
        found = _from_stamp(_stamp(folder))
    return found


def read_tree(folder: Path) -> dict[str, dict[str, str]]:
    """The files of a ring as text: {folder: {file: text}}. Raises `KeyProblem`."""
    return _tree(_stamp(folder))


def read_ring(tree: Mapping[str, Files]) -> Ring:
    """A ring from {folder: {file: text}}. A key that cannot be used carries its problem and stops no other."""
    names = sorted((found[1], int(found[2]), name) for name in tree if (found := _NAME.fullmatch(name)))
    return Ring(
        pdf=tuple(_pdf_key(name, tree[name]) for kind, _number, name in names if kind == "pdf"),
        credential=tuple(_credential_key(name, tree[name]) for kind, _number, name in names if kind == "credential"),
    )


def _stamp(folder: Path) -> Stamp:
    own = sorted(path for path in folder.glob("*-*") if _NAME.fullmatch(path.name))
    facts = ((path, _fact(path)) for each in own for path in (each / name for name in sorted(FILES)))
    return tuple((str(path), fact.st_mtime_ns, fact.st_size) for path, fact in facts if fact)


def _fact(path: Path) -> os.stat_result | None:
    try:
        return path.stat()
    except FileNotFoundError:
        return None


@lru_cache(maxsize=8)
def _from_stamp(stamp: Stamp) -> Ring:
    return read_ring(_tree(stamp))


@lru_cache(maxsize=8)
def _from_text(text: str) -> Ring:
    try:
        tree = json.loads(text)
        if not all(isinstance(value, str) for files in tree.values() for value in files.values()):
            raise TypeError
    except (ValueError, AttributeError, TypeError) as error:
        raise KeyProblem(_("BARAZA_KEYS is not what manage.py make_keys --print wrote.")) from error
    return read_ring(tree)


def _tree(stamp: Stamp) -> dict[str, dict[str, str]]:
    tree: dict[str, dict[str, str]] = {}
    for path in (Path(name) for name, _time, _size in stamp):
        try:
            tree.setdefault(path.parent.name, {})[path.name] = path.read_text()
        except (OSError, UnicodeDecodeError) as error:
            named = {"key": path.parent.name, "file": path.name}
            raise KeyProblem(_("The file %(file)s of the key %(key)s cannot be read.") % named) from error
    return tree


def _pdf_key(name: str, files: Files) -> PdfKey:
    about, chain, private = _about(files), _read(_chain, files, "certificate.pem"), _read(_p256, files, "key.pem")
    problem = ""
    if about is None:
        problem = _("The file about.json of the key %(key)s cannot be read.")
    elif not chain:
        problem = _("The key %(key)s has no certificate.pem that can be read.")
    elif private is None and "key.pem" in files:
        problem = _("The file key.pem of the key %(key)s is no P-256 key in unencrypted PEM.")
    elif private is not None and private.public_key() != chain[0].public_key():
        problem = _("The key %(key)s does not belong to its certificate.")
    return PdfKey(name, about or About(), chain or (), private, problem % {"key": name})


def _credential_key(name: str, files: Files) -> CredentialKey:
    about, public, private = _about(files), _read(_public, files, "public.pem"), _read(_ed25519, files, "key.pem")
    problem = ""
    if about is None:
        problem = _("The file about.json of the key %(key)s cannot be read.")
    elif public is None:
        problem = _("The key %(key)s has no public.pem that can be read.")
    elif private is None and "key.pem" in files:
        problem = _("The file key.pem of the key %(key)s is no Ed25519 key in unencrypted PEM.")
    elif private is not None and private.public_key() != public:
        problem = _("The private part of the key %(key)s does not belong to its public part.")
    return CredentialKey(name, about or About(), public, private, problem % {"key": name})


def _read(reader: Callable[[bytes], T | None], files: Files, name: str) -> T | None:
    try:
        return reader(files.get(name, "").encode())
    except (ValueError, TypeError, UnsupportedAlgorithm):
        return None


def _chain(text: bytes) -> tuple[x509.Certificate, ...]:
    return tuple(x509.load_pem_x509_certificates(text))


def _p256(text: bytes) -> ec.EllipticCurvePrivateKey | None:
    key = serialization.load_pem_private_key(text, password=None)
    if isinstance(key, ec.EllipticCurvePrivateKey) and isinstance(key.curve, ec.SECP256R1):
        return key
    return None


def _ed25519(text: bytes) -> ed25519.Ed25519PrivateKey | None:
    key = serialization.load_pem_private_key(text, password=None)
    return key if isinstance(key, ed25519.Ed25519PrivateKey) else None


def _public(text: bytes) -> ed25519.Ed25519PublicKey | None:
    key = serialization.load_pem_public_key(text)
    return key if isinstance(key, ed25519.Ed25519PublicKey) else None


def _about(files: Files) -> About | None:
    try:
        facts = json.loads(files.get("about.json", "{}"))
        moments = {name: _moment(facts.get(name)) for name in ("made_at", "sign_until", "compromised_at")}
        return About(**moments, programme=str(facts.get("programme") or ""))
    except (ValueError, TypeError, AttributeError):
        return None


def _moment(text: str | None) -> dt.datetime | None:
    moment = dt.datetime.fromisoformat(text) if text else None
    return moment if moment is None or moment.tzinfo else moment.replace(tzinfo=dt.UTC)
