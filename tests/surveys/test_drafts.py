import datetime as dt
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from surveys.actions import forget_drafts, keep, respond
from surveys.models import AnsweredMark, Draft, Response, Survey
from tests.registrations_factories import NOW, RegistrationFactory
from tests.surveys_factories import ChoiceFactory, DraftFactory, GroupFactory, QuestionFactory, SurveyFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_now")]


@pytest.fixture
def survey():
    """Three pages: whether somebody works, what as (only then), and words."""
    survey = SurveyFactory(form_id="branching", title="Work")
    first, second, third = (
        GroupFactory(survey=survey, name=name, relevant=relevant)
        for name, relevant in (("one", ""), ("two", "${works} = 'yes'"), ("three", ""))
    )
    QuestionFactory(survey=survey, group=first, name="works", kind="yes_no", is_required=True, position=1)
    QuestionFactory(
        survey=survey, group=first, name="since", kind="integer", relevant="${works} = 'yes'", is_required=True,
        constraint=". > 1950", constraint_message="Give a year after 1950.", position=2,
    )  # fmt: skip
    job = QuestionFactory(survey=survey, group=second, name="job", kind="select_one", options=["trade"], position=3)
    ChoiceFactory(question=job, value="other", is_other=True, position=5)
    QuestionFactory(survey=survey, group=second, name="job_other", kind="text", position=4)
    QuestionFactory(survey=survey, group=third, name="note", kind="note", position=5)
    QuestionFactory(survey=survey, group=third, name="wishes", kind="text", position=6)
    return survey


@pytest.fixture
def person(survey):
    return RegistrationFactory(programme=survey.programme)


def address(person, survey, **query):
    base = reverse("surveys:answer", args=[person.link_token, survey.form_id])
    return base + ("?" + "&".join(f"{name}={value}" for name, value in query.items()) if query else "")


def send(client, person, survey, page, shown, go="next", **answers):
    """What a browser sends of a page on which the questions `shown` (parted by spaces) stood."""
    return client.post(
        address(person, survey), {"-page": page, "-shown": shown, "-anonymous": "0", "-go": go, **answers}
    )


def test_pages_follow_each_other_by_what_is_answered(client, person, survey):
    more = send(client, person, survey, "works", "works", works="yes")
    assert more.url == address(person, survey, page="works", more=1)
    assert 'name="since"' in client.get(more.url).text

    onwards = send(client, person, survey, "works", "works since", works="yes", since="2001")
    assert onwards.url == address(person, survey, page="job")
    assert send(client, person, survey, "works", "works", works="no").url == address(person, survey, page="note")


def test_the_whole_way_leaves_one_response_and_no_draft(client, person, survey, monkeypatch):
    begun = int((NOW - dt.timedelta(minutes=5)).timestamp())
    send(client, person, survey, "works", "works since", works="yes", since="2001", **{"-begun": begun})
    send(client, person, survey, "job", "job job_other", job="other", job_other="Baker")
    monkeypatch.setattr(timezone, "now", lambda: NOW + dt.timedelta(minutes=1))

    last = send(client, person, survey, "note", "wishes", wishes="")

    assert last.url == reverse("surveys:thanks", args=[person.link_token, survey.form_id])
    response = Response.objects.get()
    assert response.answers == {"works": "yes", "since": "2001", "job": "other", "job_other": "Baker", "wishes": ""}
    assert (response.started_at, response.seconds, response.is_finished) == (NOW - dt.timedelta(minutes=5), 360, True)
    assert Draft.objects.count() == 0


def test_what_an_earlier_answer_takes_away_is_dropped_when_sent_and_kept_until_then(client, person, survey):
    send(client, person, survey, "works", "works since", works="yes", since="2001")
    send(client, person, survey, "job", "job job_other", job="trade", job_other="")
    send(client, person, survey, "works", "works since", works="no", since="2001")
    assert Draft.objects.get().answers["job"] == "trade"

    send(client, person, survey, "note", "wishes", wishes="More")

    assert Response.objects.get().answers == {"works": "no", "wishes": "More"}


