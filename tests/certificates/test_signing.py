import datetime as dt
import io
import random
import subprocess

import pikepdf
import pytest
from asn1crypto import pem as asn1_pem
from asn1crypto import x509 as asn1_x509
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import signers
from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from certificates import keymaking, keys, signatures, signing
from certificates.management.commands.render_certificate import _specimen
from certificates.rendering import render
from certificates.signatures import Flaw, Seal
from certificates.wording import sheet_of
from tests.certificates.keys_of_others import NOW, SITE, a_ring


@pytest.fixture(scope="module")
def typeset():
    """A certificate before it is signed."""
    certificate = _specimen("Amina Odhiambo", "en")
    return render(sheet_of(certificate), issued_at=certificate.issued_at)


@pytest.fixture
def ring(tmp_path, settings):
    return a_ring(tmp_path, settings)


@pytest.fixture
def signed(typeset, ring):
    return signing.signer(now=NOW).sign(typeset)


def verdict(content, ring, **known):
    found = signatures.check(content, ring.pdf, **known)
    return found.seal, found.flaw


def by_pyhanko(content, ring):
    roots = [asn1_x509.Certificate.load(ring.pdf[0].der)]
    (signature,) = PdfFileReader(io.BytesIO(content)).embedded_signatures
    return validate_pdf_signature(signature, ValidationContext(trust_roots=roots))


def test_our_signature_holds_for_us_and_for_pyhanko(signed, ring):
    assert verdict(signed, ring) == (Seal.VALID, None)
    status = by_pyhanko(signed, ring)
    assert (status.bottom_line, status.coverage.name, status.docmdp_ok) == (True, "ENTIRE_FILE", True)
    assert status.md_algorithm == "sha256"


def test_the_command_of_pyhanko_and_poppler_accept_it(signed, ring, tmp_path):
    file = tmp_path / "certificate.pdf"
    file.write_bytes(signed)
    said = subprocess.run(["pdfsig", str(file)], capture_output=True, text=True, check=False).stdout
    assert "Total document signed" in said
    assert "Signature is Valid." in said
    assert "ETSI.CAdES.detached" in said


def test_the_certificate_in_the_signature_is_that_of_the_key(signed, ring):
    (signature,) = PdfFileReader(io.BytesIO(signed)).embedded_signatures
    _kind, _headers, der = asn1_pem.unarmor((keys.settings.KEYS_DIR / "pdf-1" / "certificate.pem").read_bytes())
    assert [entry.chosen.dump() for entry in signature.signed_data["certificates"]] == [der]


def test_signing_adds_behind_the_file_and_changes_nothing_that_archives_look_at(typeset, signed):
    """The typeset bytes stay; the field is printable, tagged nowhere, outside the page: as PDF/A-2 and PDF/UA-1 allow."""
    assert signed.startswith(typeset)
    with pikepdf.open(io.BytesIO(signed)) as pdf, pikepdf.open(io.BytesIO(typeset)) as before:
        assert pdf.check_pdf_syntax() == []
        assert pdf.pdf_version == before.pdf_version == "1.7"
        assert "/Version" not in pdf.Root
        assert pdf.Root.Metadata.read_bytes() == before.Root.Metadata.read_bytes()
        assert dict(pdf.docinfo) == dict(before.docinfo)
        assert pdf.trailer.ID[0] == before.trailer.ID[0]
        (field,) = pdf.Root.AcroForm.Fields
        assert (int(field.F) & 4, int(field.F) & 2) == (4, 0)
        assert float(field.Rect[2]) < float(pdf.pages[0].MediaBox[0])
        assert float(field.Rect[0]) == float(field.Rect[2])
        assert str(pdf.pages[0].Tabs) == "/S"
        assert "/NeedAppearances" not in pdf.Root.AcroForm
        assert int(pdf.Root.Perms.DocMDP.Reference[0].TransformParams.P) == 1


def test_a_thousand_files_with_one_byte_changed_are_refused(signed, ring):
    chance = random.Random(4)
    places = [chance.randrange(len(signed)) for _turn in range(900)]
    start = signed.index(b"/Contents <") + len(b"/Contents <")
    places += [chance.randrange(start, start + signing.RESERVED) for _turn in range(100)]  # the signature itself
    for place in places:
        changed = bytearray(signed)
        changed[place] ^= chance.randrange(1, 256)
        assert verdict(bytes(changed), ring)[0] is not Seal.VALID, place


def test_each_bit_of_the_signature_itself_counts(signed, ring):
    """The gap that no signature covers: its digits are as we write them and say what we say, or it is not ours."""
    start = signed.index(b"/Contents <") + len(b"/Contents <")
    for place in range(start, start + 2900, 7):
        changed = bytearray(signed)
        changed[place] ^= 0x20 if chr(signed[place]).isalpha() else 1
        assert verdict(bytes(changed), ring)[0] is not Seal.VALID, place


def test_an_update_behind_the_signature_is_refused(signed, ring):
    writer = IncrementalPdfFileWriter(io.BytesIO(signed))
    writer.root["/PageMode"] = writer.root["/Type"]
    writer.update_root()
    out = io.BytesIO()
    writer.write(out)
    assert verdict(out.getvalue(), ring) == (Seal.INVALID, Flaw.ADDED)
    assert verdict(signed + b"\n", ring) == (Seal.INVALID, Flaw.ADDED)
    assert verdict(signed + b"\n%%EOF\n", ring) == (Seal.INVALID, Flaw.ADDED)


