"""Every kind of question on the dashboard, for those who see people and for those who do not, and as files."""

import csv
import io
from xml.etree import ElementTree

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from tests.registrations_factories import ProgrammeFactory, RegistrationFactory
from tests.surveys_factories import QuestionFactory, ResponseFactory, SurveyFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_now")]


@pytest.fixture
def survey():
    survey = SurveyFactory(programme=ProgrammeFactory(title="Trade"), title="Your view", form_id="view")
    agree = ["1", "2", "3", "4", "5"]
    QuestionFactory(survey=survey, name="clear", label="Clear", options=agree, position=0)
    QuestionFactory(survey=survey, name="useful", label="Useful", options=agree, position=1)
    scale = {"start": "0", "end": "10", "step": "1"}
    QuestionFactory(survey=survey, name="recommend", label="Recommend?", parameters=scale, position=2)
    QuestionFactory(survey=survey, name="order", label="Order", kind="rank", options=["pay", "tax"], position=3)
    QuestionFactory(survey=survey, name="years", label="Years", kind="integer", position=4)
    QuestionFactory(survey=survey, name="since", label="Since", kind="date", position=5)
    QuestionFactory(
        survey=survey, name="topics", label="=Topics", kind="select_multiple", options=["a", "b"], position=6
    )
    QuestionFactory(survey=survey, name="wishes", label="Wishes", kind="text", position=7)
    return survey


ANSWERS = {
    "clear": "5",
    "useful": "4",
    "recommend": "9",
    "order": "pay tax",
    "years": "3",
    "since": "2020-05-01",
    "topics": "a b",
    "wishes": "<script>alert(1)</script>",
}


def respond(survey, count=1, answers=None, **person):
    for _number in range(count):
        registration = RegistrationFactory(programme=survey.programme, **person)
        ResponseFactory(survey=survey, registration=registration, answers={**ANSWERS, **(answers or {})})


def address(survey, name="dashboard", *parts):
    return reverse(f"admin:surveys_survey_{name}", args=[survey.pk, *parts])


def rows_of(exhibit):
    return [tuple(cell.text for cell in row) for row in exhibit.rows]


def test_every_kind_of_question_has_its_figures(organiser_client, survey):
    respond(survey)
    respond(survey, answers={"recommend": "2", "order": "tax", "years": "12", "since": "2020-05-03", "topics": "a"})

    page = organiser_client(survey.programme).get(address(survey)).context["page"]

    assert {
        name: rows_of(exhibit)
        for name, exhibit in page.exhibits.items()
        if name in {"question-order", "question-years", "question-since", "question-topics", "promoters-recommend"}
    } == {
        "question-order": [("PAY", "1.00", "1", "50.0%"), ("TAX", "1.50", "1", "50.0%")],
        "question-years": [
            (str(n), "1" if n in {3, 12} else "0", "50.0%" if n in {3, 12} else "0.0%") for n in range(3, 13)
        ],
        "question-since": [("1 May", "1", "50.0%"), ("2 May", "0", "0.0%"), ("3 May", "1", "50.0%")],
        "question-topics": [("A", "2", "100.0%"), ("B", "1", "50.0%")],
        "promoters-recommend": [
            ("Detractors (0 to 6)", "1", "50.0%"),
            ("In between (7 and 8)", "0", "0.0%"),
            ("Promoters (9 and 10)", "1", "50.0%"),
        ],
    }
    assert [(key.value, key.text) for key in page.panels[2].keys] == [
        ("5.50", "mean of 0 to 10"),
        ("5.5", "median"),
        ("50.0%", "one of the two highest"),
        ("0", "net promoter score, −100 to 100"),
    ]
    assert [ranking.exhibit.title for ranking in page.rankings] == [
        "Ratings, best first (1 to 5)",
        "Ratings, best first (0 to 10)",
    ]
    assert rows_of(page.likert[0]) == [
        ("Clear", "2", "0.0%", "0.0%", "0.0%", "0.0%", "100.0%"),
        ("Useful", "2", "0.0%", "0.0%", "0.0%", "100.0%", "0.0%"),
    ]


