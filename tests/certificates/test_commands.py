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


def facts(*arguments):
    """What the command prints as JSON, and whether it was content."""
    out = io.StringIO()
    try:
        call_command("verify_certificate", *arguments, "--json", stdout=out)
    except CommandError as error:
        return json.loads(out.getvalue()), str(error)
    return json.loads(out.getvalue()), ""


def test_a_certificate_is_verified_by_code_address_number_file_or_badge(tmp_path, client):
    a_programme(people=1, slug="data-cities", title="Data for Cities")
    said("issue_certificates", "data-cities")
    certificate = Certificate.objects.get()
    file = tmp_path / "certificate.pdf"
    file.write_bytes(bytes(certificate.file.content))
    given = [certificate.code, f"https://other.example/verify/{certificate.code}/", certificate.serial, str(file)]
    for kind in ("json", "png", "svg"):
        badge = tmp_path / f"badge.{kind}"
        badge.write_bytes(client.get(f"/my/{certificate.registration.link_token}/badge.{kind}").content)
        given.append(str(badge))
    expected = {
        "state": "valid",
        "serial": "BZ-DC-2026-00001",
        "name": certificate.printed_name,
        "programme": "Data for Cities",
        "issued_at": certificate.issued_at.isoformat(),
        "signature": "valid",
        "file_matches": True,
    }
    assert [facts(one) for one in given] == [(expected, "")] * 7
    assert "state: valid" in said("verify_certificate", certificate.code)
    Certificate.objects.update(hidden_at=certificate.issued_at, revoked_at=certificate.issued_at, revoked_because="x")
    assert facts(str(file)) == ({**expected, "state": "revoked"}, "")


def test_what_is_not_ours_and_unchanged_is_said_in_a_sentence(tmp_path):
    a_programme(people=1, slug="data-cities")
    said("issue_certificates", "data-cities")
    certificate = Certificate.objects.get()
    content = bytes(certificate.file.content)
    unknown = {
        "state": "unknown",
        "serial": None,
        "name": None,
        "programme": None,
        "issued_at": None,
        "signature": None,
        "file_matches": None,
    }
    assert facts("no-such-code") == (unknown, "No certificate of ours matches.")
    assert facts("x" * 5000) == (unknown, "No certificate of ours matches.")
    file = tmp_path / "file"
    for given, seal, sentence in (
        (content + b"\n", "invalid", "Something was added to it after it was signed."),
        (content.replace(b"/Title", b"/Titel", 1), "invalid", "It was changed after it was signed."),
        (content[: content.index(b"%%EOF") + 5], "none", "It carries no signature."),
        (b"hello", "none", "This is neither a PDF file nor a badge."),
    ):
        file.write_bytes(given)
        found, problem = facts(str(file))
        assert found == {**unknown, "signature": seal, "file_matches": False}
        assert sentence in problem
    file.write_bytes(content)
    certificate.file.delete()
    assert facts(str(file))[0] == {**unknown, "signature": "valid", "file_matches": False}
    assert "the records here do not have this file" in facts(str(file))[1]
    found, problem = facts(certificate.code)
    assert (found["state"], found["signature"], found["file_matches"], problem) == ("valid", None, None, "")


def test_a_specimen_is_drawn_without_a_row(tmp_path):
    out = tmp_path / "specimen.pdf"
    said("render_certificate", "--name", "فاطمة الزهراء", "--language", "ar", "--out", str(out))
    with pikepdf.open(out) as pdf:
        assert "فاطمة الزهراء" in str(pdf.docinfo["/Title"])
    assert Certificate.objects.count() == 0
    with pytest.raises(CommandError, match="cannot be printed"):
        said("render_certificate", "--name", "\U0001f469", "--out", str(out))
    with pytest.raises(CommandError, match="There is no name to print"):
        said("render_certificate", "--name", " ", "--out", str(out))
    with pytest.raises(CommandError, match="cannot be written: No such file or directory"):
        said("render_certificate", "--name", "Ann Lee", "--out", str(out.parent / "gone" / "x.pdf"))
