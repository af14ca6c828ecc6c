import base64
import copy
import gzip
import io
import json
import random
import uuid

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.db import IntegrityError
from openbadgeslib.ob3.ldp import verify_data_integrity_proof

from certificates import actions, baking, credentials, issuer, keymaking, keys, proofs, status_list, validation
from certificates.actions import credentials as credential_actions
from certificates.actions import records
from certificates.actions.credentials import credential_of
from certificates.models import Credential
from certificates.proofs import Fault
from certificates.signatures import Seal
from tests.certificates.keys_of_others import NOW, a_ring
from tests.certificates_factories import CertificateFactory, a_graduate, a_programme
from tests.sessions_factories import AFTERWARDS

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def ring(tmp_path, settings):
    return a_ring(tmp_path / "keys", settings)


def issued(**attributes):
    programme = a_programme(people=0, slug="data-cities", title="Data for Cities")
    person = a_graduate(programme, **{"printed_name": "Amina Odhiambo", "email": "amina@example.org", **attributes})
    actions.carry_on(actions.request_issue(programme, by=None, now=AFTERWARDS), now=AFTERWARDS)
    return person.certificates.get()


def signed(certificate):
    return credentials.signed(credential_of(certificate), key=keys.ring().credential_signer(now=NOW))


def fault(document):
    return proofs.fault_of(document, ring=keys.ring().credential, issuer=issuer.did())


def judged(document):
    finding = validation.examine(json.dumps(document).encode())
    return finding.seal.value, finding.reason


def test_a_credential_says_what_the_certificate_says_and_of_the_person_only_the_name():
    certificate = issued()
    document = signed(certificate)
    subject = document["credentialSubject"]
    assert document["id"] == f"http://127.0.0.1:8000/verify/{certificate.code}/"
    assert document["issuer"]["id"] == "did:web:127.0.0.1%3A8000"
    assert document["issuer"]["name"] == "Institute of Tests"
    assert document["validFrom"] == proofs.moment(certificate.issued_at)
    assert subject["identifier"] == [
        {"type": "IdentityObject", "hashed": False, "identityHash": "Amina Odhiambo", "identityType": "name"}
    ]
    assert subject["licenseNumber"] == certificate.serial
    assert subject["achievement"]["name"] == "Data for Cities"
    assert subject["achievement"]["achievementType"] == "CertificateOfCompletion"
    assert uuid.UUID(subject["id"]).version == 4
    text = json.dumps(document)
    for private in ("amina@example.org", certificate.registration.link_token, str(certificate.registration.country)):
        assert f'"{private}"' not in text
    assert "amina@" not in text.lower()


def test_the_same_certificate_and_key_give_the_same_credential():
    certificate = issued()
    assert signed(certificate) == signed(certificate)
    assert [proof["cryptosuite"] for proof in signed(certificate)["proof"]] == ["eddsa-rdfc-2022"]


def test_somebody_elses_verifier_with_the_official_contexts_agrees(ring):
    public = ring.credential[0].public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    certificate = issued(printed_name="فاطمة “الزهراء” O’Neill\u200d", language="ar")
    for document in (signed(certificate), credentials.signed_list(1, [5, 7], key=ring.credential[0], now=NOW)):
        verify_data_integrity_proof({**document, "proof": document["proof"][0]}, public)
        changed = {**document, "validFrom": "2020-01-01T00:00:00Z", "proof": document["proof"][0]}
        with pytest.raises(Exception, match=r".*"):
            verify_data_integrity_proof(changed, public)


def mutants(node, path=()):
    """Each way to change one thing: a text, a member left out, a member added."""
    if isinstance(node, dict | list):
        for key in list(node) if isinstance(node, dict) else range(len(node)):
            yield (*path, key), None
            yield from mutants(node[key], (*path, key))
        if isinstance(node, dict):
            yield (*path, "unheardOf"), "x"
            yield (*path, "name"), "Somebody Else"
    else:
        yield path, (not node) if isinstance(node, bool) else f"{node[:-1]}{'b' if node.endswith('a') else 'a'}"
        yield path, ""


def mutated(document, path, value):
    copied = copy.deepcopy(document)
    node = copied
    for key in path[:-1]:
        node = node[key]
    if value is None:
        del node[path[-1]]
    else:
        node[path[-1]] = value
    return copied


