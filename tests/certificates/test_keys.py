import datetime as dt
import io
import json
import stat
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from django.core.management import CommandError, call_command

from certificates import actions, keymaking, keys, multibase
from certificates.checks import check_keys
from certificates.errors import Refused
from certificates.keys import KeyProblem
from certificates.models import Certificate
from tests.certificates.keys_of_others import NOW, SITE, a_ring, pair
from tests.certificates_factories import a_programme
from tests.sessions_factories import AFTERWARDS

YEAR = dt.timedelta(days=365)


def said(*arguments):
    out = io.StringIO()
    call_command("make_keys", *arguments, stdout=out)
    return out.getvalue()


def test_a_laptop_makes_its_own_keys_readable_by_nobody_else(tmp_path, settings):
    settings.KEYS_DIR = tmp_path / "keys"
    ring = keys.ring()
    assert [key.id for key in (*ring.pdf, *ring.credential)] == ["pdf-1", "credential-1"]
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in settings.KEYS_DIR.rglob("*")}
    assert modes == dict.fromkeys(("pdf-1", "credential-1"), 0o700) | dict.fromkeys(keys.FILES, 0o600)
    assert keys.ring() is ring


def test_many_that_make_the_first_keys_at_once_agree(tmp_path):
    folder = tmp_path / "keys"
    threads = [
        threading.Thread(target=keymaking.make_first_keys, args=[folder], kwargs={"site": SITE}) for _ in "12345"
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(path.name for path in folder.iterdir()) == ["credential-1", "pdf-1"]


def test_many_that_look_for_keys_while_the_first_are_made_find_both(tmp_path, settings):
    settings.KEYS_DIR = tmp_path / "keys"
    with ThreadPoolExecutor(8) as pool:
        rings = list(pool.map(lambda _number: keys.ring(), range(40)))
    found = {tuple(key.id for key in ring.all) for ring in rings}
    assert found == {("pdf-1", "credential-1")}


def test_a_newer_key_signs_and_the_older_one_stays(tmp_path, settings):
    first = a_ring(tmp_path, settings).pdf_signer(now=NOW)
    said("--only", "pdf")
    ring = keys.ring()
    assert [key.der for key in ring.pdf] == [first.der, ring.pdf_signer(now=NOW).der]
    assert ring.pdf_signer(now=NOW).id == "pdf-2"
    assert ring.credential_signer(now=NOW).id == "credential-1"


def test_a_programme_may_have_a_key_of_its_own(tmp_path, settings):
    a_ring(tmp_path, settings)
    key, certificate = pair(NOW + YEAR)
    (tmp_path / "key").write_text(key)
    (tmp_path / "certificate").write_text(certificate)
    given = ("--key", str(tmp_path / "key"), "--certificate", str(tmp_path / "certificate"))
    assert said("--programme", "data-cities", *given) == f"{tmp_path / 'pdf-2'}: signs from now on\n"
    assert keys.ring().pdf_signer(programme="data-cities", now=NOW).id == "pdf-2"
    assert keys.ring().pdf_signer(programme="other", now=NOW).id == "pdf-1"


def test_the_ring_may_come_from_the_environment(tmp_path, settings):
    ring = a_ring(tmp_path, settings)
    settings.KEYS = said("--print")
    settings.KEYS_DIR = tmp_path / "nowhere"
    assert keys.ring().pdf_signer(now=NOW).der == ring.pdf[0].der
    with pytest.raises(CommandError, match="The keys come from BARAZA_KEYS"):
        said()


def replaced(folder, name, **files):
    for file, text in files.items():
        (folder / name / file.replace("_", ".")).write_text(text)


def problem_of(sign):
    with pytest.raises(KeyProblem) as refusal:
        sign(now=NOW)
    return str(refusal.value)


def test_a_key_that_cannot_sign_says_why(tmp_path, settings):
    ring = a_ring(tmp_path, settings)
    assert problem_of(keys.Ring().pdf_signer) == "There is no key to sign PDFs with. Make one: manage.py make_keys."
    assert problem_of(keys.Ring().credential_signer).startswith("There is no key to sign credentials with.")
    key, certificate = pair(NOW + YEAR)
    replaced(tmp_path, "pdf-1", key_pem=key)
    assert problem_of(keys.ring().pdf_signer) == "The key pdf-1 does not belong to its certificate."
    replaced(tmp_path, "pdf-1", certificate_pem=certificate)
    assert keys.ring().pdf_signer(now=NOW).der != ring.pdf[0].der
    replaced(tmp_path, "pdf-1", key_pem="nonsense")
    assert "no P-256 key in unencrypted PEM" in problem_of(keys.ring().pdf_signer)
    p384, certificate = pair(NOW + YEAR, private=ec.generate_private_key(ec.SECP384R1()))
    replaced(tmp_path, "pdf-1", key_pem=p384, certificate_pem=certificate)
    assert "no P-256 key in unencrypted PEM" in problem_of(keys.ring().pdf_signer)
    (tmp_path / "pdf-1" / "key.pem").unlink()
    assert "its folder has no key.pem" in problem_of(keys.ring().pdf_signer)
    replaced(tmp_path, "pdf-1", certificate_pem="")
    assert "no certificate.pem that can be read" in problem_of(keys.ring().pdf_signer)
    replaced(tmp_path, "pdf-1", about_json="[")
    assert "about.json of the key pdf-1 cannot be read" in problem_of(keys.ring().pdf_signer)
    replaced(tmp_path, "credential-1", key_pem=key)
    assert "no Ed25519 key" in problem_of(keys.ring().credential_signer)
    replaced(tmp_path, "credential-1", public_pem="x")
    assert "no public.pem that can be read" in problem_of(keys.ring().credential_signer)


def test_an_expired_key_says_so(tmp_path, settings):
    a_ring(tmp_path, settings)
    key, certificate = pair(NOW - dt.timedelta(days=2))
    replaced(tmp_path, "pdf-1", key_pem=key, certificate_pem=certificate)
    sentence = "The key pdf-1 expired on 31 March 2026. Make a new one: manage.py make_keys."
    assert problem_of(keys.ring().pdf_signer) == sentence
    replaced(tmp_path, "credential-1", about_json=keymaking.about(now=NOW, sign_until=NOW))
    assert "The key credential-1 expired on 2 April 2026." in problem_of(keys.ring().credential_signer)


def test_a_compromised_key_signs_no_more_and_a_new_one_does(tmp_path, settings):
    a_ring(tmp_path, settings)
    said("--compromised", "pdf-1", "--since", "2026-03-01")
    ring = keys.ring()
    assert ring.pdf[0].about.compromised_at == dt.datetime(2026, 3, 1, tzinfo=dt.UTC)
    assert ring.pdf[0].private is None
    assert ring.pdf_signer(now=NOW).id == "pdf-2"
    assert "pdf-1: The key pdf-1 is marked as compromised." in said("--list")
    assert "pdf-2: can sign" in said("--list")
    for arguments in (
        ("--compromised", "pdf-9"),
        ("--compromised", "../x"),
        ("--compromised", "pdf-2", "--since", "x"),
    ):
        with pytest.raises(CommandError):
            said(*arguments)


def test_only_what_is_missing_is_made_on_request(tmp_path, settings):
    settings.KEYS_DIR = tmp_path
    said("--only", "credential")
    assert said("--missing") == f"{tmp_path / 'pdf-1'}: signs from now on\n"
    assert said("--missing") == ""


def test_a_key_that_does_not_fit_is_not_taken_up(tmp_path, settings):
    a_ring(tmp_path, settings)
    (tmp_path / "key").write_text(pair(NOW + YEAR)[0])
    (tmp_path / "certificate").write_text(pair(NOW + YEAR)[1])
    with pytest.raises(CommandError, match="does not belong to its certificate"):
        said("--key", str(tmp_path / "key"), "--certificate", str(tmp_path / "certificate"))
    with pytest.raises(CommandError, match="together"):
        said("--key", str(tmp_path / "key"))
    assert len(keys.ring().pdf) == 1


def test_production_makes_no_keys_by_itself_and_the_system_check_says_so(tmp_path, settings):
    settings.KEYS_DIR = tmp_path / "keys"
    settings.MAKES_OWN_KEYS = False
    assert [message.id for message in check_keys(None)] == ["certificates.W001", "certificates.W001"]
    assert not settings.KEYS_DIR.exists()
    a_ring(tmp_path / "keys", settings)
    assert check_keys(None) == []
    (tmp_path / "keys" / "pdf-1" / "key.pem").chmod(0o644)
    assert [message.id for message in check_keys(None)] == ["certificates.W002"]
    settings.KEYS = "{"
    assert "BARAZA_KEYS is not what" in check_keys(None)[0].msg


@pytest.mark.django_db
def test_nothing_is_issued_without_a_key(tmp_path, settings):
    programme = a_programme(people=1)
    settings.KEYS_DIR = tmp_path / "keys"
    settings.MAKES_OWN_KEYS = False
    with pytest.raises(Refused, match="There is no key to sign PDFs with"):
        actions.request_issue(programme, by=None, now=AFTERWARDS)
    assert Certificate.objects.count() == 0


@pytest.mark.django_db
def test_a_key_that_breaks_during_a_run_leaves_a_sentence_and_the_run_can_be_repeated(tmp_path, settings):
    programme = a_programme(people=1)
    a_ring(tmp_path / "keys", settings)
    run = actions.request_issue(programme, by=None, now=AFTERWARDS)
    settings.KEYS_DIR = tmp_path / "nowhere"
    settings.MAKES_OWN_KEYS = False
    actions.carry_on(run, now=AFTERWARDS)
    assert "There is no key to sign PDFs with." in run.refusal
    settings.KEYS_DIR = tmp_path / "keys"
    actions.carry_on(actions.request_issue(programme, by=None, now=AFTERWARDS), now=AFTERWARDS)
    assert Certificate.objects.get().file.content


@pytest.mark.parametrize("data", [b"", b"\0\0\1", b"\xff" * 64, bytes(range(64))])
def test_base58_is_read_back(data):
    assert multibase.from_base58btc(multibase.base58btc(data), length=len(data)) == data


def test_known_values_of_multibase():
    assert multibase.base58btc(b"yes mani !") == "z7paNL19xttacUY"  # the example of the specification
    for text in ("", "7paNL19xttacUY", "z0", "z1", "z" + "z" * 90, "z17paNL19xttacUY"):
        with pytest.raises(ValueError, match=r"base58|expected|one way"):
            multibase.from_base58btc(text, length=10)
    assert multibase.from_base64url(multibase.base64url(b"\xff\xfe\xfd")) == b"\xff\xfe\xfd"
    assert json.dumps(multibase.ed25519_multikey(b"\0" * 32)).startswith('"z6M')