def test_a_draft_is_resumed_at_the_first_page_that_is_not_finished(client, person, survey):
    assert "Welcome back" not in client.get(address(person, survey)).text
    DraftFactory(survey=survey, registration=person, answers={"works": "yes", "since": "2001"})

    page = client.get(address(person, survey))

    assert page.context["form"].page.key == "job"
    assert "Your answers up to" in page.text
    assert re.search(r"Page 2 of 3", page.text)


def test_errors_keep_what_was_typed_in_the_draft_too(client, person, survey):
    page = send(client, person, survey, "works", "works since", works="yes", since="two thousand")

    assert {entry.name: entry.error for entry in page.context["form"].errors} == {
        "since": "Please give a whole number in digits, such as 12."
    }
    assert Draft.objects.get().answers == {"works": "yes", "since": {"typed": "two thousand"}}
    assert 'value="two thousand"' in client.get(address(person, survey)).text


def test_a_condition_is_refused_in_its_own_words(client, person, survey):
    page = send(client, person, survey, "works", "works since", works="yes", since="1900")

    assert [entry.error for entry in page.context["form"].errors] == ["Give a year after 1950."]
    assert 'aria-describedby="since-error" aria-invalid="true"' in page.text


@pytest.mark.parametrize("go", ["back", "later", "speak-fr"])
def test_turning_away_keeps_the_page_and_complains_of_nothing(client, person, survey, go):
    DraftFactory(survey=survey, registration=person, answers={"works": "yes", "since": "2001"})

    gone = send(client, person, survey, "job", "job job_other", go=go, job="other", job_other="Baker")

    assert gone.url == {
        "back": address(person, survey, page="works"),
        "later": address(person, survey) + "?kept",
        "speak-fr": f"{reverse('registrations:set_language')}?code=fr&next="
        + address(person, survey).replace("/", "%2F") + "%3Fpage%3Djob",
    }[go]  # fmt: skip
    assert Draft.objects.get().answers == {"works": "yes", "since": "2001", "job": "other", "job_other": "Baker"}


def test_keeping_says_until_when(client, person, survey):
    assert "until" in client.get(address(person, survey) + "?kept").text
    assert Draft.objects.count() == 0


def test_the_same_page_sent_twice_is_kept_once(client, person, survey):
    for _turn in range(2):
        send(client, person, survey, "works", "works", works="no")

    assert list(Draft.objects.values_list("answers", flat=True)) == [{"works": "no"}]


def test_a_text_beside_other_asks_for_its_option(client, person, survey):
    DraftFactory(survey=survey, registration=person, answers={"works": "yes", "since": "2001"})

    page = send(client, person, survey, "job", "job job_other", job="trade", job_other="Baker")

    assert [entry.name for entry in page.context["form"].errors] == ["job_other"]
    assert 'value="Baker"' in page.text
    assert "without choosing the option" in page.context["form"].errors[0].error


def test_nothing_is_sent_in_while_an_earlier_page_is_open(client, person, survey):
    gone = send(client, person, survey, "note", "wishes", wishes="Hello")

    assert gone.url == address(person, survey, page="works", unfinished=1)
    assert "something on this page" in client.get(gone.url).text
    assert Response.objects.count() == 0


def test_a_deadline_passed_while_typing_loses_nothing(client, person, survey, monkeypatch):
    send(client, person, survey, "works", "works", works="no")
    monkeypatch.setattr(timezone, "now", lambda: survey.closes_at)

    page = send(client, person, survey, "note", "wishes", wishes="An hour of typing")

    assert page.status_code == 409
    assert "An hour of typing" in page.text
    assert Draft.objects.get().answers == {"works": "no", "wishes": "An hour of typing"}
    Survey.objects.update(closes_at=survey.closes_at + dt.timedelta(days=1))
    send(client, person, survey, "note", "wishes", wishes="An hour of typing")
    assert Response.objects.get().answers == {"works": "no", "wishes": "An hour of typing"}


