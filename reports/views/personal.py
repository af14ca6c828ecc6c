"""A participant's own page: where they stand and what is next."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from registrations.access import personal
from registrations.models import Registration
from registrations.reader_zone import zones_for
from registrations.recognition import remember
from reports.dates import date_range
from reports.materials import own_materials
from reports.participation import participation_of
from sessions.own_check_ins import own_check_ins


@require_safe
@personal
def personal_page(request: HttpRequest, registration: Registration) -> HttpResponse:
    """The page behind the personal link. Looking changes nothing: mail scanners open links, too.

    The browser is recognised from then on when it scans a check-in code (see `registrations.recognition`).
    """
    programme, now = registration.programme, timezone.now()
    zones = zones_for(request, programme, registration)
    context = {
        "registration": registration,
        "programme": programme,
        "dates": date_range(programme.start_date, programme.end_date),
        "zones": zones,
        "part": participation_of(registration, zones, now),
        "check_ins": own_check_ins(registration, now),
        "materials": own_materials(registration, now),
        "may_withdraw": not programme.has_ended(now),
    }
    response = render(request, "reports/personal_page.html", context)
    remember(response, registration)
    return response
