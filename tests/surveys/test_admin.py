import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from surveys.models import BaseDefinition, Choice, Question, Survey
from tests.registrations_factories import ProgrammeFactory, RegistrationFactory, TeamMemberFactory
from tests.surveys_factories import BaseDefinitionFactory, GroupFactory, QuestionFactory, ResponseFactory, SurveyFactory

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


def definition(survey):
    return reverse("admin:surveys_survey_definition", args=[survey.pk])


def verbatims(survey):
    return reverse("admin:surveys_survey_verbatims", args=[survey.pk, "wishes"])


def test_analysts_reach_no_page_with_people(analyst_client, survey):
    respond(survey, 1, {"wishes": "My name is Ada"})
    client = analyst_client(survey.programme)
    response = survey.responses.get()

    assert client.get(verbatims(survey)).status_code == 404
    assert client.get(definition(survey)).status_code == 404
    assert client.get(reverse("admin:surveys_response_changelist")).status_code == 403
    assert client.get(reverse("admin:surveys_response_change", args=[response.pk])).status_code in {302, 403}
    assert client.get(reverse("admin:surveys_survey_changelist")).status_code == 200
    assert client.post(reverse("admin:surveys_survey_change", args=[survey.pk]), {"title": "X"}).status_code == 403


@pytest.mark.parametrize("page", [dashboard, definition, verbatims])
def test_other_peoples_surveys_do_not_exist(client, organiser_client, survey, page):
    assert organiser_client(ProgrammeFactory()).get(page(survey)).status_code == 404
    assert client.get(page(survey)).status_code == 302


def test_the_effect_of_a_definition_is_shown_before_it_is_adopted(organiser_client, survey):
    respond(survey, 2, {"overall": "5"}, sector="ngo")
    respond(survey, 1, {"overall": "2"}, sector="academia")
    client = organiser_client(survey.programme)
    proposal = {"name": "NGOs", "sectors": ["ngo"]}

    preview = client.get(definition(survey), proposal)

    assert {(c.label, c.before, c.after) for c in preview.context["changes"] if c.is_changed} == {
        ("Left out: sector not included", "0", "1"),
        ("Valid responses (n)", "3", "2"),
        ("Mean: Overall", "4.00", "5.00"),
    }
    assert BaseDefinition.objects.count() == 0

    adopted = client.post(definition(survey), proposal, follow=True)

    assert adopted.redirect_chain == [(dashboard(survey), 302)]
    assert "Valid responses are now counted by “NGOs (version 1)”." in adopted.text
    assert adopted.context["page"].header.n == "2"
    assert BaseDefinition.objects.get().created_by == survey.programme.team.get().user


def test_a_definition_without_a_name_or_with_an_unknown_sector_is_refused(organiser_client, survey):
    page = organiser_client(survey.programme).post(definition(survey), {"name": " ", "sectors": ["mining"]})

    assert sorted(page.context["form"].errors) == ["name", "sectors"]
    assert BaseDefinition.objects.count() == 0


def test_questions_are_edited_until_somebody_has_answered(organiser_client, survey):
    client = organiser_client(survey.programme)
    question = survey.questions.get(name="useful")
    page = reverse("admin:surveys_question_change", args=[question.pk])
    survey_page = reverse("admin:surveys_survey_change", args=[survey.pk])

    assert 'name="kind"' in client.get(page).text
    assert 'name="choices-0-DELETE"' in client.get(page).text
    assert 'name="questions-0-kind"' in client.get(survey_page).text

    respond(survey)

    assert 'name="kind"' not in client.get(page).text
    assert 'name="label"' in client.get(page).text
    assert 'name="choices-0-DELETE"' not in client.get(page).text
    assert 'name="choices-0-value"' not in client.get(page).text
    assert 'name="choices-0-label"' in client.get(page).text
    assert 'name="questions-0-kind"' not in client.get(survey_page).text
    assert 'name="questions-0-DELETE"' not in client.get(survey_page).text
    assert 'name="questions-0-label"' in client.get(survey_page).text
    assert 'name="form_id"' not in client.get(survey_page).text


