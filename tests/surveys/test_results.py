from fractions import Fraction
from random import Random

import pandas as pd
import pytest

from surveys.base import Definition
from surveys.models import Response
from surveys.results import SurveyReading, survey_results
from tests.registrations_factories import RegistrationFactory
from tests.surveys_factories import BaseDefinitionFactory, QuestionFactory, ResponseFactory, SurveyFactory

pytestmark = pytest.mark.django_db


def responds(survey, answers, **person):
    registration = RegistrationFactory(programme=survey.programme, **person)
    return ResponseFactory(survey=survey, registration=registration, answers=answers)


def test_results_of_an_empty_survey():
    survey = SurveyFactory(form_id="course_survey")
    QuestionFactory(survey=survey, name="overall", label="Overall")

    results = survey_results(survey)

    assert results.response_rate is None
    assert results.as_dict() == {
        "survey": "course_survey",
        "base": {
            "definition": "All responses",
            "responses": 0,
            "excluded": {"sector": 0, "incomplete": 0},
            "n": 0,
        },
        "questions": [
            {
                "name": "overall",
                "type": "rating",
                "n": 0,
                "declined": 0,
                "not_shown": 0,
                "outside": 0,
                "mean": None,
                "median": None,
                "options": [{"value": str(v), "label": str(v), "count": 0, "share": None} for v in range(1, 6)],
            }
        ],
    }


def test_results_count_valid_responses_only():
    survey = SurveyFactory(form_id="course_survey")
    QuestionFactory(survey=survey, name="overall", counts_for_validity=True)
    QuestionFactory(survey=survey, name="useful", kind="select_multiple", options=["practice", "cases"])
    QuestionFactory(survey=survey, name="wishes", kind="text")
    BaseDefinitionFactory(survey=survey, version=1, name="All")
    BaseDefinitionFactory(survey=survey, version=2, name="Relevant", sectors=["ngo", "private"], must_be_complete=True)
    responds(survey, {"overall": "5", "useful": "practice cases", "wishes": "More"}, sector="ngo")
    responds(survey, {"overall": "4", "useful": "practice", "wishes": ""}, sector="private")
    responds(survey, {"overall": "4", "useful": ""}, sector="private")
    responds(survey, {"overall": "1", "useful": "cases"}, sector="academia")
    responds(survey, {"overall": "", "useful": "cases"}, sector="ngo")
    responds(survey, {"useful": "cases"}, sector="ngo")
    RegistrationFactory.create_batch(2, programme=survey.programme)
    RegistrationFactory(programme=survey.programme, withdrawn=True)

    results = survey_results(survey)

    assert results.response_rate == Fraction(6, 8)
    assert results.as_dict()["base"] == {
        "definition": "Relevant (version 2)",
        "responses": 6,
        "excluded": {"sector": 1, "incomplete": 2},
        "n": 3,
    }
    overall, useful, wishes = (results.question(name).statistics for name in ("overall", "useful", "wishes"))
    assert (overall.mean, overall.median, overall.n) == (Fraction(13, 3), 4, 3)
    assert results.as_dict()["questions"][0]["mean"] == "4.33"
    assert results.as_dict()["questions"][1]["options"][0] == {
        "value": "practice",
        "label": "PRACTICE",
        "count": 2,
        "share": "100.0",
    }
    assert (useful.n, useful.declined, useful.not_shown) == (2, 1, 0)
    assert (wishes.n, wishes.declined, wishes.not_shown) == (1, 1, 1)
    assert survey_results(survey, definition=Definition()).n == 6
    assert survey_results(survey, definition=Definition()).question("overall").statistics.mean == Fraction(14, 4)


def test_a_selection_has_its_own_base():
    survey = SurveyFactory()
    QuestionFactory(survey=survey, name="overall")
    responds(survey, {"overall": "5"}, gender="female", country="KE")
    responds(survey, {"overall": "2"}, gender="female", country="CN", language="zh-hans")
    responds(survey, {"overall": "1"}, gender="male", country="KE")
    RegistrationFactory(programme=survey.programme, gender="male")

    results = survey_results(survey, where={"gender": "female"})

    assert (results.base.responses, results.n, results.question("overall").statistics.mean) == (2, 2, Fraction(7, 2))
    assert survey_results(survey, where={"gender": "female", "country": "CN"}).n == 1
    assert survey_results(survey, where={"language": "zh-hans"}).n == 1
    assert survey_results(survey, where={"gender": "male"}).response_rate == Fraction(1, 2)
    assert survey_results(survey, where={"gender": "another"}).n == 0
    with pytest.raises(KeyError):
        survey_results(survey, where={"shoe_size": "42"})
    with pytest.raises(KeyError):
        SurveyReading.of(survey).results_by("shoe_size")


def test_a_person_who_withdrew_after_answering_counts_as_response_but_not_in_the_rate():
    survey = SurveyFactory()
    responds(survey, {})
    responds(survey, {}, withdrawn=True)

    results = survey_results(survey)

    assert (results.base.responses, results.response_rate) == (2, Fraction(1))


