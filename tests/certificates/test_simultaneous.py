"""Two workers at once, on PostgreSQL, where they truly run at once."""

import threading

import pytest
from django.db import IntegrityError, connection

from certificates import actions
from certificates.actions import issue, records
from certificates.completion import Rule
from certificates.errors import Refused
from certificates.models import Certificate, CertificateFile, IssueRun
from registrations.models import Mail
from tests.certificates_factories import AssignmentFactory, a_programme
from tests.sessions_factories import AFTERWARDS

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def at_once(*jobs):
    """Run the jobs in threads that start together; what they raise is raised here."""
    barrier, problems = threading.Barrier(len(jobs)), []

    def work(job):
        try:
            barrier.wait(timeout=60)
            job()
        except Exception as problem:
            problems.append(problem)
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=[job]) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert problems == []


def counts():
    return [Certificate.objects.count(), CertificateFile.objects.count(), Mail.objects.count()]


def serial_numbers():
    return sorted(int(serial[-5:]) for serial in Certificate.objects.values_list("serial", flat=True))


def test_two_workers_on_one_run_give_everybody_one_certificate(monkeypatch):
    """The lease is off, so that both work through the same people at the same time."""
    monkeypatch.setattr(issue, "CHUNK", 3)
    monkeypatch.setattr(issue, "LEASE", -issue.LEASE)
    programme = a_programme(people=20)
    run = actions.request_issue(programme, by=None, now=AFTERWARDS)
    at_once(*[lambda: actions.carry_on(IssueRun.objects.get(pk=run.pk), now=AFTERWARDS)] * 2)
    assert counts() == [20, 20, 20]
    assert serial_numbers() == list(range(1, 21))


def test_with_the_lease_one_of_two_workers_does_the_work():
    programme = a_programme(people=5)
    run = actions.request_issue(programme, by=None, now=AFTERWARDS)
    at_once(*[lambda: actions.carry_on(IssueRun.objects.get(pk=run.pk), now=AFTERWARDS)] * 2)
    assert counts() == [5, 5, 5]
    assert IssueRun.objects.get().done == 5


def test_two_requests_at_once_are_one_run():
    programme = a_programme(people=1)
    at_once(*[lambda: actions.request_issue(programme, by=None, now=AFTERWARDS)] * 4)
    assert IssueRun.objects.count() == 1


def test_two_corrections_at_once_give_one_successor():
    programme = a_programme(people=1)
    actions.carry_on(actions.request_issue(programme, by=None, now=AFTERWARDS), now=AFTERWARDS)
    refused = []

    def correct(name):
        try:
            actions.supersede(Certificate.objects.get(serial=serial), printed_name=name, by=None, now=AFTERWARDS)
        except Refused:
            refused.append(name)

    serial = Certificate.objects.get().serial
    at_once(lambda: correct("One"), lambda: correct("Two"))
    assert [Certificate.objects.count(), len(refused)] == [2, 1]
    assert Certificate.objects.current().count() == 1


def test_without_the_lock_two_workers_stumble_over_each_other(monkeypatch):
    """The negative control: what the lock prevents does happen without it, and the constraint is what remains."""
    monkeypatch.setattr(records, "lock", lambda counter: None)
    programme = a_programme(people=1)
    judged, rule = actions.evaluations(programme), programme.completion_rules.get()
    records.counter_of(programme)
    looked = threading.Barrier(2, timeout=60)
    take = records.take_serials

    def slowly(counter, number):
        looked.wait()
        return take(counter, number)

    monkeypatch.setattr(records, "take_serials", slowly)
    outcomes = []

    def work():
        try:
            outcomes.append(len(records.record(programme, judged, rule, by=None, now=AFTERWARDS)))
        except IntegrityError:
            outcomes.append("refused by the constraint")

    at_once(work, work)
    assert sorted(outcomes, key=str) == [1, "refused by the constraint"]
    assert Certificate.objects.count() == 1


def test_two_adoptions_at_once_give_one_version():
    programme = a_programme(people=0)
    rules = [Rule.simple(number, 80, is_survey_required=False) for number in (1, 3)]
    drafts = [actions.draft_rule(programme, rule, by=None, now=AFTERWARDS) for rule in rules]
    refused = []

    def adopt(draft):
        try:
            actions.adopt(draft, against=1, by=None, now=AFTERWARDS)
        except Refused:
            refused.append(draft)

    at_once(*[lambda draft=draft: adopt(draft) for draft in drafts])
    assert (len(refused), list(programme.completion_rules.values_list("version", flat=True))) == (1, [2, 1])


def test_an_assignment_that_two_accept_at_once_is_accepted_once():
    programme = a_programme(people=3)
    assignment = AssignmentFactory(programme=programme)
    pks = list(programme.registrations.values_list("pk", flat=True))
    at_once(*[lambda: actions.accept(assignment, pks, by=None, now=AFTERWARDS)] * 3)
    assert assignment.acceptances.count() == 3
