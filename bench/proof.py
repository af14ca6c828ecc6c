"""What proof costs: signatures beside pyHanko's own signer, and credentials. Leaves a certificate to verify.

`bench.measures` runs it as a program of its own, by `manage.py shell`, on the database of the 2022 programme; it prints
one JSON object: how many a second of each, and the code of the certificate.
"""

import io
import json
import time
from collections.abc import Callable

from django.utils import timezone
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers
from pyhanko.sign.fields import MDPPerm, SigFieldSpec, SigSeedSubFilter

from certificates import credentials, keys, signing
from certificates.actions import records
from certificates.actions.credentials import credential_of
from certificates.models import Certificate, CompletionRule
from certificates.rendering import render
from certificates.wording import sheet_of
from registrations.models import PrivacyText, Programme, Registration

SIGNATURES, CREDENTIALS = 200, 100


def run() -> None:
    """Issue one certificate, then sign its PDF and its credential many times."""
    certificate = _certificate()
    now = timezone.now()
    credential = credential_of(certificate)
    pdf = render(sheet_of(certificate), issued_at=certificate.issued_at)
    signer, key = signing.signer(now=now), keys.ring().credential_signer(now=now)
    plain = _plain_signer(signer.key)
    found = {
        "code": certificate.code,
        "signatures": _rate(lambda: signer.sign(pdf), SIGNATURES),
        "by_pyhanko": _rate(lambda: plain(pdf), SIGNATURES),
        "credentials": _rate(lambda: credentials.signed(credential, key=key), CREDENTIALS),
    }
    print(json.dumps(found))


def _rate(work: Callable[[], object], times: int) -> float:
    """How often a second, after a first time that does not count."""
    work()
    started = time.perf_counter()
    for _turn in range(times):
        work()
    return times / (time.perf_counter() - started)


def _plain_signer(key: keys.PdfKey) -> Callable[[bytes], bytes]:
    """PyHanko with our settings, reused as well, but nothing prepared beforehand: the floor."""
    if key.private is None:
        raise AssertionError("a key that signs has its private part")
    metadata = signers.PdfSignatureMetadata(
        field_name="Signature",
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        certify=True,
        docmdp_permissions=MDPPerm.NO_CHANGES,
    )
    signer = signers.PdfSigner(
        metadata, signing.plain_signer(key, key.private), new_field_spec=SigFieldSpec("Signature")
    )

    def sign(pdf: bytes) -> bytes:
        out = io.BytesIO()
        signer.sign_pdf(IncrementalPdfFileWriter(io.BytesIO(pdf)), output=out, bytes_reserved=4096)
        return out.getvalue()

    return sign


def _certificate() -> Certificate:
    programme, now = Programme.objects.get(), timezone.now()
    rule = CompletionRule.objects.in_force(programme)
    if rule is None:
        raise AssertionError("the 2022 programme comes with its rule")
    person = Registration.objects.create(
        programme=programme,
        email="person@example.org",
        printed_name="Amina Odhiambo",
        given_name="Amina",
        family_name="Odhiambo",
        gender="female",
        country="KE",
        sector="private",
        language="en",
        privacy_text=PrivacyText.objects.current(),
        consented_at=now,
        registered_at=now,
        confirmed_at=now,
        seated_at=now,
    )
    certificate = Certificate.objects.create(
        registration=person,
        serial="BZ-BENCH-2022-00001",
        rule=rule,
        issued_at=now,
        language="en",
        printed_name=person.printed_name,
        sessions_attended=3,
        sessions_total=3,
        minutes_attended=360,
        **records.snapshot(programme, now=now),
    )
    records.deliver([certificate.pk], now=now)
    return certificate
