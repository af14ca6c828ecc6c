import importlib
import json
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings

from surveys.bank import insert_from_bank, put_into_bank
from surveys.errors import Refused
from surveys.models import BankQuestion
from tests.registrations_factories import NOW
from tests.surveys_factories import ChoiceFactory, QuestionFactory, ResponseFactory, SurveyFactory

pytestmark = pytest.mark.django_db
start_bank = importlib.import_module("surveys.migrations.0002_start_bank")
LANGUAGES = {code for code, _name in settings.LANGUAGES}


@pytest.fixture(autouse=True)
def filled_bank(db):
    """What the migration filled in; a test that empties the database may have come before."""
    start_bank.fill(apps, None)


def test_the_bank_begins_with_questions_in_six_languages():
    entries = BankQuestion.objects.all()

    assert len(entries) == 10
    for entry in entries:
        assert {entry.language, *entry.translations} == LANGUAGES
        assert all({entry.language, *choice["translations"]} == LANGUAGES for choice in entry.choices)


def test_the_start_of_the_bank_says_everything_in_six_languages():
    data = json.loads(Path("surveys/data/bank.json").read_text(encoding="utf-8"))

    texts = [entry["label"] for entry in data] + [choice["label"] for entry in data for choice in entry["choices"]]

    assert all(text.keys() == LANGUAGES and all(text.values()) for text in texts)


def test_a_question_of_the_bank_is_asked_in_the_surveys_language():
    survey = SurveyFactory(language="fr")
    QuestionFactory(survey=survey, name="satisfaction", position=7)

    question = insert_from_bank(survey, BankQuestion.objects.get(key="satisfaction"))

    assert (question.name, question.position, question.kind) == ("satisfaction_2", 8, "rating")
    assert question.label == "Dans l’ensemble, êtes-vous satisfait(e) de cette formation ?"
    assert question.text("label", "en") == "Overall, how satisfied are you with this training?"
    assert question.translations.keys() == LANGUAGES - {"fr"}
    choice = question.choices.first()
    assert (choice.value, choice.label, choice.text("label", "en")) == ("1", "Très insatisfait(e)", "Very dissatisfied")


def test_no_question_is_inserted_once_somebody_has_answered():
    survey = SurveyFactory()
    ResponseFactory(survey=survey)

    with pytest.raises(Refused, match="no question can be added"):
        insert_from_bank(survey, BankQuestion.objects.get(key="improve"))


def test_a_question_put_into_the_bank_comes_back_as_it_was():
    question = QuestionFactory(
        kind="select_multiple", label="Which?", hint="Any.", translations={"fr": {"label": "Lesquels ?"}}
    )
    ChoiceFactory(
        question=question, value="none", label="None", is_exclusive=True, translations={"fr": {"label": "Aucun"}}
    )
    entry = put_into_bank(question, key="which", now=NOW)

    again = insert_from_bank(SurveyFactory(), entry)

    question.refresh_from_db()
    assert question.bank_question == again.bank_question == entry
    assert (again.label, again.hint, again.translations) == ("Which?", "Any.", {"fr": {"label": "Lesquels ?"}})
    choice = again.choices.get()
    assert (choice.value, choice.is_exclusive, choice.translations) == ("none", True, {"fr": {"label": "Aucun"}})


@pytest.mark.parametrize("key", ["satisfaction", "No key", ""])
def test_a_bad_key_is_refused(key):
    question = QuestionFactory(kind="text")

    with pytest.raises(Refused):
        put_into_bank(question, key=key, now=NOW)

    question.refresh_from_db()
    assert question.bank_question is None
