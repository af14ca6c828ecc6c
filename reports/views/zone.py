"""The reader's time zone: what it is, and the page on which to choose it."""

import itertools
import zoneinfo

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_safe

from registrations.models import Programme
from registrations.zones import is_zone, zone_names
from reports.two_zones import TwoZones

UTC = zoneinfo.ZoneInfo("UTC")


def chosen_zone(request: HttpRequest) -> str:
    """The name of the zone that the reader chose, or ""."""
    name = request.COOKIES.get(settings.READER_ZONE_COOKIE, "")
    return name if name and is_zone(name) else ""


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
        "regions": _zones_by_region(),
        "chosen": chosen_zone(request),
        "next": target if is_safe else reverse("home"),
    }
    return render(request, "reports/choose_zone.html", context)


def _zones_by_region() -> list[tuple[str, list[tuple[str, str]]]]:
    """[("Africa", [("Africa/Abidjan", "Abidjan"), ...]), ...]"""
    regions = itertools.groupby(zone_names(), key=lambda name: name.partition("/")[0])
    return [(region, [(name, _place(name)) for name in names]) for region, names in regions]


def _place(name: str) -> str:
    return name.partition("/")[2].replace("_", " ").replace("/", ", ")
