"""The reader's time zone: what it is, and the page on which to choose it."""

import zoneinfo

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_safe

from registrations.models import Programme
from registrations.zones import is_zone
from reports.two_zones import TwoZones
from reports.zone_choice import regions, todays_name

UTC = zoneinfo.ZoneInfo("UTC")


def chosen_zone(request: HttpRequest) -> str:
    """The name of the zone that the reader chose, as it is called today, or ""."""
    name = request.COOKIES.get(settings.READER_ZONE_COOKIE, "")
    return todays_name(name) if is_zone(name) else ""


def zones_for(request: HttpRequest, programme: Programme) -> TwoZones:
    """The programme's zone beside the reader's; UTC stands in for a reader who chose none."""
    name = chosen_zone(request)
    return TwoZones(programme.zone, zoneinfo.ZoneInfo(name) if name else UTC, is_chosen=bool(name))


@require_safe
def choose_zone(request: HttpRequest) -> HttpResponse:
    """All zones by region in one small form; the choice is kept in a cookie by `registrations:set_zone`."""
    target = request.GET.get("next", "")
    is_safe = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    context = {
        "regions": regions(),
        "chosen": chosen_zone(request),
        "next": target if is_safe else reverse("home"),
    }
    return render(request, "reports/choose_zone.html", context)