def test_a_hundred_mutants_are_rejected():
    document = signed(issued())
    assert fault(document) is None
    changes = list(mutants(document))
    assert len(changes) > 100
    for path, value in random.Random(7).sample(changes, 100):
        assert fault(mutated(document, path, value)) is not None, (path, value)


def test_a_badge_that_is_not_ours_says_why(tmp_path, settings):
    certificate = issued()
    document = signed(certificate)
    assert judged(document) == ("valid", "")
    named = {**document, "credentialSubject": {**document["credentialSubject"], "licenseNumber": "BZ-1"}}
    assert judged(named) == ("invalid", "This badge was changed after it was signed.")
    assert judged({**document, "unheardOf": 1}) == ("invalid", "This badge says things that its proof does not cover.")
    assert judged({**document, "proof": []})[0] == "none"
    assert judged({**document, "proof": document["proof"] * 2})[0] == "invalid"
    other = {**document, "issuer": {**document["issuer"], "id": "did:web:example.org"}}
    assert judged(other) == ("unknown signer", "This badge names another issuer, so only they can vouch for it.")
    a_ring(tmp_path / "forger", settings)
    forged = signed(certificate)
    settings.KEYS_DIR = tmp_path / "keys"
    assert judged(forged)[0] == "unknown signer"
    assert "forged" in judged(forged)[1]


@pytest.mark.parametrize(
    "content",
    [
        b"{",
        b"[]",
        b'{"a": 1, "a": 2}',
        b"{" * 100_000,
        b'{"issuer": "did:web:127.0.0.1%3A8000", "proof": [{}]}',
        b"<svg/>",
        b"<?xml version='1.0'?><!DOCTYPE x [<!ENTITY a 'b'>]><svg>&a;</svg>",
        b"\x89PNG\r\n\x1a\n",
        b"\x89PNG\r\n\x1a\n\xff\xff\xff\xffiTXt",
    ],
)
def test_nonsense_is_no_badge_and_not_an_error(content):
    finding = validation.examine(content)
    assert finding.seal in (Seal.NONE, Seal.INVALID, Seal.UNKNOWN_SIGNER)
    assert finding.file_matches is False
    assert finding.reason


def test_a_document_made_to_take_forever_is_refused_before_it_does(ring):
    key = ring.credential[0]
    proof = {**signed(issued())["proof"][0]}
    nameless = {"type": ["Profile"], "name": [{"url": "https://x.example/"} for _number in range(12)]}
    document = {"@context": [credentials.CREDENTIALS, credentials.OPEN_BADGES], "issuer": nameless, "proof": [proof]}
    assert proofs.fault_of(document, ring=[key], issuer=issuer.did()) is Fault.UNREADABLE
    deep = {}
    for _turn in range(200):
        deep = {"issuer": deep}
    assert proofs.fault_of({**deep, "proof": [proof]}, ring=[key], issuer=issuer.did()) is Fault.UNREADABLE


def test_the_badge_of_a_certificate_that_the_records_lost_keeps_its_signature():
    certificate = issued()
    document = signed(certificate)
    Credential.objects.all().delete()
    assert judged(document)[0] == "valid"
    assert "the records here do not have this badge" in judged(document)[1]


def test_a_badge_of_a_newer_state_of_the_records_is_told_apart():
    certificate = issued()
    document = signed(certificate)
    Credential.objects.update(place=(Credential.objects.get().place + 1) % status_list.LENGTH)
    assert judged(document) == ("valid", "We signed this badge, but it says something else than our records.")


def test_an_older_key_keeps_verifying_and_a_compromised_one_does_not(settings):
    document = signed(issued())
    keymaking.add_key(settings.KEYS_DIR, "credential", keymaking.credential_key(now=NOW))
    assert fault(document) is None
    assert keys.ring().credential_signer(now=NOW).id == "credential-2"
    keymaking.mark_compromised(settings.KEYS_DIR, "credential-1", at=NOW)
    assert fault(document) is Fault.COMPROMISED
    assert "can fetch a new one from the personal page" in judged(document)[1]


