"""What a file that somebody hands in is: a certificate of ours, unchanged, or why not.

Two questions, answered apart. Do our records have these very bytes, or this very credential? And does the signature
hold, which it does even where the records are gone, or are those of another installation with the same keys?
"""

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from certificates import baking, issuer, keys, proofs, signatures
from certificates.credentials import document_of
from certificates.keys import Ring
from certificates.models import Certificate, CertificateFile, Credential
from certificates.proofs import Document, Fault
from certificates.signatures import Flaw, Seal, Verdict
from certificates.wording import verify_url


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found out about a file: what its signature says, and the certificate of ours that it is, unchanged.

    `reason` says in a sentence why it is not; empty where it is. `seal` is `None` where there is no file to judge yet.
    """

    seal: Seal | None
    certificate: Certificate | None = None
    reason: str = ""

    @property
    def file_matches(self) -> bool | None:
        """Whether the file is ours and unchanged by our records; `None` where there is no file."""
        return None if self.seal is None else self.certificate is not None and not self.reason

    @property
    def is_signed(self) -> bool:
        """Whether it carries a signature of ours that holds."""
        return self.seal is Seal.VALID


def examine(content: bytes) -> Finding:
    """Judge a PDF, or a badge as JSON, PNG or SVG. Raises `certificates.keys.KeyProblem` where no key can be read."""
    ring = keys.ring()
    text = _credential_text(content)
    if text is not None:
        return _badge(text, ring)
    known = certificate_of(content)
    if known is None and b"%PDF-" not in content[:1024]:
        return Finding(Seal.NONE, None, _("This is neither a PDF file nor a badge."))
    verdict = signatures.check(content, ring.pdf, known_since=known.file.rendered_at if known else None)
    return Finding(verdict.seal, known, "" if known else _pdf_reason(verdict))


def by_records(content: bytes) -> Finding:
    """Judge a PDF by our records alone."""
    known = certificate_of(content)
    return Finding(Seal.NONE, known, "" if known else _("The records here do not have this file."))


def certificate_of(content: bytes) -> Certificate | None:
    """The certificate whose stored PDF has exactly these bytes."""
    digest = hashlib.sha256(content).hexdigest()
    return Certificate.objects.filter(file__sha256=digest).select_related("file").defer("file__content").first()


def stored(certificate: Certificate) -> Finding:
    """Judge the PDF that our records have of a certificate, by the fingerprint written beside it and its signature."""
    file = CertificateFile.objects.filter(certificate=certificate).first()
    if file is None:
        return Finding(None, certificate)
    content = bytes(file.content)
    verdict = signatures.check(content, keys.ring().pdf, known_since=file.rendered_at)
    is_whole = hashlib.sha256(content).hexdigest() == file.sha256
    return Finding(verdict.seal, certificate, "" if is_whole else _("The stored file is not the one that was issued."))


def _pdf_reason(verdict: Verdict) -> str:
    broken_at = verdict.key.about.compromised_at if verdict.key else None
    return {
        None: _("The signature is ours and nothing was changed since, but the records here do not have this file."),
        Flaw.UNSIGNED: _("It carries no signature. It was saved anew, its signature was taken off, or it is not ours."),
        Flaw.UNKNOWN_SIGNER: _("Somebody else signed it: the key is not ours, whatever name the signature shows."),
        Flaw.CHANGED: _("It was changed after it was signed."),
        Flaw.ADDED: _("Something was added to it after it was signed."),
        Flaw.COMPROMISED: _(
            "It is not in our records, and its key is not to be trusted since %(date)s, so its signature proves nothing."
        )
        % {"date": formats.date_format(broken_at, "DATE_FORMAT") if broken_at else ""},
    }[verdict.flaw]


def _credential_text(content: bytes) -> str | None:
    """The text of the credential that a badge is or carries, empty where it carries none; `None`: this is no badge."""
    begins = content[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")
    try:
        if baking.is_png(content):
            return baking.from_png(content)
        if begins.startswith(b"{"):
            return content.decode("utf-8-sig")
        if begins.startswith((b"<svg", b"<?xml")):
            return baking.from_svg(content.decode())
    except ValueError:
        return ""
    return None


def _badge(text: str, ring: Ring) -> Finding:
    document = _document(text)
    if document is None:
        return Finding(Seal.NONE, None, _("This badge carries no credential that can be read."))
    named = document.get("issuer")
    name = named.get("id") if isinstance(named, dict) else named
    if name != issuer.did():
        return Finding(Seal.UNKNOWN_SIGNER, None, _("This badge names another issuer, so only they can vouch for it."))
    fault = proofs.fault_of(document, ring=ring.credential, issuer=issuer.did())
    if fault:
        seal, reason = _FAULTS[fault]
        return Finding(seal, None, str(reason))
    return _recorded(document)


def _document(text: str) -> Document | None:
    if len(text) > proofs.MOST_CHARACTERS:
        return None
    try:
        document: Any = json.loads(text, object_pairs_hook=_no_twins)
    except (ValueError, RecursionError):
        return None
    return document if isinstance(document, dict) else None


def _no_twins(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """A key that stands twice means one thing to one reader and another to the next."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key stands twice")
    return found


def _recorded(document: Document) -> Finding:
    """Compare a credential that we signed with what our records say today."""
    code = str(document.get("id", "")).rstrip("/").rpartition("/")[2]
    certificate = Certificate.objects.filter(code=code).select_related("registration__programme", "rule").first()
    credential = Credential.objects.filter(certificate=certificate).first() if certificate else None
    if certificate is None or credential is None or document.get("id") != verify_url(certificate):
        reason = _("The signature is ours and nothing was changed since, but the records here do not have this badge.")
        return Finding(Seal.VALID, None, reason)
    credential.certificate = certificate
    if _facts(document) != _facts(document_of(credential)):
        return Finding(Seal.VALID, None, _("We signed this badge, but it says something else than our records."))
    return Finding(Seal.VALID, certificate)


def _facts(document: Document) -> tuple[object, ...]:
    subject = document["credentialSubject"]
    return (
        document["validFrom"],
        document["credentialStatus"],
        {name: subject[name] for name in ("id", "identifier", "licenseNumber", "activityStartDate", "activityEndDate")},
        subject["achievement"]["name"],
    )


_FAULTS = {
    Fault.NONE: (Seal.NONE, gettext_lazy("This badge carries no proof, so anyone could have written it.")),
    Fault.UNREADABLE: (Seal.INVALID, gettext_lazy("The proof of this badge is not one that we write.")),
    Fault.UNKNOWN_KEY: (
        Seal.UNKNOWN_SIGNER,
        gettext_lazy("This badge is forged: its proof was made with a key that is not ours."),
    ),
    Fault.COMPROMISED: (
        Seal.INVALID,
        gettext_lazy(
            "The key of this badge is not to be trusted any more. Its owner can fetch a new one from the personal page."
        ),
    ),
    Fault.CHANGED: (Seal.INVALID, gettext_lazy("This badge was changed after it was signed.")),
    Fault.NOT_EXPANDED: (Seal.INVALID, gettext_lazy("This badge says things that its proof does not cover.")),
}
