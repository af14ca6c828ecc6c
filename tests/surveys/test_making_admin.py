import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from surveys.models import BankQuestion, Choice, Group, Question, Survey
from tests.registrations_factories import NOW, ProgrammeFactory
from tests.surveys_factories import ChoiceFactory, QuestionFactory, ResponseFactory, SurveyFactory
from tests.surveys_forms import book

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_now")]
HEAD = ["type", "name", "label::English (en)"]
SETTINGS = [["form_title", "form_id"], ["Feedback", "feedback"]]
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def file(*rows, settings=SETTINGS):
    return SimpleUploadedFile("form.xlsx", book([HEAD, *rows], settings=settings))


def page(name, *args):
    return reverse(f"admin:surveys_survey_{name}", args=args)


@pytest.fixture
def survey():
    survey = SurveyFactory(programme=ProgrammeFactory(), form_id="feedback", title="Feedback")
    QuestionFactory(survey=survey, name="overall", label="Overall?", kind="text", position=1)
    return survey


def test_an_organiser_loads_a_form_as_a_survey(organiser_client):
    programme = ProgrammeFactory()
    client = organiser_client(programme)

    response = client.post(
        page("load"), {"programme": programme.pk, "workbook": file(["text", "a", "Why?"], ["start", "s"])}
    )

    survey = Survey.objects.get()
    assert response.url == reverse("admin:surveys_survey_change", args=[survey.pk])
    assert (survey.programme, survey.questions.get().label) == (programme, "Why?")
    assert [str(message) for message in client.get(response.url).context["messages"]] == [
        "survey sheet, row 3: “start” is left out: nobody is asked for it.",
        "The form is loaded. Look at the preview before anybody is invited.",
    ]


def test_a_bad_form_is_refused_with_every_reason_and_nothing_saved(organiser_client):
    programme = ProgrammeFactory()
    rows = [["geopoint", "where", "<b>Where</b>?"], ["select_one gone", "b", "B"], ["text", "c", "C"]]

    response = organiser_client(programme).post(page("load"), {"programme": programme.pk, "workbook": file(*rows)})

    assert response.status_code == 422
    assert response.context["problems"] == [
        "The form cannot be loaded as it is:",
        "survey sheet, row 2: questions of the type “geopoint” are not supported.",
        "survey sheet, row 3: the choices sheet has no list “gone”.",
    ]
    assert not Survey.objects.exists()


def test_what_is_not_supported_can_be_left_out(organiser_client):
    programme = ProgrammeFactory()
    data = {
        "programme": programme.pk,
        "workbook": file(["geopoint", "w", "W"], ["text", "c", "C"]),
        "skip_unsupported": "on",
    }

    assert organiser_client(programme).post(page("load"), data).status_code == 302
    assert Survey.objects.get().questions.get().name == "c"


def test_a_form_goes_only_into_ones_own_programmes(organiser_client, survey):
    client = organiser_client(ProgrammeFactory())

    response = client.post(page("load"), {"programme": survey.programme.pk, "workbook": file(["text", "a", "A"])})

    assert response.context["form"].errors.keys() == {"programme"}
    for name in ("form", "form_xlsx", "words", "bank"):
        assert client.get(page(name, survey.pk)).status_code == 404


def test_an_analyst_makes_nothing(analyst_client, survey):
    client = analyst_client(survey.programme)

    for name in ("form", "form_xlsx", "words", "bank"):
        assert client.get(page(name, survey.pk)).status_code == 404


def test_a_new_version_must_have_the_surveys_form_id(organiser_client, survey):
    client = organiser_client(survey.programme)
    other = [["form_title", "form_id"], ["Other", "other"]]

    refused = client.post(page("form", survey.pk), {"workbook": file(["text", "a", "A"], settings=other)})
    loaded = client.post(page("form", survey.pk), {"workbook": file(["text", "overall", "All in all?"])})

    assert refused.context["problems"] == [
        "This form has the id “other”, and this survey “feedback”. Change the id, or load it as a new survey."
    ]
    assert loaded.status_code == 302
    assert survey.questions.get().label == "All in all?"


def test_a_form_is_downloaded(organiser_client, survey):
    response = organiser_client(survey.programme).get(page("form_xlsx", survey.pk))

    assert (response["Content-Type"], response["Content-Disposition"]) == (XLSX, 'attachment; filename="feedback.xlsx"')
    assert response.content.startswith(b"PK")


