import datetime as dt

import pytest

from registrations import kept
from registrations.models import KeptFigures, Programme
from tests.registrations_factories import NOW, ProgrammeFactory

pytestmark = pytest.mark.django_db
MINUTE = dt.timedelta(minutes=1)


TASK = "certificates.tasks.count_completion"


def shown(programme, version=0):
    """What a page has, as one that is asked for anew."""
    return kept.figures(
        Programme.objects.get(pk=programme.pk), "people", lambda: {"n": 0}, TASK, now=NOW, version=version
    )


def test_figures_of_a_small_programme_are_counted_and_not_kept():
    assert (shown(ProgrammeFactory()), KeptFigures.objects.exists()) == ({"n": 0}, False)


def test_another_version_has_no_figures_until_they_are_counted_and_takes_the_place_of_the_old_one():
    programme = ProgrammeFactory(seats_taken=5000)
    kept.keep(programme, {"people": {"n": 1}, "names": {"n": 2}}, now=NOW, version=1)
    assert [shown(programme, version) for version in (1, 2)] == [{"n": 1}, None]
    kept.keep(programme, {"people": {"n": 3}, "names": {"n": 4}}, now=NOW, version=2)
    assert shown(programme, 2) == {"n": 3}
    assert sorted(KeptFigures.objects.values_list("kind", flat=True)) == ["names/2", "people/2"]


def test_a_programme_is_large_from_five_thousand_seats_on():
    assert [kept.is_large(ProgrammeFactory.build(seats_taken=seats)) for seats in (4999, 5000)] == [False, True]


TASKS = {"people/0": "reports.tasks.count_standing", "names/0": "reports.tasks.count_standing"}


def looked_up(programme, now, capture):
    """What a page has at hand, what it says of it, and how often it rang."""
    programme = Programme.objects.get(pk=programme.pk)
    with capture() as rung:
        kept.look_up([programme], TASKS, now=now)
    found, age = kept.at_hand(programme, "people"), kept.Age.of(programme, now=now)
    return found and found["n"], age.has_gaps, age.looks_again, age.is_late, len(rung)


def test_what_was_never_counted_is_asked_for_once_a_minute_until_a_page_says_that_nobody_answers(
    django_capture_on_commit_callbacks,
):
    programme = ProgrammeFactory()
    seconds = [0, 30, 61, 62, 11 * 60, 11 * 60 + 1]
    found = [
        looked_up(programme, NOW + dt.timedelta(seconds=each), django_capture_on_commit_callbacks) for each in seconds
    ]
    assert [each[-1] for each in found] == [1, 0, 1, 0, 1, 0]
    assert [each[:-1] for each in found] == [(None, True, True, False)] * 4 + [(None, True, False, True)] * 2


def test_figures_are_shown_however_old_and_asked_for_when_older_than_a_minute(django_capture_on_commit_callbacks):
    programme = ProgrammeFactory()
    kept.keep(programme, {"people": {"n": 1}, "names": {"n": 2}}, now=NOW)
    minutes = [0, 2, 2, 61, 80]
    found = [looked_up(programme, NOW + each * MINUTE, django_capture_on_commit_callbacks) for each in minutes]
    assert [each[-1] for each in found] == [0, 1, 0, 1, 1]
    assert [each[:-1] for each in found[:2]] == [(1, False, False, False)] * 2
    assert found[-1][:-1] == (1, False, False, True)
    kept.keep(programme, {"people": {"n": 3}, "names": {"n": 4}}, now=NOW + 81 * MINUTE)
    answered = looked_up(programme, NOW + 82 * MINUTE, django_capture_on_commit_callbacks)
    assert answered == (3, False, False, False, 0)


@pytest.mark.parametrize("number", [1, 3])
def test_looking_up_takes_three_queries_at_most_and_none_again(number, django_assert_num_queries):
    programmes = [ProgrammeFactory() for _number in range(number)]
    with django_assert_num_queries(2):  # what there is, and rows for what there is not
        kept.look_up(programmes, TASKS, now=NOW)
    with django_assert_num_queries(0):
        kept.look_up(programmes, TASKS, now=NOW)
    for programme in programmes:
        kept.keep(programme, {"people": {"n": 1}}, now=NOW)
    fresh = list(Programme.objects.all())
    with django_assert_num_queries(2):  # what there is, and that it is asked for
        kept.look_up(fresh, TASKS, now=NOW + 2 * MINUTE)


def test_a_cache_that_does_not_answer_stops_no_page(settings):
    programme = ProgrammeFactory()
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": "redis://127.0.0.1:1"}
    }
    kept.look_up([programme], TASKS, now=NOW)
    again = Programme.objects.get(pk=programme.pk)
    kept.look_up([again], TASKS, now=NOW + 2 * MINUTE)
    assert kept.at_hand(again, "people") is None
