"""Whom a survey asks, when they are written to, and that nobody is asked again who has answered or declined."""

import datetime as dt
import re

import pytest
from django.urls import reverse

from registrations.models import Mail
from surveys.actions import (
    decline,
    plan_invitations,
    respond,
    start_inviting,
    stop_inviting,
    to_invite,
    write_to_people,
)
from surveys.audience import asked, plan_of
from surveys.errors import Refused
from surveys.inviting import reminders_due
from surveys.models import Invitation, Survey
from tests.registrations_factories import NOW, RegistrationFactory
from tests.sessions_factories import AttendanceFactory, TrainingSessionFactory
from tests.surveys_factories import QuestionFactory, SurveyFactory

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture
def survey():
    survey = SurveyFactory(title="Your view")
    QuestionFactory(survey=survey, name="overall")
    return survey


def mails(kind):
    return list(Mail.objects.filter(kind=kind).order_by("pk").values_list("registration_id", flat=True))


def test_nothing_is_sent_before_somebody_starts(survey):
    RegistrationFactory(programme=survey.programme)
    assert write_to_people(now=NOW) == 0


def test_everybody_with_a_seat_is_invited_once(survey):
    person = RegistrationFactory(programme=survey.programme)
    RegistrationFactory(programme=survey.programme, withdrawn_at=NOW, seated_at=None)
    RegistrationFactory()
    start_inviting(survey, by=None, now=NOW)

    assert [write_to_people(now=NOW), write_to_people(now=NOW)] == [1, 0]
    assert mails("survey_invitation") == [person.pk]


def test_who_comes_later_is_invited_later(survey):
    start_inviting(survey, by=None, now=NOW)
    write_to_people(now=NOW)
    late = RegistrationFactory(programme=survey.programme)
    write_to_people(now=NOW + DAY)
    assert mails("survey_invitation") == [late.pk]


def test_only_those_who_attended_enough_are_asked(survey):
    first, second = TrainingSessionFactory.create_batch(2, programme=survey.programme)
    once, twice, absent = RegistrationFactory.create_batch(3, programme=survey.programme)
    for person, session in [(once, first), (twice, first), (twice, second)]:
        AttendanceFactory(registration=person, session=session, seconds=60)
    AttendanceFactory(registration=absent, session=first, seconds=600)
    AttendanceFactory(registration=absent, session=first, seconds=0, source="hand")
    plan = plan_invitations(survey, audience="attended", least_sessions=2, reminder_days=[], sends_thanks=False)
    assert set(asked(survey, plan)) == {twice}
    plan = plan_invitations(survey, audience="attended", least_sessions=1, reminder_days=[], sends_thanks=False)
    assert set(to_invite(plan)) == {once, twice}


def test_a_pulse_asks_who_came_to_its_session():
    session = TrainingSessionFactory()
    pulse = SurveyFactory(programme=session.programme, kind=Survey.Kind.SESSION_PULSE, session=session)
    came, _absent = RegistrationFactory.create_batch(2, programme=session.programme)
    AttendanceFactory(registration=came, session=session, seconds=60)
    assert (plan_of(pulse).audience, set(asked(pulse))) == ("came", {came})


def test_reminders_go_to_those_who_have_not_answered(survey):
    silent, answering, declining = RegistrationFactory.create_batch(3, programme=survey.programme)
    plan_invitations(survey, audience="seated", least_sessions=1, reminder_days=[3, 7], sends_thanks=False)
    start_inviting(survey, by=None, now=NOW)
    write_to_people(now=NOW)
    respond(survey, answering, {"overall": "5"}, language="en", now=NOW + DAY)
    decline(survey, declining, now=NOW + DAY)

    sent = [write_to_people(now=NOW + days * DAY) for days in (2, 3, 3, 8)]

    assert sent == [0, 1, 0, 1]
    assert mails("survey_reminder") == [silent.pk, silent.pk]


def test_a_reminder_is_neither_sent_twice_by_two_sweeps_nor_to_who_withdrew(survey):
    person, gone = RegistrationFactory.create_batch(2, programme=survey.programme)
    start_inviting(survey, by=None, now=NOW)
    write_to_people(now=NOW)
    type(gone).objects.filter(pk=gone.pk).update(withdrawn_at=NOW, seated_at=None)
    write_to_people(now=NOW + 3 * DAY)
    Invitation.objects.update(reminders=0)
    write_to_people(now=NOW + 3 * DAY)
    assert mails("survey_reminder") == [person.pk]


