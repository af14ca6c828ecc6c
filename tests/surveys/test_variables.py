import datetime as dt

import pytest

from surveys.crosstable import CrossTable
from surveys.facts import invited_counts
from surveys.results import SurveyReading
from surveys.variables import UnknownVariable, find, variables_of
from tests.registrations_factories import RegistrationFactory
from tests.surveys_factories import QuestionFactory, ResponseFactory, SurveyFactory

pytestmark = pytest.mark.django_db


def reading_of(survey, *people):
    for answers, about in people:
        ResponseFactory(survey=survey, answers=answers, **about)
    return SurveyReading.of(survey)


def test_every_variable_parts_the_responses():
    survey = SurveyFactory()
    QuestionFactory(survey=survey, name="overall")
    QuestionFactory(survey=survey, name="useful", kind="select_multiple", options=["a", "b"])
    QuestionFactory(survey=survey, name="order", kind="rank", options=["a", "b"])
    QuestionFactory(survey=survey, name="sector", kind="yes_no")
    QuestionFactory(survey=survey, name="wishes", kind="text")
    reading = reading_of(
        survey,
        ({"overall": "5", "useful": "a b", "order": "b a", "sector": "no"}, {"country": "NP", "sessions_attended": 2}),
        ({"overall": "", "useful": "", "order": ""}, {"country": "", "region": "Asia", "sessions_attended": 0}),
        ({"useful": "b"}, {"country": "FJ", "gender": "", "language_followed": "fr"}),
    )

    assert list(reading.variables) == [
        *("gender", "sector", "country", "region", "subregion", "ldc", "lldc", "sids", "language", "attendance"),
        "language_followed",
        *("overall", "useful/a", "useful/b", "order", "answer.sector"),
    ]
    assert {name: dict(reading.respondents_by(name)) for name in list(reading.variables)[2:]} == {
        "country": {"NP": 1, "": 1, "FJ": 1},
        "region": {"Asia": 2, "Oceania": 1},
        "subregion": {"Southern Asia": 1, "": 1, "Melanesia": 1},
        "ldc": {"yes": 1, "": 1, "no": 1},
        "lldc": {"yes": 1, "": 1, "no": 1},
        "sids": {"no": 1, "": 1, "yes": 1},
        "language": {"en": 3},
        "attendance": {"1": 1, "0": 1, "": 1},
        "language_followed": {"": 2, "fr": 1},
        "overall": {"5": 1, "": 2},
        "useful/a": {"yes": 1, "": 1, "no": 1},
        "useful/b": {"yes": 2, "": 1},
        "order": {"b": 1, "": 2},
        "answer.sector": {"no": 1, "": 2},
    }


def test_values_are_told_in_words():
    survey = SurveyFactory()
    question = QuestionFactory(survey=survey, name="topic", kind="select_one", options=["trade"])
    variables = variables_of(survey, [question])

    assert variables["country"].label_of("KE") == "Kenya"
    assert (variables["region"].label_of("Africa"), variables["region"].label_of("")) == ("Africa", "Not known")
    assert (variables["topic"].label_of("trade"), variables["topic"].label_of("gone")) == ("TRADE", "gone")
    assert variables["attendance"].label_of("3") == "Three or more"
    followed = variables["language_followed"]
    assert (followed.label, followed.label_of("fr"), followed.label_of("")) == (
        "Language followed",
        "French",
        "Not recorded",
    )


def test_groups_of_countries_are_those_of_the_day_on_which_the_survey_closes():
    eve, day = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC), dt.datetime(2026, 11, 25, tzinfo=dt.UTC)
    before, after = SurveyFactory(closes_at=eve), SurveyFactory(closes_at=day)

    assert [variables_of(survey, [])["ldc"].group_of("NP") for survey in (before, after)] == ["yes", "no"]


