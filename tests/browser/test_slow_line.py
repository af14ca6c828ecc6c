"""First views in Chromium's own accounting, and how long they take on a line of 300 ms and 250 kbit/s."""

import dataclasses
import functools

import pytest
from django.conf import settings
from django.urls import reverse

from bench.chromium import BYTES_PER_SECOND, register, slow_visitor
from tests.certificates_factories import CertificateFactory, CompletionRuleFactory
from tests.registrations_factories import PartnerFactory, PrivacyTextFactory, ProgrammeFactory, RegistrationFactory
from tests.sessions_factories import AppearanceFactory, AttendanceFactory, TrainingSessionFactory
from tests.surveys_factories import QuestionFactory, SurveyFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("at_now")]

LIMITS = {
    "bytes": 14_000,  # HTML, CSS, JavaScript and the headers of the answers, as they come over the line
    "requests": 3,
    "rounds": 1,
    "shift": 0.005,  # 0.00: where scripts mix, a word may move by less while the rest of its line arrives
    "first_paint": 1.0,  # seconds
    "loaded": 1.5,
}
DOCUMENTS, TO_CONFIRMATION = 3, 4.0  # seconds
TRIES = 8  # a busy machine is slow, and that is no finding
PAGES = ["programme", "registration", "personal", "survey", "verification"]


@pytest.fixture
def paths(at_now):
    """A programme with all that makes its pages long, and the path of each page."""
    programme = ProgrammeFactory(
        title="Cross-border electronic commerce for sustainable development",
        summary="How small firms sell abroad: five sessions over one week with people who have done it.",
        background="A first paragraph about the reasons for this course and its hosts.\n\nA second one about the region.",
        objectives="Understand how it works.\nKnow the policies that helped.\nMeet partners.\nWrite a plan of one's own.",
        audience="Policy makers, practitioners, entrepreneurs and those who advise them.",
        interpretation_languages=["ar", "fr", "ru", "es", "zh-hans"],
        capacity=1200,
        contact_email="contact@example.org",
    )
    PrivacyTextFactory()
    PartnerFactory.create_batch(6, programme=programme, description="An organisation that teaches and carries courses.")
    seated = RegistrationFactory(programme=programme)
    for number in range(5):
        session = TrainingSessionFactory(programme=programme, description="What it is about and which cases it shows.")
        for speaker in range(11):
            AppearanceFactory(session=session, talk=f"Talk {number}.{speaker} and what it says in one line of its own")
        AttendanceFactory(session=session, registration=seated)
    rule = CompletionRuleFactory(programme=programme)
    survey = SurveyFactory(programme=programme)
    for kind in ("rating", "rating", "rating", "yes_no", "text", "text"):
        QuestionFactory(survey=survey, kind=kind)
    QuestionFactory(survey=survey, kind="select_one", options=["a", "b", "c"])
    QuestionFactory(survey=survey, kind="select_multiple", options=["a", "b", "c", "d", "e"])
    certificate = CertificateFactory(rule=rule, registration=RegistrationFactory(programme=programme))
    addresses = [
        reverse("programme_page", args=[programme.slug]),
        reverse("registrations:register", args=[programme.slug]),
        reverse("personal_page", args=[seated.link_token]),
        reverse("surveys:answer", args=[seated.link_token, survey.form_id]),
        reverse("certificates:verify", args=[certificate.code]),
    ]
    return dict(zip(PAGES, addresses, strict=True))


@pytest.fixture
def visitor_from(browser, live_server):
    """`visitor_from("ar", line=None)`: a phone with an empty cache, without JavaScript and on the slow line unless told."""

    def visitor(language, **options):
        return slow_visitor(browser, live_server.url, cookies={settings.LANGUAGE_COOKIE_NAME: language}, **options)

    return visitor


def broken_limits(view):
    """What a first view has too much of."""
    found = dataclasses.asdict(view)
    return {name: found[name] for name, limit in LIMITS.items() if found[name] > limit}


def best_of(tries, measure, problems_of):
    """The problems of the first measurement that has none, of the last one otherwise."""
    for _try in range(tries):
        problems = problems_of(measure())
        if not problems:
            break
    return problems


def test_first_views_are_one_small_request_in_every_language(visitor_from, paths):
    languages = [(language, False) for language, _name in settings.LANGUAGES] + [("en", True)]
    found, requests = {}, {}
    for language, has_javascript in languages:
        with visitor_from(language, line=None, has_javascript=has_javascript) as visitor:
            views = {(language, has_javascript, name): visitor.open(paths[name]) for name in PAGES}
        found |= {key: view.bytes for key, view in views.items()}
        requests |= {key: view.requests for key, view in views.items()}
    assert {key: size for key, size in found.items() if not 4000 < size <= LIMITS["bytes"]} == {}
    assert requests == dict.fromkeys(requests, 1)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_first_views_are_quick_on_a_slow_line(visitor_from, paths, language):
    def opened(name):
        with visitor_from(language) as visitor:
            return visitor.open(paths[name])

    problems = {name: best_of(TRIES, functools.partial(opened, name), broken_limits) for name in PAGES}
    assert {name: found for name, found in problems.items() if found} == {}


def test_from_the_programme_to_the_confirmation_on_a_slow_line(visitor_from, paths):
    def walked():
        with visitor_from("en") as visitor:
            walk = visitor.walk(paths["programme"], register)
            return walk, visitor.page.get_by_role("heading", level=1).inner_text()

    def problems_of(outcome):
        walk, heading = outcome
        is_there = (walk.documents, heading) == (DOCUMENTS, "Please look into your mail")
        return [] if is_there and walk.seconds <= TO_CONFIRMATION else [walk, heading]

    assert best_of(TRIES, walked, problems_of) == []


def test_the_slow_line_is_slow(visitor_from, paths):
    """Without the limits of the line the other tests would prove nothing."""
    with visitor_from("en") as slow, visitor_from("en", line=None) as fast:
        on_slow, on_fast = slow.open(paths["programme"]), fast.open(paths["programme"])
    assert on_slow.loaded > 0.3 + on_slow.bytes / BYTES_PER_SECOND - 0.1
    assert on_fast.loaded < on_slow.loaded
