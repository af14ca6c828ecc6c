from fractions import Fraction

import pytest

from registrations.models import Bounce, Mail
from surveys.disposition import Outcome
from surveys.models import AnsweredMark, Draft, Invitation, InvitationPlan, Response
from surveys.outcomes import survey_outcome
from tests.registrations_factories import NOW, RegistrationFactory
from tests.surveys_factories import ResponseFactory, SurveyFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def survey():
    return SurveyFactory()


def person(survey, **facts):
    return RegistrationFactory(programme=survey.programme, **facts)


def answer(survey, registration=None, **facts):
    registration = registration or person(survey)
    response = ResponseFactory(survey=survey, registration=registration, **facts)
    AnsweredMark.objects.get_or_create(survey=survey, registration=registration)
    return response


def invite(survey, registration, *, left=True, declined=False):
    Invitation.objects.create(
        survey=survey, registration=registration, invited_at=NOW, declined_at=NOW if declined else None
    )
    Mail.objects.create(
        key=f"survey_invitation:{survey.pk}:{registration.pk}",
        kind="survey_invitation",
        programme=survey.programme,
        registration=registration,
        to=registration.email,
        language="en",
        subject="Your view",
        body="…",
        queued_at=NOW,
        due_at=NOW,
        sent_at=NOW if left else None,
        failed_at=None if left else NOW,
    )


def test_everybody_asked_has_a_disposition(survey):
    answer(survey)
    answer(survey, is_finished=False)
    invite(survey, person(survey), declined=True)
    invite(survey, person(survey), left=False)
    invite(survey, person(survey))
    Draft.objects.create(survey=survey, registration=person(survey), language="en", started_at=NOW, updated_at=NOW)
    RegistrationFactory(programme=survey.programme, withdrawn_at=NOW, seated_at=None)

    found = survey_outcome(survey, now=NOW)

    assert found.outcome == Outcome(complete=1, partial=1, refused=1, broken_off=1, not_reached=1, silent=1)
    assert (found.outcome.rr1, found.unlisted) == (Fraction(1, 6), 0)


def test_nobody_is_unreached_where_nobody_is_written_to(survey):
    person(survey)

    assert survey_outcome(survey, now=NOW).outcome == Outcome(silent=1)


def test_letters_of_another_survey_reach_nobody_of_this_one(survey):
    registration = person(survey)
    invite(SurveyFactory(programme=survey.programme), registration)
    Invitation.objects.create(survey=survey, registration=registration, invited_at=NOW)

    assert survey_outcome(survey, now=NOW).outcome == Outcome(not_reached=1)


def test_somebody_whose_letter_came_back_was_not_reached(survey):
    invite(survey, person(survey))
    Bounce.objects.create(mail=Mail.objects.get(), noted_at=NOW, way="report", is_hard=True, reason="no_address")

    assert survey_outcome(survey, now=NOW).outcome == Outcome(not_reached=1)


def test_tests_are_no_answers(survey):
    answer(survey, is_test=True)

    found = survey_outcome(survey, now=NOW)

    assert (found.outcome, found.unlisted) == (Outcome(silent=1), 0)


def test_anonymous_answers_count_by_their_marks_and_others_are_unlisted(survey):
    AnsweredMark.objects.create(survey=survey, registration=person(survey, gender="female"))
    for _ in range(3):
        Response.objects.create(survey=survey, language="en", submitted_at=NOW)

    found = survey_outcome(survey, now=NOW)

    assert (found.outcome, found.unlisted) == (Outcome(complete=1), 2)
    assert found.by_variable["gender"].answered == 1


def test_only_those_asked_by_the_plan_count(survey):
    InvitationPlan.objects.create(survey=survey, audience=InvitationPlan.Audience.ATTENDED)
    answer(survey)

    found = survey_outcome(survey, now=NOW)

    assert (found.outcome, found.unlisted) == (Outcome(), 1)


def test_respondents_are_held_against_everybody_on_four_variables(survey):
    answer(survey, person(survey, gender="female", sector="ngo", country="KE", language="en"))
    person(survey, gender="male", sector="private", country="CN", language="zh-hans")
    person(survey, gender="male", sector="private", country="TZ", language="fr")

    found = survey_outcome(survey, now=NOW).by_variable

    assert {name: [(g.value, g.asked, g.answered) for g in one.groups] for name, one in found.items()} == {
        "gender": [("male", 2, 0), ("female", 1, 1)],
        "sector": [("private", 2, 0), ("ngo", 1, 1)],
        "region": [("Africa", 2, 1), ("Asia", 1, 0)],
        "language": [("en", 1, 1), ("fr", 1, 0), ("zh-hans", 1, 0)],
    }


@pytest.mark.parametrize("people", [1, 3])
def test_an_outcome_takes_a_constant_number_of_queries(survey, people, django_assert_num_queries):
    for _ in range(people):
        answer(survey)

    with django_assert_num_queries(5):
        survey_outcome(survey, now=NOW)
