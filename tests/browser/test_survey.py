"""A survey with everything in it, answered on a phone and on a desk, without JavaScript, in three languages."""

import gzip
import os
from pathlib import Path

import pytest
from django.urls import reverse

from surveys.models import Draft, Response
from tests.browser.test_face import BUDGET, findings, overflow
from tests.registrations_factories import ProgrammeFactory, RegistrationFactory
from tests.surveys_factories import ChoiceFactory, GroupFactory, QuestionFactory, SurveyFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("at_now")]

PICTURES = os.environ.get("BARAZA_PICTURES", "")
ARABIC = {
    "title": "رأيك في الدورة",
    "pace": "كيف كانت سرعة الدورة؟",
    "too_fast": "سريعة جدًا",
    "just_right": "مناسبة",
    "other": "غير ذلك",
    "why": "لماذا كانت سريعة؟",
    "lectures": "المحاضرات",
    "materials": "المواد التعليمية",
    "poor": "ضعيف",
    "good": "جيد",
    "excellent": "ممتاز",
}


def in_arabic(name):
    return {"ar": {"label": ARABIC[name]}} if name in ARABIC else {}


def choices(question, *values, **more):
    for position, value in enumerate(values):
        ChoiceFactory(
            question=question,
            value=value,
            label=value.replace("_", " ").capitalize(),
            position=position,
            translations=in_arabic(value),
            is_exclusive=value == "none",
            is_other=value == "other",
        )


@pytest.fixture
def survey():
    """Five pages: loose questions with a branch, a matrix, a ranking, numbers and a day, and words."""
    survey = SurveyFactory(
        programme=ProgrammeFactory(title="Trade across borders"),
        title="Your view of the course",
        introduction="Five minutes of your time make the next course better.",
        thanks="Your view arrived. The results will be on the programme’s page in May.",
        form_id="whole_way",
        translations={"ar": {"title": ARABIC["title"]}},
    )

    def ask(name, kind, label, **more):
        position = survey.questions.count()
        return QuestionFactory(
            survey=survey, name=name, kind=kind, label=label, position=position, translations=in_arabic(name), **more
        )

    page = GroupFactory(survey=survey, label="The course as a whole", appearance="field-list")
    ask("hello", "note", "There are no wrong answers.", group=page)
    choices(ask("pace", "select_one", "How was the pace of the course?", group=page, is_required=True),
            "too_fast", "just_right", "other")  # fmt: skip
    ask("pace_other", "text", "If other, how was it?", group=page)
    ask("why", "text", "Why was it too fast?", group=page, relevant="${pace} = 'too_fast'", is_required=True)
    ask("recommend", "rating", "How likely are you to recommend the course?", group=page,
        parameters={"start": "0", "end": "10", "step": "1"})  # fmt: skip
    matrix = GroupFactory(survey=survey, label="How good was each part?", appearance="table-list")
    for name, label in (
        ("lectures", "The lectures"),
        ("materials", "Materials and handouts"),
        ("exchange", "Exchange"),
    ):
        choices(ask(name, "select_one", label, group=matrix, is_required=name == "lectures"),
                "poor", "fair", "good", "excellent")  # fmt: skip
    page = GroupFactory(survey=survey, label="", appearance="field-list")
    choices(ask("topics", "rank", "Which topics matter most to you?", group=page), "trade", "finance", "logistics")
    choices(ask("used", "select_multiple", "What have you used?", group=page, hint="Several answers are possible."),
            "videos", "slides", "none")  # fmt: skip
    page = GroupFactory(survey=survey, label="Numbers", appearance="field-list")
    ask("people", "integer", "How many people work with you?", group=page, constraint=". >= 1",
        constraint_message="At least you do: give 1 or more.")  # fmt: skip
    ask("hours", "decimal", "How many hours a week did you study?", group=page)
    ask("began", "date", "When did you begin to work in trade?", group=page, constraint=". <= today()")
    page = GroupFactory(survey=survey, label="In your own words", appearance="field-list")
    ask("wishes", "text", "What should be better?", group=page, hint="One thing is enough.")
    return survey


