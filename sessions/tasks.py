"""The Celery door. The database knows what is due; ringing only shortens the wait."""

from celery import shared_task
from django.utils import timezone

from registrations import kept
from registrations.models import Programme
from sessions import actions, file_counts, tallies
from sessions.models import AttendanceImport, ImportPreview


@shared_task(name="sessions.tasks.carry_on_import")
def carry_on_import(pk: int) -> None:
    """Do what is due for one import: read it, count what was approved, or count again what was undone."""
    found = AttendanceImport.objects.filter(pk=pk).first()
    if found is not None:
        actions.carry_on(found, now=timezone.now())
        actions.work_out_changes(found)


@shared_task(name="sessions.tasks.work_out_changes")
def work_out_changes(pk: int) -> None:
    """Work out what a file would change, where somebody waits for it."""
    found = AttendanceImport.objects.defer("content").filter(pk=pk).first()
    if found is not None:
        actions.work_out_changes(found)


@shared_task(name="sessions.tasks.carry_on_imports")
def carry_on_imports() -> None:
    """Do what is due for every import."""
    for pk in list(AttendanceImport.objects.due(timezone.now()).order_by("pk").values_list("pk", flat=True)):
        carry_on_import(pk)
    for pk in list(ImportPreview.objects.due(timezone.now()).values_list("attendance_import", flat=True)):
        work_out_changes(pk)


@shared_task(name="sessions.tasks.match_where_asked")
def match_where_asked() -> None:
    """Match the names of every programme again for which somebody asked."""
    actions.match_where_asked(now=timezone.now())


@shared_task(name="sessions.tasks.write_about_sessions")
def write_about_sessions() -> None:
    """Tell of sessions that were moved or cancelled, and remind of those that are near."""
    now = timezone.now()
    actions.tell_of_changes(now=now)
    actions.remind_of_sessions(now=now)


@shared_task(name="sessions.tasks.carry_fetches")
def carry_fetches() -> None:
    """Write how often materials were fetched beside the other audience figures; forget whose fetches they were."""
    actions.carry_fetches(now=timezone.now())


@shared_task(name="sessions.tasks.clear_files")
def clear_files() -> None:
    """Delete files that no material names any more."""
    actions.clear_files(now=timezone.now())


@shared_task(name=tallies.TASK)
def count_attendance(programme: int) -> None:
    """Count again who was present in the sessions of a large programme, and what became of the lines of its files."""
    found, now = Programme.objects.filter(pk=programme).first(), timezone.now()
    if found and not all(kept.is_young(found, kind, now=now) for kind in (tallies.KIND, file_counts.KIND)):
        tallies.count_again(found, now=now)
        kept.keep(found, file_counts.figures(found), now=now)
