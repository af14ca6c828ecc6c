"""A signature under a certificate's PDF: PAdES baseline B, P-256, by pyHanko.

The signature certifies the file and allows no change after it. Its field is invisible and outside the page, as PDF/A-2
and PDF/UA-1 both allow. ECDSA is random: two signatures of one file differ, so the signed bytes are what is stored.

Sources: ISO 32000-1 12.8, ETSI EN 319 142-1 (PAdES), RFC 5652 (CMS), RFC 5280 and RFC 5480 (DER of ECDSA signatures).
"""

import asyncio
import datetime as dt
import io
import secrets
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeVar

from asn1crypto import cms
from asn1crypto import keys as asn1_keys
from asn1crypto import x509 as asn1_x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from pyhanko.pdf_utils.extensions import DeveloperExtension
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers
from pyhanko.sign.fields import InvisSigSettings, MDPPerm, SigFieldSpec, SigSeedSubFilter
from pyhanko_certvalidator.registry import SimpleCertificateStore

from certificates import keys
from certificates.keys import PdfKey

FIELD = "Signature"
RESERVED = 4096  # characters for the signature in hex; a chain of one certificate takes some 2,000
_DER = serialization.Encoding.DER
Result = TypeVar("Result")


@dataclass(frozen=True)
class Signer:
    """Signs PDFs with one key; made once per key, used by all threads."""

    key: PdfKey
    _signer: signers.PdfSigner
    _reserved: int

    def sign(self, pdf: bytes) -> bytes:
        """The PDF with a signature under it."""
        out = io.BytesIO()
        _finished(self._signer.async_sign_pdf(_Writer(io.BytesIO(pdf)), output=out, bytes_reserved=self._reserved))
        return out.getvalue()


def signer(*, programme: str = "", now: dt.datetime) -> Signer:
    """What signs the PDFs of a programme (its slug) now. Raises `certificates.keys.KeyProblem`, a `Refused`.

    Ask once per chunk of work, not per certificate: it looks whether the keys have changed.
    """
    return _signer(keys.ring().pdf_signer(programme=programme, now=now))


@lru_cache(maxsize=16)
def _signer(key: PdfKey) -> Signer:
    metadata = signers.PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        certify=True,
        docmdp_permissions=MDPPerm.NO_CHANGES,
    )
    field = SigFieldSpec(
        FIELD,
        readable_field_name="Signature",
        invis_sig_settings=InvisSigSettings(set_print_flag=True, box_out_of_bounds=True),
    )
    if key.private is None:
        raise AssertionError("the ring gives out no key without its private part to sign with")
    cms_signer = _TemplateSigner(key, key.private)
    reserved = max(RESERVED, 2 * (cms_signer.size + 100))
    return Signer(key, signers.PdfSigner(metadata, cms_signer, new_field_spec=field), reserved + reserved % 2)


class _Writer(IncrementalPdfFileWriter):
    """Adds the signature and nothing else: the file stays a PDF 1.7, which PDF/A-2 is, with its own dates and title."""

    def _update_meta(self) -> None:
        """Not "modified by pyHanko at this moment"."""

    def ensure_output_version(self, version: tuple[int, int]) -> None:
        """Not 2.0, as pyHanko would have it."""

    def register_extension(self, ext: DeveloperExtension) -> None:
        """Only that of PAdES, which is made for PDF 1.7."""
        if ext.prefix_name == "/ESIC":
            super().register_extension(ext)


def plain_signer(key: PdfKey, private: ec.EllipticCurvePrivateKey) -> signers.SimpleSigner:
    """PyHanko's own signer with a key and its chain."""
    chain = [asn1_x509.Certificate.load(certificate.public_bytes(_DER)) for certificate in key.chain]
    store = SimpleCertificateStore()  # type: ignore[no-untyped-call]
    store.register_multiple(chain[1:])  # pyHanko adds the signer’s own
    encoded = private.private_bytes(_DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    return signers.SimpleSigner(
        signing_cert=chain[0], signing_key=asn1_keys.PrivateKeyInfo.load(encoded), cert_registry=store
    )


class _TemplateSigner(signers.SimpleSigner):
    """pyHanko's signer for whom everything but digest and signature is encoded once per key.

    All of the CMS structure that pyHanko builds for a key is the same for each file; encoding it anew takes two thirds
    of the time of a signature.
    """

    def __init__(self, key: PdfKey, private: ec.EllipticCurvePrivateKey) -> None:
        plain = plain_signer(key, private)
        super().__init__(
            signing_cert=plain.signing_cert, signing_key=plain.signing_key, cert_registry=plain.cert_registry
        )
        self._private = private
        self._marker = secrets.token_bytes(32)
        made = _finished(plain.async_sign(self._marker, "sha256", use_pades=True))
        data: Any = made["content"]
        info = data["signer_infos"][0]
        names = ("version", "digest_algorithms", "encap_content_info", "certificates")
        self._before = b"".join(data[name].dump() for name in names)
        self._attributes = info["signed_attrs"].untag().dump()
        self._info = b"".join(info[name].dump() for name in ("version", "sid", "digest_algorithm"))
        self._algorithm = info["signature_algorithm"].dump()
        self.size = len(made.dump())

    async def async_sign(
        self, data_digest: bytes, digest_algorithm: str, dry_run: bool = False, *args: Any, **kwargs: Any
    ) -> cms.ContentInfo:
        """The CMS structure for a SHA-256 digest."""
        attributes = self._attributes.replace(self._marker, data_digest)
        signature = self._private.sign(attributes, ec.ECDSA(hashes.SHA256()))
        signed = b"\xa0" + attributes[1:]  # the SET that is signed is stored under an implicit tag [0]
        info = _tlv(0x30, self._info + signed + self._algorithm + _tlv(0x04, signature))
        data = _tlv(0x30, self._before + _tlv(0x31, info))
        content_type = b"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02"  # 1.2.840.113549.1.7.2, signed data
        return cms.ContentInfo.load(_tlv(0x30, content_type + _tlv(0xA0, data)))


def _finished(coroutine: Coroutine[Any, Any, Result]) -> Result:
    """What a coroutine returns; in a thread of its own where this one is in the middle of an event loop."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return asyncio.run(coroutine)
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, coroutine).result()


def _tlv(tag: int, content: bytes) -> bytes:
    """A DER element."""
    length = len(content)
    if length < 0x80:
        return bytes((tag, length)) + content
    octets = length.to_bytes((length.bit_length() + 7) // 8)
    return bytes((tag, 0x80 | len(octets))) + octets + content
