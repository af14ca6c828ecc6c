import datetime as dt
import re

import pytest
from django.core import mail as outbox
from django.db import IntegrityError, transaction
from django.urls import reverse

from registrations.changing_address import ask, confirm, forget_lapsed, found_by, open_change
from registrations.erasing import erase
from registrations.errors import Refused
from registrations.mail import send_due
from registrations.models import AddressChange, Bounce, Mail, Registration
from tests.registrations_factories import NOW, MailFactory, ProgrammeFactory, RegistrationFactory, TeamMemberFactory

pytestmark = pytest.mark.django_db

NEW = "right@example.org"


def later(**units):
    return NOW + dt.timedelta(**units)


def mailed_link(settings):
    """The path of the link in the last mail that was sent."""
    send_due(now=NOW)
    return re.search(rf"{re.escape(settings.SITE_URL)}(/my/\S+)", outbox.outbox[-1].body)[1]


def test_new_address_counts_once_its_owner_pressed_the_button(client, settings, at_now):
    person = RegistrationFactory(address_bounced_at=NOW, language="fr")
    old_page = reverse("personal_page", args=[person.link_token])
    waiting = MailFactory(registration=person, due_at=later(days=1))
    client.post(reverse("registrations:own_address", args=[person.link_token]), {"email": f" {NEW.upper()} "})
    path = mailed_link(settings)
    person.refresh_from_db()
    assert (outbox.outbox[-1].to, person.email == NEW) == ([NEW], False)

    looked = client.get(path)
    person.refresh_from_db()
    assert (looked.status_code, looked["Referrer-Policy"], person.email == NEW) == (200, "same-origin", False)
    assert '<html lang="fr"' in looked.content.decode()
    answer = client.post(path)
    person.refresh_from_db()
    waiting.refresh_from_db()
    assert (person.email, person.address_bounced_at, waiting.to) == (NEW, None, NEW)
    assert answer.url == reverse("personal_page", args=[person.link_token]) != old_page
    assert client.get(old_page).status_code == 404
    assert list(Mail.objects.filter(kind="link").values_list("to", flat=True)) == [NEW]

    assert client.post(path).context["change"].confirmed_at == NOW
    assert Mail.objects.filter(kind="link").count() == 1


def test_pending_registration_is_confirmed_with_its_corrected_address():
    person = RegistrationFactory(pending=True, address_bounced_at=NOW)
    confirm(ask(person, NEW, now=NOW), now=NOW)
    person.refresh_from_db()

    assert (person.is_seated, person.email) == (True, NEW)
    assert list(Mail.objects.values_list("kind", "to").order_by("pk")) == [("address", NEW), ("registered", NEW)]


def test_present_address_that_works_again_keeps_its_link():
    person = RegistrationFactory(address_bounced_at=NOW)
    confirm(ask(person, person.email, now=NOW), now=NOW)
    token = person.link_token
    person.refresh_from_db()

    assert (person.link_token, person.address_bounced_at) == (token, None)


def test_owner_of_the_former_address_is_told_without_being_told_the_new_one():
    person = RegistrationFactory()
    former = person.email
    confirm(ask(person, NEW, now=NOW), now=NOW)
    told = Mail.objects.get(kind="address_changed")

    assert (told.to, NEW in told.body, "{personal_link}" in told.body) == (former, False, False)


def test_latest_address_counts_and_links_lapse(settings):
    person = RegistrationFactory()
    first, second = ask(person, "first@example.org", now=NOW), ask(person, NEW, now=NOW)
    with pytest.raises(AddressChange.DoesNotExist):
        first.refresh_from_db()
    with pytest.raises(IntegrityError), transaction.atomic():
        AddressChange.objects.create(registration=person, new_address=NEW, asked_at=NOW)

    assert (open_change(person, now=NOW), open_change(person, now=later(days=8))) == (second, None)
    path = mailed_link(settings)
    token = path.split("/")[2]
    assert (found_by(token, now=NOW), found_by(token, now=later(days=8))) == (second, None)
    assert (found_by(f"{second.pk}.x", now=NOW), found_by(str(second.pk), now=NOW)) == (None, None)
    assert (forget_lapsed(now=later(days=6)), forget_lapsed(now=later(days=8))) == (0, 1)


def test_address_of_somebody_else_is_refused_to_its_owner_only():
    person = RegistrationFactory()
    other = RegistrationFactory(programme=person.programme, email=NEW)
    change = ask(person, NEW, now=NOW)
    with pytest.raises(Refused, match="a registration of its own"):
        confirm(change, now=NOW)
    person.refresh_from_db()
    change.refresh_from_db()
    assert (person.email == NEW, change.confirmed_at) == (False, None)
    organiser = TeamMemberFactory(programme=person.programme).user
    with pytest.raises(Refused, match="registered for the programme already"):
        ask(person, NEW, by=organiser, now=NOW)
    confirm(ask(RegistrationFactory(), NEW, by=organiser, now=NOW), now=NOW)
    assert Registration.objects.filter(email=other.email).count() == 2


@pytest.mark.parametrize(
    "traits", [{"withdrawn": True}, {"consent_withdrawn_at": NOW}, {"email": "present@example.org"}], ids=str
)
def test_address_of_those_who_left_and_the_present_one_are_refused(traits):
    with pytest.raises(Refused):
        ask(RegistrationFactory(**traits), "present@example.org", now=NOW)