def test_words_in_another_language_are_kept_also_after_responses(organiser_client, survey):
    question = survey.questions.get()
    choice = ChoiceFactory(question=question, value="a", label="A")
    ResponseFactory(survey=survey)
    client = organiser_client(survey.programme)
    address = page("words", survey.pk) + "?language=fr"

    shown = client.get(address)
    client.post(address, {f"question-{question.pk}-label": " En tout ? ", f"choice-{choice.pk}-label": ""})

    assert [(text.original, version) for text, version in shown.context["lines"]] == [
        ("Feedback", ""),
        ("Overall?", ""),
        ("A", ""),
    ]
    assert Question.objects.get().translations == {"fr": {"label": "En tout ?"}}
    assert Choice.objects.get().translations == {}
    client.post(address, {f"question-{question.pk}-label": ""})
    assert Question.objects.get().translations == {}


def test_words_that_are_too_long_are_refused_and_stay_typed(organiser_client, survey):
    key = f"question-{survey.questions.get().pk}-label"

    response = organiser_client(survey.programme).post(page("words", survey.pk) + "?language=fr", {key: "x" * 2001})

    assert response.status_code == 422
    assert "too long: 2001 characters" in response.context["problem"]
    assert "x" * 2001 in response.text
    assert Question.objects.get().translations == {}


def test_the_page_of_words_asks_the_database_as_often_for_one_question_as_for_three(organiser_client, survey):
    client = organiser_client(survey.programme)
    counts = []

    for number in (2, 3, 4):
        QuestionFactory(survey=survey, kind="select_one", options=["a", "b"], position=number)
        with CaptureQueriesContext(connection) as queries:
            client.get(page("words", survey.pk))
        counts.append(len(queries))

    assert counts == [8, 8, 8]


def posted(question, **changes):
    fields = {
        "position": question.position, "name": question.name, "kind": question.kind, "label": question.label,
        "choices-TOTAL_FORMS": 0, "choices-INITIAL_FORMS": 0,
    }  # fmt: skip
    return {**fields, **changes}


def change(client, question, **changes):
    return client.post(reverse("admin:surveys_question_change", args=[question.pk]), posted(question, **changes))


def errors(response):
    return response.context["adminform"].form.errors.as_data().keys(), [
        sentence for sentences in response.context["adminform"].form.errors.values() for sentence in sentences
    ]


@pytest.mark.parametrize(
    "changes, field, sentence",
    [
        (
            {"relevant": "${later} = '1'"},
            "relevant",
            "“overall” asks about “later”, which comes later. Move “later” before it.",
        ),
        (
            {"relevant": "${overall} = '1'"},
            "relevant",
            "The condition of “overall” asks about “overall” itself. Ask about an earlier question.",
        ),
        (
            {"relevant": "${gone} = '1'"},
            "relevant",
            "“overall” refers to ${gone}, and there is no question of this name.",
        ),
        (
            {"constraint": ". = yes"},
            "constraint",
            "At character 5: write “yes” as 'yes' if it is a text, as ${yes} if it is a question.",
        ),
        ({"label": "Dear ${later}"}, "label", "Texts that take in an answer, such as ${name}, are not supported."),
        (
            {"kind": "rating", "start": "1", "end": "500", "step": "1"},
            "end",
            "The scale must go from its start to its end in steps, with 101 values at most.",
        ),
    ],
)
def test_a_question_that_cannot_be_asked_is_refused(organiser_client, survey, changes, field, sentence):
    QuestionFactory(survey=survey, name="later", kind="text", position=2)

    response = change(organiser_client(survey.programme), survey.questions.get(name="overall"), **changes)

    assert errors(response) == ({field: None}.keys(), [sentence])


def test_a_question_is_edited_with_its_scale(organiser_client, survey):
    response = change(
        organiser_client(survey.programme),
        survey.questions.get(),
        kind="rating",
        start="0",
        end="10",
        relevant="",
        hint="So?",
    )

    question = survey.questions.get()
    assert response.status_code == 302
    assert (question.kind, question.parameters, question.hint) == (
        "rating",
        {"start": "0", "end": "10", "step": "1"},
        "So?",
    )


