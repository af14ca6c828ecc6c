"""Responses taken away as a table, and brought in again."""

import csv
import io

import pytest
from django.core.management import call_command
from django.urls import reverse

from surveys.models import Response, Survey
from tests.registrations_factories import NOW, RegistrationFactory
from tests.surveys_factories import QuestionFactory, ResponseFactory, SurveyFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def survey():
    survey = SurveyFactory(form_id="view")
    QuestionFactory(survey=survey, name="overall")
    QuestionFactory(survey=survey, name="topics", kind="select_multiple", options=["a", "b"])
    QuestionFactory(survey=survey, name="words", kind="text")
    QuestionFactory(survey=survey, name="hello", kind="note")
    return survey


def taken(client, survey):
    response = client.get(reverse("admin:surveys_survey_responses_csv", args=[survey.pk]))
    return response, list(csv.DictReader(io.StringIO(response.getvalue().decode("utf-8-sig"))))


def test_responses_come_with_both_kinds_of_nothing_and_no_formula(organiser_client, survey):
    person = RegistrationFactory(programme=survey.programme)
    ResponseFactory(survey=survey, registration=person, answers={"overall": "5", "topics": "a b", "words": "=1+1"})
    ResponseFactory(survey=survey, answers={"overall": ""})
    response, rows = taken(organiser_client(survey.programme), survey)
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert [(row["overall"], row["topics"], row["words"]) for row in rows] == [
        ("5", "a b", "'=1+1"),
        ("", "\\N", "\\N"),
    ]
    assert rows[0]["email"] == person.email
    assert "hello" not in rows[0]


def test_anonymous_responses_lead_to_nobody_and_are_taken_when_the_survey_is_over(organiser_client, survey):
    Survey.objects.update(is_anonymous=True)
    ResponseFactory(survey=survey, answers={"overall": "5"})
    client = organiser_client(survey.programme)
    Survey.objects.update(closes_at=NOW.replace(year=2100))
    assert client.get(reverse("admin:surveys_survey_responses_csv", args=[survey.pk])).status_code == 404
    Survey.objects.update(opens_at=NOW.replace(year=2019), closes_at=NOW.replace(year=2020))
    _response, rows = taken(client, survey)
    assert ("email" in rows[0], rows[0]["submitted_at"]) == (False, NOW.date().isoformat())


def test_what_was_taken_is_brought_in_again_the_same(organiser_client, survey, tmp_path):
    given = [
        {"overall": "5", "topics": "a b", "words": "-3 °C, “fine”"},
        {"overall": "", "topics": "b"},
        {"words": "x"},
    ]
    for answers in given:
        ResponseFactory(survey=survey, answers=answers)
    path = tmp_path / "responses.csv"
    content = organiser_client(survey.programme).get(reverse("admin:surveys_survey_responses_csv", args=[survey.pk]))
    path.write_bytes(content.getvalue())
    other = SurveyFactory(form_id="again")
    for question in survey.questions.prefetch_related("choices"):
        options = [choice.value for choice in question.choices.all()]
        QuestionFactory(survey=other, name=question.name, kind=question.kind, options=options)
    call_command("import_responses", "again", str(path))
    found = Response.objects.filter(survey=other).order_by("pk").values_list("answers", flat=True)
    assert list(found) == given


def test_only_organisers_take_responses(analyst_client, organiser_client, survey):
    address = reverse("admin:surveys_survey_responses_csv", args=[survey.pk])
    assert analyst_client(survey.programme).get(address).status_code == 404
    assert organiser_client(SurveyFactory().programme).get(address).status_code == 404