def test_nobody_is_pestered():
    person = RegistrationFactory()
    for number in range(5):
        ask(person, f"other{number}@example.org", now=NOW)
    with pytest.raises(Refused, match="tomorrow"):
        ask(person, NEW, now=NOW)
    for _each in range(5):
        ask(RegistrationFactory(), NEW, now=NOW)
    assert Mail.objects.filter(to=NEW).count() == 3


def test_erasing_forgets_the_new_address_too():
    person = RegistrationFactory(address_bounced_at=NOW)
    ask(person, NEW, now=NOW)
    erase(person, now=NOW)

    assert (AddressChange.objects.count(), Mail.objects.count(), person.address_bounced_at) == (0, 0, None)


def test_page_shows_what_waits_and_takes_it_back(client, at_now):
    person = RegistrationFactory(address_bounced_at=NOW)
    address = reverse("registrations:own_address", args=[person.link_token])
    assert "Our mail to" in client.get(reverse("personal_page", args=[person.link_token])).content.decode()
    assert "looks like name@example.org" in client.post(address, {"email": "no address"}).content.decode()
    assert "is on its way to" in client.post(address, {"email": NEW}, follow=True).content.decode()
    assert client.get(reverse("registrations:keep_address", args=[person.link_token])).status_code == 405
    client.post(reverse("registrations:keep_address", args=[person.link_token]))
    assert AddressChange.objects.count() == 0


def test_organiser_finds_who_has_no_mail_and_corrects_the_address(organiser_client, at_now):
    programme = ProgrammeFactory()
    person = RegistrationFactory(programme=programme, address_bounced_at=NOW)
    RegistrationFactory(programme=programme)
    mail = MailFactory(registration=person)
    Bounce.objects.create(mail=mail, noted_at=NOW, way="report", is_hard=True, reason="no_address", words="550 no")
    client = organiser_client(programme)
    listed = client.get(reverse("admin:registrations_registration_changelist"), {"mail": "returned"})
    assert [each.pk for each in listed.context["cl"].result_list] == [person.pk]

    page = reverse("correct_address", args=[person.pk])
    assert "the address does not exist" in client.get(page).content.decode()
    assert client.post(page, {"email": person.email.replace("example.org", "")}).status_code == 200
    client.post(page, {"email": NEW})
    assert AddressChange.objects.get().asked_by.username == listed.wsgi_request.user.username
    assert organiser_client(ProgrammeFactory()).get(page).status_code == 404


# Own mail ---------------------------------------------------------------------------------------------------------


def test_own_mail_tells_what_became_of_each(client, at_now):
    person = RegistrationFactory(language="en")
    ways = [{}, {"sent_at": NOW}, {"failed_at": NOW}, {"doubtful_at": NOW}, {"held_at": NOW}, {"sent_at": NOW}]
    mails = [MailFactory(registration=person, **way) for way in ways]
    MailFactory()
    Bounce.objects.create(mail=mails[-1], noted_at=NOW, way="report", is_hard=True, reason="no_address")
    page = client.get(reverse("registrations:own_mail", args=[person.link_token]))

    assert [(each.state, each.why, each.is_good) for each in reversed(page.context["mails"])] == [
        ("on its way", "", None),
        ("handed over", "", True),
        ("not sent", "the mail service did not take it", False),
        ("perhaps sent", "the line broke before the mail service answered", False),
        ("not sent", "it was held back", None),
        ("came back", "the address does not exist", False),
    ]


@pytest.mark.parametrize("mails", [1, 3])
def test_own_mail_needs_few_queries(client, mails, django_assert_num_queries):
    person = RegistrationFactory()
    MailFactory.create_batch(mails, registration=person)
    with django_assert_num_queries(2):
        client.get(reverse("registrations:own_mail", args=[person.link_token]))


def test_text_of_a_mail_can_be_read_by_its_owner_alone(client, at_now):
    person, other = RegistrationFactory(), RegistrationFactory()
    mail = MailFactory(registration=person, body="Hello <b>\n\n{personal_link}\n")
    ask(person, NEW, now=NOW)
    text = client.get(reverse("registrations:one_mail", args=[person.link_token, mail.uuid])).content.decode()
    assert ("Hello &lt;b&gt;" in text, f"/my/{person.link_token}/" in text) == (True, True)
    proof = Mail.objects.get(kind="address")
    shown = client.get(reverse("registrations:one_mail", args=[person.link_token, proof.uuid])).content.decode()
    assert ("confirm-address" in shown, "stands in the mail only" in shown) == (False, True)
    assert client.get(reverse("registrations:one_mail", args=[other.link_token, mail.uuid])).status_code == 404


def test_own_mail_goes_on_page_by_page(client):
    person = RegistrationFactory()
    MailFactory.create_batch(41, registration=person)
    address = reverse("registrations:own_mail", args=[person.link_token])
    first = client.get(address).context
    rest = client.get(address, {"before": first["earlier"]}).context
    assert (len(first["mails"]), len(rest["mails"]), rest["earlier"]) == (40, 1, None)
    assert len(client.get(address, {"before": "9" * 5000}).context["mails"]) == 40
