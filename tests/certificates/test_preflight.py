import datetime as dt
import io
import json
import re

import pytest
from django.core.management import call_command
from django.urls import reverse

from certificates import actions
from certificates.actions import issue, preflight
from certificates.errors import Refused
from certificates.models import Certificate, CertificateFile, IssueRun
from registrations.models import Mail, Registration
from tests.certificates_factories import a_graduate, a_programme
from tests.sessions_factories import AFTERWARDS, TrainingSessionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _quiet_bell(monkeypatch):
    monkeypatch.setattr("certificates.admin.run.ring", lambda task, *ids: None)


def text_of(response):
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def good(programme, **attributes):
    return a_graduate(programme, **{"printed_name": "Amina Odhiambo", **attributes})


def warned(found):
    return {each.code: sorted(each.notes) for each in found.warnings}


def test_nothing_wrong_is_said_so(organiser_client):
    programme = a_programme(people=0)
    person = good(programme)
    found = preflight.look(programme, now=AFTERWARDS)
    assert (found.due, found.design, found.warnings) == (1, None, ())
    assert preflight.problems(programme, found.design, now=AFTERWARDS) == ()
    assert [(sample.code, sample.pk) for sample in found.samples] == [("shortest", person.pk)]
    client, address = organiser_client(programme), reverse("admin:certificates_preflight", args=[programme.pk])
    assert "Nothing is wrong with the 1 certificate that is due" in text_of(client.get(address))
    actions.carry_on(actions.request_issue(programme, by=None, now=AFTERWARDS), now=AFTERWARDS)
    assert "Nobody is due: everybody who meets the rule has a certificate already." in text_of(client.get(address))


def test_pdfs_that_could_not_be_made_are_made_again_where_nobody_is_due(organiser_client):
    programme = a_programme(people=1)
    actions.carry_on(actions.request_issue(programme, by=None, now=AFTERWARDS), now=AFTERWARDS)
    client, address = organiser_client(programme), reverse("admin:certificates_preflight", args=[programme.pk])
    assert "Make these PDFs again" not in client.get(address).content.decode()
    CertificateFile.objects.all().delete()
    Certificate.objects.update(render_error="no font")
    page = client.get(address)
    assert "1 certificate is recorded, but its PDF could not be made." in text_of(page)
    assert "Make these PDFs again" in page.content.decode()
    client.post(reverse("admin:certificates_issue", args=[programme.pk]))
    actions.carry_on(IssueRun.objects.unfinished().select_related("programme").get(), now=AFTERWARDS)
    assert (CertificateFile.objects.count(), Certificate.objects.get().render_error) == (1, "")


def test_every_doubt_names_its_people():
    programme = a_programme(people=0)
    loud = good(programme, printed_name="JOHN SMITH")
    twins = [good(programme), good(programme, printed_name="Odhiambo, AMINA")]
    picture = good(programme, printed_name="Zoë \U0001f469")
    bounced = good(programme, printed_name="Li Na")
    Mail.objects.create(
        key="x", kind="link", programme=programme, registration=bounced, to=bounced.email, language="en",
        subject="s", body="b", queued_at=AFTERWARDS, due_at=AFTERWARDS, failed_at=AFTERWARDS,
    )  # fmt: skip
    found = preflight.look(programme, now=AFTERWARDS)
    assert warned(found) == {
        "doubtful": [loud.pk, picture.pk],
        "unprintable": [picture.pk],
        "double": [twin.pk for twin in twins],
        "bounced": [bounced.pk],
    }
    assert found.design is None


def test_a_later_mail_that_arrived_makes_a_bounce_forgotten():
    programme = a_programme(people=0)
    person = good(programme)
    common = {
        "kind": "link", "programme": programme, "registration": person, "to": person.email, "language": "en",
        "subject": "s", "body": "b", "queued_at": AFTERWARDS, "due_at": AFTERWARDS,
    }  # fmt: skip
    Mail.objects.create(key="1", failed_at=AFTERWARDS, **common)
    Mail.objects.create(key="2", sent_at=AFTERWARDS + dt.timedelta(hours=1), **common)
    assert warned(preflight.look(programme, now=AFTERWARDS)) == {}
    Registration.objects.update(address_bounced_at=AFTERWARDS)
    assert warned(preflight.look(programme, now=AFTERWARDS)) == {"bounced": [person.pk]}


