"""The page that says who answered."""

import datetime as dt
import re

import pytest
from django.db.models import F
from django.urls import reverse

from registrations.models import KeptFigures
from surveys.outcomes import survey_outcome
from surveys.respondents import told
from surveys.tasks import count_respondents
from tests.registrations_factories import NOW, RegistrationFactory, large
from tests.surveys_factories import QuestionFactory, ResponseFactory, SurveyFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def survey():
    survey = SurveyFactory()
    QuestionFactory(survey=survey, name="overall")
    for gender, answering, silent in (("female", 12, 8), ("male", 8, 32), ("another", 1, 1)):
        for number in range(answering + silent):
            person = RegistrationFactory(programme=survey.programme, gender=gender, country="KE", sector="ngo")
            if number < answering:
                ResponseFactory(survey=survey, registration=person)
    return survey


def page(survey):
    return reverse("admin:surveys_survey_respondents", args=[survey.pk])


def text_of(response):
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def test_rates_dispositions_and_groups_are_told_exactly(survey):
    found = told(survey, survey_outcome(survey, now=NOW), k=1)
    gender = found.tables[0]
    assert (found.asked, found.rr1, found.is_low) == ("62", "33.9%", True)
    assert [(line.count, line.share) for line in found.dispositions if line.count != "0"] == [
        ("21", "33.9%"),
        ("41", "66.1%"),
    ]
    assert [(line.label, line.share_of_asked, line.share_of_answered, line.difference) for line in gender.lines] == [
        ("Male", "64.5%", "38.1%", "−26.4"),
        ("Female", "32.3%", "57.1%", "+24.9"),
        ("Another", "3.2%", "4.8%", "+1.5"),
    ]
    assert gender.dissimilarity == "26.4%"


def test_an_organiser_is_warned_and_told_that_there_is_no_margin_of_error(organiser_client, survey):
    text = text_of(organiser_client(survey.programme).get(page(survey)))
    assert "Fewer than 80% answered." in text
    assert "there is no margin of error" in text
    assert "Another 2 1 3.2%" in text


def test_an_analyst_sees_no_small_group_nor_what_gives_it_away(analyst_client, survey):
    text = text_of(analyst_client(survey.programme).get(page(survey)))
    assert "Another withheld" in text
    assert text.count("withheld") >= 2


def test_a_survey_that_asked_nobody_has_no_rate(organiser_client):
    survey = SurveyFactory()
    assert "– AAPOR’s RR1" in text_of(organiser_client(survey.programme).get(page(survey)))


def test_respondents_of_a_large_programme_are_counted_by_a_worker(organiser_client, survey):
    client = organiser_client(survey.programme)
    large(survey.programme)

    def told():
        response = client.get(page(survey))
        text = text_of(response)
        seen = ["for the first time" in text, "n = 62 asked" in text, "counted in the background" in text]
        return [*seen, b'http-equiv="refresh"' in response.content]

    first = told()
    count_respondents(survey.programme_id)
    assert (first, told()) == ([True, False, True, True], [False, True, True, False])
    KeptFigures.objects.update(counted_at=F("counted_at") - dt.timedelta(hours=2))
    assert told() == [False, True, True, True]


def test_other_peoples_surveys_are_not_found(organiser_client, survey):
    assert organiser_client(SurveyFactory().programme).get(page(survey)).status_code == 404
