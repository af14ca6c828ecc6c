"""The Celery door. The database knows what is due; ringing only shortens the wait."""

import logging

from celery import shared_task
from celery.contrib.django.task import DjangoTask
from django.utils import timezone
from kombu.exceptions import OperationalError

from sessions import actions
from sessions.models import AttendanceImport

logger = logging.getLogger(__name__)


@shared_task(name="sessions.tasks.apply_import", base=DjangoTask)
def apply_import(pk: int) -> None:
    """Apply one import."""
    found = AttendanceImport.objects.filter(pk=pk).first()
    if found is not None:
        actions.apply_import(found, now=timezone.now())


@shared_task(name="sessions.tasks.apply_due_imports")
def apply_due_imports() -> None:
    """Apply every import that is due."""
    for pk in list(AttendanceImport.objects.due(timezone.now()).order_by("pk").values_list("pk", flat=True)):
        apply_import(pk)


def ring_for(upload: AttendanceImport) -> None:
    """Have the import applied at once; where the broker does not answer, the sweep finds it within seconds."""
    try:
        apply_import.delay_on_commit(upload.pk)
    except (OperationalError, OSError):
        logger.warning("The broker did not answer; the sweep will apply import %s.", upload.pk)
