"""A rule put together, tried out and adopted in a real browser, without a script."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse

from certificates import actions
from certificates.completion import Rule
from certificates.models import CompletionRule
from certificates.requirements import Group, Mode, Sessions, SurveyAnswered
from tests.certificates_factories import AssignmentFactory, a_graduate, a_programme
from tests.registrations_factories import NOW, UserFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def programme():
    """A programme with a rule, two who meet it and one who misses by the survey."""
    programme = a_programme(people=2)
    a_graduate(programme, has_answered=False, printed_name="Amina Odhiambo")
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
    violations = Axe().run(page).response["violations"]
    return [f"{found['id']}: {node['html'][:150]}" for found in violations for node in found["nodes"]]


def overflow(page):
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


def test_a_rule_is_put_together_without_a_script(organiser, programme):
    page = organiser(width=360, has_javascript=False)
    page.goto(reverse("admin:certificates_rule", args=[programme.pk]))
    page.locator("#row-0-1 button[name=remove]").click()
    page.locator("#id_0-new").select_option("group")
    page.locator("button[name=add][value='0']").click()
    for kind in ("survey", "sessions"):
        page.locator("#id_0-1-new").select_option(kind)
        page.locator("button[name=add][value='0-1']").click()
    page.locator("input[name=try]").click()
    assert page.locator(".errornote a").all_inner_texts() == ["This field is required."]
    assert page.locator(".errornote a").get_attribute("href") == "#id_0-1-1-at_least"
    page.locator("#id_0-1-1-at_least").fill("3")
    page.locator("#id_0-1-1-at_least").press("Enter")
    assert "Who would gain (1)" in page.content()
    page.locator("input[value='Put it in force']").click()
    either = Group(Mode.ANY, (SurveyAnswered(), Sessions(3)))
    assert CompletionRule.objects.in_force(programme).rule == Rule(80, Group(Mode.ALL, (Sessions(2), either)))


@pytest.mark.parametrize("language", ["en", "ar"])
def test_pages_of_rules_are_accessible_and_fit_a_phone(organiser, programme, language):
    person, assignment = programme.registrations.first(), AssignmentFactory(programme=programme)
    draft = actions.draft_rule(programme, Rule.simple(3, 90, is_survey_required=False), by=None, now=NOW)
    pages = {
        "rule": programme.pk,
        "rule_draft": draft.pk,
        "funnel": programme.pk,
        "missing": programme.pk,
        "acceptances": assignment.pk,
        "confirmations": programme.pk,
        "exception_find": programme.pk,
        "exception": person.pk,
    }
    page, found = organiser(width=360, language=language), {}
    for name, pk in pages.items():
        page.goto(reverse(f"admin:certificates_{name}", args=[pk]))
        found[name] = (overflow(page), findings(page))
    assert found == dict.fromkeys(pages, (0, []))
