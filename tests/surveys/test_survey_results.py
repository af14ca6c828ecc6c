import json

import pytest
from django.core.management import CommandError, call_command

from surveys.models import Question
from tests.surveys_factories import BaseDefinitionFactory, QuestionFactory, ResponseFactory, SurveyFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def survey():
    """Twelve women of NGOs, ten men of the government, three others, each with answers."""
    survey = SurveyFactory(form_id="course")
    QuestionFactory(survey=survey, name="overall", label="Overall")
    QuestionFactory(survey=survey, name="useful", label="Useful", kind="select_multiple", options=["cases", "practice"])
    QuestionFactory(survey=survey, name="gender", label="Chair", kind="select_one", options=["female", "male"])
    QuestionFactory(survey=survey, name="read_me", kind=Question.Kind.NOTE)
    BaseDefinitionFactory(survey=survey, name="Valid", must_be_finished=True)
    for count, gender, sector, answers in [
        (12, "female", "ngo", {"overall": "5", "useful": "cases practice", "gender": "male"}),
        (10, "male", "government", {"overall": "4", "useful": "cases"}),
        (3, "another", "ngo", {"overall": "1", "useful": ""}),
    ]:
        for _ in range(count):
            ResponseFactory(survey=survey, answers=answers, gender=gender, sector=sector, country="KE")
    ResponseFactory(survey=survey, answers={"overall": "1"}, gender="male", sector="ngo", is_finished=False)
    return survey


def printed(*arguments):
    return call_command("survey_results", *arguments)


def figures(capsys, *arguments):
    call_command("survey_results", "course", *arguments, "--json")
    return json.loads(capsys.readouterr().out)


def question(figures, name):
    return next(question for question in figures["questions"] if question["name"] == name)


def test_the_whole_survey_in_the_promised_shape(survey, capsys):
    found = figures(capsys)

    assert found["survey"] == "course"
    assert found["base"] == {
        "definition": "Valid (version 1)",
        "responses": 26,
        "excluded": {"unfinished": 1, "sector": 0, "incomplete": 0},
        "n": 25,
    }
    assert [each["name"] for each in found["questions"]] == ["overall", "useful", "gender"]
    assert question(found, "overall") == {
        "name": "overall",
        "type": "rating",
        "n": 25,
        "declined": 0,
        "not_shown": 0,
        "outside": 0,
        "mean": "4.12",
        "median": "4.0",
        "options": [
            {"value": "1", "label": "1", "count": 3, "share": "12.0"},
            {"value": "2", "label": "2", "count": 0, "share": "0.0"},
            {"value": "3", "label": "3", "count": 0, "share": "0.0"},
            {"value": "4", "label": "4", "count": 10, "share": "40.0"},
            {"value": "5", "label": "5", "count": 12, "share": "48.0"},
        ],
    }
    useful = question(found, "useful")
    assert (useful["n"], useful["declined"], useful["mean"], useful["median"]) == (22, 3, None, None)
    assert [(option["count"], option["share"]) for option in useful["options"]] == [(22, "100.0"), (12, "54.5")]


def test_selections_combine(survey, capsys):
    assert figures(capsys, "--where", "gender=male")["base"]["n"] == 10
    assert figures(capsys, "--where", "gender=female", "--where", "sector=ngo")["base"]["n"] == 12
    assert figures(capsys, "--where", "gender=female", "--where", "sector=government")["base"]["n"] == 0
    assert figures(capsys, "--where", "region=Africa", "--where", "useful/practice=no")["base"]["n"] == 10
    assert figures(capsys, "--where", "answer.gender=male")["base"]["n"] == 12
    assert figures(capsys, "--where", "country=FR")["base"]["n"] == 0