@pytest.mark.parametrize(
    "days, sent, hours, due",
    [
        ([3, 7], 0, 71, 0),
        ([3, 7], 0, 72, 1),
        ([3, 7], 1, 72, 1),
        ([3, 7], 0, 200, 2),
        ([3, 7], 0, 358, 0),
        ([], 0, 300, 0),
    ],
)
def test_reminders_due(days, sent, hours, due):
    found = reminders_due(
        days, invited_at=NOW, reminders=sent, now=NOW + dt.timedelta(hours=hours), closes_at=NOW + 15 * DAY
    )
    assert found == due


def test_stopping_stops_and_starting_goes_on(survey):
    RegistrationFactory(programme=survey.programme)
    start_inviting(survey, by=None, now=NOW)
    stop_inviting(survey, by=None, now=NOW)
    assert write_to_people(now=NOW) == 0
    start_inviting(survey, by=None, now=NOW + DAY)
    assert write_to_people(now=NOW + DAY) == 1


def test_thanks_are_sent_once_and_of_an_anonymous_survey_when_it_is_over(survey):
    for one in (survey, SurveyFactory(programme=survey.programme, is_anonymous=True)):
        QuestionFactory(survey=one, name="again")
        plan_invitations(one, audience="seated", least_sessions=1, reminder_days=[], sends_thanks=True)
        start_inviting(one, by=None, now=NOW)
    person = RegistrationFactory(programme=survey.programme)
    write_to_people(now=NOW)
    for one in Survey.objects.all():
        respond(one, person, {"again": "5"}, language="en", now=NOW)
    assert [write_to_people(now=NOW + days * DAY) for days in (1, 2, 15)] == [1, 0, 1]
    assert mails("survey_thanks") == [person.pk, person.pk]


@pytest.mark.parametrize("days", [[0], [7, 3], [1, 2, 3, 4, 5, 6], [61], ["3"], [True]])
def test_reminder_days_that_cannot_be_are_refused(survey, days):
    with pytest.raises(Refused, match="numbers of days"):
        plan_invitations(survey, audience="seated", least_sessions=1, reminder_days=days, sends_thanks=False)


def test_an_invitation_leads_to_the_survey_and_holds_no_secret(survey):
    person = RegistrationFactory(programme=survey.programme, language="fr")
    start_inviting(survey, by=None, now=NOW)
    write_to_people(now=NOW)
    letter = Mail.objects.get()
    assert person.link_token not in letter.body
    assert re.findall(r"\{personal_link\}\S*", letter.body) == [
        f"{{personal_link}}survey/{survey.form_id}/",
        f"{{personal_link}}survey/{survey.form_id}/no-mail/",
    ]
    assert letter.language == "fr"


@pytest.mark.parametrize("people", [1, 3])
def test_inviting_takes_a_constant_number_of_queries(survey, people, django_assert_num_queries):
    RegistrationFactory.create_batch(people, programme=survey.programme)
    start_inviting(survey, by=None, now=NOW)
    with django_assert_num_queries(7):
        write_to_people(now=NOW)


def test_one_button_ends_the_mail(client, survey):
    person = RegistrationFactory(programme=survey.programme)
    page = reverse("surveys:decline", args=[person.link_token, survey.form_id])
    assert client.get(page).status_code == 200
    assert not Invitation.objects.exists()
    assert client.post(page, follow=True).status_code == 200
    assert client.post(page).status_code == 200
    assert Invitation.objects.get().declined_at is not None


def test_the_page_of_invitations_saves_starts_and_stops(organiser_client, survey):
    RegistrationFactory(programme=survey.programme)
    Survey.objects.filter(pk=survey.pk).update(closes_at=dt.datetime.now(dt.UTC) + DAY)
    client = organiser_client(survey.programme)
    page = reverse("admin:surveys_survey_invitations", args=[survey.pk])
    assert "Invite 1 person" in client.get(page).content.decode()
    plan = {"save": "1", "audience": "attended", "least_sessions": "2", "reminder_days": "2, 5", "sends_thanks": "on"}
    client.post(page, plan)
    stored = plan_of(survey)
    assert (stored.audience, stored.least_sessions, stored.reminder_days, stored.sends_thanks) == (
        "attended",
        2,
        [2, 5],
        True,
    )
    client.post(page, {"start": "1"})
    assert plan_of(survey).is_running
    client.post(page, {"stop": "1"})
    assert not plan_of(survey).is_running
    assert "numbers of days" in client.post(page, plan | {"reminder_days": "soon"}).content.decode()


def test_an_analyst_and_a_stranger_see_no_invitations(analyst_client, organiser_client, survey):
    page = reverse("admin:surveys_survey_invitations", args=[survey.pk])
    assert analyst_client(survey.programme).get(page).status_code == 404
    assert organiser_client(SurveyFactory().programme).get(page).status_code == 404
