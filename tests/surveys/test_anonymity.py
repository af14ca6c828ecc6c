import datetime as dt
import threading
from collections import Counter

import pytest
from django.db import connection, connections, transaction
from django.urls import reverse

from sessions.models import LanguageChoice
from surveys.actions import keep, mix_marks, respond, set_anonymous
from surveys.errors import Refused
from surveys.models import AnsweredMark, Draft, Response, Survey
from tests.registrations_factories import NOW, ProgrammeFactory, RegistrationFactory
from tests.sessions_factories import AttendanceFactory, SessionLanguageFactory, TrainingSessionFactory
from tests.surveys_factories import DraftFactory, QuestionFactory, ResponseFactory, SurveyFactory

needs_postgresql = pytest.mark.skipif(connection.vendor != "postgresql", reason="needs PostgreSQL")
MIDNIGHT = dt.datetime(2026, 3, 2, tzinfo=dt.UTC)


@pytest.fixture
def survey(db):
    survey = SurveyFactory(is_anonymous=True)
    QuestionFactory(survey=survey, name="overall")
    return Survey.objects.select_related("programme").with_questions().get()


def people(survey, number, **details):
    usual = {"gender": "female", "sector": "ngo", "country": "KE", "language": "en"}
    return RegistrationFactory.create_batch(number, programme=survey.programme, **{**usual, **details})


def answer(survey, person, value="5"):
    return respond(survey, person, {"overall": value}, language="fr", now=NOW)


def kept(response):
    return (response.gender, response.sector, response.region, response.sessions_attended, response.language)


def test_an_anonymous_response_leads_to_nobody(survey):
    person, *_others = people(survey, 12)
    DraftFactory(survey=survey, registration=person, answers={"overall": "4"})

    response = answer(survey, person)

    response.refresh_from_db()
    assert (response.registration, response.country, response.city) == (None, "", "")
    assert (response.submitted_at, response.started_at, response.seconds) == (MIDNIGHT, None, None)
    assert list(AnsweredMark.objects.values_list("registration", flat=True)) == [person.pk]
    assert Draft.objects.count() == 0


def test_classes_are_kept_where_ten_people_share_them(survey):
    everybody = people(survey, 10)
    for _number in range(2):
        session = TrainingSessionFactory(programme=survey.programme)
        for registration in everybody:
            AttendanceFactory(session=session, registration=registration)

    assert kept(answer(survey, everybody[0])) == ("female", "ngo", "Africa", 1, "en")


def test_the_language_followed_is_kept_where_ten_people_share_everything_with_it(survey):
    session = TrainingSessionFactory(programme=survey.programme)
    SessionLanguageFactory(session=session, language="en", is_floor=True)
    many, few = people(survey, 20), people(survey, 4)
    for person in (*many, *few):
        AttendanceFactory(session=session, registration=person)
    for person, code in (*((each, "fr") for each in many[:10]), *((each, "ar") for each in few)):
        LanguageChoice.objects.create(registration=person, session=session, language=code, chosen_at=NOW)
    answered = Counter(answer(survey, person).language_followed for person in (*many, *few))
    assert (answered["ar"], min(answered.values()) >= 10, answered.total()) == (0, True, 24)


def test_a_class_of_three_is_refused_and_takes_along_who_would_give_it_away(survey):
    many, few = people(survey, 10), people(survey, 3, gender="male", sector="private")

    for person in (many[0], few[0]):
        assert kept(answer(survey, person)) == ("", "", "Africa", 0, "en")


def test_every_combination_stored_stands_for_ten_people(survey):
    everybody = [
        *people(survey, 14),
        *people(survey, 11, gender="male"),
        *people(survey, 12, country="FR", language="fr"),
        *people(survey, 3, gender="another", sector="academia"),
    ]

    sizes = Counter(kept(answer(survey, person)) for person in everybody)

    assert min(sizes.values()) >= 10
    assert sum(sizes.values()) == 40


