import io

import pikepdf
import pytest
from django.urls import reverse

from certificates import actions
from certificates.actions.names import grant_name, refuse_name, say_name
from certificates.errors import Refused
from certificates.models import Certificate, NameConfirmation, NameRequest
from tests.certificates_factories import a_programme
from tests.registrations_factories import UserFactory
from tests.sessions_factories import AFTERWARDS

pytestmark = pytest.mark.django_db


@pytest.fixture
def person():
    return a_programme(people=1, slug="data-cities").registrations.get()


def issue(person):
    run = actions.request_issue(person.programme, by=None, now=AFTERWARDS)
    actions.carry_on(run, now=AFTERWARDS)
    return Certificate.objects.current().get(registration=person)


def address(person):
    return reverse("certificates:name", args=[person.link_token])


def text_of(response):
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_a_person_confirms_a_name_in_two_scripts_and_both_are_printed(client, person):
    client.post(address(person), {"printed_name": "محمد الأمين", "latin_name": "Mohammed Al-Amin"})
    assert "Confirmed." in text_of(client.get(address(person)))
    certificate = issue(person)
    assert (certificate.printed_name, certificate.latin_name) == ("محمد الأمين", "Mohammed Al-Amin")
    with pikepdf.open(io.BytesIO(bytes(certificate.file.content))) as pdf, pdf.open_metadata() as xmp:
        assert xmp["dc:description"] == "محمد الأمين"
    page = text_of(client.get(reverse("certificates:verify", args=[certificate.code])))
    assert "<bdi>Mohammed Al-Amin</bdi>" in page


def test_a_confirmation_stands_until_the_name_changes(person):
    say_name(person, printed_name="Amina", latin_name="Amina", now=AFTERWARDS)
    confirmed = NameConfirmation.objects.get()
    assert (confirmed.printed_name, confirmed.latin_name) == ("Amina", "")
    assert NameConfirmation.objects.standing().count() == 1
    person.programme.registrations.update(printed_name="Another")
    assert NameConfirmation.objects.standing().count() == 0


@pytest.mark.parametrize(
    ("names", "sentence"),
    [
        (("", ""), "Write the name as it shall be printed."),
        (("<b>", ""), "A name cannot contain"),
        (("Zoë \U0001f469", ""), "no font has"),
        (("محمد", "محمد الأمين"), "The second name is for Latin letters only"),
        (("x" * 201, ""), "too long"),
    ],
)
def test_a_name_that_cannot_be_printed_is_refused_in_a_sentence(person, names, sentence):
    with pytest.raises(Refused, match=sentence):
        say_name(person, printed_name=names[0], latin_name=names[1], now=AFTERWARDS)
    assert not NameConfirmation.objects.exists()


def test_after_issue_a_request_granted_supersedes(client, person):
    old = issue(person)
    client.post(address(person), {"printed_name": "Li Na", "latin_name": ""})
    client.post(address(person), {"printed_name": "李娜", "latin_name": "Li Na"})
    asked = NameRequest.objects.get()
    assert "You asked for <bdi>李娜</bdi>" in text_of(client.get(address(person)))
    new = grant_name(asked, by=UserFactory(), now=AFTERWARDS)
    old.refresh_from_db()
    person.refresh_from_db()
    assert (new.printed_name, new.latin_name, new.supersedes) == ("李娜", "Li Na", old)
    assert (old.is_superseded, old.successor, person.printed_name) == (True, new, "李娜")
    assert new.serial in text_of(client.get(reverse("certificates:verify", args=[old.code])))
    with pytest.raises(Refused, match="answered this request already"):
        grant_name(NameRequest.objects.get(), by=UserFactory(), now=AFTERWARDS)


def test_a_refusal_says_why(client, person):
    issue(person)
    say_name(person, printed_name="Somebody Else", latin_name="", now=AFTERWARDS)
    with pytest.raises(Refused, match="Say why"):
        refuse_name(NameRequest.objects.get(), reason=" ", by=UserFactory(), now=AFTERWARDS)
    refuse_name(NameRequest.objects.get(), reason="That is another person.", by=UserFactory(), now=AFTERWARDS)
    assert "That is another person." in text_of(client.get(address(person)))
    assert Certificate.objects.count() == 1


def test_organisers_answer_requests_of_their_programme(person, organiser_client):
    issue(person)
    say_name(person, printed_name="Li Na", latin_name="", now=AFTERWARDS)
    page = reverse("admin:certificates_namerequest_change", args=[NameRequest.objects.get().pk])
    assert organiser_client(a_programme(people=0)).get(page).status_code == 404
    client = organiser_client(person.programme)
    assert "Li Na" in text_of(client.get(page))
    assert "This field is required." in text_of(client.post(page, {"refuse": "1", "reason": ""}))
    client.post(page, {"grant": "1"})
    assert Certificate.objects.current().get().printed_name == "Li Na"
    assert "Li Na" in text_of(client.get(reverse("admin:certificates_nameconfirmation_changelist")))


def test_the_page_is_throttled_for_a_person(client, person):
    for _time in range(20):
        client.post(address(person), {"printed_name": "Amina"})
    assert "sent too often" in text_of(client.post(address(person), {"printed_name": "Amina"}))


def test_whoever_has_no_seat_confirms_nothing(client, person):
    person.programme.registrations.update(seated_at=None)
    client.post(address(person), {"printed_name": "Amina"})
    assert not NameConfirmation.objects.exists()
