"""Participants' pages in a real browser: nothing for axe to find, nothing that scrolls sideways."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from playwright.sync_api import expect

from tests.certificates_factories import CertificateFactory, CompletionRuleFactory
from tests.registrations_factories import PartnerFactory, PrivacyTextFactory, ProgrammeFactory, RegistrationFactory
from tests.sessions_factories import AppearanceFactory, AttendanceFactory, TrainingSessionFactory
from tests.surveys_factories import QuestionFactory, SurveyFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("at_now")]

BUDGET = 14_000  # bytes of HTML, CSS and JavaScript, compressed: what the tests of single pages hold them to
LIST = "list"
PROGRAMME = "programme"
REGISTRATION = "registration"
UNCONFIRMED = "personal, to confirm"
PERSONAL = "personal"
SURVEY = "survey"
VERIFICATION = "verification"
ZONES = "zones"
MISSING = "missing"
PAGES = [LIST, PROGRAMME, REGISTRATION, UNCONFIRMED, PERSONAL, SURVEY, VERIFICATION, ZONES, MISSING]


@pytest.fixture
def paths(at_now):
    """A full programme with people in it, and the path of each page."""
    programme = ProgrammeFactory(
        title="Trade across borders for sustainable development",
        summary="How small firms sell abroad, in five sessions over one week.",
        background="A first paragraph about the reasons.\n\nA second one about the hosts.",
        objectives="Understand how it works.\nKnow the policies that helped.\nMeet partners.",
        audience="Policy makers, practitioners and entrepreneurs.",
        interpretation_languages=["ar", "fr", "ru", "es"],
        capacity=1200,
        contact_email="contact@example.org",
        synthetic_seed=1,
    )
    PrivacyTextFactory()
    PartnerFactory.create_batch(5, programme=programme, description="An organisation that teaches and carries courses.")
    seated = RegistrationFactory(programme=programme)
    for _number in range(5):
        session = TrainingSessionFactory(programme=programme, description="What it is about and which cases it shows.")
        AppearanceFactory.create_batch(7, session=session, talk="The title of a talk of usual length")
        AttendanceFactory(session=session, registration=seated)
    rule = CompletionRuleFactory(programme=programme)
    survey = SurveyFactory(programme=programme)
    for kind in ("rating", "yes_no", "text"):
        QuestionFactory(survey=survey, kind=kind)
    QuestionFactory(survey=survey, kind="select_one", options=["a", "b", "c"])
    QuestionFactory(survey=survey, kind="select_multiple", options=["a", "b", "c"])
    certificate = CertificateFactory(rule=rule, registration=RegistrationFactory(programme=programme))
    pending = RegistrationFactory(programme=programme, pending=True)
    return {
        LIST: reverse("programme_list"),
        PROGRAMME: reverse("programme_page", args=[programme.slug]),
        REGISTRATION: reverse("registrations:register", args=[ProgrammeFactory(capacity=1200).slug]),
        UNCONFIRMED: reverse("personal_page", args=[pending.link_token]),
        PERSONAL: reverse("personal_page", args=[seated.link_token]),
        SURVEY: reverse("surveys:answer", args=[seated.link_token, survey.form_id]),
        VERIFICATION: reverse("certificates:verify", args=[certificate.code]),
        ZONES: reverse("reports:choose_zone"),
        MISSING: "/no/such/page/",
    }


def findings(page):
    """What axe finds, in words short enough to read in a failed assertion."""
    violations = Axe().run(page).response["violations"]
    return [f"{found['id']}: {node['html'][:150]}" for found in violations for node in found["nodes"]]


def overflow(page):
    """Pixels by which the page is wider than the window."""
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


@pytest.mark.parametrize("language", ["en", "ar"])
def test_pages_are_accessible_and_fit_a_phone(visitor, paths, language):
    page = visitor(width=360, language=language)
    found = {}
    for name in PAGES:
        page.goto(paths[name])
        found[name] = (page.locator("html").get_attribute("dir"), overflow(page), findings(page))
    direction = "rtl" if language == "ar" else "ltr"
    assert found == dict.fromkeys(PAGES, (direction, 0, []))


def test_registration_form_with_errors_is_accessible(visitor, paths):
    page = visitor(width=360)
    page.goto(paths[REGISTRATION])
    page.locator("main form[method=post] [type=submit]").click()
    assert findings(page) == []
    first = page.locator(".error-summary a").first
    assert page.locator(first.get_attribute("href")).count() == 1


def test_keyboard_reaches_the_content_first(visitor, paths):
    page = visitor()
    page.goto(paths[PROGRAMME])
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#main"


def test_language_is_switched_by_a_plain_link(visitor, paths):
    page = visitor(has_javascript=False)
    page.goto(paths[PROGRAMME])
    page.get_by_role("link", name="العربيّة").click()
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    expect(page).to_have_url(re.compile(re.escape(paths[PROGRAMME]) + "$"))


def test_zone_is_chosen_without_javascript(visitor, paths):
    page = visitor(has_javascript=False)
    page.goto(paths[PROGRAMME])
    page.get_by_role("link", name="Show them in my time zone").click()
    page.get_by_label("Time zone").select_option("Asia/Kathmandu")
    page.get_by_role("button", name="Show times in this zone").click()
    expect(page).to_have_url(re.compile(re.escape(paths[PROGRAMME]) + "$"))
    expect(page.locator(".when", has_text="Kathmandu")).to_have_count(5)


def test_zone_of_the_browser_is_one_click_away_with_javascript(paths, browser, live_server):
    context = browser.new_context(base_url=live_server.url, timezone_id="Asia/Calcutta")
    page = context.new_page()
    page.goto(paths[PROGRAMME])
    page.locator("[data-zone]").click()
    expect(page.locator(".when", has_text="Kolkata")).to_have_count(5)
    context.close()