def test_with_few_people_nothing_is_kept_of_them(survey):
    person, *_others = people(survey, 9)

    assert kept(answer(survey, person)) == ("", "", "", None, "")


def test_whoever_has_no_seat_makes_no_class_larger(survey):
    person, *_others = people(survey, 9)
    RegistrationFactory(programme=survey.programme, waiting=True, gender="female")

    assert kept(answer(survey, person)) == ("", "", "", None, "")


def test_the_order_of_the_keys_is_not_the_order_of_the_answers(survey):
    everybody = people(survey, 12)

    responses = [answer(survey, person).pk for person in everybody]

    assert responses != sorted(responses)
    assert [response.pk for response in Response.objects.all()] == sorted(responses)
    marks = list(AnsweredMark.objects.order_by("pk").values_list("registration", flat=True))
    assert marks != [person.pk for person in everybody]


def test_a_second_answer_is_nobody_s(survey):
    person, *_others = people(survey, 3)
    first = answer(survey, person)

    assert answer(survey, person, "1") is None
    assert list(Response.objects.values_list("pk", "answers")) == [(first.pk, {"overall": "5"})]


def test_a_named_response_says_who_when_and_how_long(db):
    survey = SurveyFactory()
    QuestionFactory(survey=survey, name="overall")
    person = RegistrationFactory(programme=survey.programme, country="KE")
    AttendanceFactory(session=TrainingSessionFactory(programme=survey.programme), registration=person)
    AttendanceFactory(session=TrainingSessionFactory(programme=survey.programme), registration=person, seconds=0)
    DraftFactory(survey=survey, registration=person)

    response = answer(Survey.objects.with_questions().get(), person)

    assert (response.registration, response.region, response.sessions_attended) == (person, "Africa", 1)
    assert (response.started_at, response.seconds) == (NOW - dt.timedelta(hours=1), 3600)


def test_a_mark_whose_response_was_removed_still_counts(db):
    survey = SurveyFactory()
    QuestionFactory(survey=survey, name="overall")
    response = ResponseFactory(survey=survey)
    response.delete()

    assert answer(Survey.objects.with_questions().get(), response.registration) is None
    assert Response.objects.count() == 0


@pytest.mark.parametrize("was_anonymous", [True, False])
def test_it_is_fixed_by_the_first_response(survey, was_anonymous):
    set_anonymous(survey, is_anonymous=was_anonymous)
    answer(survey, people(survey, 1)[0])

    assert set_anonymous(survey, is_anonymous=was_anonymous).is_anonymous is was_anonymous
    with pytest.raises(Refused, match="promised and cannot change"):
        set_anonymous(survey, is_anonymous=not was_anonymous)
    assert Survey.objects.get().is_anonymous is was_anonymous


def test_it_stays_fixed_when_the_response_is_removed(survey):
    answer(survey, people(survey, 1)[0])
    Response.objects.all().delete()

    with pytest.raises(Refused):
        set_anonymous(survey, is_anonymous=False)


def test_a_response_brought_from_elsewhere_fixes_it_too(survey):
    Response.objects.create(survey=survey, language="en", submitted_at=NOW)

    with pytest.raises(Refused):
        set_anonymous(survey, is_anonymous=False)


def test_a_promise_that_changed_meanwhile_is_not_broken(survey):
    Survey.objects.update(is_anonymous=False)

    with pytest.raises(Refused, match="whether this survey is anonymous"):
        answer(survey, people(survey, 1)[0])
    assert (Response.objects.count(), AnsweredMark.objects.count()) == (0, 0)


def test_a_page_opened_under_another_promise_is_shown_again(survey, client, at_now):
    person = people(survey, 1)[0]
    address = reverse("surveys:answer", args=[person.link_token, survey.form_id])

    page = client.post(address, {"-page": "overall", "-shown": "overall", "-anonymous": "0", "overall": "5"})

    assert "Meanwhile the organisers have changed" in page.text
    assert "This survey is anonymous" in page.text
    assert Response.objects.count() == 0
    assert Draft.objects.get().answers == {"overall": "5"}


