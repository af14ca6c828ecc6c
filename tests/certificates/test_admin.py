import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from certificates import actions
from certificates.actions.checked import check_at_hand
from certificates.models import Certificate, IssueRun
from tests.certificates_factories import CertificateFactory, a_graduate, a_programme
from tests.sessions_factories import AFTERWARDS

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _quiet_bell(monkeypatch):
    """Whether a worker comes is the tasks' business."""
    monkeypatch.setattr("certificates.admin.run.ring", lambda task, *ids: None)


def text_of(response):
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def seen(programme):
    """What the page of the check sends with its tick."""
    return {"accepted": check_at_hand(programme, now=AFTERWARDS).mark}


def issue(programme):
    actions.carry_on(actions.request_issue(programme, by=None, now=AFTERWARDS), now=AFTERWARDS)


def test_the_issue_page_says_who_is_due_and_who_misses_by_one_thing(organiser_client):
    programme = a_programme(people=2)
    a_graduate(programme, has_answered=False)
    text = text_of(organiser_client(programme).get(reverse("admin:certificates_issue", args=[programme.pk])))
    assert "<strong>Due now</strong></th><td><strong>2</strong>" in text
    assert "Only the survey is missing</th><td>1</td>" in text
    assert "Attend at least 2 sessions, each for 80% of its time; Answer the survey" in text


def test_the_button_starts_a_run_whose_page_shows_progress(organiser_client):
    programme = a_programme(people=1)
    client = organiser_client(programme)
    response = client.post(reverse("admin:certificates_issue", args=[programme.pk]), seen(programme))
    run = IssueRun.objects.get()
    assert response["Location"] == reverse("admin:certificates_issuerun_change", args=[run.pk])
    text = text_of(client.get(response["Location"]))
    assert '<progress id="progress" max="1" value="0">' in text
    assert 'http-equiv="refresh"' in text
    assert run.requested_by.username.startswith("staff")
    actions.carry_on(run, now=AFTERWARDS)
    text = text_of(client.get(response["Location"]))
    assert '<progress id="progress" max="1" value="1">' in text
    assert 'http-equiv="refresh"' not in text


def test_a_double_click_is_one_run_and_nothing_to_do_is_a_sentence(organiser_client):
    programme = a_programme(people=1)
    client, address = organiser_client(programme), reverse("admin:certificates_issue", args=[programme.pk])
    ticked = seen(programme)
    assert client.post(address, ticked)["Location"] == client.post(address, ticked)["Location"]
    assert IssueRun.objects.count() == 1
    actions.carry_on(IssueRun.objects.get(), now=AFTERWARDS)
    assert "Nobody is due" in text_of(client.post(address, ticked, follow=True))


def test_the_list_is_searched_and_filtered(organiser_client):
    programme = a_programme(people=0)
    a_graduate(programme, printed_name="Amina Odhiambo")
    a_graduate(programme, printed_name="Li Na")
    issue(programme)
    actions.revoke(Certificate.objects.get(printed_name="Li Na"), reason="Fraud", by=None, now=AFTERWARDS)
    CertificateFactory(printed_name="Not Mine")
    client, address = organiser_client(programme), reverse("admin:certificates_certificate_changelist")
    found = {
        query: [
            name for name in ("Amina Odhiambo", "Li Na", "Not Mine") if name in text_of(client.get(address + query))
        ]
        for query in (
            "",
            "?q=Amina",
            "?state=revoked",
            "?state=valid",
            "?state=superseded",
            f"?programme={programme.pk}",
        )
    }
    assert found == {
        "": ["Amina Odhiambo", "Li Na"],
        "?q=Amina": ["Amina Odhiambo"],
        "?state=revoked": ["Li Na"],
        "?state=valid": ["Amina Odhiambo"],
        "?state=superseded": [],
        f"?programme={programme.pk}": ["Amina Odhiambo", "Li Na"],
    }


def test_an_organiser_revokes_with_a_reason(organiser_client):
    programme = a_programme(people=1)
    issue(programme)
    certificate, client = Certificate.objects.get(), organiser_client(programme)
    address = reverse("admin:certificates_revoke", args=[certificate.pk])
    assert certificate.serial in text_of(client.get(address))
    assert "This field is required." in text_of(client.post(address, {"reason": ""}))
    client.post(address, {"reason": "Somebody else attended."})
    certificate.refresh_from_db()
    assert (certificate.is_revoked, certificate.revoked_because) == (True, "Somebody else attended.")
    assert "revoked or superseded already" in text_of(client.post(address, {"reason": "Again"}))


def test_an_organiser_corrects_a_name(organiser_client):
    programme = a_programme(people=1)
    issue(programme)
    certificate, client = Certificate.objects.get(), organiser_client(programme)
    address = reverse("admin:certificates_correct", args=[certificate.pk])
    assert certificate.printed_name in text_of(client.get(address))
    for bad in ("visit https://example.org", "<b>x</b>", "\U0001f469 x"):
        assert "errorlist" in text_of(client.post(address, {"printed_name": bad}))
    response = client.post(address, {"printed_name": "Amina Odhiambo"})
    made = Certificate.objects.get(printed_name="Amina Odhiambo")
    assert response["Location"] == reverse("admin:certificates_certificate_change", args=[made.pk])
    assert "Correct the name" in text_of(client.get(response["Location"]))
    assert client.get(reverse("admin:certificates_pdf", args=[made.pk])).content == bytes(made.file.content)


def pages_of(programme):
    certificate = Certificate.objects.filter(registration__programme=programme).first()
    run = IssueRun.objects.get(programme=programme)
    return [
        reverse("admin:certificates_issue", args=[programme.pk]),
        reverse("admin:certificates_rule", args=[programme.pk]),
        reverse("admin:certificates_issuerun_change", args=[run.pk]),
        *[reverse(f"admin:certificates_{name}", args=[certificate.pk]) for name in ("pdf", "revoke", "correct")],
    ]


def test_other_organisers_analysts_and_strangers_see_nothing(client, organiser_client, analyst_client):
    programme = a_programme(people=1)
    issue(programme)
    for address in pages_of(programme):
        assert organiser_client(a_programme(people=0)).get(address).status_code == 404
        assert analyst_client(programme).get(address).status_code in (403, 404)
        assert client.get(address).status_code == 302
        assert client.post(address).status_code == 302
    assert Certificate.objects.get().is_valid


def test_the_list_takes_as_many_queries_for_three_as_for_one(administrator_client, django_assert_num_queries):
    issue(a_programme(people=1))
    address = reverse("admin:certificates_certificate_changelist")
    administrator_client.get(address)
    with CaptureQueriesContext(connection) as for_one:
        administrator_client.get(address)
    issue(a_programme(people=2))
    with django_assert_num_queries(len(for_one)):
        administrator_client.get(address)
