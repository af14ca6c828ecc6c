"""The reference programmes as they come out of their files."""

import pytest
from django.core.management import CommandError, call_command

from registrations.models import Programme, Registration
from reports.errors import Refused
from reports.reference import load_reference, reference_slugs
from sessions.models import Appearance, Speaker, TrainingSession
from surveys.models import Question
from tests.registrations_factories import NOW

pytestmark = pytest.mark.django_db


def test_the_2022_course_has_its_agenda_and_no_people():
    programme, is_new = load_reference("cross-border-ecommerce-2022", now=NOW)
    sessions = TrainingSession.objects.for_programme(programme)
    assert is_new
    assert [session.number for session in sessions] == [1, 2, 3, 4, 5]
    assert {session.length.total_seconds() for session in sessions} == {3 * 3600}
    assert Appearance.objects.filter(session__programme=programme).count() == 25
    assert Registration.objects.filter(programme=programme).count() == 0
    assert not programme.is_synthetic


def test_a_speaker_of_two_sessions_is_one_speaker():
    programme, _is_new = load_reference("cross-border-ecommerce-2022", now=NOW)
    speaker = Speaker.objects.get(programme=programme, name="Chen Runyun")
    assert list(speaker.appearances.values_list("session__number", "role")) == [(1, "opening"), (5, "closing")]


def test_yes_and_no_are_words_not_truth_values():
    programme, _is_new = load_reference("cross-border-ecommerce-2022", now=NOW)
    question = Question.objects.get(survey__programme=programme, name="will_apply")
    assert list(question.choices.values_list("value", flat=True)) == ["yes", "maybe", "no"]


def test_loading_twice_changes_nothing():
    load_reference("cities-webinars-2020", now=NOW)
    Programme.objects.update(title="Changed by an organiser")
    programme, is_new = load_reference("cities-webinars-2020", now=NOW)
    assert (programme.title, is_new) == ("Changed by an organiser", False)


def test_an_unknown_slug_is_refused_with_the_known_ones():
    with pytest.raises(Refused, match=", ".join(reference_slugs())):
        load_reference("nowhere", now=NOW)
    with pytest.raises(CommandError):
        call_command("load_reference", "nowhere")