def test_a_run_needs_a_tick_where_something_is_doubtful(organiser_client):
    programme = a_programme(people=0)
    person = good(programme, printed_name="JOHN SMITH")
    client, address = organiser_client(programme), reverse("admin:certificates_issue", args=[programme.pk])
    assert "then tick that you have" in text_of(client.post(address, follow=True))
    assert not IssueRun.objects.exists()
    assert "then tick that you have" in text_of(client.post(address, {"accepted": "yes"}, follow=True))
    check = text_of(client.get(reverse("admin:certificates_preflight", args=[programme.pk])))
    client.post(address, {"accepted": re.search('name="accepted" value="([0-9a-f]{32})"', check)[1]})
    assert IssueRun.objects.get().accepted == {"doubtful/capitals": [person.pk]}


def test_a_problem_blocks_even_with_a_tick(organiser_client):
    programme = a_programme(people=0)
    good(programme)
    TrainingSessionFactory(programme=programme, starts_at=dt.datetime(2050, 1, 1, tzinfo=dt.UTC))
    client, address = organiser_client(programme), reverse("admin:certificates_issue", args=[programme.pk])
    text = text_of(client.post(address, {"accepted": "yes"}, follow=True))
    assert "once the last session has ended" in text
    assert "Nothing can be issued before this is put right:" in text
    assert not IssueRun.objects.exists()


def test_a_dry_run_says_what_looks_wrong():
    programme = a_programme(people=0, slug="data-cities")
    good(programme, printed_name="JOHN SMITH")
    out = io.StringIO()
    call_command("issue_certificates", "data-cities", "--dry-run", "--json", stdout=out)
    said = json.loads(out.getvalue())
    assert (said["due"], said["problems"], said["warnings"]) == (1, [], {"doubtful": 1})
    assert not Certificate.objects.exists()


def test_a_specimen_is_a_pdf_for_organisers_of_the_programme(organiser_client):
    programme, other = a_programme(people=0), a_programme(people=0)
    person = good(programme)
    address = reverse("admin:certificates_specimen", args=[programme.pk, person.pk])
    response = organiser_client(programme).get(address)
    assert (response["Content-Type"], response.content[:5]) == ("application/pdf", b"%PDF-")
    assert organiser_client(other).get(address).status_code == 404
    wrong = reverse("admin:certificates_specimen", args=[other.pk, person.pk])
    assert organiser_client(other).get(wrong).status_code == 404


def test_a_trial_mail_goes_to_oneself_and_says_that_it_is_one(administrator, administrator_client):
    programme = a_programme(people=0, title="Data for Cities")
    administrator.email = "me@example.org"
    administrator.save(update_fields=["email"])
    text = text_of(administrator_client.post(reverse("admin:certificates_preflight", args=[programme.pk]), follow=True))
    mail = Mail.objects.get()
    assert "A trial mail is on its way to me@example.org." in text
    assert (mail.to, mail.registration) == ("me@example.org", None)
    assert mail.subject == "SPECIMEN: Your certificate: Data for Cities"
    assert "/check/" in mail.body
    assert "{personal_link}" not in mail.body


@pytest.mark.parametrize("people", [1, 3])
def test_looking_takes_as_many_queries_for_three_as_for_one(people, django_assert_num_queries):
    programme = a_programme(people=0)
    for name in ["Amina Odhiambo", "Li Na", "Иван Петров"][:people]:
        good(programme, printed_name=name)
    with django_assert_num_queries(17):
        assert warned(preflight.look(programme, now=AFTERWARDS)) == {}


def test_a_cancelled_run_stops_after_the_chunk_in_hand(monkeypatch, administrator):
    monkeypatch.setattr(issue, "CHUNK", 2)
    programme = a_programme(people=5)
    run = actions.request_issue(programme, by=None, now=AFTERWARDS)
    times = iter(range(100))

    def clock():
        if next(times) == 1:  # while the first chunk is reported
            actions.cancel(IssueRun.objects.get(), by=administrator, now=AFTERWARDS)
        return AFTERWARDS

    run = actions.carry_on(run, now=AFTERWARDS, clock=clock)
    assert (run.is_running, run.cancelled_by, Certificate.objects.count()) == (False, administrator, 2)
    with pytest.raises(Refused):
        actions.cancel(run, by=administrator, now=AFTERWARDS)
    again = actions.carry_on(actions.request_issue(programme, by=None, now=AFTERWARDS), now=AFTERWARDS)
    assert (again.total, Certificate.objects.count()) == (3, 5)


def test_a_run_is_cancelled_from_its_page(organiser_client):
    programme = a_programme(people=1)
    run = actions.request_issue(programme, by=None, now=AFTERWARDS)
    client, page = organiser_client(programme), reverse("admin:certificates_issuerun_change", args=[run.pk])
    assert "Cancel the run" in text_of(client.get(page))
    assert "Cancelled on" in text_of(client.post(reverse("admin:certificates_cancel", args=[run.pk]), follow=True))
    address = reverse("admin:certificates_cancel", args=[run.pk])
    assert organiser_client(a_programme(people=0)).post(address).status_code == 404