def test_a_question_is_found_by_its_name_and_by_the_long_one():
    survey = SurveyFactory()
    questions = [QuestionFactory(survey=survey, name=name) for name in ("overall", "gender")]
    variables = variables_of(survey, questions)

    assert find(variables, "overall") == find(variables, "answer.overall")
    assert (find(variables, "gender").section, find(variables, "answer.gender").section) == ("person", "answer")
    for unknown in ("shoes", "answer.sector", "answer.", "useful/z"):
        with pytest.raises(UnknownVariable):
            find(variables, unknown)


def test_two_variables_make_a_table_whose_margins_are_the_variables():
    survey = SurveyFactory()
    QuestionFactory(survey=survey, name="overall")
    reading = reading_of(
        survey,
        ({"overall": "5"}, {"gender": "female"}),
        ({"overall": "5"}, {"gender": "male"}),
        ({"overall": "1"}, {"gender": "male"}),
        ({}, {"gender": "male", "sector": "ngo"}),
    )

    table = reading.cross("gender", "overall")

    assert table == CrossTable("gender", "overall", ("female", "male"), ("", "1", "5"), ((0, 0, 1), (1, 1, 1)))
    assert dict(zip(table.row_values, table.row_totals, strict=True)) == reading.respondents_by("gender")
    assert dict(zip(table.column_values, table.column_totals, strict=True)) == reading.respondents_by("overall")
    assert (table.n, table.count("male", "1"), table.count("another", "1")) == (4, 1, 0)
    assert table.share_of_row("male", "5") == pytest.approx(1 / 3)
    assert table.share_of_row("another", "5") is None
    assert reading.cross("gender", "overall", {"sector": "ngo"}).counts == ((1,),)
    with pytest.raises(UnknownVariable):
        reading.cross("gender", "shoes")


def test_tables_add_up_and_take_an_order():
    one = CrossTable.of("r", "c", {("a", "x"): 1, ("b", "y"): 2})
    other = CrossTable.of("r", "c", {("a", "y"): 4})

    assert (one + other).as_matrix() == {"a": {"x": 1, "y": 4}, "b": {"x": 0, "y": 2}}
    assert one.in_order(("b", "a", "z"), ("y", "x")).counts == ((2, 0), (0, 1), (0, 0))
    with pytest.raises(ValueError, match="leaves out"):
        one.in_order(("a",), ("x", "y"))
    with pytest.raises(ValueError, match="same variables"):
        one + CrossTable.of("r", "d", {})


def test_the_response_rate_of_groups_of_countries_is_of_those_who_could_answer():
    survey = SurveyFactory()
    reading = reading_of(survey, ({}, {"country": "KE", "registration__country": "KE"}))
    RegistrationFactory(programme=survey.programme, country="NG")
    RegistrationFactory(programme=survey.programme, country="FR")

    chosen = [(reading.variable("region"), "Africa")]
    assert invited_counts(survey, chosen) == {"": (2, 1)}
    assert invited_counts(survey, [], reading.variable("ldc")) == {"no": (3, 1)}
    assert invited_counts(survey, chosen, reading.variable("attendance")) == {}
    assert reading.results({"region": "Africa"}).response_rate == pytest.approx(0.5)
    assert reading.results({"attendance": "3"}).response_rate is None


def test_whom_a_survey_asks_is_read_once_for_a_selection_and_everybody(django_assert_num_queries):
    survey = SurveyFactory()
    gender = {"gender": "female", "registration__gender": "female", "registration__sector": "ngo"}
    once = reading_of(survey, ({}, gender), ({}, {"registration__gender": "male"}))
    RegistrationFactory(programme=survey.programme, gender="female", sector="ngo")
    where, by = {"gender": "female"}, once.variable("sector")
    each = SurveyReading.of(survey)
    expected = each.results().invited, each.results(where).invited, each.results_by("sector", where)["ngo"].invited
    with django_assert_num_queries(1):
        once.read_asked(where, by)
        found = once.results().invited, once.results(where).invited, once.results_by("sector", where)["ngo"].invited
    assert found == expected == (3, 2, 2)
