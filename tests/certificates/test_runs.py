"""What a run costs, and what happens beside it."""

import threading

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from certificates import actions
from certificates.actions import issue
from certificates.completion import Rule
from certificates.models import Certificate, CertificateFile, CompletionRule, IssueRun
from certificates.requirements import Group, Mode, OrganisersYes
from registrations.models import Mail
from tests.certificates_factories import a_programme
from tests.registrations_factories import UserFactory
from tests.sessions_factories import AFTERWARDS


@pytest.mark.django_db
@pytest.mark.parametrize(("people", "queries"), [(2, 35), (4, 54), (6, 73)])
def test_a_run_costs_as_many_queries_for_each_chunk(people, queries, monkeypatch, django_assert_num_queries):
    monkeypatch.setattr(issue, "CHUNK", 2)
    programme = a_programme(people=people)
    run = actions.request_issue(programme, by=None, now=AFTERWARDS)
    run = IssueRun.objects.select_related("programme").get(pk=run.pk)
    with django_assert_num_queries(queries):
        actions.carry_on(run, now=AFTERWARDS)
    assert CertificateFile.objects.count() == people


@pytest.mark.django_db
def test_a_run_judges_by_the_version_that_its_certificates_name():
    programme = a_programme(people=2, sessions=3)
    first = CompletionRule.objects.in_force(programme)
    only_yes = Rule(80, Group(Mode.ALL, (OrganisersYes(),)))
    actions.set_rule(programme, only_yes, by=None, now=AFTERWARDS)
    assert (len(issue.due_in(programme, first)), len(issue.due_in(programme))) == (2, 0)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_commands_at_once_issue_each_certificate_once():
    programme = a_programme(people=8)
    outcomes, together = [], threading.Barrier(2, timeout=60)

    def issue_certificates():
        together.wait()
        try:
            call_command("issue_certificates", programme.slug, "--json")
            outcomes.append("issued")
        except CommandError as refusal:
            outcomes.append(str(refusal))
        finally:
            connection.close()

    threads = [threading.Thread(target=issue_certificates) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(outcomes) == 2
    assert "issued" in outcomes
    assert set(outcomes) <= {
        "issued",
        "Another worker is issuing this programme's certificates.",
        "Nobody is due: everybody who meets the rule has a certificate already.",
    }
    assert [Certificate.objects.count(), CertificateFile.objects.count(), Mail.objects.count()] == [8, 8, 8]
    serials = Certificate.objects.values_list("serial", flat=True)
    assert sorted(int(serial[-5:]) for serial in serials) == list(range(1, 9))


@pytest.mark.django_db
def test_a_run_that_is_cancelled_while_it_works_leaves_the_rest_to_the_next(monkeypatch):
    """Cancelled while the second chunk is in hand: that one is finished, the next run does what is left."""
    monkeypatch.setattr(issue, "CHUNK", 2)
    programme, organiser = a_programme(people=8), UserFactory()
    run = actions.request_issue(programme, by=None, now=AFTERWARDS)

    def clock():
        """Read when the run is claimed and at the end of each chunk."""
        if CertificateFile.objects.count() == 4:
            actions.cancel(IssueRun.objects.get(pk=run.pk), by=organiser, now=AFTERWARDS)
        return AFTERWARDS

    run, made = actions.carry_on(run, now=AFTERWARDS, clock=clock), 4
    assert run.cancelled_by == organiser
    assert [Certificate.objects.count(), CertificateFile.objects.count(), Mail.objects.count()] == [made] * 3

    rest = actions.carry_on(actions.request_issue(programme, by=None, now=AFTERWARDS), now=AFTERWARDS)
    assert (rest.total, rest.done, rest.is_running) == (8 - made, 8 - made, False)
    assert [Certificate.objects.count(), CertificateFile.objects.count(), Mail.objects.count()] == [8, 8, 8]
    serials = Certificate.objects.values_list("serial", flat=True)
    assert sorted(int(serial[-5:]) for serial in serials) == list(range(1, 9))