def test_groups_leave_out_small_cells_and_what_they_follow_from(survey, capsys):
    found = figures(capsys, "--by", "gender")

    assert list(found["groups"]) == ["female", "male", "another"]
    another, male = found["groups"]["another"], found["groups"]["male"]
    assert (another["base"]["n"], another["base"]["responses"]) == (None, None)
    assert male["base"]["n"] is None
    assert found["groups"]["female"]["base"]["n"] == 12
    overall = question(another, "overall")
    assert (overall["n"], overall["mean"], overall["median"]) == (None, None, None)
    assert {option["count"] for option in overall["options"]} == {None}
    assert question(male, "overall")["mean"] is None


def test_everything_is_told_where_that_is_asked_for(survey, capsys):
    found = figures(capsys, "--by", "gender", "--level", "all")

    groups = {
        value: (group["base"]["n"], question(group, "overall")["mean"]) for value, group in found["groups"].items()
    }
    assert groups == {"female": (12, "5.00"), "male": (10, "4.00"), "another": (3, "1.00")}
    assert found["groups"]["male"]["base"]["excluded"] == {"unfinished": 1, "sector": 0, "incomplete": 0}


def test_a_table_to_read(survey, capsys):
    printed("course", "--by", "sector", "--level", "all")
    lines = capsys.readouterr().out.splitlines()

    assert lines[:4] == [
        "course Valid (version 1)",
        "  responses 26, n = 25 (left out: unfinished 1, sector 0, incomplete 0)",
        "  overall (rating): n 25, declined 0, not_shown 0, mean 4.12, median 4.0",
        "            3   12.0 %  1  1",
    ]
    assert [line for line in lines if line.startswith("=")] == ["= ngo", "= government"]


@pytest.mark.parametrize(
    "arguments, sentence",
    [
        (["nowhere"], "There is no survey with the form id “nowhere”."),
        (["course", "--by", "shoes"], "There is no variable “shoes”. There are: gender, sector, country"),
        (["course", "--where", "shoes=42"], "There is no variable “shoes”."),
        (["course", "--where", "gender"], "Write a selection as NAME=VALUE, not “gender”."),
        (["course", "--where", "sector=mining"], "“sector” has no value “mining”. There are: academia"),
        (["course", "--where", "gender=male", "--where", "gender=female"], "Select by “gender” once only."),
        (["course", "--where", "gender=another", "--level", "staff"], "so few people"),
    ],
)
def test_what_cannot_be_had_is_said_in_a_sentence(survey, arguments, sentence):
    with pytest.raises(CommandError, match=r".") as refusal:
        printed(*arguments)

    assert sentence in str(refusal.value)
    assert refusal.value.returncode == 1


def test_numbers_days_and_ranks_have_figures_of_their_own(capsys):
    survey = SurveyFactory(form_id="course")
    QuestionFactory(survey=survey, name="age", kind="integer")
    QuestionFactory(survey=survey, name="began", kind="date")
    QuestionFactory(survey=survey, name="order", kind="rank", options=["a", "b"])
    for age, day, order in [("20", "2026-01-02", "a b"), ("41", "2026-01-01", "b a"), ("30", "", "b a")]:
        ResponseFactory(survey=survey, answers={"age": age, "began": day, "order": order})

    found = figures(capsys)

    age, began, order = (question(found, name) for name in ("age", "began", "order"))
    assert (age["mean"], age["median"], age["least"], age["quartiles"]) == ("30.33", "30.0", "20", ["25.0", "35.5"])
    assert (began["n"], began["declined"], began["least"], began["greatest"]) == (2, 1, "2026-01-01", "2026-01-02")
    assert (order["mean_ranks"], order["mean"]) == ({"a": "1.67", "b": "1.33"}, None)


def test_whole_selection_hides_small_cells_where_staff_asked_for_it(survey, capsys):
    told = figures(capsys, "--level", "staff")
    overall = told["questions"][0]
    assert {option["value"]: option["count"] for option in overall["options"]}["1"] is None
    assert overall["n"] == 25
    assert told["base"]["excluded"] == {"sector": 0, "incomplete": 0, "unfinished": None}