def test_a_hundred_kilobytes_are_kept_and_refused(client, person, survey):
    send(client, person, survey, "works", "works", works="no")

    page = send(client, person, survey, "note", "wishes", wishes="w" * 100_000)

    assert "95000 characters too long" in page.text
    assert "w" * 100_000 in page.text
    assert "w" * 100_000 in client.get(address(person, survey)).text
    assert Response.objects.count() == 0


def test_no_cookie_is_needed_to_send(person, survey, client):
    strict = type(client)(enforce_csrf_checks=True)

    send(strict, person, survey, "works", "works", works="no")

    assert Draft.objects.get().answers == {"works": "no"}


def test_a_page_that_is_gone_loses_nothing(client, person, survey):
    send(client, person, survey, "gone", "wishes gone", wishes="Still here")

    assert Draft.objects.get().answers == {"wishes": "Still here"}


@pytest.mark.parametrize("broken", ["", "page=%00", "page=nothing", "more=" + "9" * 4_400, "more=x&unfinished=1"])
def test_odd_addresses_show_a_page(client, person, survey, broken):
    assert client.get(address(person, survey) + "?" + broken).status_code == 200


@pytest.mark.parametrize("begun", ["x", "9" * 4_400, "-5", "0", str(int(NOW.timestamp()) + 60)])
def test_a_beginning_that_cannot_be_is_now(client, person, survey, begun):
    client.post(address(person, survey), {"-page": "works", "-shown": "works", "works": "no", "-begun": begun})

    assert Draft.objects.get().started_at == NOW


def test_a_kept_page_that_comes_after_the_response_is_not_kept(client, person, survey):
    respond(survey, person, {"works": "no"}, language="en", now=NOW)

    assert keep(survey, person, {"works": "yes"}, language="en", started_at=NOW, now=NOW) is None
    assert send(client, person, survey, "works", "works", works="yes").status_code == 302
    assert (Draft.objects.count(), AnsweredMark.objects.count()) == (0, 1)


def test_drafts_are_forgotten_thirty_days_after_the_end(survey):
    draft = DraftFactory(survey=survey)
    DraftFactory(survey=SurveyFactory(closes_at=survey.closes_at + dt.timedelta(days=1)))

    assert forget_drafts(now=survey.closes_at + dt.timedelta(days=30)) == 0
    assert forget_drafts(now=survey.closes_at + dt.timedelta(days=30, hours=1)) == 1
    assert not Draft.objects.filter(pk=draft.pk).exists()


def test_two_windows_keep_their_pages_beside_each_other(person, survey):
    for answers in ({"works": "no"}, {"wishes": "More"}):
        keep(survey, person, answers, language="en", started_at=NOW, now=NOW)

    assert Draft.objects.get().answers == {"works": "no", "wishes": "More"}


@pytest.mark.parametrize("questions", [1, 3])
def test_a_page_takes_a_constant_number_of_queries(client, questions, django_assert_num_queries):
    survey = SurveyFactory()
    group = GroupFactory(survey=survey)
    for number in range(questions):
        QuestionFactory(survey=survey, group=group, name=f"q{number}", kind="select_one", options=["a", "b"])
    person = RegistrationFactory(programme=survey.programme)

    with django_assert_num_queries(7):
        client.get(address(person, survey))


def test_a_survey_without_questions_says_so(client):
    survey = SurveyFactory()
    person = RegistrationFactory(programme=survey.programme)

    assert "This survey has no questions yet." in client.get(address(person, survey)).text
    assert client.post(address(person, survey), {"x": "y"}).status_code == 302


def test_a_text_in_another_language_than_the_page_says_which(client, person, survey):
    survey.questions.filter(name="works").update(translations={"fr": {"label": "Travaillez-vous ?"}})
    client.cookies["django_language"] = "fr"

    page = client.get(address(person, survey))

    assert "Travaillez-vous ?" in page.text
    assert '<bdi lang="en" dir="ltr">Part one</bdi>' in page.text
    assert '<bdi lang="en" dir="ltr">Work</bdi>' in page.text
    assert 'value="speak-en" lang="en"' in page.text
