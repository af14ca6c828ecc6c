import json

import pytest
from django.urls import reverse

from surveys.models import Draft, Response
from tests.surveys_factories import GroupFactory, QuestionFactory, SurveyFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_now")]


@pytest.fixture
def survey():
    survey = SurveyFactory(title="Your view", thanks="See you in May.")
    for number in (1, 2):
        QuestionFactory(survey=survey, group=GroupFactory(survey=survey), name=f"q{number}", is_required=True)
    survey.questions.filter(name="q2").update(relevant="${q1} > 3", translations={"fr": {"label": "Et ceci ?"}})
    return survey


def address(survey):
    return reverse("admin:surveys_survey_preview", args=[survey.pk])


def test_an_organiser_goes_through_the_survey_and_nothing_is_stored(organiser_client, survey):
    client = organiser_client(survey.programme)
    assert "nothing that you enter is stored" in client.get(address(survey)).text

    page = client.post(address(survey), {"-page": "q1", "-shown": "q1", "q1": "5"})
    assert page.context["form"].page.key == "q2"
    kept = page.context["kept"]
    assert json.loads(kept) == {"q1": "5"}

    french = client.post(address(survey), {"-page": "q2", "-shown": "q2", "-go": "speak-fr", "-kept": kept})
    assert "Et ceci ?" in french.text
    end = client.post(address(survey), {"-page": "q2", "-shown": "q2", "q2": "3", "-kept": kept})
    assert "See you in May." in end.text
    assert (Response.objects.count(), Draft.objects.count()) == (0, 0)


def test_the_preview_shows_errors_and_goes_back(organiser_client, survey):
    client = organiser_client(survey.programme)

    page = client.post(address(survey), {"-page": "q1", "-shown": "q1"})
    assert [entry.name for entry in page.context["form"].errors] == ["q1"]
    back = client.post(address(survey), {"-page": "q2", "-shown": "q2", "-go": "back", "-kept": '{"q1": "4"}'})
    assert back.context["form"].page.key == "q1"


@pytest.mark.parametrize("kept", ["", "[1]", "{", '{"q1": 5, "else": "x", "q2": {"typed": "x"}}', "[" * 100_000])
def test_whatever_travels_along_shows_a_page(organiser_client, survey, kept):
    client = organiser_client(survey.programme)

    assert client.post(address(survey), {"-page": "q1", "-shown": "q1", "q1": "5", "-kept": kept}).status_code == 200


def test_only_organisers_of_the_programme_see_it(organiser_client, analyst_client, client, survey):
    assert organiser_client(SurveyFactory().programme).get(address(survey)).status_code == 404
    assert analyst_client(survey.programme).get(address(survey)).status_code == 404
    assert client.get(address(survey)).status_code == 302
