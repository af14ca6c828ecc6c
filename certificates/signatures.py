"""Whether the signature under a PDF is ours and covers the whole file: by its bytes, without reading it as a PDF.

A file that a stranger hands in is never parsed: a reader of PDFs can be led astray, or kept busy for hours. What we sign
is one byte range that leaves out nothing but the signature itself, in hex between `<` and `>`. So it is enough to find
the range in the file, see that it is the only one and ends where the file ends, and check the signature over it. Any
change anywhere, a second signature, an update behind ours or a range that leaves a gap for other content is refused.
"""

import datetime as dt
import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from asn1crypto import cms, tsp
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding

from certificates.keys import PdfKey

Signed = tuple[cms.SignedData, bytes, bool]
LONGEST_GAP = 64 * 1024  # bytes of a signature in hex, more than any chain of certificates takes
_RANGE = re.compile(rb"/ByteRange\s*\[\s*(\d{1,10})\s+(\d{1,10})\s+(\d{1,10})\s+(\d{1,10})\s*\]")
_SIGNING_CERTIFICATE = "1.2.840.113549.1.9.16.2.47"  # RFC 5035, which asn1crypto.tsp makes readable
_HEX = re.compile(rb"<([0-9A-F]+)>")
_SIGNATURE_FIELD = re.compile(rb"/ByteRange|/ETSI\.CAdES|/adbe\.pkcs7")
_OURS = ("/ByteRange", "/ETSI.CAdES")


class Seal(StrEnum):
    """What the signature under a file says."""

    VALID = "valid"
    INVALID = "invalid"
    NONE = "none"
    UNKNOWN_SIGNER = "unknown signer"


class Flaw(StrEnum):
    """Why a signature is not valid."""

    UNSIGNED = "unsigned"
    UNKNOWN_SIGNER = "unknown signer"
    CHANGED = "changed"
    ADDED = "added"
    COMPROMISED = "compromised"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found: the seal, why where it is not valid, and the key of ours that it names."""

    seal: Seal
    flaw: Flaw | None = None
    key: PdfKey | None = None


class _NotOurs(Exception):
    """What is in the place of the signature is not what we write there."""


def check(content: bytes, ring: Sequence[PdfKey], *, known_since: dt.datetime | None = None) -> Verdict:
    """Judge the signature under a file by our keys, old ones included.

    `known_since`: a moment from which the very same bytes are known to be in our records. A key that was compromised
    later did sign them; without the records nobody can tell, so its signatures count no more.
    """
    ranges = _RANGE.findall(content)
    if not ranges:
        has_field = _SIGNATURE_FIELD.search(content) is not None
        return Verdict(Seal.INVALID, Flaw.CHANGED) if has_field else Verdict(Seal.NONE, Flaw.UNSIGNED)
    try:
        signed = [_signature(content, found) for found in ranges]
        signers = [_signer(data, ring) for data, _covered, _is_whole in signed]
        return _judged(content, signed, signers, known_since)
    except _NotOurs:
        return Verdict(Seal.INVALID, Flaw.CHANGED)


def _judged(
    content: bytes, signed: Sequence[Signed], signers: Sequence[PdfKey | None], known_since: dt.datetime | None
) -> Verdict:
    (data, covered, is_whole), key = signed[-1], signers[-1]
    if key is None or None in signers:
        return Verdict(Seal.UNKNOWN_SIGNER, Flaw.UNKNOWN_SIGNER)
    if not _holds(data, covered, key):
        return Verdict(Seal.INVALID, Flaw.CHANGED, key)
    if len(signed) > 1 or not is_whole or len(_SIGNATURE_FIELD.findall(content)) != len(_OURS):
        return Verdict(Seal.INVALID, Flaw.ADDED, key)
    broken_at = key.about.compromised_at
    if broken_at and not (known_since and known_since < broken_at):
        return Verdict(Seal.INVALID, Flaw.COMPROMISED, key)
    return Verdict(Seal.VALID, None, key)


def _signature(content: bytes, found: Sequence[bytes]) -> Signed:
    """The CMS structure in the gap of a range, the bytes that it signs, and whether these are the whole file."""
    start, length, after, rest = (int(number) for number in found)
    gap = content[length:after]
    hexadecimal = _HEX.fullmatch(gap) if len(gap) <= LONGEST_GAP else None
    if start != 0 or not 0 < length < after or after + rest > len(content) or hexadecimal is None:
        raise _NotOurs
    if len(hexadecimal[1]) % 2:
        raise _NotOurs
    data = bytes.fromhex(hexadecimal[1].decode())
    return _read(data), content[:length] + content[after : after + rest], after + rest == len(content)


def _read(data: bytes) -> cms.SignedData:
    """The structure, if it is one piece of DER followed by nothing but the zeros that fill the space reserved for it."""
    try:
        info = cms.ContentInfo.load(data)
        own = info.dump()
        if info["content_type"].native != "signed_data" or data[len(own) :].strip(b"\0"):
            raise _NotOurs
        return info["content"]
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError, RecursionError) as error:
        raise _NotOurs from error


def _signer(data: cms.SignedData, ring: Sequence[PdfKey]) -> PdfKey | None:
    """The key of ours whose certificate the structure carries first; `None` where it is somebody else's."""
    try:
        carried = [entry.chosen.dump() for entry in data["certificates"]]
        return next((key for key in ring if key.der and key.der in carried), None)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise _NotOurs from error


def _holds(data: cms.SignedData, covered: bytes, key: PdfKey) -> bool:
    """Whether this is the structure that we make for a key, with a true digest and a true signature."""
    try:
        (info,) = data["signer_infos"]
        attributes = {entry["type"].native: entry["values"] for entry in info["signed_attrs"]}
        if not _is_as_we_write(data, info, attributes, key):
            return False
        (digest,) = attributes["message_digest"]
        if digest.native != hashlib.sha256(covered).digest():
            return False
        public = key.chain[0].public_key()
        if not isinstance(public, ec.EllipticCurvePublicKey):
            return False
        public.verify(info["signature"].native, info["signed_attrs"].untag().dump(), ec.ECDSA(hashes.SHA256()))
    except (InvalidSignature, ValueError, TypeError, KeyError, IndexError, AttributeError):
        return False
    return True


def _is_as_we_write(data: cms.SignedData, info: cms.SignerInfo, attributes: dict[str, cms.SetOf], key: PdfKey) -> bool:
    """Nothing beside the signed attributes can say something else: not the parts that no signature covers."""
    (named,) = attributes[tsp.CMSAttributeType.map(_SIGNING_CERTIFICATE)]
    (content_type,) = attributes["content_type"]
    sid = info["sid"].chosen
    return (
        data["version"].native == info["version"].native == "v1"
        and [entry["algorithm"].native for entry in data["digest_algorithms"]] == ["sha256"]
        and info["digest_algorithm"]["algorithm"].native == "sha256"
        and info["signature_algorithm"]["algorithm"].native == "sha256_ecdsa"
        and data["encap_content_info"]["content_type"].native == content_type.native == "data"
        and data["encap_content_info"]["content"].native is None
        and not data["crls"]
        and not info["unsigned_attrs"]
        and named["certs"][0]["cert_hash"].native == hashlib.sha256(key.der).digest()
        and sid["serial_number"].native == key.chain[0].serial_number
        and sid["issuer"].dump() == key.chain[0].issuer.public_bytes()
        and sorted(entry.chosen.dump() for entry in data["certificates"]) == sorted(_der(key))
    )


def _der(key: PdfKey) -> list[bytes]:
    return [certificate.public_bytes(Encoding.DER) for certificate in key.chain]
