"""One's own mail and address: nothing for axe to find, nothing that scrolls sideways, little to send."""

import gzip

import pytest
from django.urls import reverse

from registrations.changing_address import ask
from registrations.confirming import confirming_link
from registrations.models import Bounce, Mail, Programme
from tests.browser.test_face import BUDGET, findings, overflow
from tests.browser.test_own_data import keep
from tests.registrations_factories import NOW, MailFactory, PrivacyTextFactory, RegistrationFactory, TeamMemberFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("at_now")]

TEXT = "Hello Amina Otieno,\n\nyour session begins at 15:00 (EAT). Your own page:\n\n{personal_link}\n"


@pytest.fixture
def paths(at_now, settings):
    """The pages of somebody to whom mail comes back and who gave another address, and the organisers' page."""
    PrivacyTextFactory()
    person = RegistrationFactory(printed_name="Amina Otieno", email="amina.otieno@example.org", language="ar")
    Programme.objects.update(title="Cities and digital trade")
    person.refresh_from_db()
    mails = [
        MailFactory(registration=person, subject="Your session starts in an hour", body=TEXT) for _each in range(9)
    ]
    Mail.objects.update(sent_at=NOW)
    MailFactory(registration=person, subject="Your personal link", failed_at=NOW)
    bounce = {"noted_at": NOW, "way": "report", "is_hard": True, "reason": "no_address", "words": "550 5.1.1 unknown"}
    Bounce.objects.create(mail=mails[-1], **bounce)
    person.address_bounced_at = NOW
    person.save()
    ask(person, "amina.otieno@example.com", now=NOW)
    proof = Mail.objects.get(kind="address")
    token = person.link_token
    return {
        "own_mail": reverse("registrations:own_mail", args=[token]),
        "one_mail": reverse("registrations:one_mail", args=[token, mails[-1].uuid]),
        "own_address": reverse("registrations:own_address", args=[token]),
        "confirm_address": confirming_link(proof).removeprefix(settings.SITE_URL),
        "no_address": reverse("registrations:confirm_address", args=["1.x"]),
        "personal_page": reverse("personal_page", args=[token]),
    }


@pytest.mark.parametrize("language", ["en", "ar"])
def test_pages_are_accessible_and_fit_a_phone(visitor, paths, language):
    page = visitor(width=360, language=language)
    found = {}
    for name, path in paths.items():
        page.goto(path)
        found[name] = (page.locator("html").get_attribute("dir"), overflow(page), findings(page))
        keep(page, f"{name}-360-{language}")
    assert found == dict.fromkeys(paths, ("rtl" if language == "ar" else "ltr", 0, []))


def test_first_view_stays_within_the_budget(visitor, paths):
    page = visitor()
    responses = []
    page.on("response", lambda response: responses.append(response))
    for name, path in paths.items():
        responses.clear()
        page.goto(path, wait_until="networkidle")
        assert (name, sum(len(gzip.compress(one.body(), 6)) for one in responses) <= BUDGET) == (name, True)
        keep(page, f"{name}-1280-en")


def test_organisers_page_is_accessible(visitor, paths, client, live_server, settings):
    user = TeamMemberFactory(programme=Programme.objects.get()).user
    client.force_login(user)
    page = visitor(width=1280)
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
    page.context.add_cookies([cookie])
    page.goto(reverse("correct_address", args=[Mail.objects.first().registration_id]))
    assert (overflow(page), findings(page)) == (0, [])
    keep(page, "correct_address-1280-en")
    page.get_by_role("button", name="Send a link to this address").click()
    page.goto(reverse("admin:registrations_registration_changelist") + "?mail=returned")
    keep(page, "people-1280-en")
