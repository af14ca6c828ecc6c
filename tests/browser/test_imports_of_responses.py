"""The pages on which responses are imported, in a browser: no accessibility violation, nothing cut off, Arabic included."""

import os

import pytest
from axe_playwright_python.sync_playwright import Axe

from surveys.actions import apply_responses, undo_responses
from tests.registrations_factories import PASSWORD, TeamMemberFactory
from tests.surveys.import_steps import LATER, applied, make_survey, read, table
from tests.surveys.test_import_shapes import file

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PICTURES = os.environ.get("IMPORT_PICTURES", "")


def paths():
    """Every page, by a name for its picture."""
    survey = make_survey()
    rows = [(str(n % 5 + 1), "teacher", "Water;Health;", "") for n in range(12)]
    bad = read(survey, table(("quality", "role", "topics"), *[row[:3] for row in rows], ("9", "baker", "")))
    unknown = read(survey, table(("quality", "Shoe size"), ("5", "39")))
    previewed = read(survey, file("kobo.csv"), file_name="kobo.csv")
    done = applied(survey, table(("quality", "role", "topics", "comment"), *rows))
    undone = undo_responses(apply_responses(read(survey, file("google_forms.csv")), now=LATER), now=LATER)
    start = f"/admin/surveys/survey/{survey.pk}/imports/"
    page = "/admin/surveys/survey/imports/{}/"
    user = TeamMemberFactory(programme=survey.programme).user
    return user, {
        "list": start,
        "problems": page.format(bad.pk),
        "unknown": page.format(unknown.pk),
        "preview": page.format(previewed.pk),
        "columns": page.format(previewed.pk) + "columns/",
        "done": page.format(done.pk),
        "undo": page.format(done.pk) + "undo/",
        "undone": page.format(undone.pk),
    }


@pytest.mark.parametrize(("width", "language"), [(360, "en"), (1280, "en"), (360, "ar"), (1280, "ar")])
def test_pages_of_imports_have_no_axe_violation_and_fit(visitor, width, language):
    user, pages = paths()
    page = visitor(width=width, language=language)
    page.goto("/admin/login/")
    page.fill("[name=username]", user.username)
    page.fill("[name=password]", PASSWORD)
    page.click("[type=submit]")
    problems = []
    for name, path in pages.items():
        page.goto(path)
        problems += [
            (name, each["id"], each["nodes"][0]["html"][:200]) for each in Axe().run(page).response["violations"]
        ]
        overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        problems += [(name, "wider than the screen", overflow)] if overflow > 0 else []
        if PICTURES:
            page.screenshot(path=f"{PICTURES}/{name}-{width}-{language}.png", full_page=True)
    assert problems == []
