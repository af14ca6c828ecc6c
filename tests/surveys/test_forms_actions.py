import datetime as dt
from dataclasses import replace

import pytest
from django.contrib.admin.models import LogEntry
from django.core.management import CommandError, call_command
from hypothesis import HealthCheck, given, settings
from hypothesis.extra.django import TestCase

from surveys.actions.forms import adopt_form, export_form, load_form
from surveys.errors import Refused
from surveys.models import BankQuestion, Group, Question, Survey
from surveys.xlsform import Form, FormQuestion
from surveys.xlsform.rows import form_of
from tests.registrations_factories import NOW, ProgrammeFactory, UserFactory
from tests.sessions_factories import TrainingSessionFactory
from tests.surveys_factories import QuestionFactory, ResponseFactory, SurveyFactory
from tests.surveys_forms import book, forms

pytestmark = pytest.mark.django_db
HEAD = ["type", "name", "label::English (en)", "label::Français (fr)", "required"]
SETTINGS = ["form_title", "form_id", "default_language", "version"]
CHOICES = [["list_name", "name", "label::English (en)"], ["l", "a", "A"], ["l", "b", "B"]]


def workbook(*rows, choices=CHOICES, version="1", **extra):
    sheet = [[*SETTINGS, *extra], ["Feedback", "feedback", "English (en)", version, *extra.values()]]
    return book([HEAD, *rows], choices, sheet)


def load(programme, *rows, **how):
    return load_form(programme, workbook(*rows, **how), by=None, now=NOW)


def normal(form):
    """Bank questions that the bank does not have are not kept."""

    def without(items):
        return tuple(
            replace(item, bank_key="") if isinstance(item, FormQuestion) else replace(item, items=without(item.items))
            for item in items
        )

    return replace(form, items=without(form.items))


class Stored(TestCase):
    @settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
    @given(forms())
    def test_a_form_that_is_stored_is_written_again_as_it_was(self, form):
        programme = ProgrammeFactory()

        survey = adopt_form(programme, form, by=None, now=NOW)

        assert form_of(Survey.objects.get(pk=survey.pk)) == normal(form)
        again = load_form(programme, export_form(survey), by=None, now=NOW)
        assert (again.pk, form_of(Survey.objects.get(pk=survey.pk))) == (survey.pk, normal(form))


def test_loading_a_form_makes_a_survey_after_the_last_session():
    programme, user = ProgrammeFactory(), UserFactory()
    session = TrainingSessionFactory(programme=programme)

    survey = load_form(programme, workbook(["text", "wishes", "Wishes?", "Souhaits ?"]), by=user, now=NOW)

    assert (survey.title, survey.kind, survey.version, survey.language) == ("Feedback", "post_training", "1", "en")
    assert (survey.opens_at, survey.closes_at) == (session.ends_at, session.ends_at + dt.timedelta(days=14))
    question = survey.questions.get()
    assert (question.label, question.text("label", "fr"), question.position) == ("Wishes?", "Souhaits ?", 1)
    assert LogEntry.objects.get().get_change_message() == "Form loaded, version “1”."


def test_a_pulse_needs_a_session_and_is_open_after_it():
    programme = ProgrammeFactory()
    session = TrainingSessionFactory(programme=programme, number=3)
    row = ["text", "wishes", "Wishes?"]

    with pytest.raises(Refused, match="needs the session’s number"):
        load(programme, row, baraza_kind="session_pulse")
    with pytest.raises(Refused, match="has no session 9"):
        load(programme, row, baraza_kind="session_pulse", session="9")
    survey = load(programme, row, baraza_kind="session_pulse", session="3")

    assert (survey.session, survey.opens_at) == (session, session.ends_at)


def test_a_pre_training_survey_ends_where_the_first_session_begins():
    programme = ProgrammeFactory()
    session = TrainingSessionFactory(programme=programme)

    survey = load(programme, ["text", "wishes", "Wishes?"], baraza_kind="pre_training")

    assert survey.closes_at == session.starts_at
    assert survey.opens_at < survey.closes_at


def test_a_new_version_changes_adds_and_removes_by_name():
    programme = ProgrammeFactory()
    survey = load(programme, ["begin_group", "g", "G"], ["select_one l", "a", "A"], ["text", "b", "B"], ["end_group"])
    kept = survey.questions.get(name="a")

    again = load(
        programme,
        ["select_one l", "a", "A!"],
        ["text", "c", "C"],
        choices=[CHOICES[0], ["l", "b", "Bee"], ["l", "c", "C"]],
        version="2",
    )

    assert (again.pk, again.version) == (survey.pk, "2")
    assert list(Question.objects.values_list("name", "label", "position")) == [("a", "A!", 1), ("c", "C", 2)]
    assert survey.questions.get(name="a").pk == kept.pk
    assert list(kept.choices.values_list("value", "label")) == [("b", "Bee"), ("c", "C")]
    assert not Group.objects.exists()


