"""The Celery door. The database knows what is due; ringing only shortens the wait."""

from celery import shared_task
from django.utils import timezone

from sessions import actions
from sessions.models import AttendanceImport


@shared_task(name="sessions.tasks.apply_import")
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