def test_the_page_says_what_is_kept_and_asks_for_no_time(survey, client, at_now):
    person = people(survey, 1)[0]
    address = reverse("surveys:answer", args=[person.link_token, survey.form_id])

    page = client.get(address).text
    assert "Not kept: your name, address, country, city, and the hour." in page
    assert "-begun" not in page
    client.post(address, {"overall": "5"})
    thanks = client.get(address, follow=True).text
    assert "recorded without your name" in thanks
    assert "March" not in thanks


def at_once(*deeds):
    """Do all of it in threads that start together; what was raised."""
    start, raised = threading.Barrier(len(deeds)), []

    def do(deed):
        start.wait()
        try:
            deed()
        except Refused as reason:
            raised.append(str(reason))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=do, args=(deed,)) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return raised


def fetched(survey):
    return Survey.objects.select_related("programme").with_questions().get(pk=survey.pk)


@pytest.mark.postgres
@needs_postgresql
@pytest.mark.django_db(transaction=True)
def test_whoever_answers_while_the_promise_changes_gets_one_of_both():
    programme = ProgrammeFactory()
    for turn in range(15):
        survey = SurveyFactory(programme=programme, is_anonymous=bool(turn % 2))
        QuestionFactory(survey=survey, name="overall")
        everybody = people(survey, 4)
        promised = survey.is_anonymous
        copies = [fetched(survey) for _person in everybody]

        at_once(
            lambda survey=survey, promised=promised: set_anonymous(survey, is_anonymous=not promised),
            *(lambda c=copy, p=person: answer(c, p) for copy, person in zip(copies, everybody, strict=True)),
        )

        now = Survey.objects.get(pk=survey.pk).is_anonymous
        authors = Response.objects.filter(survey=survey).values_list("registration", flat=True)
        assert {author is None for author in authors} <= {now}
        assert now == promised or not authors


def changed_while_somebody_answers(survey, person, *, seconds):
    """What happens to a change that begins after a response was written, and before it is there for others to see.

    The response is there once the change has been made, or after so many seconds.
    """
    begun, outcome = threading.Event(), []

    def change():
        begun.set()
        try:
            outcome.append(set_anonymous(Survey.objects.get(pk=survey.pk), is_anonymous=False).is_anonymous)
        except Refused:
            outcome.append("refused")
        finally:
            connections.close_all()

    changing = threading.Thread(target=change)
    with transaction.atomic():
        answer(fetched(survey), person)
        changing.start()
        begun.wait()
        changing.join(timeout=seconds)
    changing.join()
    return outcome


@pytest.mark.postgres
@needs_postgresql
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("is_held", "seconds", "outcome"), [(True, 1, ["refused"]), (False, 60, [False])])
def test_a_change_waits_for_whoever_is_sending(monkeypatch, is_held, seconds, outcome):
    """The second case is the control: without the lock the promise is broken."""
    monkeypatch.setattr(connection.features, "has_select_for_no_key_update", is_held)
    survey = SurveyFactory(is_anonymous=True)
    QuestionFactory(survey=survey, name="overall")

    assert changed_while_somebody_answers(survey, people(survey, 1)[0], seconds=seconds) == outcome


@pytest.mark.postgres
@needs_postgresql
@pytest.mark.django_db(transaction=True)
def test_no_draft_is_left_by_a_page_that_is_kept_while_the_answers_are_sent():
    survey = SurveyFactory(is_anonymous=True)
    QuestionFactory(survey=survey, name="overall")
    everybody = people(survey, 25)

    for person in everybody:
        copy = fetched(survey)
        at_once(
            lambda c=copy, p=person: answer(c, p),
            *[lambda c=copy, p=person: keep(c, p, {"overall": "1"}, language="en", started_at=NOW, now=NOW)] * 3,
        )

    assert Draft.objects.count() == 0
    assert (Response.objects.count(), AnsweredMark.objects.count()) == (25, 25)


