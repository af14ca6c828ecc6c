"""The doorbell: ids in, one action called."""

from celery import shared_task
from django.utils import timezone

from registrations.later import later
from registrations.models import Programme

campaigns = later("reports.campaigns.actions")
counting = later("reports.counting")
files = later("reports.files")
library = later("reports.library.index")
publishing = later("reports.publishing")
retention = later("reports.retention")
standing = later("reports.standing")


@shared_task(name="reports.tasks.make_report_files")
def make_report_files() -> None:
    """The sweep: every file of a published report that is not made yet."""
    files().make_waiting(now=timezone.now())


@shared_task(name="reports.tasks.index_library")
def index_library() -> None:
    """Bring what the library finds up to date."""
    library().index_library(now=timezone.now())


@shared_task(name="reports.tasks.carry_retention_out")
def carry_retention_out() -> None:
    """Delete the next portions of what is kept no longer."""
    retention().carry_out(now=timezone.now())


@shared_task(name="reports.tasks.send_campaigns")
def send_campaigns() -> None:
    """Go on with every message to many that is being sent."""
    campaigns().send_all(now=timezone.now())


@shared_task(name="reports.tasks.count_standing")
def count_standing(programme: int) -> None:
    """Count again where a large programme stands."""
    found = Programme.objects.filter(pk=programme).first()
    if found:
        standing().count_again(found, now=timezone.now())


@shared_task(name="reports.tasks.count_results")
def count_results(programme: int) -> None:
    """Count again what a report of a large programme would say."""
    found = Programme.objects.filter(pk=programme).first()
    if found:
        counting().count_again(found, now=timezone.now())


@shared_task(name="reports.tasks.publish_where_asked")
def publish_where_asked() -> None:
    """The sweep: every large programme whose results somebody has asked to publish."""
    publishing().publish_where_asked(now=timezone.now())