def test_once_somebody_has_answered_only_words_of_a_question_change(organiser_client, survey):
    ResponseFactory(survey=survey)

    change(
        organiser_client(survey.programme), survey.questions.get(), label="All in all?", relevant="1 = 2", kind="note"
    )

    question = survey.questions.get()
    assert (question.label, question.relevant, question.kind) == ("All in all?", "", "text")


def survey_data(survey, **changes):
    fields = {
        "programme": survey.programme.pk, "form_id": survey.form_id, "title": survey.title, "kind": survey.kind,
        "language": "en", "opens_at_0": "2026-01-01", "opens_at_1": "08:00",
        "closes_at_0": "2027-01-01", "closes_at_1": "08:00",
        "questions-TOTAL_FORMS": 0, "questions-INITIAL_FORMS": 0, "groups-TOTAL_FORMS": 0, "groups-INITIAL_FORMS": 0,
    }  # fmt: skip
    return {**fields, **changes}


def test_a_survey_says_whether_it_is_anonymous_and_is_not_changed_by_its_page(organiser_client, survey):
    client, address = organiser_client(survey.programme), reverse("admin:surveys_survey_change", args=[survey.pk])

    assert client.post(address, survey_data(survey, is_anonymous="on", title="Other")).status_code == 302

    assert (Survey.objects.get().is_anonymous, Survey.objects.get().title) == (False, "Other")


def test_a_group_that_waits_for_its_own_question_is_warned_of(organiser_client, survey):
    group = Group.objects.create(survey=survey, name="part", position=0)
    survey.questions.update(group=group)
    client, address = organiser_client(survey.programme), reverse("admin:surveys_survey_change", args=[survey.pk])
    row = {"groups-TOTAL_FORMS": 1, "groups-INITIAL_FORMS": 1, "groups-0-id": group.pk, "groups-0-survey": survey.pk,
           "groups-0-position": 0, "groups-0-name": "part"}  # fmt: skip

    bad = client.post(address, survey_data(survey, **row, **{"groups-0-relevant": "nonsense"}))
    inside = client.post(address, survey_data(survey, **row, **{"groups-0-parent": group.pk}))
    saved = client.post(address, survey_data(survey, **row, **{"groups-0-relevant": "${overall} = '1'"}), follow=True)

    assert "write “nonsense” as" in bad.text
    assert "A group cannot stand inside itself." in inside.text
    assert "“part” asks about “overall”, which comes later. Move “overall” before it." in [
        str(message) for message in saved.context["messages"]
    ]


def test_a_question_goes_into_the_bank_and_into_another_survey(administrator_client, organiser_client, survey):
    question = survey.questions.get()
    other = SurveyFactory(programme=survey.programme)

    kept = administrator_client.post(page("put_into_bank", survey.pk, question.pk), {"key": "overall_again"})
    entry = BankQuestion.objects.get(key="overall_again")
    organiser_client(survey.programme).post(page("bank", other.pk), {"questions": [entry.pk]})

    assert kept.status_code == 302
    assert other.questions.get().bank_question == entry
    assert survey.questions.get().bank_question == entry


def test_only_administrators_put_questions_into_the_bank(organiser_client, survey):
    question = survey.questions.get()
    BankQuestion.objects.create(key="mine", kind="text", label="Mine?", created_at=NOW)
    client = organiser_client(survey.programme)

    assert client.get(page("put_into_bank", survey.pk, question.pk)).status_code == 404
    assert client.get(reverse("admin:surveys_bankquestion_changelist")).status_code == 200
    assert client.post(reverse("admin:surveys_bankquestion_add")).status_code == 403


def test_a_key_that_is_taken_is_refused(administrator_client, survey):
    BankQuestion.objects.create(key="mine", kind="text", label="Mine?", created_at=NOW)

    response = administrator_client.post(page("put_into_bank", survey.pk, survey.questions.get().pk), {"key": "mine"})

    assert response.status_code == 422
    assert survey.questions.get().bank_question is None


def test_the_bank_shows_questions_in_any_language(administrator_client):
    entry = BankQuestion.objects.create(
        key="mine", kind="text", label="Mine?", translations={"Ngambay": {"label": "?"}}, created_at=NOW
    )

    page = administrator_client.get(reverse("admin:surveys_bankquestion_change", args=[entry.pk]))

    assert "English, Ngambay" in page.text