def test_each_certificate_gets_one_place_in_a_list_and_its_correction_the_same_subject():
    certificate = issued()
    first = credential_of(certificate)
    assert credential_of(certificate).place == first.place
    successor = actions.supersede(certificate, printed_name="Amina A. Odhiambo", by=None, now=AFTERWARDS)
    second = credential_of(successor)
    assert (second.subject, second.list_number) == (first.subject, 1)
    assert second.place != first.place


def test_a_taken_place_is_tried_elsewhere_and_a_half_full_list_is_followed_by_another(monkeypatch):
    certificate, others = issued(), CertificateFactory.create_batch(2)
    taken = credential_of(certificate)
    places = iter([taken.place, 77])
    monkeypatch.setattr("secrets.randbelow", lambda _below: next(places))
    assert credential_of(others[0]).place == 77
    monkeypatch.setattr(credential_actions, "FULL", 2)
    monkeypatch.setattr("secrets.randbelow", lambda _below: 77)
    assert str(credential_of(others[1])) == "2/77"


@pytest.mark.parametrize("wrong", [{"place": status_list.LENGTH}, {"list_number": 0}])
def test_a_place_outside_the_list_is_refused_by_the_database(wrong):
    with pytest.raises(IntegrityError):
        Credential.objects.create(certificate=CertificateFactory(), **{"list_number": 1, "place": 0, **wrong})


def test_two_cannot_stand_at_one_place():
    first, second = CertificateFactory.create_batch(2)
    Credential.objects.create(certificate=first, list_number=1, place=5)
    with pytest.raises(IntegrityError):
        Credential.objects.create(certificate=second, list_number=1, place=5)


def bits(document):
    encoded = document["credentialSubject"]["encodedList"]
    return gzip.decompress(base64.urlsafe_b64decode(encoded[1:] + "=" * (-(len(encoded) - 1) % 4)))


def test_a_status_list_counts_bits_from_the_left():
    packed = bits({"credentialSubject": {"encodedList": status_list.encoded([0, 9, status_list.LENGTH - 1])}})
    assert (len(packed), packed[0], packed[1], packed[-1]) == (16_384, 0b1000_0000, 0b0100_0000, 1)
    assert sum(packed) == 128 + 64 + 1


