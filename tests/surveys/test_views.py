import datetime as dt
import re

import pytest
from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from surveys.actions import LONGEST_TEXT
from surveys.models import Draft, Response
from tests.registrations_factories import NOW, ProgrammeFactory, RegistrationFactory
from tests.surveys_factories import GroupFactory, QuestionFactory, ResponseFactory, SurveyFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_now")]


@pytest.fixture
def survey():
    """A required rating and a few questions that may be left out."""
    survey = SurveyFactory(programme=ProgrammeFactory(title="Trade"), title="Your view", form_id="view")
    QuestionFactory(survey=survey, name="overall", label="How was it?", is_required=True)
    QuestionFactory(survey=survey, name="apply", label="Will you apply it?", kind="yes_no")
    QuestionFactory(
        survey=survey, name="useful", label="Useful?", kind="select_multiple", options=["practice", "cases"]
    )
    QuestionFactory(survey=survey, name="wishes", label="Wishes?", kind="text", hint="<b>Anything</b>")
    return survey


@pytest.fixture
def person(survey):
    return RegistrationFactory(programme=survey.programme)


def address(person, survey, name="answer"):
    return reverse(f"surveys:{name}", args=[person.link_token, survey.form_id])


def errors(page):
    """The sentences by question."""
    return {entry.name: entry.error for entry in page.context["form"].errors}


def values(page):
    """What stands in the fields."""
    return {entry.name: entry.value for entry in page.context["form"].entries}


def text_of(page):
    return " ".join(re.sub(r"<[^>]+>", " ", page.text).split())


def test_the_survey_says_until_when_on_both_clocks(client, survey, person):
    client.cookies["reader_zone"] = "Asia/Kathmandu"
    assert "until 16 March 2026, 15:00 Nairobi 17:45 Kathmandu . Questions" in text_of(
        client.get(address(person, survey))
    )


def stored():
    response = Response.objects.get()
    return response.answers


def test_answering_stores_one_response_and_says_thanks(client, survey, person):
    answers = {"overall": "5", "apply": "", "useful": ["cases", "practice"], "wishes": "More\r\ntime"}

    page = client.post(address(person, survey), answers, follow=True)

    assert page.redirect_chain == [(address(person, survey, "thanks"), 302)]
    assert "2 March 2026, 15:00 Nairobi 12:00 UTC" in text_of(page)
    assert stored() == {"overall": "5", "apply": "", "useful": "practice cases", "wishes": "More\ntime"}
    assert Response.objects.get().language == "en"


def test_the_form_ties_labels_and_groups_to_their_fields(client, survey, person):
    page = client.get(address(person, survey))

    assert page.status_code == 200
    assert re.findall(r"<legend>\s*(.*?)\s*</legend>", page.text) == [
        "How was it?",
        'Will you apply it? <span class="optional">(optional)</span>',
        'Useful? <span class="optional">(optional)</span>',
    ]
    assert re.search(r'<label for="wishes-field">\s*Wishes\?', page.text)
    assert 'id="wishes-hint">&lt;b&gt;Anything&lt;/b&gt;</p>' in page.text
    assert 'id="wishes-field" aria-describedby="wishes-hint"' in page.text
    assert page.text.count('type="radio" name="overall"') == 5
    assert page.text.count('type="radio" name="apply"') == 3
    assert page.text.count('type="checkbox" name="useful"') == 2
    assert page["X-Robots-Tag"] == "noindex, nofollow"


def test_what_is_missing_is_said_at_its_field_and_nothing_is_lost(client, survey, person):
    page = client.post(address(person, survey), {"apply": "yes", "useful": ["cases"], "wishes": "<script>1</script>"})

    assert errors(page) == {"overall": "Please answer this question."}
    assert '<a href="#overall-0">How was it? – Please answer this question.</a>' in page.text
    assert '<fieldset class="field field-error" aria-describedby="overall-error">' in page.text
    assert values(page) == {"overall": "", "apply": "yes", "useful": "cases", "wishes": "<script>1</script>"}
    assert "&lt;script&gt;1&lt;/script&gt;" in page.text
    assert "<script>1" not in page.text
    assert Response.objects.count() == 0


def test_a_value_outside_the_options_is_refused_at_its_field(client, survey, person):
    page = client.post(address(person, survey), {"overall": "9", "useful": ["<script>"]})

    assert sorted(errors(page)) == ["overall", "useful"]
    assert "<script>" not in page.text
    assert Response.objects.count() == 0


def test_several_options_where_one_is_asked_are_refused(client, survey, person):
    page = client.post(address(person, survey), {"overall": ["1", "2"], "apply": ["yes", "yes"]})

    assert errors(page) == {"overall": "Please choose one option only."}
    assert Response.objects.count() == 0
    client.post(address(person, survey), {"overall": ["2", "2"], "apply": "yes"})
    assert stored()["overall"] == "2"


