import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from certificates import actions
from certificates.actions import records
from certificates.models import Certificate
from certificates.views.verification import FILES_PER_MINUTE, MISSES_PER_MINUTE
from tests.certificates_factories import CertificateFactory, a_graduate, a_programme
from tests.registrations_factories import RegistrationFactory
from tests.sessions_factories import AFTERWARDS

pytestmark = pytest.mark.django_db


def issued(**attributes):
    programme = a_programme(people=0, slug="data-cities", title="Data for Cities")
    person = a_graduate(programme, **{"printed_name": "Amina Odhiambo", **attributes})
    actions.carry_on(actions.request_issue(programme, by=None, now=AFTERWARDS), now=AFTERWARDS)
    return person.certificates.get()


def page(client, code, status=200):
    response = client.get(f"/verify/{code}/")
    assert response.status_code == status
    return response, " ".join(response.content.decode().split())


def test_the_page_prints_every_fact_that_the_certificate_prints(client, django_assert_num_queries):
    certificate = issued()
    with django_assert_num_queries(1):
        response, text = page(client, certificate.code)
    for fact in (
        "Valid.",
        "Amina Odhiambo",
        "Data for Cities",
        "10 March 2026 – 24 March 2026",
        "3 of 3 sessions attended, 6 hours of presence",
        "Institute of Tests",
        "2 April 2026",
        "BZ-DC-2026-00001",
        certificate.code,
        certificate.file.sha256,
    ):
        assert fact in text
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert response["Referrer-Policy"] == "no-referrer"
    assert "SPECIMEN" not in text


def test_the_page_shows_the_snapshot_and_not_the_profile(client):
    certificate = issued()
    certificate.registration.programme.registrations.update(printed_name="Renamed")
    assert "Amina Odhiambo" in page(client, certificate.code)[1]
    assert "Renamed" not in page(client, certificate.code)[1]


def test_a_revoked_certificate_says_so_and_why(client):
    certificate = issued()
    actions.revoke(certificate, reason="Somebody else attended.", by=None, now=AFTERWARDS)
    text = page(client, certificate.code)[1]
    assert "Revoked on 2 April 2026." in text
    assert "Somebody else attended." in text
    assert "Valid." not in text


def test_a_superseded_certificate_leads_to_its_replacement(client):
    old = issued()
    new = actions.supersede(old, printed_name="Amina A. Odhiambo", by=None, now=AFTERWARDS)
    text = page(client, old.code)[1]
    assert f'href="/verify/{new.code}/"' in text
    assert "Go to its replacement, number BZ-DC-2026-00002" in text
    assert "Valid." not in text
    assert "Replaces number" in page(client, new.code)[1]


def test_a_specimen_is_marked(client):
    certificate = CertificateFactory(is_synthetic=True)
    assert "SPECIMEN – synthetic person" in page(client, certificate.code)[1]


def test_markup_in_a_name_is_shown_as_text(client):
    certificate = CertificateFactory(printed_name="<script>alert(1)</script>")
    assert "<script>" not in page(client, certificate.code)[1]


@pytest.mark.parametrize("code", ["x", "a" * 24, "BZ-DC-2026-00001", "%3Cscript%3E", "'--"])
def test_an_unknown_code_is_a_clear_page_with_a_form(client, code):
    issued()
    response, text = page(client, code, status=404)
    assert "No certificate has this code." in text
    assert 'name="code"' in text
    assert response["X-Robots-Tag"] == "noindex, nofollow"


def test_guessing_is_slowed_down_and_verifying_is_not(client):
    certificate = issued()
    statuses = [client.get(f"/verify/guess{number}/").status_code for number in range(MISSES_PER_MINUTE + 1)]
    assert statuses == [404] * MISSES_PER_MINUTE + [429]
    assert client.get(f"/verify/{certificate.code}/").status_code == 200


@pytest.mark.parametrize("form", ["{code}", " {code} ", "http://127.0.0.1:8000/verify/{code}/", "/verify/{code}"])
def test_the_form_leads_to_the_page_of_a_code_or_a_pasted_address(client, form):
    response = client.get("/verify/", {"code": form.format(code="abc-DEF_1")})
    assert (response.status_code, response["Location"]) == (302, "/verify/abc-DEF_1/")


def test_the_form_asks_for_a_code(client):
    assert client.get("/verify/").status_code == 200
    response = client.get("/verify/", {"code": ""})
    assert response.status_code == 200
    assert b"This field is required." in response.content


def pdf(content):
    return SimpleUploadedFile("certificate.pdf", content, content_type="application/pdf")


def test_a_file_is_compared_and_its_signature_judged(client):
    certificate = issued()
    content = bytes(certificate.file.content)
    changed = content[:-10] + bytes([content[-10] ^ 1]) + content[-9:]
    other = CertificateFactory(registration=a_graduate(certificate.registration.programme), rule=certificate.rule)
    records.deliver([other.pk], now=AFTERWARDS)
    for given, sentence in (
        (content, "our signature on it holds"),
        (changed, "It was changed after it was signed."),
        (b"%PDF-1.7 by somebody", "It carries no signature."),
        (b"hello", "This is neither a PDF file nor a badge."),
        (bytes(other.file.content), "It belongs to another certificate."),
    ):
        response = client.post(f"/verify/{certificate.code}/", {"file": pdf(given)})
        assert sentence in response.content.decode()
        assert ("Yes: it is ours and unchanged." in response.content.decode()) == (given == content)


