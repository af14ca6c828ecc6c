"""Surveys side by side, on the page of staff."""

import re
from fractions import Fraction

import pytest
from django.urls import reverse

from surveys.beside import signed
from surveys.models import BankQuestion
from tests.registrations_factories import NOW, RegistrationFactory
from tests.surveys_factories import QuestionFactory, ResponseFactory, SurveyFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair():
    """A survey before and one after the training, answered by six people: 2 before, 4 after; one answered before only."""
    bank = BankQuestion.objects.create(key="skill", kind="rating", label="Skill", created_at=NOW)
    before = SurveyFactory(kind="pre_training", title="Before")
    after = SurveyFactory(
        programme=before.programme,
        title="After",
        opens_at=before.opens_at.replace(year=2027),
        closes_at=before.closes_at.replace(year=2028),
    )
    for survey in (before, after):
        QuestionFactory(survey=survey, name="skill", bank_question=bank, label="How skilled are you?")
    for number in range(7):
        person = RegistrationFactory(programme=before.programme)
        ResponseFactory(survey=before, registration=person, answers={"skill": "2"})
        if number:
            ResponseFactory(survey=after, registration=person, answers={"skill": "4"})
    return before, after


def look(client, survey, *others):
    response = client.get(
        reverse("admin:surveys_survey_beside", args=[survey.pk]), {"with": [one.pk for one in others]}
    )
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def test_gains_of_the_same_people_and_means_side_by_side(organiser_client, pair):
    before, after = pair
    client = organiser_client(before.programme)
    for text in (look(client, after, before), look(client, before, after)):
        assert "How skilled are you? 6 2.00 4.00 +2.00 6 0 0 1" in text
    assert "mean 4.00 n = 6 2.00 n = 7 2.92 n = 13" in look(client, after, before)


def test_an_analyst_sees_nothing_of_a_few_people(analyst_client, pair):
    before, after = pair
    for response in list(after.responses.all())[:2]:
        response.delete()
    text = look(analyst_client(before.programme), after, before)
    assert "How skilled are you? withheld" in text
    assert "mean withheld 2.00 n = 7" in text


def test_surveys_of_others_and_without_a_shared_question_are_not_offered(organiser_client, pair):
    before, after = pair
    other = SurveyFactory(title="Elsewhere")
    QuestionFactory(survey=other, bank_question=BankQuestion.objects.get(key="skill"))
    stranger = SurveyFactory(programme=before.programme, title="Nothing in common")
    text = look(organiser_client(before.programme), before, after, other, stranger)
    assert ("Elsewhere" in text, "Nothing in common" in text) == (False, False)


def test_a_survey_without_questions_of_the_bank_says_what_to_do(organiser_client):
    survey = SurveyFactory()
    assert "Put questions into the bank" in look(organiser_client(survey.programme), survey)


@pytest.mark.parametrize("value, expected", [(None, "–"), (0, "0.00"), (1, "+1.00"), (-1, "−1.00")])
def test_signed(value, expected):
    assert signed(value if value is None else Fraction(value)) == expected