@pytest.mark.parametrize("responses", [1, 3])
def test_queries_do_not_grow(responses, django_assert_num_queries):
    survey = SurveyFactory()
    BaseDefinitionFactory(survey=survey, must_be_complete=True)
    for number in range(responses):
        QuestionFactory(survey=survey, name=f"q{number}", counts_for_validity=True)
    for _ in range(responses):
        responds(survey, {f"q{number}": "4" for number in range(responses)})
    survey = type(survey).objects.select_related("programme").get()

    with django_assert_num_queries(7):
        assert survey_results(survey).n == responses
    with django_assert_num_queries(6):
        assert SurveyReading.of(survey).results_by("sector")["government"].n == responses


QUESTIONS = {
    "overall": ("rating", None),
    "apply": ("yes_no", None),
    "topic": ("select_one", ["trade", "tourism", "farming"]),
    "useful": ("select_multiple", ["practice", "cases", "theory"]),
}
SECTORS = ["ngo", "private", "academia", "government"]


def random_answer(random, kind, options):
    if random.random() < 0.15:
        return None
    if random.random() < 0.15:
        return ""
    if kind == "select_multiple":
        return " ".join(option for option in options if random.random() < 0.5)
    return random.choice(options or (["yes", "no"] if kind == "yes_no" else list("12345")))


@pytest.fixture
def random_survey(request):
    """A survey with 60 random responses, and the same data as a pandas frame, one line per response."""
    random = Random(request.param)
    survey = SurveyFactory()
    for name, (kind, options) in QUESTIONS.items():
        QuestionFactory(survey=survey, name=name, kind=kind, options=options, counts_for_validity=name != "topic")
    rows = []
    for _ in range(60):
        person = {"sector": random.choice(SECTORS), "gender": random.choice(["female", "male", "another"])}
        answers = {name: random_answer(random, *about) for name, about in QUESTIONS.items()}
        responds(survey, {name: value for name, value in answers.items() if value is not None}, **person)
        rows.append({**person, **answers})
    return survey, pd.DataFrame(rows, dtype="object")


@pytest.mark.parametrize("random_survey", [1, 2, 3], indirect=True)
def test_figures_equal_an_independent_computation(random_survey):
    survey, frame = random_survey
    definition = Definition(1, "Three", ("ngo", "private", "government"), must_be_complete=True)
    counting = [name for name in QUESTIONS if name != "topic"]
    complete = frame[counting].fillna("").ne("").all(axis=1)
    valid = frame[frame["sector"].ne("academia") & complete]

    results = survey_results(survey, definition=definition)

    assert (results.base.responses, results.n) == (len(frame), len(valid))
    assert dict(results.base.told) == {
        "sector": int(frame["sector"].eq("academia").sum()),
        "incomplete": int((frame["sector"].ne("academia") & ~complete).sum()),
    }
    assert_equal(results, valid)
    by_gender = SurveyReading.of(survey, definition).results_by("gender")
    for gender, group in valid.groupby("gender"):
        assert_equal(by_gender[gender], group)
        assert survey_results(survey, definition=definition, where={"gender": gender}) == by_gender[gender]
    assert sum(group.n for group in by_gender.values()) == results.n


def assert_equal(results, frame):
    for question in results.questions:
        answers = frame[question.name]
        given = answers[answers.fillna("").ne("")]
        assert question.statistics.n == len(given)
        assert question.statistics.not_shown == int(answers.isna().sum())
        assert question.statistics.declined == int(answers.eq("").sum())
        dummies = given.astype(str).str.get_dummies(" ")
        for option in question.statistics.options:
            assert option.count == (int(dummies[option.value].sum()) if option.value in dummies else 0)
        if question.kind == "rating" and len(given):
            assert float(question.statistics.mean) == pytest.approx(given.astype(int).mean(), abs=1e-12)


def test_changing_one_row_changes_the_figures():
    survey = SurveyFactory()
    QuestionFactory(survey=survey, name="overall")
    for rating in "5544":
        responds(survey, {"overall": rating})
    before = survey_results(survey).question("overall").statistics.mean

    changed = Response.objects.filter(answers__overall="5").first()
    Response.objects.filter(pk=changed.pk).update(answers={"overall": "1"})

    assert (before, survey_results(survey).question("overall").statistics.mean) == (Fraction(9, 2), Fraction(7, 2))


def test_texts_are_not_read_and_outside_values_are_not_dropped():
    survey = SurveyFactory()
    QuestionFactory(survey=survey, name="topic", kind="select_one", options=["trade"])
    QuestionFactory(survey=survey, name="wishes", kind="text")
    responds(survey, {"topic": "gone", "wishes": "x" * 5000})
    responds(survey, {"topic": "trade", "wishes": "y"})

    results = survey_results(survey)

    assert results.question("topic").statistics.outside_values == (("gone", 1),)
    assert results.as_dict()["questions"][0]["outside"] == 1
    assert results.question("wishes").statistics.n == 2
