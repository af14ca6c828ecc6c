"""What the rule says about everybody: the same figures, counted for the page or kept."""

import datetime as dt

import pytest
from django.urls import reverse

from certificates import actions, tallies
from certificates.actions.comparing import funnel, one_short
from certificates.models import CompletionRule
from certificates.tasks import count_completion
from registrations.models import Programme
from tests.certificates_factories import a_programme
from tests.registrations_factories import NOW, RegistrationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme():
    """One graduate, and one person who misses by one thing."""
    made = a_programme(people=1)
    RegistrationFactory(programme=made)
    return made


def rule_of(programme):
    return CompletionRule.objects.in_force(programme)


def large(programme):
    Programme.objects.filter(pk=programme.pk).update(seats_taken=5000)
    programme.refresh_from_db()
    return programme


def test_kept_figures_are_those_that_are_counted(programme):
    row = rule_of(programme)
    live = tallies.standing(programme, row, now=NOW)
    kept = tallies.standing(large(programme), row, now=NOW)
    assert (live.preview, live.funnel) == (actions.preview(programme), funnel(programme, row.rule))
    assert (kept.preview, kept.funnel, kept.counted_at) == (live.preview, live.funnel, NOW)
    short = [tallies.one_thing_short(programme, row, place, now=NOW).people for place in (None, 0, 1)]
    assert short == [list(one_short(programme, row.rule, place)) for place in (None, 0, 1)]


def test_the_task_counts_again(programme):
    row = rule_of(large(programme))
    assert tallies.standing(programme, row, now=NOW).preview.seated == 2
    RegistrationFactory(programme=programme)
    assert tallies.standing(programme, row, now=NOW + dt.timedelta(minutes=5)).preview.seated == 2
    count_completion(programme.pk)
    assert tallies.standing(programme, row, now=NOW).preview.seated == 3


@pytest.mark.parametrize(
    "name", ["certificates_funnel", "certificates_missing", "certificates_issue", "certificates_rule"]
)
def test_pages_of_large_programmes_say_how_old_their_figures_are(programme, name, organiser_client):
    client, address = organiser_client(programme), reverse(f"admin:{name}", args=[programme.pk])
    sentence = b"This programme is large, so its figures are counted in the background."
    assert sentence not in client.get(address).content
    large(programme)
    assert sentence in client.get(address).content