def test_arrivals_stand_by_day_with_the_deadline(organiser_client, survey):
    respond(survey, 2)

    exhibit = organiser_client(survey.programme).get(address(survey)).context["page"].arrivals

    assert rows_of(exhibit) == [("1 Mar", "0", "0.0%"), ("2 Mar", "2", "100.0%")]
    assert "Deadline" in exhibit.chart


def test_a_cross_table_has_counts_and_shares_of_row_and_column(organiser_client, survey):
    respond(survey, 3, gender="female")
    respond(survey, 1, gender="female", answers={"clear": "1"})
    respond(survey, 1, gender="male")

    page = organiser_client(survey.programme).get(address(survey), {"rows": "gender", "columns": "clear"})

    assert rows_of(page.context["page"].cross.exhibit) == [
        ("Female", "1", "1", "25.0%", "100.0%"),
        ("Female", "5", "3", "75.0%", "75.0%"),
        ("Male", "1", "0", "0.0%", "0.0%"),
        ("Male", "5", "1", "100.0%", "25.0%"),
    ]


def test_any_answer_can_be_chosen_and_its_chip_removes_it(organiser_client, survey):
    respond(survey, 2, gender="female")
    respond(survey, 1, gender="female", answers={"clear": "1"})

    page = organiser_client(survey.programme).get(address(survey), {"gender": "female", "clear": "5", "by": "sector"})

    chips = page.context["filter"].chips
    assert (page.context["page"].n, page.context["selection"]) == (2, "Female, Clear: 5")
    assert [(chip.label, chip.value, chip.without) for chip in chips] == [
        ("Gender", "Female", "clear=5&by=sector"),
        ("Clear", "5", "gender=female&by=sector"),
    ]


def test_a_question_called_like_a_word_of_the_page_can_be_chosen(organiser_client, survey):
    QuestionFactory(survey=survey, name="by", label="By", options=["1", "2", "3", "4", "5"], position=9)
    respond(survey, 1, answers={"by": "2"})
    respond(survey, 1, answers={"by": "3"})

    page = organiser_client(survey.programme).get(address(survey), {"answer.by": "3", "by": "answer.by"})

    assert page.context["page"].n == 1
    assert [row.label for row in page.context["page"].comparison.rows] == ["3"]


