"""The doorbell: ids in, one action called."""

from celery import shared_task
from django.utils import timezone

from registrations.later import later

files = later("reports.files")


@shared_task(name="reports.tasks.make_report_files")
def make_report_files() -> None:
    """The sweep: every file of a published report that is not made yet."""
    files().make_waiting(now=timezone.now())