@pytest.mark.postgres
@needs_postgresql
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("is_anonymous", [False, True])
def test_fifty_submits_of_one_link_at_once_are_one_response_and_fifty_thanks(client, at_now, is_anonymous):
    survey = SurveyFactory(is_anonymous=is_anonymous)
    QuestionFactory(survey=survey, name="overall")
    person = people(survey, 1)[0]
    DraftFactory(survey=survey, registration=person, answers={"overall": "2"})
    address = reverse("surveys:answer", args=[person.link_token, survey.form_id])
    got = []

    def submit(turn):
        sent = {"-page": "overall", "-shown": "overall", "-go": "next", "overall": str(turn % 5 + 1)}
        got.append(type(client)().post(address, sent).headers.get("Location", ""))

    at_once(*(lambda turn=turn: submit(turn) for turn in range(50)))

    assert got == [address + "thanks/"] * 50
    assert (Response.objects.count(), AnsweredMark.objects.count(), Draft.objects.count()) == (1, 1, 0)


def test_marks_are_mixed_until_two_days_after_the_end(survey):
    everybody = people(survey, 12)
    for person in everybody:
        answer(survey, person)
    named = ResponseFactory()
    before = set(AnsweredMark.objects.filter(survey=survey).values_list("pk", flat=True))

    assert mix_marks(now=survey.closes_at + dt.timedelta(days=1)) == 1

    after = dict(AnsweredMark.objects.filter(survey=survey).values_list("pk", "registration"))
    assert (len(after), sorted(after.values())) == (12, [person.pk for person in everybody])
    assert not before & after.keys()
    assert AnsweredMark.objects.filter(registration=named.registration).count() == 1
    assert mix_marks(now=survey.closes_at + dt.timedelta(days=3)) == 0
    assert answer(survey, everybody[0]) is None


@pytest.mark.postgres
@needs_postgresql
@pytest.mark.django_db(transaction=True)
def test_mixed_marks_share_nothing_with_responses_that_the_database_knows():
    survey = SurveyFactory(is_anonymous=True)
    QuestionFactory(survey=survey, name="overall")
    for person in people(survey, 12):
        answer(fetched(survey), person)
    linked = (
        "SELECT count(*) FROM surveys_response r"
        " JOIN surveys_answeredmark m ON m.survey_id = r.survey_id AND m.xmin = r.xmin"
    )

    def links():
        with connection.cursor() as cursor:
            cursor.execute(linked)
            return cursor.fetchone()[0]

    assert links() == 12
    mix_marks(now=NOW)
    assert links() == 0


@pytest.mark.postgres
@needs_postgresql
@pytest.mark.django_db(transaction=True)
def test_nobody_answers_twice_while_marks_are_mixed():
    survey = SurveyFactory(is_anonymous=True)
    QuestionFactory(survey=survey, name="overall")
    everybody = people(survey, 8)

    for person in everybody:
        answer(fetched(survey), person)
        copy = fetched(survey)
        at_once(lambda: mix_marks(now=NOW), *[lambda c=copy, p=person: answer(c, p)] * 4, lambda: mix_marks(now=NOW))

    assert (Response.objects.count(), AnsweredMark.objects.count()) == (8, 8)


def test_an_organiser_makes_a_survey_anonymous_until_somebody_has_answered(survey, organiser_client, analyst_client):
    client = organiser_client(survey.programme)
    address = reverse("admin:surveys_survey_anonymity", args=[survey.pk])
    assert "Let responses carry their names" in client.get(address).text
    assert analyst_client(survey.programme).get(address).status_code == 404

    assert "Responses carry their names now." in client.post(address, {"anonymous": "0"}, follow=True).text
    client.post(address, {"anonymous": "1"})
    answer(survey, people(survey, 1)[0])
    page = client.post(address, {"anonymous": "0"}, follow=True).text

    assert "promised and cannot change" in page
    assert "Let responses carry" not in page
    assert Survey.objects.get().is_anonymous
