import datetime as dt

import pytest

from registrations import kept
from registrations.models import KeptFigures
from tests.registrations_factories import NOW, ProgrammeFactory

pytestmark = pytest.mark.django_db
MINUTE = dt.timedelta(minutes=1)


class Counting:
    """Counts how often it was asked."""

    def __init__(self):
        self.times = 0

    def __call__(self):
        self.times += 1
        return {"people": {"n": self.times}, "names": {"n": -self.times}}


def shown(programme, count, now, version=0):
    found = kept.kept(programme, "people", count, "certificates.tasks.count_completion", now=now, version=version)
    return found.figures["n"], found.counted_at


def test_figures_are_kept_for_an_hour_and_then_counted_before_they_are_shown():
    programme, count = ProgrammeFactory(), Counting()
    moments = [NOW, NOW + 30 * MINUTE, NOW + 60 * MINUTE, NOW + 61 * MINUTE]
    assert [shown(programme, count, moment) for moment in moments] == [(1, NOW), (1, NOW), (1, NOW), (2, moments[3])]
    assert kept.kept(programme, "names", count, "", now=moments[3]).figures == {"n": -2}


def test_newer_figures_are_asked_for_once_a_minute(django_capture_on_commit_callbacks):
    programme, count = ProgrammeFactory(), Counting()
    shown(programme, count, NOW)
    asked = []
    for seconds in (59, 61, 90, 130):
        with django_capture_on_commit_callbacks() as rung:
            shown(programme, count, NOW + dt.timedelta(seconds=seconds))
        asked.append(len(rung))
    assert (asked, count.times) == ([0, 1, 0, 1], 1)


def test_another_version_is_counted_and_takes_the_place_of_the_old_one():
    programme, count = ProgrammeFactory(), Counting()
    assert [shown(programme, count, NOW, version) for version in (1, 2, 2)] == [(1, NOW), (2, NOW), (2, NOW)]
    assert sorted(KeptFigures.objects.values_list("kind", flat=True)) == ["names/2", "people/2"]


def test_a_programme_is_large_from_five_thousand_seats_on():
    assert [kept.is_large(ProgrammeFactory.build(seats_taken=seats)) for seats in (4999, 5000)] == [False, True]