@pytest.fixture
def person(survey):
    return RegistrationFactory(programme=survey.programme)


def picture(page, name):
    if PICTURES:
        Path(PICTURES).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=f"{PICTURES}/{name}.png", full_page=True)


def send(page):
    with page.expect_navigation():
        page.locator("button[name='-go'][value=next]").click()


@pytest.mark.parametrize(("width", "language"), [(360, "ar"), (1280, "en"), (360, "zh-hans")])
def test_the_whole_way_without_javascript(visitor, survey, person, width, language):
    page = visitor(width=width, language=language, has_javascript=False)
    seen = []

    def look(name):
        seen.append(name)
        picture(page, f"{language}-{width}-{len(seen):02}-{name}")

    page.goto(reverse("surveys:answer", args=[person.link_token, survey.form_id]))
    look("first")
    send(page)
    look("missing")
    assert page.locator(".error-summary a").count() == 1
    page.locator("#pace-0").check()
    page.locator("#recommend-9").check()
    send(page)
    look("more")
    page.locator("#why-field").fill("So many <b>slides</b>")
    send(page)
    look("matrix")
    send(page)
    look("matrix-missing")
    page.locator("#lectures-3").check()
    page.locator("#materials-1").check()
    send(page)
    look("rank")
    for number, place in enumerate(("2", "1", "2")):
        page.locator(f"#topics-{number}").select_option(place)
    page.locator("#used-0").check()
    page.locator("#used-2").check()
    send(page)
    look("rank-errors")
    assert page.locator(".error-summary a").count() == 2
    page.locator("#topics-2").select_option("3")
    page.locator("#used-2").uncheck()
    send(page)
    page.locator("#people-field").fill("٠")
    page.locator("#hours-field").fill("2,5")
    page.locator("#began-field").fill("2020-02-29")
    send(page)
    look("number-errors")
    page.locator("#people-field").fill("١٢")
    page.locator("button[value=later]").click()
    look("kept")
    page.locator(".actions .button").click()
    look("resumed")
    page.locator("button[value=back]").click()
    assert page.locator("#people-field").input_value() == "12"
    send(page)
    page.locator("#wishes-field").fill("<script>alert(1)</script>")
    look("last")
    send(page)
    look("thanks")
    assert Response.objects.get().answers == {
        "pace": "too_fast",
        "why": "So many <b>slides</b>",
        "recommend": "9",
        "lectures": "excellent",
        "materials": "fair",
        "exchange": "",
        "topics": "finance trade logistics",
        "used": "videos",
        "people": "12",
        "hours": "2.5",
        "began": "2020-02-29",
        "wishes": "<script>alert(1)</script>",
    }
    assert Draft.objects.count() == 0


@pytest.mark.parametrize(
    ("width", "language", "is_anonymous"),
    [(360, "en", True), (360, "ar", False), (1280, "en", False), (1280, "ar", True)],
)
def test_every_page_is_accessible_small_and_fits(visitor, survey, person, width, language, is_anonymous):
    type(survey).objects.update(is_anonymous=is_anonymous)
    page = visitor(width=width, language=language)
    responses = []
    page.on("response", lambda response: responses.append(response))
    page.goto(reverse("surveys:answer", args=[person.link_token, survey.form_id]), wait_until="networkidle")
    assert sum(len(gzip.compress(response.body(), 6)) for response in responses) <= BUDGET
    found = {"first": (overflow(page), findings(page))}
    send(page)
    found["errors"] = (overflow(page), findings(page))
    page.locator("#pace-1").check()
    for name in ("matrix", "rank", "numbers", "words"):
        send(page)
        found[name] = (overflow(page), findings(page))
        if name == "matrix":
            send(page)
            found["matrix errors"] = (overflow(page), findings(page))
            page.locator("#lectures-0").check()
    picture(page, f"anonymous-{language}-{width}")
    assert found == dict.fromkeys(found, (0, []))
