"""What became of the lines of files, in numbers; kept where a programme is large."""

import datetime as dt
from collections.abc import Iterable, Mapping

from django.db.models import Count, Q

from registrations import kept
from registrations.models import Programme
from sessions.models import AttendanceImport, AttendanceRow
from sessions.models.rows import HOSTS

KIND = "files"
TASK = "sessions.tasks.count_attendance"
FIGURES = {kept.named(KIND): TASK}
NAMES = ("matched", "unmatched", "nobody", "hosts", "left_out", "in_no_session")

Counts = Mapping[str, Mapping[str, int]]  # by the key of the file, as text


def with_counts(files: Iterable[AttendanceImport], programme: Programme, *, now: dt.datetime) -> list[AttendanceImport]:
    """Each with the numbers of its lines as attributes, `NAMES`; `unmatched` wait for a decision. Two queries mostly.

    Of a large programme they may be some minutes old, except of files that were read since, and `None` while they are
    counted for the first time.
    """
    listed = list(files)
    known: Counts | None = {}
    if kept.is_large(programme):
        kept.look_up([programme], FIGURES, now=now)
        known = kept.at_hand(programme, KIND)
    if known is None:
        return _with(listed, dict.fromkeys((str(file.pk) for file in listed), dict.fromkeys(NAMES)))
    new = [file.pk for file in listed if str(file.pk) not in known]
    return _with(listed, {**known, **(_counts(Q(attendance_import__in=new)) if new else {})})


def _with(files: list[AttendanceImport], counts: Mapping[str, Mapping[str, int | None]]) -> list[AttendanceImport]:
    for file in files:
        for name in NAMES:
            setattr(file, name, counts.get(str(file.pk), {}).get(name, 0))
    return files


def figures(programme: Programme) -> kept.ByKind:
    """Those of every file of a programme that was read."""
    return {KIND: _counts(Q(attendance_import__programme=programme, attendance_import__read_at__isnull=False))}


def _counts(which: Q) -> Counts:
    host = Q(role__in=HOSTS)
    counts = Q(excluded_because="")
    matched = Q(identity__registration__isnull=False)
    decided = Q(identity__decided_at__isnull=False)
    found = (
        AttendanceRow.objects.filter(which)
        .order_by()
        .values_list("attendance_import")
        .annotate(
            matched=Count("pk", filter=counts & matched),
            unmatched=Count("pk", filter=counts & ~matched & ~decided & ~host),
            nobody=Count("pk", filter=counts & ~matched & decided),
            hosts=Count("pk", filter=counts & ~matched & ~decided & host),
            left_out=Count("pk", filter=~counts),
            in_no_session=Count("pk", filter=Q(session__isnull=True)),
        )
    )
    return {str(key): dict(zip(NAMES, numbers, strict=True)) for key, *numbers in found}