def test_a_browser_that_sends_no_referrer_can_compare_a_file():
    certificate = issued()
    client = Client(enforce_csrf_checks=True)
    for address in ("/verify/", f"/verify/{certificate.code}/"):
        response = client.post(address, {"file": pdf(b"x")}, headers={"origin": "null"})
        assert response.status_code == 200
        assert "csrfmiddlewaretoken" not in response.content.decode()


def test_a_file_alone_finds_its_certificate(client):
    certificate = issued()
    content = bytes(certificate.file.content)
    text = client.post("/verify/", {"file": pdf(content)}).content.decode()
    assert "Yes: it is ours and unchanged." in text
    assert certificate.serial in text
    text = client.post("/verify/", {"file": pdf(content + b" ")}).content.decode()
    assert "<strong>We cannot confirm this file.</strong> Something was added to it after it was signed." in text


def test_judging_files_is_throttled(client):
    for _turn in range(FILES_PER_MINUTE):
        assert client.post("/verify/", {"file": pdf(b"x")}).status_code == 200
    response = client.post("/verify/", {"file": pdf(b"x")})
    assert (response.status_code, response["Retry-After"]) == (429, "60")


def test_a_certificate_that_its_owner_hides_looks_like_an_unknown_one(client):
    certificate = issued()
    content = bytes(certificate.file.content)
    address = f"/my/{certificate.registration.link_token}/badge/"
    assert "Hide the public page" in client.get(address).text
    assert client.post(address, {"public": "no"})["Location"] == address
    hidden, unknown = client.get(f"/verify/{certificate.code}/"), client.get("/verify/unknown/")
    assert (hidden.status_code, hidden.text.replace(certificate.code, "unknown")) == (404, unknown.text)
    text = client.post("/verify/", {"file": pdf(content)}).text
    assert certificate.serial not in text
    assert "The records here do not have it, or its owner keeps it private." in text
    client.post(address, {"public": "yes"})
    assert client.get(f"/verify/{certificate.code}/").status_code == 200


def test_a_corrected_certificate_stays_hidden(client):
    old = issued()
    client.post(f"/my/{old.registration.link_token}/badge/", {"public": "no"})
    old.refresh_from_db()
    new = actions.supersede(old, printed_name="Amina A. Odhiambo", by=None, now=AFTERWARDS)
    assert not Certificate.objects.get(pk=new.pk).is_public


def test_without_readable_keys_the_records_decide(client, settings):
    certificate = issued()
    settings.KEYS = "not a ring"
    content = bytes(certificate.file.content)
    assert "Yes: it is ours and unchanged." in client.post("/verify/", {"file": pdf(content)}).text
    assert "The records here do not have this file." in client.post("/verify/", {"file": pdf(content + b" ")}).text


def test_a_file_that_is_too_large_or_missing_is_refused_in_a_sentence(client):
    certificate = issued()
    for address in ("/verify/", f"/verify/{certificate.code}/"):
        response = client.post(address, {"file": pdf(b"x" * (5 * 1024 * 1024 + 1))})
        assert "The file is larger than 5 MB" in response.content.decode()
        assert "This field is required." in client.post(address, {}).content.decode()


def test_the_owner_downloads_the_stored_bytes(client, django_assert_num_queries):
    certificate = issued()
    with django_assert_num_queries(2):
        response = client.get(
            f"/my/{certificate.registration.link_token}/certificate/", headers={"accept-encoding": "gzip"}
        )
    content = bytes(certificate.file.content)
    assert response.content == content
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Length"] == str(len(content))
    assert response["Content-Disposition"] == 'attachment; filename="Certificate BZ-DC-2026-00001.pdf"'


def test_the_file_name_is_in_the_readers_language_too(client, monkeypatch):
    certificate = issued()
    monkeypatch.setattr("certificates.views.personal._", lambda text: text.replace("Certificate", "شهادة"))
    response = client.get(f"/my/{certificate.registration.link_token}/certificate/")
    assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''%D8%B4")


def test_the_owner_gets_the_corrected_certificate_and_no_revoked_one(client):
    old = issued()
    address = f"/my/{old.registration.link_token}/certificate/"
    new = actions.supersede(old, printed_name="Amina A. Odhiambo", by=None, now=AFTERWARDS)
    assert client.get(address).content == bytes(new.file.content)
    actions.revoke(new, reason="Fraud", by=None, now=AFTERWARDS)
    assert client.get(address).status_code == 404


def test_there_is_nothing_to_download_without_a_certificate_or_with_a_wrong_link(client):
    person = RegistrationFactory()
    assert client.get(f"/my/{person.link_token}/certificate/").status_code == 404
    assert client.get("/my/wrong/certificate/").status_code == 404
    CertificateFactory(registration=person)
    assert client.get(f"/my/{person.link_token}/certificate/").status_code == 404
    assert Certificate.objects.get().is_valid


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        (None, "No certificate has been issued to you."),
        ({}, "Its PDF is being made; we send you an e-mail when it is here."),
        ({"render_error": "no font has “힣”"}, "Its PDF could not be made; the organisers must see to it."),
        ({"revoked_at": AFTERWARDS, "revoked_because": "Never there."}, "Reason: <bdi>Never there.</bdi>"),
    ],
)
def test_whoever_finds_no_pdf_is_told_why(client, facts, sentence):
    person = RegistrationFactory()
    if facts is not None:
        CertificateFactory(registration=person, rule__programme=person.programme, **facts)
    response = client.get(f"/my/{person.link_token}/certificate/")
    assert response.status_code == 404
    assert sentence in response.text
    assert f'href="/my/{person.link_token}/"' in response.text
