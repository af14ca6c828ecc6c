"""The reader's time zone beside a programme's."""

import zoneinfo

from django.conf import settings
from django.http import HttpRequest

from registrations.models import Programme
from registrations.two_zones import TwoZones
from registrations.zone_choice import todays_name
from registrations.zones import is_zone

UTC = zoneinfo.ZoneInfo("UTC")


def chosen_zone(request: HttpRequest) -> str:
    """The name of the zone that the reader chose, as it is called today, or ""."""
    name = request.COOKIES.get(settings.READER_ZONE_COOKIE, "")
    return todays_name(name) if is_zone(name) else ""


def zones_for(request: HttpRequest, programme: Programme) -> TwoZones:
    """The programme's zone beside the reader's; UTC stands in for a reader who chose none."""
    name = chosen_zone(request)
    return TwoZones(programme.zone, zoneinfo.ZoneInfo(name) if name else UTC, is_chosen=bool(name))
