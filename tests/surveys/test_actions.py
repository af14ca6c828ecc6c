import datetime as dt
import threading

import pytest
from django.db import IntegrityError, connection, connections, transaction

from surveys.actions import LONGEST_TEXT, define_base, respond
from surveys.errors import Refused
from surveys.models import AnsweredMark, BaseDefinition, Response, Survey
from tests.registrations_factories import NOW, RegistrationFactory, UserFactory
from tests.surveys_factories import BaseDefinitionFactory, QuestionFactory, ResponseFactory, SurveyFactory

pytestmark = pytest.mark.django_db


def stored(response):
    return response.answers


@pytest.fixture
def survey():
    """One question of each kind; only the rating must be answered."""
    survey = SurveyFactory()
    QuestionFactory(survey=survey, name="overall", kind="rating", is_required=True)
    QuestionFactory(survey=survey, name="apply", kind="yes_no")
    QuestionFactory(survey=survey, name="topic", kind="select_one", options=["trade", "tourism"])
    QuestionFactory(survey=survey, name="useful", kind="select_multiple", options=["practice", "cases", "theory"])
    QuestionFactory(survey=survey, name="wishes", kind="text")
    return Survey.objects.with_questions().get()


def answer(survey, answers, registration=None, now=NOW):
    registration = registration or RegistrationFactory(programme=survey.programme)
    return respond(survey, registration, answers, language="fr", now=now)


def test_respond_stores_each_answer_as_it_is_encoded(survey):
    answers = {
        "overall": "5",
        "apply": "yes",
        "topic": "tourism",
        "useful": ["theory", "practice", "theory"],
        "wishes": " More cases.\r\nThanks! ",
    }

    response = answer(survey, answers)

    assert (response.language, response.submitted_at) == ("fr", NOW)
    assert stored(response) == {
        "overall": "5",
        "apply": "yes",
        "topic": "tourism",
        "useful": "practice theory",
        "wishes": "More cases.\nThanks!",
    }


def test_declined_and_never_shown_are_told_apart(survey):
    response = answer(survey, {"overall": "3", "apply": "", "useful": [], "wishes": "  "})

    assert stored(response) == {"overall": "3", "apply": "", "useful": "", "wishes": ""}


@pytest.mark.parametrize(
    "answers, sentence",
    [
        ({"overall": "6"}, "What about overall? – “6” is not one of the options."),
        ({"overall": ["4", "5"]}, "What about overall? – Please choose one option only."),
        ({"overall": ""}, "What about overall? – Please answer this question."),
        ({"apply": "yes"}, "What about overall? – Please answer this question."),
        (
            {"overall": "5", "useful": ["cases", "<script>"]},
            "What about useful? – “<script>” is not one of the options.",
        ),
        ({"overall": "5", "else": "x"}, "The survey has no question “else”."),
        (
            {"overall": "5", "wishes": "a\0b"},
            "What about wishes? – This contains a character that cannot be stored.",
        ),
        (
            {"overall": "5", "wishes": "x" * (LONGEST_TEXT + 1)},
            "What about wishes? – This text is 1 character too long; there is room for 5000.",
        ),
        (
            {"overall": "5", "wishes": "x" * 100_000},
            "What about wishes? – This text is 95000 characters too long; there is room for 5000.",
        ),
    ],
)
def test_an_answer_that_does_not_fit_is_refused_with_a_sentence(survey, answers, sentence):
    with pytest.raises(Refused) as refusal:
        answer(survey, answers)

    assert str(refusal.value) == sentence
    assert Response.objects.count() == 0


def test_an_empty_response_is_refused():
    survey = SurveyFactory()
    QuestionFactory(survey=survey, name="wishes", kind="text")

    with pytest.raises(Refused, match=r"Please answer at least one question\."):
        answer(survey, {"wishes": ""})


def test_a_script_is_stored_as_the_text_it_is(survey):
    response = answer(survey, {"overall": "5", "wishes": "<script>alert(1)</script>"})

    assert stored(response)["wishes"] == "<script>alert(1)</script>"


def test_a_second_response_leaves_the_first_in_place(survey):
    registration = RegistrationFactory(programme=survey.programme)
    first = answer(survey, {"overall": "5"}, registration)

    second = answer(survey, {"overall": "1"}, registration, now=NOW + dt.timedelta(hours=1))

    assert second == first
    assert list(Response.objects.values_list("submitted_at", flat=True)) == [NOW]
    assert list(Response.objects.values_list("answers", flat=True)) == [{"overall": "5"}]


@pytest.mark.parametrize(
    "now, sentence",
    [
        (NOW - dt.timedelta(days=2), "This survey opens on 1 March 2026, 15:00 Nairobi."),
        (
            NOW + dt.timedelta(days=14),
            "This survey closed on 16 March 2026, 15:00 Nairobi; no more responses are taken.",
        ),
    ],
)
def test_responses_are_taken_while_the_survey_is_open(survey, now, sentence):
    with pytest.raises(Refused) as refusal:
        answer(survey, {"overall": "5"}, now=now)

    assert str(refusal.value) == sentence


@pytest.mark.parametrize("trait", ["pending", "waiting", "withdrawn"])
def test_only_those_who_take_part_answer(survey, trait):
    person = RegistrationFactory(programme=survey.programme, **{trait: True})

    with pytest.raises(Refused, match="Only those who take part"):
        answer(survey, {"overall": "5"}, person)


def test_a_stranger_to_the_programme_is_refused(survey):
    with pytest.raises(Refused, match="another programme"):
        answer(survey, {"overall": "5"}, RegistrationFactory())


