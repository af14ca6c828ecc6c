"""Files as KoboToolbox, LimeSurvey, Google Forms and Microsoft Forms export them give the same responses."""

import datetime as dt
from pathlib import Path

import pytest

from surveys.importing.findings import Findings
from surveys.models import Response
from tests.registrations_factories import RegistrationFactory
from tests.surveys.import_steps import applied, make_survey, read

pytestmark = pytest.mark.django_db

FILES = Path(__file__).parent / "files"
FIRST = {"quality": "5", "recommend": "yes", "role": "teacher", "topics": "energy water"}
SECOND = {"quality": "3", "recommend": "no", "role": "nurse", "topics": "other", "topics_other": "Roads"}
TEXTS = {"comment": "More time; fewer slides", "years": "7"}
NO_TEXTS = {"comment": "", "years": ""}
TIMES = [dt.datetime(2026, 3, 18, 7, 3, 11, tzinfo=dt.UTC), dt.datetime(2026, 3, 18, 8, 9, tzinfo=dt.UTC)]


def file(name):
    return (FILES / name).read_bytes()


def imported(survey, name):
    batch = applied(survey, file(name), file_name=name)
    return batch, list(Response.objects.filter(survey=survey).order_by("pk"))


def test_kobo_with_values_groups_and_columns_for_options():
    batch, found = imported(make_survey(), "kobo.csv")
    assert batch.platform == "kobo"
    assert [each.answers for each in found] == [FIRST | TEXTS, SECOND | NO_TEXTS]
    assert [each.submitted_at for each in found] == [
        dt.datetime(2026, 3, 18, 7, 3, 20, tzinfo=dt.UTC),
        dt.datetime(2026, 3, 18, 8, 9, 30, tzinfo=dt.UTC),
    ]
    assert found[0].started_at == dt.datetime(2026, 3, 18, 6, 58, tzinfo=dt.UTC)


def test_kobo_with_labels_in_two_languages_and_options_in_columns_of_their_own():
    batch, found = imported(make_survey(), "kobo_labels_split.csv")
    assert (batch.platform, [each.answers for each in found]) == ("kobo", [FIRST, SECOND])


def test_limesurvey_with_codes():
    batch, found = imported(make_survey(), "limesurvey_codes.csv")
    assert batch.platform == "limesurvey"
    assert [each.answers for each in found] == [FIRST | TEXTS, SECOND | NO_TEXTS]
    assert [(each.language, each.is_finished) for each in found] == [("en", True), ("fr", False)]
    assert found[0].submitted_at == TIMES[0]


def test_limesurvey_with_codes_and_texts_and_full_answers():
    batch, found = imported(make_survey(), "limesurvey_texts.csv")
    assert batch.platform == "limesurvey"
    assert [each.answers for each in found] == [FIRST, {"quality": "3", "recommend": "no", "role": "nurse"}]


@pytest.mark.parametrize(("name", "platform"), [("google_forms.csv", "google"), ("microsoft_forms.xlsx", "microsoft")])
def test_forms_of_google_and_microsoft_with_texts_for_heads_and_labels_for_values(name, platform):
    survey = make_survey()
    person = RegistrationFactory(programme=survey.programme, email="ana@example.org")
    batch, found = imported(survey, name)
    assert batch.platform == platform
    assert [each.answers for each in found] == [FIRST | TEXTS, SECOND | NO_TEXTS]
    assert [each.submitted_at for each in found] == TIMES
    assert [each.registration for each in found] == [person, None]


@pytest.mark.parametrize("name", ["kobo.csv", "limesurvey_codes.csv", "microsoft_forms.xlsx"])
def test_files_with_ids_are_known_again(name):
    survey = make_survey()
    imported(survey, name)
    again = read(survey, file(name) + b"\n", file_name=name) if name.endswith("csv") else None
    if again is not None:
        assert Findings.from_json(again.findings).left_out == {"duplicate": 2, "answered": 0, "blank": 0}
        assert again.can_be_applied is False
