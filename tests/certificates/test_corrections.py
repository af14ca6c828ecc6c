import pytest

from certificates import actions
from certificates.errors import Refused
from certificates.models import Certificate, CertificateFile
from registrations.models import Mail
from tests.certificates_factories import CertificateFactory, a_programme
from tests.registrations_factories import UserFactory
from tests.sessions_factories import AFTERWARDS

pytestmark = pytest.mark.django_db


def issued(name="Amina Odiambo"):
    programme = a_programme(people=1, slug="data-cities")
    programme.registrations.update(printed_name=name)
    actions.carry_on(actions.request_issue(programme, by=None, now=AFTERWARDS), now=AFTERWARDS)
    return Certificate.objects.get()


def refusal(action, *args, **kwargs):
    with pytest.raises(Refused) as found:
        action(*args, **kwargs, now=AFTERWARDS)
    return str(found.value)


def test_a_corrected_certificate_takes_the_place_of_the_old_one():
    old, by = issued(), UserFactory()
    new = actions.supersede(old, printed_name=" Amina  Odhiambo ", by=by, now=AFTERWARDS)
    old = Certificate.objects.get(pk=old.pk)
    new = Certificate.objects.get(pk=new.pk)
    assert (old.state, old.successor, old.printed_name) == (Certificate.State.SUPERSEDED, new, "Amina Odiambo")
    assert (new.state, new.supersedes, new.printed_name) == (Certificate.State.VALID, old, "Amina Odhiambo")
    assert (old.serial, new.serial) == ("BZ-DC-2026-00001", "BZ-DC-2026-00002")
    assert (new.issued_by, new.minutes_attended, new.rule) == (by, old.minutes_attended, old.rule)
    assert old.code != new.code
    assert CertificateFile.objects.count() == 2
    mail = Mail.objects.get(key=f"certificate-{new.pk}")
    assert mail.kind == "certificate_corrected"
    assert "BZ-DC-2026-00001" in mail.body


def test_a_superseded_certificate_makes_nobody_due_again():
    old = issued()
    actions.supersede(old, printed_name="Amina Odhiambo", by=None, now=AFTERWARDS)
    assert actions.preview(old.registration.programme).due == 0


def test_a_certificate_is_superseded_once():
    old = issued()
    actions.supersede(old, printed_name="Amina Odhiambo", by=None, now=AFTERWARDS)
    sentence = "This certificate was revoked or superseded already."
    assert refusal(actions.supersede, old, printed_name="Another", by=None) == sentence
    assert refusal(actions.revoke, old, reason="Fraud", by=None) == sentence
    assert Certificate.objects.count() == 2


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("  ", "Write the name as it shall be printed."),
        ("Amina Odiambo", "The certificate carries this name already."),
    ],
)
def test_a_correction_that_corrects_nothing_is_refused(name, sentence):
    assert refusal(actions.supersede, issued(), printed_name=name, by=None) == sentence


def test_a_name_that_cannot_be_printed_is_refused_before_anything_is_recorded():
    old = issued()
    sentence = refusal(actions.supersede, old, printed_name="\U0001f469 Amina", by=None)
    assert sentence == "This name cannot be printed: no font has “👩”."
    assert Certificate.objects.get().is_valid


def test_a_revoked_certificate_says_when_why_and_by_whom():
    certificate, by = issued(), UserFactory()
    actions.revoke(certificate, reason=" Somebody else\nattended. ", by=by, now=AFTERWARDS)
    certificate = Certificate.objects.get()
    assert (certificate.state, certificate.revoked_at) == (Certificate.State.REVOKED, AFTERWARDS)
    assert (certificate.revoked_because, certificate.revoked_by) == ("Somebody else attended.", by)
    assert actions.preview(certificate.registration.programme).due == 0


def test_a_certificate_is_revoked_once_and_for_a_reason():
    certificate = CertificateFactory()
    assert refusal(actions.revoke, certificate, reason=" ", by=None) == "Say why the certificate is revoked."
    assert refusal(actions.revoke, certificate, reason="x" * 301, by=None) == "Say it in at most 300 characters."
    actions.revoke(certificate, reason="First", by=None, now=AFTERWARDS)
    assert refusal(actions.revoke, certificate, reason="Second", by=None) == (
        "This certificate was revoked or superseded already."
    )
    assert Certificate.objects.get().revoked_because == "First"
