"""Satisfaction by the language in which people followed: kept with a response, told apart in the results."""

import json
from fractions import Fraction

import pytest
from django.core.management import call_command
from django.urls import reverse

from sessions.actions import note_language
from surveys.actions import respond
from surveys.models import Response, Survey
from surveys.results import SurveyReading
from tests.registrations_factories import NOW, RegistrationFactory
from tests.sessions_factories import AttendanceFactory, SessionLanguageFactory, TrainingSessionFactory
from tests.surveys_factories import QuestionFactory, ResponseFactory, SurveyFactory

pytestmark = pytest.mark.django_db


def asking(programme, **more):
    survey = SurveyFactory(programme=programme, **more)
    QuestionFactory(survey=survey, name="overall")
    return Survey.objects.select_related("programme").with_questions().get(pk=survey.pk)


def test_response_keeps_the_language_of_the_programme_and_that_of_a_pulse_its_session_s():
    first = TrainingSessionFactory()
    programme = first.programme
    sessions = [first, *TrainingSessionFactory.create_batch(2, programme=programme)]
    person = RegistrationFactory(programme=programme)
    for session in sessions:
        SessionLanguageFactory(session=session, language="en", is_floor=True)
        SessionLanguageFactory(session=session)
        AttendanceFactory(session=session, registration=person)
    note_language(person, first, "fr", now=first.starts_at)
    surveys = [
        asking(programme),
        *(asking(programme, kind=Survey.Kind.SESSION_PULSE, session=session) for session in sessions),
    ]
    kept = [respond(survey, person, {"overall": "5"}, language="ar", now=NOW).language_followed for survey in surveys]
    assert kept == ["en", "fr", "en", "en"]
    stranger = RegistrationFactory(programme=programme)
    assert respond(surveys[0], stranger, {"overall": "5"}, language="en", now=NOW).language_followed == ""


def test_satisfaction_by_language_adds_up_with_those_not_recorded(capsys):
    survey = SurveyFactory(form_id="course")
    QuestionFactory(survey=survey, name="overall")
    for count, language, score in ((12, "fr", "5"), (10, "en", "4"), (8, "", "3")):
        for _number in range(count):
            ResponseFactory(survey=survey, answers={"overall": score}, language_followed=language)
    reading = SurveyReading.of(survey)
    by = reading.results_by("language_followed")
    assert {name: group.question("overall").statistics.mean for name, group in by.items()} == {"fr": 5, "en": 4, "": 3}
    assert sum(group.n for group in by.values()) == reading.results().n == Response.objects.count()
    assert reading.results({"language_followed": "fr"}).question("overall").statistics.mean == Fraction(5)
    call_command("survey_results", "course", "--by", "language_followed", "--json")
    groups = json.loads(capsys.readouterr().out)["groups"]
    assert {name: group["questions"][0]["n"] for name, group in groups.items()} == {"fr": 12, "en": 10, "": 8}


def test_dashboard_compares_by_it(organiser_client):
    survey = SurveyFactory()
    QuestionFactory(survey=survey, name="overall")
    for count, language in ((12, "fr"), (10, "en")):
        for _number in range(count):
            ResponseFactory(survey=survey, answers={"overall": "5"}, language_followed=language)
    page = organiser_client(survey.programme).get(
        reverse("admin:surveys_survey_dashboard", args=[survey.pk]), {"by": "language_followed"}
    )
    text = page.content.decode()
    assert ('<option value="language_followed" selected>Language followed</option>' in text, page.status_code) == (
        True,
        200,
    )
    assert "French" in text