def test_a_signature_moved_to_another_file_is_refused(typeset, signed, ring):
    other = _specimen("Somebody Else", "en")
    forged = render(sheet_of(other), issued_at=other.issued_at) + signed[len(typeset) :]
    assert verdict(forged, ring)[0] is Seal.INVALID
    found = signatures._RANGE.search(signed)
    _start, length, after, rest = (int(number) for number in found.groups())
    # Wrapped: our signed bytes stay in the file, and a range that leaves out more makes room for other content.
    wrapped = signed[:length] + signed[length:after] + b"% other content\n" + signed[after:]
    moved = b"/ByteRange [0 %d %d %d]" % (length, after + 16, rest)
    wrapped = wrapped.replace(found[0], moved.ljust(len(found[0])))
    assert verdict(wrapped, ring) == (Seal.INVALID, Flaw.CHANGED)
    begins = b"%PDF-1.7\n% other content\n" + signed
    assert verdict(begins, ring)[0] is Seal.INVALID


def test_a_signature_by_another_key_with_our_name_is_somebody_elses(typeset, ring, tmp_path, settings):
    forger = a_ring(tmp_path / "forger", settings)
    forged = signing.signer(now=NOW).sign(typeset)
    assert verdict(forged, forger) == (Seal.VALID, None)
    assert verdict(forged, ring) == (Seal.UNKNOWN_SIGNER, Flaw.UNKNOWN_SIGNER)
    assert forger.pdf[0].chain[0].subject == ring.pdf[0].chain[0].subject


def test_a_second_signature_around_ours_is_refused(signed, ring, tmp_path, settings):
    (forger,) = a_ring(tmp_path / "forger", settings).pdf
    writer = IncrementalPdfFileWriter(io.BytesIO(signed))
    del writer.root["/Perms"]  # or pyHanko itself would see that no change is allowed
    out = io.BytesIO()
    plain = signing.plain_signer(forger, forger.private)
    metadata = signers.PdfSignatureMetadata(field_name="Other", subfilter=SigSeedSubFilter.PADES)
    signers.PdfSigner(metadata, plain, new_field_spec=SigFieldSpec("Other")).sign_pdf(writer, output=out)
    assert verdict(out.getvalue(), ring) == (Seal.UNKNOWN_SIGNER, Flaw.UNKNOWN_SIGNER)
    assert verdict(signed + signed, ring)[0] is Seal.INVALID


def test_a_file_without_its_signature_and_one_saved_anew_are_refused(typeset, signed, ring):
    assert verdict(typeset, ring) == (Seal.NONE, Flaw.UNSIGNED)
    saved = io.BytesIO()
    with pikepdf.open(io.BytesIO(signed)) as pdf:
        pdf.save(saved)
    assert verdict(saved.getvalue(), ring)[0] is Seal.INVALID
    with pikepdf.open(io.BytesIO(signed)) as pdf:
        del pdf.Root.AcroForm, pdf.Root.Perms
        pdf.pages[0].Annots = pikepdf.Array(list(pdf.pages[0].Annots)[:-1])
        stripped = io.BytesIO()
        pdf.save(stripped)
    assert verdict(stripped.getvalue(), ring) == (Seal.NONE, Flaw.UNSIGNED)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"%PDF-1.7",
        b"/ByteRange [0 1 2 3]",
        b"/ByteRange [0 9999999999 9999999999 1]",
        b"x /ByteRange [0 1 5 40] <00>" + b"x" * 40,
        b"x<3000>" + b"/ByteRange [0 1 7 24] /ETSI.CAdES",
        b"/ByteRange" * 50_000,
    ],
)
def test_nonsense_is_refused_and_not_an_error(content, ring):
    assert verdict(content, ring)[0] in (Seal.NONE, Seal.INVALID)


def test_what_an_older_key_signed_still_holds(signed, ring):
    keymaking.add_key(keys.settings.KEYS_DIR, "pdf", keymaking.pdf_key(site=SITE, now=NOW))
    now = keys.ring()
    assert signing.signer(now=NOW).key.id == "pdf-2"
    assert verdict(signed, now) == (Seal.VALID, None)
    (keys.settings.KEYS_DIR / "pdf-1" / "key.pem").unlink()
    assert verdict(signed, keys.ring()) == (Seal.VALID, None)


def test_a_compromised_key_counts_only_for_files_known_from_before(signed, ring):
    keymaking.mark_compromised(keys.settings.KEYS_DIR, "pdf-1", at=NOW)
    before, after = NOW - dt.timedelta(days=1), NOW + dt.timedelta(days=1)
    assert verdict(signed, keys.ring()) == (Seal.INVALID, Flaw.COMPROMISED)
    assert verdict(signed, keys.ring(), known_since=after) == (Seal.INVALID, Flaw.COMPROMISED)
    assert verdict(signed, keys.ring(), known_since=before) == (Seal.VALID, None)


def test_one_signer_serves_many_files_and_each_signature_is_new(typeset, ring):
    signer = signing.signer(now=NOW)
    assert signing.signer(now=NOW) is signer
    first, second = signer.sign(typeset), signer.sign(typeset)
    assert first != second
    assert [verdict(content, ring) for content in (first, second)] == [(Seal.VALID, None)] * 2


def test_a_chain_is_carried_whole(typeset, tmp_path, settings):
    a_ring(tmp_path, settings)
    root = keymaking.pdf_key(site="https://root.example.org", now=NOW)
    path = tmp_path / "pdf-1" / "certificate.pem"
    path.write_text(path.read_text() + root["certificate.pem"])
    ring = keys.ring()
    signed = signing.signer(now=NOW).sign(typeset)
    assert len(ring.pdf[0].chain) == 2
    assert verdict(signed, ring) == (Seal.VALID, None)
