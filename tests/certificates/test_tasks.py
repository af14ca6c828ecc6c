import pytest

from certificates import actions, tasks
from certificates.models import CertificateFile, IssueRun
from tests.certificates_factories import a_programme
from tests.sessions_factories import AFTERWARDS

pytestmark = pytest.mark.django_db


def test_the_doorbell_carries_one_run_on():
    run = actions.request_issue(a_programme(people=1), by=None, now=AFTERWARDS)
    tasks.continue_issue_run(run.pk)
    tasks.continue_issue_run(run.pk)
    tasks.continue_issue_run(run.pk + 1)
    assert CertificateFile.objects.count() == 1
    assert not IssueRun.objects.get().is_running


def test_the_sweep_carries_every_run_on():
    for _number in range(2):
        actions.request_issue(a_programme(people=1), by=None, now=AFTERWARDS)
    tasks.continue_issue_runs()
    tasks.continue_issue_runs()
    assert CertificateFile.objects.count() == 2
    assert IssueRun.objects.unfinished().count() == 0
