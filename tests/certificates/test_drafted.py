"""What a draft of a rule would change: the same figures, found out for the page or kept."""

import datetime as dt

import pytest
from django.db import connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from certificates import actions
from certificates.completion import Rule
from certificates.drafted import comparison_at_hand, count_again
from certificates.models import CompletionRule, RuleDraft
from certificates.tasks import compare_drafts
from registrations.models import KeptFigures
from tests.certificates_factories import a_graduate, a_programme
from tests.registrations_factories import NOW, large

pytestmark = pytest.mark.django_db
REFRESH = 'http-equiv="refresh"'


@pytest.fixture
def programme():
    """One who stays complete under the draft, and one who loses."""
    made = a_programme(people=1)
    a_graduate(made, sessions=2, printed_name="Amina Odhiambo")
    return made


def a_draft(programme, sessions=3):
    return actions.draft_rule(programme, Rule.simple(sessions, 80, is_survey_required=False), by=None, now=NOW)


def at_hand(draft):
    """As a page reads it."""
    draft = RuleDraft.objects.select_related("programme").get(pk=draft.pk)
    return comparison_at_hand(draft, CompletionRule.objects.in_force(draft.programme), now=NOW)


def test_what_is_kept_is_what_is_found_and_each_draft_has_its_own(programme):
    drafts = [a_draft(programme), a_draft(programme, 1)]
    live = [at_hand(draft) for draft in drafts]
    assert [(each.after, len(each.losing)) for each in live] == [(1, 1), (2, 0)]
    large(programme)
    assert [at_hand(draft) for draft in drafts] == [None, None]
    count_again(programme, now=NOW)
    assert [at_hand(draft) for draft in drafts] == live


def test_a_new_version_of_the_rule_is_compared_anew(programme):
    draft = a_draft(programme)
    large(programme)
    at_hand(draft)
    count_again(programme, now=NOW)
    actions.set_rule(programme, draft.rule, by=None, now=NOW)
    assert at_hand(draft) is None
    count_again(programme, now=NOW)
    assert at_hand(draft).losing == []
    assert KeptFigures.objects.count() == 1


def test_only_what_is_waited_for_is_compared_and_old_drafts_are_forgotten(programme, django_assert_num_queries):
    large(programme)
    at_hand(a_draft(programme))
    count_again(programme, now=NOW)
    with django_assert_num_queries(3):
        count_again(programme, now=NOW)
    count_again(programme, now=NOW + dt.timedelta(days=2))
    assert not KeptFigures.objects.exists()


def test_the_page_of_a_large_programme_says_how_old_the_comparison_is(programme, organiser_client):
    client, draft = organiser_client(programme), a_draft(programme)
    address = reverse("admin:certificates_rule_draft", args=[draft.pk])

    def told():
        text = " ".join(client.get(address).content.decode().split())
        file = client.get(address, {"format": "csv"})["Content-Type"].partition(";")[0]
        said = ("being counted</dd>", "were counted", REFRESH, "Amina Odhiambo", "Put it in force")
        return [each in text for each in said], file

    assert told() == ([False, False, False, True, True], "text/csv")
    large(programme)
    assert told() == ([True, False, True, False, False], "text/html")
    compare_drafts(programme.pk)
    assert told() == ([False, True, False, True, True], "text/csv")
    KeptFigures.objects.update(counted_at=F("counted_at") - dt.timedelta(hours=2))
    assert told() == ([False, True, True, True, False], "text/html")


def test_the_page_of_a_large_programme_never_judges_everybody(programme, organiser_client):
    draft = a_draft(programme)
    client, address = organiser_client(programme), reverse("admin:certificates_rule_draft", args=[draft.pk])
    large(programme)
    client.get(address)
    compare_drafts(programme.pk)
    with CaptureQueriesContext(connection) as made:
        client.get(address)
    assert len(made) == 9
