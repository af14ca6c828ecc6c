import threading

import pytest
from django.db import connection

from surveys.actions import load_form
from surveys.errors import Refused
from surveys.models import Question, Survey
from tests.registrations_factories import NOW, ProgrammeFactory
from tests.surveys_forms import book

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]


def test_a_form_loaded_ten_times_at_once_is_one_survey():
    programme = ProgrammeFactory()
    content = book([["type", "name", "label"], ["text", "a", "A"], ["text", "b", "B"]])
    outcomes = []

    def load():
        try:
            outcomes.append(load_form(programme, content, by=None, now=NOW).pk)
        except Refused as reason:
            outcomes.append(str(reason))
        finally:
            connection.close()

    threads = [threading.Thread(target=load) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    survey = Survey.objects.get()
    assert set(outcomes) <= {survey.pk, "Somebody else has just changed this survey. Load the form again."}
    assert list(Question.objects.values_list("name", flat=True)) == ["a", "b"]
