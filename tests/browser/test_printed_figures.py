"""The check of printed figures in a real browser, without a script."""

import os
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse

from tests.registrations_factories import UserFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

REFERENCE = Path(__file__).parents[2] / "reference" / "figures.yaml"
PICTURES = os.environ.get("BARAZA_PICTURES", "")


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("width", [360, 1280])
def test_the_check_is_read_and_corrected_by_everybody(visitor, width, language):
    user = UserFactory(administrator=True)
    user.set_password("a long password")
    user.save(update_fields=["password"])
    page = visitor(width=width, language=language, has_javascript=False)
    page.goto("/admin/login/")
    page.locator("#id_username").fill(user.username)
    page.locator("#id_password").fill("a long password")
    page.locator("#login-form [type=submit]").click()
    page.goto(reverse("admin:surveys_survey_printed_figures"))
    picture(page, f"form-{width}-{language}")
    page.locator("#id_text").fill(REFERENCE.read_text() + "    - {id: x, kind: shoe}\n")
    page.locator(".dash-form [type=submit]").click()
    page.wait_for_selector(".figures-table")
    picture(page, f"verdicts-{width}-{language}")

    assert page.locator(".figures-table .is-impossible").count() == 1
    assert page.locator(".figures-problems li").count() == 1
    assert page.locator("#id_text").input_value().startswith("# Every figure")


@pytest.mark.parametrize("width", [360, 1280])
def test_the_check_has_nothing_for_axe_and_does_not_scroll_sideways(visitor, width):
    user = UserFactory(administrator=True)
    user.set_password("a long password")
    user.save(update_fields=["password"])
    page = visitor(width=width)
    page.goto("/admin/login/")
    page.locator("#id_username").fill(user.username)
    page.locator("#id_password").fill("a long password")
    page.locator("#login-form [type=submit]").click()
    page.goto(reverse("admin:surveys_survey_printed_figures"))
    for _ in range(2):
        violations = Axe().run(page).response["violations"]
        assert [f"{one['id']}: {node['html'][:150]}" for one in violations for node in one["nodes"]] == []
        assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0
        page.locator("#id_text").fill(REFERENCE.read_text() + "    - {id: x, kind: shoe}\n")
        page.locator(".dash-form [type=submit]").click()


def picture(page, name):
    if PICTURES:
        page.screenshot(path=f"{PICTURES}/{name}.png", full_page=True)
