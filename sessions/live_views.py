"""The live view of a programme's sessions, and its attendance as files. For its organisers and administrators."""

from django.contrib import admin
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from registrations import kept
from registrations.backoffice import organised_programme
from registrations.downloads import csv_download, xlsx_download
from registrations.reader_zone import zones_for
from sessions.exports import AttendanceTable
from sessions.live import live_sessions
from sessions.models import TrainingSession

LOOKS_AGAIN = 20  # seconds between two looks while a session runs


@require_safe
def live(request: HttpRequest, pk: int) -> HttpResponse:
    """Each session in numbers; while one runs, the page looks again by itself."""
    programme, now = organised_programme(request, pk), timezone.now()
    zones = zones_for(request, programme)
    sessions = live_sessions(programme, now=now)
    age, may_look = kept.Age.of(programme, now=now), "still" not in request.GET
    context = {
        **admin.site.each_context(request),
        "title": _("Live view"),
        "opts": TrainingSession._meta,
        "programme": programme,
        "sessions": sessions,
        "age": age,
        "waits": may_look and age is not None and age.looks_again,
        "corrections": sum(one.corrections for one in sessions),
        "looks_again": LOOKS_AGAIN if may_look and any(one.is_running for one in sessions) else None,
        "looked": zones.moment(now),
    }
    return render(request, "admin/training_sessions/live.html", context)


@require_safe
def attendance_csv(request: HttpRequest, pk: int) -> StreamingHttpResponse:
    """Everybody's minutes as CSV."""
    table = AttendanceTable.of(organised_programme(request, pk))
    return csv_download(f"{table.programme.slug}-attendance", table.heads, table.lines())


@require_safe
def attendance_xlsx(request: HttpRequest, pk: int) -> StreamingHttpResponse:
    """Everybody's minutes as a workbook."""
    table = AttendanceTable.of(organised_programme(request, pk))
    return xlsx_download(f"{table.programme.slug}-attendance", table.sheets)
