"""Attendance logs whose time is over: files, lines and the names in them go; the minutes stay as they were counted."""

import datetime as dt

from django.db import transaction

from registrations.erased import ERASED
from registrations.models import Programme, RetentionRecord
from registrations.retaining import record
from sessions.actions.erasing import without_name
from sessions.actions.imports import request_undo
from sessions.models import AttendanceIdentity, AttendanceImport, AttendanceRow, ImportPreview, TrainingSession

CHUNK = 1000  # rows deleted in one transaction
What = RetentionRecord.What


def delete_logs(programme: Programme, *, now: dt.datetime) -> int:
    """Delete the next portion of a programme's attendance logs; how many things, 0 when nothing is left or it waits.

    Files that nobody applied are put away first. Nothing begins while a worker counts a file: the next call finds it
    counted. From the first portion on, nothing is counted from lines any more.
    """
    return _close(programme, now) or _delete_rows(programme, now) or _blank_names(programme, now)


@transaction.atomic
def _close(programme: Programme, now: dt.datetime) -> int:
    """Let go of the files, and freeze the minutes. Holds the sessions' rows, as counting does."""
    files = AttendanceImport.objects.filter(programme=programme).order_by("pk")
    if programme.logs_deleted_at or not files.exists():
        return 0
    list(TrainingSession.objects.select_for_update().filter(programme=programme).values_list("pk", flat=True))
    for unapplied in files.filter(approved_at=None, refused_at=None, undone_at=None).defer("content"):
        request_undo(unapplied, now=now)
    if files.unfinished().exists():
        return 0
    ImportPreview.objects.filter(attendance_import__programme=programme).delete()
    Programme.objects.filter(pk=programme.pk).update(logs_deleted_at=now)
    programme.logs_deleted_at = now
    for refused in files.exclude(refusal_details={}).defer("content"):
        files.filter(pk=refused.pk).update(refusal_details=_without_words(refused.refusal_details))
    held = files.filter(content_dropped_at__isnull=True).order_by()
    dropped = held.update(content=b"", content_dropped_at=now)
    files.order_by().update(file_name=ERASED)
    return record(programme, What.FILES, dropped, now=now)


def _without_words(details: dict[str, object]) -> dict[str, object]:
    """Numbers stay; what was quoted from the file does not."""
    return {key: value if isinstance(value, int | float) else ERASED for key, value in details.items()}


@transaction.atomic
def _delete_rows(programme: Programme, now: dt.datetime) -> int:
    if not programme.logs_deleted_at:
        return 0
    rows = AttendanceRow.objects.filter(attendance_import__programme=programme).order_by("pk")
    keys = list(rows.values_list("pk", flat=True)[:CHUNK])
    deleted, _by_table = AttendanceRow.objects.filter(pk__in=keys).delete()
    return record(programme, What.LINES, deleted, now=now)


@transaction.atomic
def _blank_names(programme: Programme, now: dt.datetime) -> int:
    if not programme.logs_deleted_at:
        return 0
    named = AttendanceIdentity.objects.for_programme(programme).exclude(name__startswith=f"{ERASED} ", email="")
    keys = list(named.order_by("pk").values_list("pk", flat=True)[:CHUNK])
    blanked = named.filter(pk__in=keys).order_by().update(**without_name(now))
    return record(programme, What.NAMES, blanked, now=now)
