"""The doorbell: ids in, one action called."""

from celery import shared_task
from django.utils import timezone

from certificates import actions, drafted, tallies
from certificates.actions import checked
from certificates.models import IssueRun
from registrations.doorbell import ring
from registrations.models import Programme
from registrations.tasks import send_due_mail


@shared_task(name="certificates.tasks.continue_issue_run")
def continue_issue_run(pk: int) -> None:
    """Carry one run on; nothing where it is gone, finished or in another worker's hands."""
    run = IssueRun.objects.select_related("programme").filter(pk=pk).first()
    if run:
        actions.carry_on(run, now=timezone.now())
        ring(send_due_mail)


@shared_task(name="certificates.tasks.continue_issue_runs")
def continue_issue_runs() -> None:
    """The sweep: every run with work left, whoever began it, then PDFs that were left over."""
    for run in IssueRun.objects.unfinished().select_related("programme").order_by("requested_at"):
        actions.carry_on(run, now=timezone.now())
    actions.render_leftovers(now=timezone.now())


@shared_task(name=tallies.TASK)
def count_completion(programme: int) -> None:
    """Count again what the rule says about everybody in a large programme."""
    found = Programme.objects.filter(pk=programme).first()
    if found:
        tallies.count_again(found, now=timezone.now())


@shared_task(name=checked.TASK)
def check_issuing(programme: int) -> None:
    """Make the check before issuing again in a large programme."""
    found = Programme.objects.filter(pk=programme).first()
    if found:
        checked.count_again(found, now=timezone.now())


@shared_task(name=drafted.TASK)
def compare_drafts(programme: int) -> None:
    """Find out again what drafts of a rule that somebody looks at would change in a large programme."""
    found = Programme.objects.filter(pk=programme).first()
    if found:
        drafted.count_again(found, now=timezone.now())
