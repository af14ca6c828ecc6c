"""The words of mails and messages to many in a real browser, without a script: the preview is the mail as it leaves."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from registrations.models import Mail
from registrations.stopping import stop_address
from reports.campaigns.models import Campaign
from reports.tasks import send_campaigns
from tests.registrations_factories import ProgrammeFactory, RegistrationFactory, UserFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def programme():
    """A programme with two people, one of whom reads Arabic."""
    programme = ProgrammeFactory(title="Trade online")
    RegistrationFactory(programme=programme, printed_name="Amina Otieno")
    RegistrationFactory(programme=programme, printed_name="ليلى حداد", language="ar")
    return programme


@pytest.fixture
def organiser(visitor):
    """`organiser(...)`: a browser as `visitor` makes it, in which an administrator has signed in."""
    user = UserFactory(administrator=True)
    user.set_password("a long password")
    user.save(update_fields=["password"])

    def arrive(**arguments):
        page = visitor(**arguments)
        page.goto("/admin/login/")
        page.locator("#id_username").fill(user.username)
        page.locator("#id_password").fill("a long password")
        page.locator("#login-form [type=submit]").click()
        return page

    return arrive


def findings(page):
    found = Axe().run(page).response["violations"]
    sideways = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return [*(f"{each['id']}: {each['nodes'][0]['html'][:150]}" for each in found), *([sideways] if sideways else [])]


@pytest.mark.parametrize(("width", "language"), [(360, "ar"), (1280, "en")])
def test_pages_of_letters_have_no_axe_violation_and_fit(organiser, programme, width, language):
    page = organiser(width=width, language=language)
    Campaign.objects.create(programme=programme, created_at=programme.published_at)
    base = f"/admin/reports/workspace/{programme.pk}"
    found = {}
    for address in (
        "mails/",
        f"mails/registered/?language={language}",
        "messages/",
        f"messages/{Campaign.objects.get().pk}/",
    ):
        page.goto(f"{base}/{address}")
        found[address] = findings(page)

    assert list(found.values()) == [[]] * 4


def test_the_preview_shows_the_mail_with_its_styles_and_a_message_is_sent(organiser, programme):
    page = organiser(has_javascript=False)
    page.goto(f"/admin/reports/workspace/{programme.pk}/messages/")
    page.get_by_role("button", name="Write a message").click()
    page.get_by_label("Subject").fill("The recordings are there")
    page.get_by_label("Text", exact=True).fill("Dear {name},\n\n{personal_link}")
    page.get_by_label("Show it as a participant: name or address").fill("Amina")
    page.keyboard.press("Enter")
    sheet = page.frame_locator("iframe")
    sheet.get_by_text("Dear Amina Otieno,").wait_for()
    button = sheet.get_by_role("link", name="Open my page")
    button.wait_for()
    assert Campaign.objects.get().is_draft
    page.get_by_role("button", name="Send to 2 people").click()
    page.get_by_role("button", name="Stop the sending").wait_for()
    send_campaigns()

    assert Mail.objects.filter(kind="campaign").count() == 2


def test_the_styles_of_the_mail_are_allowed_in_the_preview(organiser, programme):
    page = organiser()
    page.goto(f"/admin/reports/workspace/{programme.pk}/mails/registered/?language=en")
    button = page.frame_locator("iframe").get_by_role("link", name="Open my page")

    assert button.evaluate("link => getComputedStyle(link).backgroundColor") == "rgb(11, 95, 165)"


@pytest.mark.parametrize("language", ["ar", "zh-hans"])
def test_mail_is_stopped_on_a_phone_without_javascript(visitor, programme, settings, language):
    registration = programme.registrations.order_by("pk").first()
    page = visitor(width=360, language=language)
    page.goto(stop_address(registration.pk, "news").removeprefix(settings.SITE_URL))
    assert findings(page) == []
    page.locator("main form button").click()
    page.locator("[role=status]").wait_for()
    registration.refresh_from_db()

    assert (findings(page), registration.wants_news) == ([], False)