FILES = {
    "svg": "image/svg+xml",
    "png": "image/png",
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@pytest.mark.parametrize("ending", FILES)
def test_a_figure_is_taken_away(organiser_client, survey, ending):
    respond(survey)

    page = organiser_client(survey.programme).get(address(survey, "figure", "question-clear", ending))

    assert (page.status_code, page["Content-Type"]) == (200, FILES[ending])
    assert page["Content-Disposition"] == f'attachment; filename="view-question-clear.{ending}"'


def test_a_picture_says_what_it_is_counted_over(organiser_client, survey):
    respond(survey, 2, gender="female")

    page = organiser_client(survey.programme).get(
        address(survey, "figure", "question-clear", "svg"), {"gender": "female"}
    )

    texts = [text.text for text in ElementTree.fromstring(page.text).iter("{http://www.w3.org/2000/svg}text")]
    assert [text for text in texts if text][:6] == [
        "Clear",
        "n = 2",
        "Survey: Your view",
        "Valid responses: All responses",
        "Selection: Female",
        "Valid responses of the selection: 2",
    ]


def test_a_csv_has_numbers_and_its_base_and_runs_nothing(organiser_client, survey):
    respond(survey)

    page = organiser_client(survey.programme).get(
        address(survey, "figure", "cross", "csv"), {"rows": "topics/a", "columns": "clear"}
    )

    lines = list(csv.reader(io.StringIO(page.content.decode("utf-8-sig"))))
    assert lines[0][:5] == ["'=Topics A", "Clear", "Count", "Share of the row", "Share of the column"]
    assert lines[1] == ["Yes", "5", "1", "100.0", "100.0", "Your view", "All responses", "everybody", "1"]


def test_a_workbook_has_numbers_and_texts_that_stay_texts(organiser_client, survey):
    respond(survey)

    page = organiser_client(survey.programme).get(address(survey, "figure", "question-topics", "xlsx"))

    figures, base = load_workbook(io.BytesIO(page.content)).worksheets
    assert [[cell.value for cell in row] for row in figures.iter_rows()] == [
        ["Answer", "Count", "Share of 1"],
        ["A", 1, 100.0],
        ["B", 1, 100.0],
    ]
    assert (base["B1"].value, base["B1"].data_type) == ("=Topics", "s")


@pytest.mark.parametrize(
    "figure, ending",
    [("question-clear", "exe"), ("question-none", "svg"), ("comparison", "svg"), ("comparison", "csv")],
)
def test_what_is_not_on_the_page_is_no_file(organiser_client, survey, figure, ending):
    respond(survey)
    assert organiser_client(survey.programme).get(address(survey, "figure", figure, ending)).status_code == 404


def test_an_analyst_gets_no_small_cell_on_the_page_and_in_no_file(analyst_client, survey):
    respond(survey, 20, gender="male")
    respond(survey, 3, gender="male", answers={"years": "40", "clear": "1", "topics": "b", "order": "tax pay"})
    client = analyst_client(survey.programme)

    page = client.get(address(survey))

    shown = page.context["page"].exhibits
    assert [row[1:] for row in rows_of(shown["question-clear"]) if row[0] in {"1", "5"}] == [
        ("withheld", "withheld")
    ] * 2
    assert rows_of(shown["question-years"])[0][1] == "withheld"
    assert [key.text for key in page.context["page"].panels[4].keys] == []
    assert "question-order" in shown
    assert "alert(1)" not in page.text
    taken = client.get(address(survey, "figure", "question-clear", "csv"))
    assert [line[1] for line in csv.reader(io.StringIO(taken.content.decode("utf-8-sig")))][1] == "withheld"
    assert client.get(address(survey, "figure", "question-clear", "svg")).text.count("withheld") > 0


def test_an_analyst_takes_nothing_of_a_hidden_selection(analyst_client, survey):
    respond(survey, 3, gender="female")
    respond(survey, 20, gender="male")
    client = analyst_client(survey.programme)

    page = client.get(address(survey, "figure", "question-clear", "csv"), {"gender": "female"})

    assert page.status_code == 404


def test_an_analyst_gets_no_cross_table_of_a_selection(analyst_client, survey):
    respond(survey, 30, gender="male", sector="ngo")
    respond(survey, 30, gender="female", sector="ngo")

    page = analyst_client(survey.programme).get(
        address(survey), {"gender": "male", "rows": "sector", "columns": "clear"}
    )

    assert page.context["page"].cross.is_withheld is True


def test_other_peoples_figures_do_not_exist(organiser_client, survey):
    respond(survey)
    stranger = organiser_client(ProgrammeFactory())
    for name, parts in (("figure", ("question-clear", "svg")), ("freshness", ()), ("codes", ("wishes",))):
        assert stranger.get(address(survey, name, *parts)).status_code == 404


def test_the_mark_changes_with_every_answer(organiser_client, survey):
    client = organiser_client(survey.programme)
    marks = []
    for _number in range(3):
        marks.append(client.get(address(survey, "freshness")).json()["mark"])
        respond(survey)
    assert len(set(marks)) == 3
    assert client.get(address(survey)).context["mark"] == client.get(address(survey, "freshness")).json()["mark"]
    assert survey.programme.title not in marks


@pytest.mark.parametrize("responses", [1, 3])
def test_looking_for_news_takes_few_queries(organiser_client, survey, responses, django_assert_num_queries):
    respond(survey, responses)
    client = organiser_client(survey.programme)
    with django_assert_num_queries(5):
        client.get(address(survey, "freshness"))


def test_the_charts_are_mirrored_in_arabic(organiser_client, survey):
    respond(survey)
    client = organiser_client(survey.programme)
    client.cookies["django_language"] = "ar"

    page = client.get(address(survey))

    charts = page.text.split("<svg ")[1:]
    assert [part for part in charts if 'class="chart"' in part and 'direction="rtl"' not in part.split(">")[0]] == []
