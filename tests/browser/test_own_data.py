"""One's own data on a phone: nothing for axe to find, nothing that scrolls sideways, little to send."""

import gzip
import os

import pytest
from django.urls import reverse

from tests.browser.test_face import BUDGET, findings, overflow
from tests.certificates_factories import CertificateFactory
from tests.registrations_factories import MailFactory, PrivacyTextFactory, RegistrationFactory
from tests.sessions_factories import AttendanceFactory, AttendanceRowFactory, TrainingSessionFactory
from tests.surveys_factories import DraftFactory, ResponseFactory, SurveyFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("at_now")]

PAGES = ("own_data", "own_consent", "erase_own_data")


@pytest.fixture
def paths(at_now):
    """The pages of somebody who took part in five sessions and answered."""
    PrivacyTextFactory()
    registration = RegistrationFactory(printed_name="Amina Otieno", language="ar")
    for _number in range(5):
        session = TrainingSessionFactory(programme=registration.programme, theme="Trade across borders")
        AttendanceFactory(session=session, registration=registration)
        name = f"Amina {_number}"
        AttendanceRowFactory(attendance_import__session=session, registration=registration, name=name)
        MailFactory.create_batch(4, registration=registration, subject="Your session starts in an hour")
    survey = SurveyFactory(programme=registration.programme)
    ResponseFactory(survey=survey, registration=registration, answers={"why": "Because it helps.", "score": "4"})
    DraftFactory(survey=SurveyFactory(programme=registration.programme), registration=registration)
    CertificateFactory(registration=registration)
    return {name: reverse(f"reports:{name}", args=[registration.link_token]) for name in PAGES}


@pytest.mark.parametrize("language", ["en", "ar"])
def test_pages_are_accessible_and_fit_a_phone(visitor, paths, language):
    page = visitor(width=360, language=language, has_javascript=True)
    found = {}
    for name, path in paths.items():
        page.goto(path)
        keep(page, f"{name}-closed-360-{language}")
        page.eval_on_selector_all("details", "all => all.forEach(one => one.open = true)")
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


def keep(page, name):
    """A picture to look at, where SCREENSHOTS names a folder."""
    folder = os.environ.get("SCREENSHOTS")
    if folder:
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)
