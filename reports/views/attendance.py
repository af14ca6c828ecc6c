"""A participant's own attendance, session by session."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from registrations.access import personal
from registrations.models import Registration
from registrations.reader_zone import zones_for
from reports.dates import date_range
from reports.own_attendance import own_sessions
from reports.participation import participation_of
from sessions import correction_period as period


@require_safe
@personal
def my_attendance(request: HttpRequest, registration: Registration) -> HttpResponse:
    """Minutes and where they come from, what still counts towards the certificate, and the way to a correction."""
    programme, now = registration.programme, timezone.now()
    zones = zones_for(request, programme, registration)
    part, last_day = participation_of(registration, zones, now), period.last_day(programme.end_date)
    context = {
        "registration": registration,
        "programme": programme,
        "zones": zones,
        "part": part,
        "sessions": own_sessions(registration, part, zones, now),
        "last_day": date_range(last_day, last_day),
        "is_period_over": period.is_over(programme.end_date, programme.zone, now),
    }
    return render(request, "reports/my_attendance.html", context)