def test_a_label_can_be_corrected_after_the_first_response_and_nothing_else(organiser_client, survey):
    respond(survey)
    question = survey.questions.get(name="useful")
    first, second = question.choices.all()
    data = {
        "label": "What was useful?",
        "kind": "text",
        "choices-TOTAL_FORMS": "2",
        "choices-INITIAL_FORMS": "2",
        "choices-0-id": first.pk,
        "choices-0-question": question.pk,
        "choices-0-label": "Practical knowledge",
        "choices-0-value": "other",
        "choices-0-DELETE": "on",
        "choices-1-id": second.pk,
        "choices-1-question": question.pk,
        "choices-1-label": second.label,
    }

    page = organiser_client(survey.programme).post(reverse("admin:surveys_question_change", args=[question.pk]), data)

    assert page.status_code == 302
    question.refresh_from_db()
    assert (question.label, question.kind) == ("What was useful?", "select_multiple")
    assert list(Choice.objects.filter(question=question).values_list("value", "label")) == [
        ("practice", "Practical knowledge"),
        ("cases", "CASES"),
    ]


def test_an_organiser_makes_surveys_for_own_programmes_only(organiser_client, survey):
    other = ProgrammeFactory()

    form = organiser_client(survey.programme).get(reverse("admin:surveys_survey_add")).context["adminform"].form

    assert list(form.fields["programme"].queryset) == [survey.programme]
    assert other not in form.fields["programme"].queryset


def test_an_analyst_of_one_programme_and_organiser_of_another_makes_surveys_for_the_other(client, survey):
    member = TeamMemberFactory()
    TeamMemberFactory(programme=survey.programme, user=member.user, role="analyst")
    client.force_login(member.user)

    form = client.get(reverse("admin:surveys_survey_add")).context["adminform"].form

    assert list(form.fields["programme"].queryset) == [member.programme]
    assert client.get(reverse("admin:surveys_question_change", args=[Question.objects.first().pk])).status_code == 302


def test_responses_are_only_read(organiser_client, survey):
    respond(survey, 1, {"overall": "5", "wishes": "<script>alert(1)</script>"})
    client = organiser_client(survey.programme)
    page = reverse("admin:surveys_response_change", args=[survey.responses.get().pk])

    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in client.get(page).text
    assert 'name="_save"' not in client.get(page).text
    assert client.post(page, {"language": "fr"}).status_code == 403
    assert client.get(reverse("admin:surveys_response_changelist")).status_code == 200


@pytest.mark.parametrize("rows", [1, 3])
def test_lists_take_a_constant_number_of_queries(organiser_client, survey, rows):
    for version in range(1, rows + 1):
        BaseDefinitionFactory(survey=survey, version=version)
    respond(survey, rows)
    SurveyFactory.create_batch(rows - 1, programme=survey.programme)
    client = organiser_client(survey.programme)

    lists = {model: reverse(f"admin:surveys_{model}_changelist") for model in ("survey", "response", "basedefinition")}

    assert {model: rows_read(client, page) for model, page in lists.items()} == {
        "survey": 2,
        "response": 6,
        "basedefinition": 3,
    }


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("answers", [0, 1])
def test_change_pages_take_a_constant_number_of_queries(organiser_client, django_assert_num_queries, count, answers):
    survey = SurveyFactory()
    client = organiser_client(survey.programme)
    for number in range(count):
        options = [f"o{option}" for option in range(count)]
        question = QuestionFactory(survey=survey, name=f"q{number}", kind="select_one", options=options)
        GroupFactory(survey=survey, name=f"g{number}")
    respond(survey, answers)

    ContentType.objects.get_for_models(Survey, Question)  # remembered by the process
    with django_assert_num_queries(11 if answers else 13):
        assert client.get(reverse("admin:surveys_survey_change", args=[survey.pk])).status_code == 200
    with django_assert_num_queries(11 if answers else 13):
        assert client.get(reverse("admin:surveys_question_change", args=[question.pk])).status_code == 200