@pytest.mark.parametrize("questions", [1, 14])
def test_respond_takes_eight_queries_with_its_savepoint(questions, django_assert_num_queries):
    survey = SurveyFactory()
    names = [QuestionFactory(survey=survey).name for _ in range(questions)]
    registration = RegistrationFactory(programme=survey.programme)
    survey = Survey.objects.select_related("programme").with_questions().get()
    list(survey.questions.all())

    with django_assert_num_queries(8):
        respond(survey, registration, dict.fromkeys(names, "4"), language="en", now=NOW)

    assert len(Response.objects.get().answers) == questions


def submits_at_once(survey, registration, number=50):
    """What so many simultaneous submits of one person return."""
    start, got = threading.Barrier(number), []

    def submit(turn):
        start.wait()
        try:
            got.append(answer(survey, {"overall": str(turn % 5 + 1)}, registration).pk)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=submit, args=(turn,)) for turn in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return got


@pytest.mark.postgres
@pytest.mark.skipif(connection.vendor != "postgresql", reason="needs PostgreSQL")
@pytest.mark.django_db(transaction=True)
def test_fifty_submits_at_once_give_one_response_and_fifty_answers(survey):
    registration = RegistrationFactory(programme=survey.programme)

    got = submits_at_once(survey, registration)

    assert len(got) == 50
    assert set(got) == {Response.objects.get().pk}
    assert AnsweredMark.objects.count() == 1


@pytest.mark.postgres
@pytest.mark.skipif(connection.vendor != "postgresql", reason="needs PostgreSQL")
@pytest.mark.django_db(transaction=True)
def test_without_the_constraint_the_submits_would_not_be_one(survey):
    registration = RegistrationFactory(programme=survey.programme)
    guards = [(model, model._meta.constraints[0]) for model in (Response, AnsweredMark)]
    with connection.schema_editor() as editor:
        for model, guard in guards:
            editor.remove_constraint(model, guard)

    try:
        assert len(set(submits_at_once(survey, registration))) > 1
    finally:
        Response.objects.all().delete()
        AnsweredMark.objects.all().delete()
        with connection.schema_editor() as editor:
            for model, guard in guards:
                editor.add_constraint(model, guard)


def test_define_base_adds_a_version_and_edits_none(survey):
    user = UserFactory()
    first = define_base(survey, name="All", sectors=[], must_be_complete=False, by=user, now=NOW)
    second = define_base(
        survey, name="Four sectors", sectors=["ngo", "government"], must_be_complete=True, by=user, now=NOW
    )

    first.refresh_from_db()
    assert (first.version, first.name, first.sectors, first.must_be_complete) == (1, "All", [], False)
    assert (second.version, second.sectors, second.created_by) == (2, ["government", "ngo"], user)
    assert survey.definition_in_force() == second.as_definition()


def test_define_base_twice_is_once(survey):
    for _ in range(2):
        define_base(survey, name=" All ", sectors=["ngo", "private"], must_be_complete=False, by=None, now=NOW)

    assert list(BaseDefinition.objects.values_list("version", "name")) == [(1, "All")]


@pytest.mark.parametrize(
    "name, sectors, sentence",
    [(" ", [], "Give the definition a name."), ("All", ["mining"], "There is no sector “mining”.")],
)
def test_define_base_refuses_what_says_nothing(survey, name, sectors, sentence):
    with pytest.raises(Refused) as refusal:
        define_base(survey, name=name, sectors=sectors, must_be_complete=False, by=None, now=NOW)

    assert str(refusal.value) == sentence
    assert BaseDefinition.objects.count() == 0


@pytest.mark.postgres
@pytest.mark.skipif(connection.vendor != "postgresql", reason="needs PostgreSQL")
@pytest.mark.django_db(transaction=True)
def test_definitions_adopted_at_once_get_a_version_each(survey):
    start = threading.Barrier(10)

    def adopt(number):
        start.wait()
        try:
            define_base(survey, name=f"Number {number}", sectors=[], must_be_complete=False, by=None, now=NOW)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=adopt, args=(number,)) for number in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert list(BaseDefinition.objects.order_by("version").values_list("version", flat=True)) == [*range(1, 11)]


def violates(name, make):
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        make()
    message = str(error.value)
    return name in message or connection.vendor == "sqlite"


def test_the_database_keeps_the_rules(survey):
    response = ResponseFactory(survey=survey, answers={"overall": "5"})
    BaseDefinitionFactory(survey=survey)
    choice = survey.questions.get(name="topic").choices.first()

    assert violates(
        "response_once_per_registration", lambda: ResponseFactory(survey=survey, registration=response.registration)
    )
    assert violates(
        "answered_mark_once_per_registration",
        lambda: AnsweredMark.objects.create(survey=survey, registration=response.registration),
    )
    assert violates("question_name_once_per_survey", lambda: QuestionFactory(survey=survey, name="overall"))
    assert violates(
        "choice_value_once_per_question", lambda: type(choice)(question=choice.question, value="trade").save()
    )
    assert violates("base_definition_version_once_per_survey", lambda: BaseDefinitionFactory(survey=survey))
    assert violates("survey_closes_after_opening", lambda: SurveyFactory(closes_at=NOW, opens_at=NOW))


def test_answered_ids_are_those_of_the_programme(survey):
    response = ResponseFactory(survey=survey)
    ResponseFactory()

    assert AnsweredMark.objects.answered_ids(survey.programme) == {response.registration_id}
