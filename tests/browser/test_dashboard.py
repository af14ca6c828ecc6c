"""The dashboards in a real browser: nothing for axe to find, nothing that scrolls sideways, up to date by itself."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect

from surveys.actions.coding import add_code, code_text
from surveys.views import dashboard as view
from tests.registrations_factories import NOW, ProgrammeFactory, RegistrationFactory, TeamMemberFactory
from tests.surveys_factories import QuestionFactory, ResponseFactory, SurveyFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("at_now")]

DASHBOARD, CROSSED, CODES, VERBATIMS, PROGRAMME = "dashboard", "crossed", "codes", "verbatims", "programme"
KINDS = {
    "clear": {"options": ["1", "2", "3", "4", "5"]},
    "useful": {"options": ["1", "2", "3", "4", "5"]},
    "order": {"kind": "rank", "options": ["pay", "tax"]},
    "years": {"kind": "integer"},
    "since": {"kind": "date"},
    "topics": {"kind": "select_multiple", "options": ["a", "b"]},
    "wishes": {"kind": "text"},
}
ANSWERS = {
    "clear": "5",
    "useful": "2",
    "order": "tax pay",
    "years": "12",
    "since": "2020-05-01",
    "topics": "a b",
    "wishes": "More time. " * 30,
}


@pytest.fixture
def survey(at_now):
    """A survey of many kinds with thirty responses from two countries, one of them coded."""
    survey = SurveyFactory(programme=ProgrammeFactory(title="Trade across borders for sustainable development"))
    for position, (name, kind) in enumerate(KINDS.items()):
        QuestionFactory(survey=survey, name=name, label=f"What do you think of {name}?", position=position, **kind)
    for number in range(30):
        person = RegistrationFactory(programme=survey.programme, country="KE" if number % 2 else "CN")
        ResponseFactory(survey=survey, registration=person, answers=ANSWERS)
    return survey


@pytest.fixture
def signed_in(visitor, live_server):
    """`signed_in(user, width=…, language=…)`: a page in which a member of staff has signed in."""

    def arrive(user, **options):
        client = Client()
        client.force_login(user)
        page = visitor(**options)
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])
        return page

    return arrive


def paths(survey):
    page = reverse("admin:surveys_survey_dashboard", args=[survey.pk])
    return {
        DASHBOARD: page,
        CROSSED: f"{page}?country=KE&by=gender&rows=gender&columns=clear",
        CODES: reverse("admin:surveys_survey_codes", args=[survey.pk, "wishes"]),
        VERBATIMS: reverse("admin:surveys_survey_verbatims", args=[survey.pk, "wishes"]),
        PROGRAMME: reverse("admin:reports_workspace_dashboard", args=[survey.programme.pk]),
    }


def findings(page):
    violations = Axe().run(page).response["violations"]
    return [f"{found['id']}: {node['html'][:150]}" for found in violations for node in found["nodes"]]


def overflow(page):
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


@pytest.mark.parametrize("language, width", [("en", 1920), ("ar", 360)])
def test_pages_of_figures_are_accessible_on_a_projector_and_a_phone(signed_in, survey, language, width):
    ana = TeamMemberFactory(programme=survey.programme).user
    question = survey.questions.get(name="wishes")
    add_code(question, label="Time", definition="Wants more of it.", by=ana, now=NOW)
    code_text(survey.responses.first(), question, ["time"], by=ana, now=NOW)
    page = signed_in(ana, width=width, language=language)
    found = {}
    for name, path in paths(survey).items():
        page.goto(path)
        found[name] = (page.locator("html").get_attribute("dir"), overflow(page), findings(page))
    direction = "rtl" if language == "ar" else "ltr"
    assert found == dict.fromkeys(paths(survey), (direction, 0, []))


def test_an_analysts_page_is_accessible(signed_in, survey):
    page = signed_in(TeamMemberFactory(programme=survey.programme, role="analyst").user, width=360)
    page.goto(paths(survey)[CROSSED].replace("country=KE&", ""))
    assert (overflow(page), findings(page)) == (0, [])


def test_new_answers_appear_by_themselves(signed_in, survey, monkeypatch):
    monkeypatch.setattr(view, "LOOKS_AGAIN", 1)
    page = signed_in(TeamMemberFactory(programme=survey.programme).user)
    page.goto(paths(survey)[DASHBOARD])
    expect(page.locator(".is-main dd").first).to_have_text("n = 30")
    ResponseFactory(survey=survey, registration=RegistrationFactory(programme=survey.programme), answers=ANSWERS)
    expect(page.locator(".is-main dd").first).to_have_text("n = 31")


def test_texts_are_coded_by_keyboard_without_javascript(signed_in, survey):
    ana = TeamMemberFactory(programme=survey.programme).user
    page = signed_in(ana, has_javascript=False)
    page.goto(paths(survey)[CODES])
    page.get_by_label("New code").fill("Time")
    page.keyboard.press("Enter")
    page.get_by_role("checkbox", name="Time").first.focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Keep my codes of this page").press("Enter")
    expect(page.get_by_text("Your codes of 1 text are kept.")).to_be_visible()
    expect(page.get_by_text("1 of 30 answers are gone through")).to_be_visible()
