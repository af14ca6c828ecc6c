import io
import json

import pikepdf
import pytest
from django.core.management import CommandError, call_command

from certificates.models import Certificate
from tests.certificates_factories import a_programme

pytestmark = pytest.mark.django_db


def said(*arguments):
    out = io.StringIO()
    call_command(*arguments, stdout=out)
    return out.getvalue()


def test_a_dry_run_only_counts():
    a_programme(people=2, slug="data-cities")
    assert json.loads(said("issue_certificates", "data-cities", "--dry-run", "--json"))["due"] == 2
    assert "due: 2" in said("issue_certificates", "data-cities", "--dry-run")
    assert Certificate.objects.count() == 0


def test_issuing_says_how_many():
    a_programme(people=2, slug="data-cities")
    assert json.loads(said("issue_certificates", "data-cities", "--json")) == {"done": 2, "total": 2, "refusal": ""}
    with pytest.raises(CommandError, match="Nobody is due"):
        said("issue_certificates", "data-cities")
    with pytest.raises(CommandError, match="no programme"):
        said("issue_certificates", "unknown")


def test_a_certificate_is_verified_by_code_number_or_file(tmp_path):
    a_programme(people=1, slug="data-cities", title="Data for Cities")
    said("issue_certificates", "data-cities")
    certificate = Certificate.objects.get()
    file = tmp_path / "certificate.pdf"
    file.write_bytes(bytes(certificate.file.content))
    facts = {
        "state": "valid",
        "serial": "BZ-DC-2026-00001",
        "name": certificate.printed_name,
        "programme": "Data for Cities",
        "issued_at": certificate.issued_at.isoformat(),
        "signature": None,
    }
    assert json.loads(said("verify_certificate", certificate.code, "--json")) == {**facts, "file_matches": None}
    assert json.loads(said("verify_certificate", certificate.serial, "--json")) == {**facts, "file_matches": None}
    assert json.loads(said("verify_certificate", str(file), "--json")) == {**facts, "file_matches": True}
    assert "state: valid" in said("verify_certificate", certificate.code)
    file.write_bytes(file.read_bytes() + b"\n")
    with pytest.raises(CommandError, match="No certificate of ours matches"):
        said("verify_certificate", str(file))


def test_a_specimen_is_drawn_without_a_row(tmp_path):
    out = tmp_path / "specimen.pdf"
    said("render_certificate", "--name", "فاطمة الزهراء", "--language", "ar", "--out", str(out))
    with pikepdf.open(out) as pdf:
        assert "فاطمة الزهراء" in str(pdf.docinfo["/Title"])
    assert Certificate.objects.count() == 0
    with pytest.raises(CommandError, match="cannot be printed"):
        said("render_certificate", "--name", "\U0001f469", "--out", str(out))