@pytest.mark.parametrize("length, excess", [(LONGEST_TEXT + 1, 1), (100_000, 95_000)])
def test_a_text_too_long_is_shown_back_with_its_excess(client, survey, person, length, excess):
    page = client.post(address(person, survey), {"overall": "4", "wishes": "w" * length})

    assert list(errors(page)) == ["wishes"]
    assert f"{excess} character" in errors(page)["wishes"]
    assert "w" * length in page.text
    assert Response.objects.count() == 0


def test_a_line_break_counts_once(client, survey, person):
    client.post(address(person, survey), {"overall": "4", "wishes": "\r\n".join(["x"] * (LONGEST_TEXT // 2))})

    assert len(stored()["wishes"]) == LONGEST_TEXT - 1


def test_a_null_character_is_refused(client, survey, person):
    page = client.post(address(person, survey), {"overall": "4", "wishes": "a\0b"})

    assert list(errors(page)) == ["wishes"]
    assert Draft.objects.get().answers["wishes"] == {"typed": "ab"}


def test_whoever_begins_sees_the_first_page_though_it_only_tells_and_later_goes_on(client, survey, person):
    survey.questions.update(position=F("position") + 1)
    QuestionFactory(survey=survey, name="welcome", kind="note", group=GroupFactory(survey=survey), position=0)

    first = client.get(address(person, survey))
    client.post(address(person, survey), {"-page": "overall", "-shown": "overall apply useful wishes", "apply": "yes"})
    second = client.get(address(person, survey))

    assert [first.context["form"].page.key, second.context["form"].page.key] == ["welcome", "overall"]


def test_an_empty_response_is_refused(client):
    survey = SurveyFactory()
    QuestionFactory(survey=survey, name="wishes", kind="text")
    person = RegistrationFactory(programme=survey.programme)

    page = client.post(address(person, survey), {"wishes": " "})

    assert page.context["refusal"] == "Please answer at least one question."


def test_a_second_visit_or_submit_finds_the_first_response(client, survey, person):
    response = ResponseFactory(survey=survey, registration=person, answers={"overall": "5"})

    visit = client.get(address(person, survey))
    submit = client.post(address(person, survey), {"overall": "1"})

    assert (visit.url, submit.url) == (address(person, survey, "thanks"),) * 2
    assert Response.objects.get() == response
    assert stored() == {"overall": "5"}


def test_thanks_lead_to_the_questions_until_there_is_an_answer(client, survey, person):
    assert client.get(address(person, survey, "thanks")).url == address(person, survey)


@pytest.mark.parametrize(
    "days, sentence",
    [(-2, "This survey opens on 1 March 2026"), (15, "This survey closed on 16 March 2026")],
)
def test_too_early_and_too_late_is_said_without_a_form(client, survey, person, monkeypatch, days, sentence):
    monkeypatch.setattr(timezone, "now", lambda: NOW + dt.timedelta(days=days))

    page = client.get(address(person, survey))

    assert page.status_code == 200
    assert sentence in page.text
    assert "<form" not in page.text


def test_what_was_typed_comes_back_when_the_survey_closed_meanwhile(client, survey, person, monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: NOW + dt.timedelta(days=15))

    page = client.post(address(person, survey), {"overall": "2", "wishes": "An hour of typing"})

    assert page.status_code == 409
    assert "This survey closed on 16 March 2026" in page.text
    assert "Your answers were not recorded." in page.text
    assert '<dd dir="auto">An hour of typing</dd>' in page.text
    assert '<dd dir="auto">2</dd>' in page.text
    assert "Send my answers" not in page.text
    assert Response.objects.count() == 0
    assert Draft.objects.get().answers == {"overall": "2", "apply": "", "useful": "", "wishes": "An hour of typing"}
    assert "An hour of typing" in client.get(address(person, survey)).text


def test_a_person_without_a_seat_is_told_so(client, survey):
    waiting = RegistrationFactory(programme=survey.programme, waiting=True)

    page = client.get(address(waiting, survey))

    assert "Only those who take part in the programme can answer its survey." in page.text
    assert "<form" not in page.text
    assert client.post(address(waiting, survey), {"overall": "5"}).status_code == 409


def test_a_survey_of_another_programme_is_not_found(client, person):
    assert client.get(address(person, SurveyFactory())).status_code == 404


def test_a_tampered_link_is_not_found(client, survey):
    assert client.get(f"/my/{'x' * 32}/survey/{survey.form_id}/").status_code == 404


@pytest.mark.parametrize("questions", [1, 3])
def test_a_submit_takes_a_constant_number_of_queries(client, questions, django_assert_num_queries):
    survey = SurveyFactory()
    names = [QuestionFactory(survey=survey).name for _ in range(questions)]
    person = RegistrationFactory(programme=survey.programme)

    with django_assert_num_queries(15):
        client.post(address(person, survey), dict.fromkeys(names, "4"))

    assert len(stored()) == questions


def test_the_page_speaks_arabic_from_right_to_left(client, survey):
    person = RegistrationFactory(programme=survey.programme, language="ar")

    assert '<html lang="ar" dir="rtl">' in client.get(address(person, survey)).text
