"""Narrowing the list of programmes."""

import datetime as dt

import pytest
from django.utils.datastructures import MultiValueDict

from registrations.models import Programme
from reports.filters import ProgrammeFilter
from tests.registrations_factories import NOW, ProgrammeFactory

pytestmark = pytest.mark.django_db


def found(**query):
    data = MultiValueDict({name: [value] for name, value in query.items()})
    chosen = ProgrammeFilter(data, queryset=Programme.objects.order_by("slug"), now=NOW)
    return [programme.slug for programme in chosen.qs]


def test_search_finds_every_word_anywhere_in_the_text():
    ProgrammeFactory(slug="trade", title="Trade across borders", audience="Mayors")
    ProgrammeFactory(slug="water", title="Water", summary="Trade-offs")
    assert found(q="trade") == ["trade", "water"]
    assert found(q="MAYORS trade") == ["trade"]
    assert found(q="100%") == []


def test_language_means_taught_in_or_interpreted_into():
    ProgrammeFactory(slug="english", teaching_languages=["en"])
    ProgrammeFactory(slug="both", teaching_languages=["en", "zh-hans"], interpretation_languages=["ar"])
    assert found(language="ar") == ["both"]
    assert found(language="en") == ["both", "english"]
    assert found(language="fr") == []


def test_time_divides_programmes_in_three():
    day = NOW.date()
    for slug, start, end in [("past", -9, -1), ("running", -1, 0), ("upcoming", 1, 2)]:
        ProgrammeFactory(slug=slug, start_date=day + dt.timedelta(start), end_date=day + dt.timedelta(end))
    assert [found(time=time) for time in ("past", "running", "upcoming")] == [["past"], ["running"], ["upcoming"]]


def test_open_means_registration_is_open_at_the_moment():
    ProgrammeFactory(slug="open")
    ProgrammeFactory(slug="closed", registration_closes_at=NOW)
    assert found(open="on") == ["open"]
    assert found(q="") == ["closed", "open"]


def test_a_search_that_is_too_long_is_refused_and_narrows_nothing():
    ProgrammeFactory(slug="only")
    chosen = ProgrammeFilter({"q": "x" * 10_000}, queryset=Programme.objects.all(), now=NOW)
    assert chosen.form.errors == {"q": ["Ensure this value has at most 100 characters (it has 10000)."]}
    assert chosen.is_narrowed is False
