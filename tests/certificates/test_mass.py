import pytest
from django.urls import reverse

from certificates import actions
from certificates.actions.mass import replace_many, revoke_many
from certificates.errors import Refused
from certificates.models import Certificate, CertificateDesign, CertificateFile
from registrations.models import Mail, Programme
from tests.certificates_factories import a_programme
from tests.registrations_factories import UserFactory
from tests.sessions_factories import AFTERWARDS

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _quiet_bell(monkeypatch):
    monkeypatch.setattr("certificates.admin.mass.ring", lambda task, *ids: None)


@pytest.fixture
def programme():
    made = a_programme(people=3, slug="data-cities", title="Data for Cities")
    actions.carry_on(actions.request_issue(made, by=None, now=AFTERWARDS), now=AFTERWARDS)
    return made


def text_of(response):
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_many_are_revoked_for_one_reason_by_their_number(programme):
    rows, by = Certificate.objects.for_programme(programme), UserFactory()
    for number in (1, 4):
        with pytest.raises(Refused, match="Type the number of certificates, 3"):
            revoke_many(rows, number=number, reason="A mistake", by=by, now=AFTERWARDS)
    with pytest.raises(Refused, match="Say why"):
        revoke_many(rows, number=3, reason=" ", by=by, now=AFTERWARDS)
    assert Certificate.objects.current().count() == 3
    assert revoke_many(rows, number=3, reason="A mistake", by=by, now=AFTERWARDS) == 3
    assert set(Certificate.objects.values_list("revoked_because", "revoked_by")) == {("A mistake", by.pk)}
    with pytest.raises(Refused, match="None of these"):
        revoke_many(rows, number=3, reason="A mistake", by=by, now=AFTERWARDS)


def test_many_are_replaced_and_printed_as_things_are_now(programme):
    Programme.objects.update(title="Data for Towns")
    CertificateDesign.objects.create(programme=programme, version=1, paper="letter", created_at=AFTERWARDS)
    rows = Certificate.objects.for_programme(programme)
    assert replace_many(rows, number=3, by=UserFactory(), now=AFTERWARDS) == 3
    old, new = rows.filter(superseded_at__isnull=False), rows.current()
    assert [certificate.successor.supersedes_id for certificate in old] == [certificate.pk for certificate in old]
    assert [(each.programme_title, each.design.paper, each.serial) for each in new.order_by("serial")] == [
        ("Data for Towns", "letter", f"BZ-DC-2026-0000{number}") for number in (4, 5, 6)
    ]
    assert actions.render_leftovers(now=AFTERWARDS) == 3
    assert CertificateFile.objects.count() == 6
    assert Mail.objects.filter(kind="certificate_corrected").count() == 3
    assert set(old.values_list("programme_title", flat=True)) == {"Data for Cities"}


@pytest.mark.parametrize("action", ["revoke_selected", "replace_selected"])
def test_the_list_asks_a_second_time(programme, organiser_client, action):
    client, address = organiser_client(programme), reverse("admin:certificates_certificate_changelist")
    chosen = {"action": action, "_selected_action": list(Certificate.objects.values_list("pk", flat=True))}
    assert "3 certificates" in text_of(client.post(address, chosen))
    typed = {**chosen, "confirmed": "1", "reason": "A mistake"}
    assert "Type the number of certificates, 3" in text_of(client.post(address, {**typed, "number": "2"}))
    assert Certificate.objects.filter(revoked_at__isnull=True, superseded_at__isnull=True).count() == 3
    client.post(address, {**typed, "number": "3"})
    standing = Certificate.objects.current().filter(file__isnull=False).count()
    assert standing == 0


def test_nobody_changes_certificates_of_other_programmes(programme, organiser_client):
    client = organiser_client(a_programme(people=0))
    chosen = {"action": "revoke_selected", "_selected_action": list(Certificate.objects.values_list("pk", flat=True))}
    client.post(
        reverse("admin:certificates_certificate_changelist"),
        {**chosen, "confirmed": "1", "reason": "Mine", "number": "3"},
    )
    assert Certificate.objects.current().count() == 3


def test_replacing_many_keeps_a_name_that_was_corrected(programme):
    certificate = Certificate.objects.for_programme(programme).order_by("pk").first()
    actions.supersede(certificate, printed_name="Amina Odhiambo", by=UserFactory(), now=AFTERWARDS)
    rows = Certificate.objects.filter(registration=certificate.registration_id)
    replace_many(rows, number=1, by=UserFactory(), now=AFTERWARDS)
    assert rows.current().get().printed_name == "Amina Odhiambo"
