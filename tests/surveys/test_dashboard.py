import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.registrations_factories import ProgrammeFactory, RegistrationFactory
from tests.surveys_factories import BaseDefinitionFactory, QuestionFactory, ResponseFactory, SurveyFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_now")]


def respond(survey, count=1, answers=None, **person):
    for _ in range(count):
        registration = RegistrationFactory(programme=survey.programme, **person)
        ResponseFactory(survey=survey, registration=registration, answers=answers or {})


@pytest.fixture
def survey():
    survey = SurveyFactory(programme=ProgrammeFactory(title="Trade"), title="Your view")
    QuestionFactory(survey=survey, name="overall", label="Overall", position=0)
    QuestionFactory(survey=survey, name="materials", label="Materials", position=1)
    QuestionFactory(survey=survey, name="apply", label="Apply?", kind="yes_no", position=2)
    QuestionFactory(survey=survey, name="useful", kind="select_multiple", options=["practice", "cases"], position=3)
    QuestionFactory(survey=survey, name="wishes", label="Wishes?", kind="text", position=4)
    return survey


def rows_read(client, address, data=None):
    """Queries that read rows of the surveys; what the admin asks for permissions is its own affair."""
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address, data).status_code == 200
    statements = [query["sql"] for query in queries]
    return len(
        [sql for sql in statements if "surveys_" in sql and not sql.startswith(("SELECT 1", "SELECT DISTINCT 1"))]
    )


def dashboard(survey):
    return reverse("admin:surveys_survey_dashboard", args=[survey.pk])


def verbatims(survey):
    return reverse("admin:surveys_survey_verbatims", args=[survey.pk, "wishes"])


def test_the_dashboard_shows_figures_with_their_base(organiser_client, survey):
    respond(survey, 2, {"overall": "5", "materials": "5", "apply": "yes", "useful": "practice"})
    respond(
        survey, 1, {"overall": "4", "materials": "5", "apply": "", "useful": "practice cases", "wishes": "<i>x</i>"}
    )
    RegistrationFactory(programme=survey.programme)

    page = organiser_client(survey.programme).get(dashboard(survey))

    shown = page.context["page"]
    assert (shown.header.rate, shown.header.responses, shown.header.n) == ("75.0%", "3", "3")
    assert [(r.rank, r.label, r.mean, r.n) for r in shown.rankings[0].rows] == [
        (1, "Materials", "5.00", "3"),
        (2, "Overall", "4.67", "3"),
    ]
    assert [panel.base_text for panel in shown.panels] == [
        "n = 3",
        "n = 3",
        "n = 2 · 1 left it out",
        "n = 3",
        "n = 1 · 2 were not asked",
    ]
    assert [tuple(cell.text for cell in row) for row in shown.panels[3].exhibits[0].rows] == [
        ("PRACTICE", "3", "100.0%"),
        ("CASES", "1", "33.3%"),
    ]
    assert "&lt;i&gt;x&lt;/i&gt;" in page.text
    assert "<i>x" not in page.text
    assert " style=" not in page.text


@pytest.mark.parametrize("responses", [0, 1])
def test_an_empty_survey_and_one_response_are_pages_too(organiser_client, survey, responses):
    respond(survey, responses, {"overall": "5"})

    page = organiser_client(survey.programme).get(dashboard(survey))

    assert page.status_code == 200
    assert ("No responses yet" in page.text) == (responses == 0)


def test_a_survey_whose_every_response_is_left_out_says_so(organiser_client, survey):
    BaseDefinitionFactory(survey=survey, sectors=["ngo"])
    respond(survey, 1, sector="private")

    page = organiser_client(survey.programme).get(dashboard(survey))

    assert "Every response is left out by the definition of the valid response." in page.text


def test_the_selection_is_in_the_address(organiser_client, survey):
    respond(survey, 2, {"overall": "5"}, gender="female", country="KE")
    respond(survey, 1, {"overall": "1"}, gender="male", country="CN")

    page = organiser_client(survey.programme).get(
        dashboard(survey), {"gender": "male", "country": "CN", "by": "sector"}
    )

    shown = page.context["page"]
    assert (shown.n, shown.rankings[0].rows[0].mean, page.context["selection"]) == (1, "1.00", "Male, China")
    assert [(row.label, row.n.text, row.cells[0].figure.text) for row in shown.comparison.rows] == [
        ("National or local government", "1", "1.00")
    ]
    assert (shown.header.n, shown.header.responses) == ("3", "3")


def test_an_unknown_selection_is_named_and_left_out(organiser_client, survey):
    respond(survey, 2, {"overall": "5"})

    page = organiser_client(survey.programme).get(dashboard(survey), {"gender": "<b>", "by": "shoe_size"})

    assert page.status_code == 200
    assert sorted(page.context["filter"].form.errors) == ["by", "gender"]
    assert page.context["page"].n == 2


@pytest.mark.parametrize("responses", [1, 3])
def test_the_dashboard_takes_a_constant_number_of_queries(organiser_client, survey, responses):
    respond(survey, responses, {"overall": "5", "wishes": "x"})

    client = organiser_client(survey.programme)

    assert rows_read(client, dashboard(survey), {"gender": "female", "by": "sector"}) == 13


def test_analysts_see_no_person_and_no_small_group(analyst_client, survey):
    respond(survey, 3, {"overall": "5", "wishes": "My name is Ada"}, gender="another")
    respond(survey, 6, {"overall": "4"}, gender="female")
    respond(survey, 20, {"overall": "4"}, gender="male")
    client = analyst_client(survey.programme)

    page = client.get(dashboard(survey), {"by": "gender"})
    small = client.get(dashboard(survey), {"gender": "another"})
    next_smallest = client.get(dashboard(survey), {"gender": "female"})
    large = client.get(dashboard(survey), {"gender": "male"})

    assert [row.label for row in page.context["page"].comparison.rows] == ["Male"]
    assert "2 groups are not shown" in page.text
    assert "Ada" not in page.text
    assert "What people wrote is shown to organisers only." in page.text
    assert [p.context["page"].is_hidden for p in (page, small, next_smallest, large)] == [False, True, True, False]
    assert (small.context["page"].panels, small.context["page"].rankings, small.context["page"].n) == ((), (), 0)
    assert "holds fewer than 5 respondents" in small.text


def test_analysts_see_nothing_of_a_survey_with_one_response(analyst_client, survey):
    respond(survey, 1, {"overall": "5"})

    page = analyst_client(survey.programme).get(dashboard(survey))

    assert page.context["page"].is_hidden is True
    assert page.context["page"].panels == ()


def test_verbatims_are_escaped_counted_and_paged(organiser_client, survey):
    respond(survey, 51, {"wishes": "<script>alert(1)</script>"})
    respond(survey, 1, {"wishes": ""})
    client = organiser_client(survey.programme)

    first, second = client.get(verbatims(survey)), client.get(verbatims(survey), {"page": "2", "gender": "female"})

    assert first.context["page"].paginator.count == 51
    assert (len(first.context["page"]), len(second.context["page"])) == (50, 1)
    assert first.text.count("&lt;script&gt;alert(1)&lt;/script&gt;") == 50
    assert "<script>alert" not in first.text
    assert 'href="?gender=female&amp;page=1"' in second.text
    assert client.get(reverse("admin:surveys_survey_verbatims", args=[survey.pk, "overall"])).status_code == 404
