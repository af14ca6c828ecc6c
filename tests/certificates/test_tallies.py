"""What the rule says about everybody: the same figures, counted for the page or kept."""

import datetime as dt

import pytest
from django.db import connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from certificates import actions, tallies
from certificates.actions.comparing import funnel, one_short
from certificates.models import CompletionRule
from certificates.tasks import count_completion
from registrations.models import KeptFigures, Programme
from tests.certificates_factories import CompletionRuleFactory, a_graduate, a_programme
from tests.registrations_factories import NOW, RegistrationFactory, large

pytestmark = pytest.mark.django_db
REFRESH = 'http-equiv="refresh"'


@pytest.fixture
def programme():
    """One graduate, and one person who misses by one thing."""
    made = a_programme(people=1)
    a_graduate(made, has_answered=False)
    return made


def rule_of(programme):
    return CompletionRule.objects.in_force(programme)


def count(programme):
    """As a worker does, however young the figures are."""
    KeptFigures.objects.update(counted_at=None)
    count_completion(programme.pk)
    return large(programme)


def found(programme, row):
    """All that pages show, of a programme as a page reads it."""
    programme = Programme.objects.get(pk=programme.pk)
    short = [tallies.one_thing_short(programme, row, place, now=NOW) for place in (None, 0, 1)]
    return tallies.standing(programme, row, now=NOW), short


def test_kept_figures_are_those_that_are_counted(programme):
    row = rule_of(programme)
    live, live_short = found(programme, row)
    assert (live.preview, live.funnel) == (actions.preview(programme), funnel(programme, row.rule))
    assert live_short == [list(one_short(programme, row.rule, place)) for place in (None, 0, 1)]
    assert found(large(programme), row) == (None, [None] * 3)
    assert found(count(programme), row) == (live, live_short)


def test_figures_stay_until_the_task_counts_again(programme):
    row = rule_of(count(large(programme)))
    RegistrationFactory(programme=programme)
    assert found(programme, row)[0].preview.seated == 2
    assert found(count(programme), row)[0].preview.seated == 3


def test_a_new_version_of_the_rule_has_no_figures_until_they_are_counted(programme):
    old = rule_of(count(large(programme)))
    CompletionRuleFactory(programme=programme, version=old.version + 1)
    new = rule_of(programme)
    assert found(programme, new) == (None, [None] * 3)
    assert found(count(programme), new)[0].preview.seated == 2


SAID = {
    "certificates_funnel": "<dt>meet the rule</dt><dd>1</dd>",
    "certificates_missing": '<h2 id="who">1 person</h2>',
    "certificates_issue": "Have completed the programme</th><td>1</td>",
    "certificates_rule": "Complete under it today: 1 of 2 participants with a seat.",
}
NAMES = list(SAID)
LARGE, FIRST = "so its figures are counted in the background.", "Some are being counted for the first time."


@pytest.mark.parametrize(("name", "is_typed_in"), [*zip(NAMES, [False, False, False, True], strict=True)])
def test_pages_of_large_programmes_say_how_old_their_figures_are(programme, name, is_typed_in, organiser_client):
    client, address = organiser_client(programme), reverse(f"admin:{name}", args=[programme.pk])

    def told():
        page = client.get(address).content.decode()
        return LARGE in page, FIRST in page, SAID[name] in " ".join(page.split()), REFRESH in page

    assert told() == (False, False, True, False)
    large(programme)
    assert told() == (True, True, False, not is_typed_in)
    count(programme)
    assert told() == (True, False, True, False)
    KeptFigures.objects.update(counted_at=F("counted_at") - dt.timedelta(hours=2))
    assert told() == (True, False, True, not is_typed_in)


COUNTS = {
    "certificates_funnel": [7, 8, 7, 8],
    "certificates_missing": [17, 18, 11, 12],  # some are for the people on the page, whatever their number
    "certificates_issue": [9, 10, 9, 10],
    "certificates_rule": [11, 12, 11, 12],
}


@pytest.mark.parametrize(("name", "queries"), [*COUNTS.items()])
def test_pages_of_large_programmes_never_count(programme, name, queries, organiser_client):
    client, address = organiser_client(programme), reverse(f"admin:{name}", args=[programme.pk])
    count(large(programme))
    client.get(address)
    row, long_ago = KeptFigures.objects.values, timezone.now() - dt.timedelta(hours=2)
    kept, asked = list(row("programme_id", "kind", "figures")), []
    for moment in (timezone.now(), long_ago, None):  # just now, long ago, never
        KeptFigures.objects.all().delete()
        KeptFigures.objects.bulk_create(
            KeptFigures(**each, counted_at=moment, asked_at=moment or long_ago) for each in kept
        )
        with CaptureQueriesContext(connection) as made:
            client.get(address)
        asked.append(len(made))
    KeptFigures.objects.all().delete()
    with CaptureQueriesContext(connection) as made:
        client.get(address)
    assert [*asked, len(made)] == queries


def test_a_file_of_who_misses_by_one_thing_is_never_old(programme, organiser_client):
    client, address = organiser_client(programme), reverse("admin:certificates_missing", args=[programme.pk])
    large(programme)

    def told():
        response = client.get(address, {"format": "csv"})
        return response["Content-Type"], "format=csv" in client.get(address).content.decode()

    assert told() == ("text/html; charset=utf-8", False)
    count(programme)
    assert told() == ("text/csv; charset=utf-8", True)
    KeptFigures.objects.update(counted_at=F("counted_at") - dt.timedelta(hours=2))
    assert told() == ("text/html; charset=utf-8", False)


def test_issuing_may_be_checked_while_it_is_not_known_who_is_due(organiser_client):
    programme = a_programme(people=0)
    client, address = organiser_client(programme), reverse("admin:certificates_issue", args=[programme.pk])
    check = reverse("admin:certificates_preflight", args=[programme.pk]).encode()
    found = [check in client.get(address).content]
    large(programme)
    found.append(check in client.get(address).content)
    count(programme)
    found.append(check in client.get(address).content)
    KeptFigures.objects.update(counted_at=F("counted_at") - dt.timedelta(hours=2))
    found.append(check in client.get(address).content)
    assert found == [False, True, False, True]