def test_after_the_first_response_only_words_may_change():
    programme = ProgrammeFactory()
    survey = load(programme, ["select_one l", "a", "A"], ["text", "b", "B"])
    ResponseFactory(survey=survey, answers={"a": "a"})

    load(programme, ["select_one l", "a", "In other words"], ["text", "b", "B"], version="2")
    assert survey.questions.get(name="a").label == "In other words"
    before = form_of(Survey.objects.get())

    with pytest.raises(Refused) as refusal:
        load(
            programme,
            ["text", "c", "C"],
            ["select_one l", "a", "A", None, "yes"],
            choices=[CHOICES[0], ["l", "b", "B"]],
            anonymous="yes",
        )

    assert str(refusal.value).splitlines() == [
        "People have answered this survey already, so that only its words may change. This form changes more:",
        "it would become anonymous, or cease to be",
        "the question “b” would go",
        "the question “c” would be new",
        "“a”: “must be answered” would change",
        "“a”: its options would change",
    ]
    assert form_of(Survey.objects.get()) == before


def test_nothing_of_a_bad_form_is_saved():
    with pytest.raises(Refused):
        load(ProgrammeFactory(), ["text", "a", "A"], ["select_one gone", "b", "B"])
    with pytest.raises(Refused, match="must close after it opens"):
        load(ProgrammeFactory(), ["text", "a", "A"], opens_at="2030-01-01")

    assert not Survey.objects.exists()


def test_the_form_of_another_programme_is_left_alone():
    load(ProgrammeFactory(), ["text", "a", "A"])

    with pytest.raises(Refused, match="The form id “feedback” is taken by another programme"):
        load(ProgrammeFactory(), ["text", "a", "A"])


def test_a_bank_key_leads_to_the_bank_where_the_kind_is_the_same():
    nps = BankQuestion.objects.create(key="why", kind="text", label="Why?", created_at=NOW)
    BankQuestion.objects.create(key="other", kind="rating", label="How?", created_at=NOW)
    questions = [FormQuestion(name, "text", "Why?", bank_key=key) for name, key in [("a", "why"), ("b", "other")]]

    survey = adopt_form(ProgrammeFactory(), Form("f", "F", "en", tuple(questions)), by=None, now=NOW)

    assert [question.bank_question for question in survey.questions.all()] == [nps, None]


def test_loading_and_reading_take_few_queries(django_assert_num_queries):
    programme = ProgrammeFactory()
    rows = [["select_one l", f"q{n}", "Q"] for n in range(30)]
    survey = load(programme, *rows)

    with django_assert_num_queries(12):
        load(programme, *rows, version="2")
    with django_assert_num_queries(3):
        form_of(survey)


def test_what_an_editor_made_can_be_exported():
    survey = SurveyFactory(form_id="mine", title="Mine")
    QuestionFactory(survey=survey, name="overall", position=1)
    QuestionFactory(survey=survey, name="which", kind="select_multiple", options=["a", "b"], position=2)
    QuestionFactory(survey=survey, name="sure", kind="yes_no", position=3)
    before = form_of(survey)

    again = load_form(survey.programme, export_form(survey), by=None, now=NOW)

    assert (again.pk, form_of(again)) == (survey.pk, before)


def test_commands_load_and_export(tmp_path, capsys):
    programme = ProgrammeFactory(slug="trade")
    path, output = tmp_path / "form.xlsx", tmp_path / "out.xlsx"
    path.write_bytes(workbook(["text", "a", "A"], ["geopoint", "where", "Where?"], ["start", "start"]))

    with pytest.raises(CommandError, match="row 3: questions of the type “geopoint” are not supported"):
        call_command("load_survey", "trade", path)
    call_command("load_survey", "trade", path, "--skip-unsupported")
    call_command("export_survey", "feedback", "--output", output)

    said = capsys.readouterr()
    assert said.out.startswith("feedback: 1 questions, opens ")
    assert said.err.splitlines() == [
        "survey sheet, row 3: questions of the type “geopoint” are not supported.",
        "survey sheet, row 4: “start” is left out: nobody is asked for it.",
    ]
    assert load_form(programme, output.read_bytes(), by=None, now=NOW).questions.count() == 1


@pytest.mark.parametrize(
    "arguments", [("load_survey", "gone", "x.xlsx"), ("export_survey", "gone", "--output", "x.xlsx")]
)
def test_commands_say_what_is_not_there(arguments):
    with pytest.raises(CommandError, match="There is no "):
        call_command(*arguments)


def test_a_missing_file_is_named(tmp_path):
    ProgrammeFactory(slug="trade")

    with pytest.raises(CommandError, match="cannot be read"):
        call_command("load_survey", "trade", tmp_path / "gone.xlsx")
