"""Half-filled forms live through a dropped line and a closed phone, with JavaScript and without."""

import pytest
from django.urls import reverse
from playwright.sync_api import Error, expect

from registrations.models import Registration
from surveys.models import Response
from tests.registrations_factories import PrivacyTextFactory, ProgrammeFactory, RegistrationFactory
from tests.surveys_factories import QuestionFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("at_now")]


@pytest.fixture
def address(at_now):
    """Where a programme's form is."""
    PrivacyTextFactory()
    return reverse("registrations:register", args=[ProgrammeFactory().slug])


def fill_in(page):
    page.get_by_label("Given name").fill("Амина 阿米娜")
    page.get_by_label("Female", exact=True).check()
    page.get_by_label("Country or territory").select_option("KE")
    page.get_by_label("Sector", exact=True).select_option("private")
    page.get_by_label("E-mail").fill("amina@example.org")


def typed(page):
    """What the form has."""
    return [
        page.get_by_label("Given name").input_value(),
        page.get_by_label("Female", exact=True).is_checked(),
        page.get_by_label("Country or territory").input_value(),
        page.get_by_label("E-mail").input_value(),
    ]


ALL = ["Амина 阿米娜", True, "KE", "amina@example.org"]


def back_on_the_line(page):
    """Back from the browser's own page about the dropped line; what a form holds, Chromium keeps within a second."""
    page.wait_for_timeout(3000)
    page.context.set_offline(False)
    page.go_back()


def closed_and_opened_again(page, address):
    """Another page of the same browser, after this one was closed."""
    context = page.context
    page.close()
    again = context.new_page()
    again.goto(address)
    return again


def test_what_is_typed_is_there_after_the_phone_was_closed(visitor, address):
    page = visitor(width=360)
    page.goto(address)
    fill_in(page)
    page = closed_and_opened_again(page, address)
    assert typed(page) == ALL
    expect(page.get_by_role("status")).to_contain_text("Here is what you typed before")

    page.get_by_role("button", name="Empty the form").click()
    assert typed(page) == ["", False, "", ""]
    assert typed(closed_and_opened_again(page, address)) == ["", False, "", ""]


def test_what_was_to_be_kept_is_there_without_javascript(visitor, address):
    page = visitor(width=360, has_javascript=False)
    page.goto(address)
    fill_in(page)
    page.get_by_role("button", name="Keep it and go on later").click()
    assert typed(closed_and_opened_again(page, address)) == ALL


@pytest.mark.parametrize("has_javascript", [True, False])
def test_a_form_sent_into_a_dropped_line_is_sent_later(visitor, address, has_javascript):
    page = visitor(width=360, has_javascript=has_javascript)
    page.goto(address)
    fill_in(page)
    page.get_by_label("I agree").check()
    page.context.set_offline(True)
    with pytest.raises(Error, match="ERR_INTERNET_DISCONNECTED"), page.expect_navigation():
        page.get_by_role("button", name="Register").click()
    back_on_the_line(page)
    expect(page.get_by_label("Given name")).to_have_value(ALL[0])
    assert typed(page) == ALL
    page.get_by_label("I agree").check()
    page.get_by_role("button", name="Register").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Please look into your mail")
    assert Registration.objects.values_list("email", flat=True).get() == "amina@example.org"
    assert typed(closed_and_opened_again(page, address)) == ["", False, "", ""]


def test_a_page_of_a_survey_sent_into_a_dropped_line_is_sent_later(visitor, at_now):
    question = QuestionFactory(kind="text", label="What was useful?")
    person = RegistrationFactory(programme=question.survey.programme)
    page = visitor(width=360, has_javascript=False)
    page.goto(reverse("surveys:answer", args=[person.link_token, question.survey.form_id]))
    page.get_by_label("What was useful?").fill("The cases")
    page.context.set_offline(True)
    page.get_by_role("button", name="Send my answers").click()
    expect(page).to_have_url("chrome-error://chromewebdata/")
    back_on_the_line(page)
    expect(page.get_by_label("What was useful?")).to_have_value("The cases")
    page.get_by_role("button", name="Send my answers").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Thank")
    assert Response.objects.get().registration == person