def test_the_status_list_shows_revoked_and_superseded(client, django_assert_num_queries):
    certificate = issued()
    credential = credential_of(certificate)
    address = "/credentials/status/1/"
    with django_assert_num_queries(2):
        response = client.get(address)
    assert response["Content-Type"] == "application/vc"
    assert response["Access-Control-Allow-Origin"] == "*"
    assert fault(json.loads(response.content)) is None
    assert sum(bits(json.loads(response.content))) == 0
    assert client.get(address).content == response.content
    new = actions.supersede(certificate, printed_name="Amina A. Odhiambo", by=None, now=AFTERWARDS)
    withdrawn = bits(json.loads(client.get(address).content))
    assert withdrawn[credential.place // 8] == 0x80 >> credential.place % 8
    other = credential_of(new)
    actions.revoke(new, reason="An example.", by=None, now=AFTERWARDS)
    withdrawn = bits(json.loads(client.get(address).content))
    assert withdrawn[other.place // 8] & (0x80 >> other.place % 8)
    assert client.get("/credentials/status/2/").status_code == 404
    assert client.get("/credentials/status/0/").status_code == 404


def test_a_status_list_that_cannot_be_signed_says_so(client, settings, tmp_path):
    settings.KEYS_DIR, settings.MAKES_OWN_KEYS = tmp_path / "nowhere", False
    response = client.get("/credentials/status/1/")
    assert (response.status_code, "no key to sign credentials" in response.text) == (503, True)


def test_the_issuers_document_names_every_key(client, settings, ring):
    keymaking.add_key(settings.KEYS_DIR, "credential", keymaking.credential_key(now=NOW))
    keymaking.mark_compromised(settings.KEYS_DIR, "credential-1", at=NOW)
    response = client.get("/.well-known/did.json")
    assert response["Content-Type"] == "application/did+json"
    document = json.loads(response.content)
    first, second = (issuer.method(key) for key in keys.ring().credential)
    assert document["id"] == "did:web:127.0.0.1%3A8000"
    assert [entry["id"] for entry in document["verificationMethod"]] == [first, second]
    assert [entry.get("revoked") for entry in document["verificationMethod"]] == [proofs.moment(NOW), None]
    assert document["assertionMethod"] == [second]
    pem = client.get("/credentials/signing.pem").text
    assert pem == (settings.KEYS_DIR / "pdf-1" / "certificate.pem").read_text()


def test_the_owner_fetches_the_badge_in_three_forms(client):
    certificate = issued()
    link = f"/my/{certificate.registration.link_token}"
    files = {kind: client.get(f"{link}/badge.{kind}") for kind in ("json", "png", "svg")}
    document = signed(certificate)
    assert json.loads(files["json"].content) == document
    assert json.loads(baking.from_png(files["png"].content)) == document
    assert json.loads(baking.from_svg(files["svg"].text)) == document
    assert files["png"]["Content-Disposition"] == 'attachment; filename="Badge BZ-DC-2026-00001.png"'
    for response in files.values():
        finding = validation.examine(response.content)
        assert (finding.seal, finding.certificate, finding.file_matches) == (Seal.VALID, certificate, True)
        page = client.post("/verify/", {"file": io.BytesIO(response.content)}).text
        assert "Yes: it is ours and unchanged." in page


def test_the_badge_page_says_what_the_badge_says(client, django_assert_num_queries):
    certificate = issued()
    with django_assert_num_queries(2):
        text = client.get(f"/my/{certificate.registration.link_token}/badge/").text
    assert "Amina Odhiambo" in text
    assert f"http://127.0.0.1:8000/verify/{certificate.code}/" in text
    assert client.get("/credentials/badges/data-cities.png")["Content-Type"] == "image/png"
    drawing = client.get("/credentials/badges/data-cities.svg", headers={"accept-encoding": "gzip"})
    assert drawing["Content-Type"] == "image/svg+xml"
    assert len(drawing.content) < 9_000  # with the page and its style sheet within 14 kB
    assert client.get("/credentials/badges/unknown.png").status_code == 404


def test_there_is_no_badge_without_a_certificate_in_force(client):
    certificate = issued()
    link = f"/my/{certificate.registration.link_token}"
    actions.revoke(certificate, reason="Never there.", by=None, now=AFTERWARDS)
    for page in ("badge/", "badge.json", "badge.png", "badge.svg"):
        response = client.get(f"{link}/{page}")
        assert (response.status_code, "Never there." in response.text) == (404, True)
    assert client.get("/my/wrong/badge.json").status_code == 404
    assert Credential.objects.count() == 0


def test_a_badge_that_cannot_be_signed_says_why(client, settings, tmp_path):
    certificate = issued()
    settings.KEYS_DIR, settings.MAKES_OWN_KEYS = tmp_path / "nowhere", False
    response = client.get(f"/my/{certificate.registration.link_token}/badge.json")
    assert (response.status_code, "There is no key to sign credentials with." in response.text) == (503, True)


def test_a_picture_is_baked_whatever_the_text():
    text = '{"a": "]]> & < “ü” \\u0000 ]]]]><![CDATA[>"}'
    picture = b"\x89PNG\r\n\x1a\n" + bytes(25)
    svg = '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><path/></svg>'
    assert baking.from_svg(baking.into_svg(svg, '{"a": "]]> & < “ü”"}')) == '{"a": "]]> & < “ü”"}'
    baked = baking.into_png(picture, text)
    with pytest.raises(baking.NoCredential):  # the header of this picture has a wrong sum
        baking.from_png(baked)


def test_a_picture_with_two_credentials_is_refused(client):
    certificate = issued()
    content = client.get(f"/my/{certificate.registration.link_token}/badge.png").content
    with pytest.raises(baking.NoCredential):
        baking.from_png(baking.into_png(content, "{}"))
    for place in range(60, len(content), 4001):
        changed = bytearray(content)
        changed[place] ^= 1
        assert validation.examine(bytes(changed)).file_matches is False


def test_a_stored_file_that_was_tampered_with_in_the_database_is_noticed():
    certificate = issued()
    records.CertificateFile.objects.update(content=bytes(certificate.file.content)[:-1] + b" ")
    finding = validation.stored(certificate)
    assert (finding.seal, finding.file_matches) == (Seal.INVALID, False)
