"""The reader's time zone beside a programme's."""

import zoneinfo

from django.conf import settings
from django.http import HttpRequest

from registrations.models import Programme, Registration
from registrations.two_zones import TwoZones
from registrations.zone_choice import todays_name, zone_of_country
from registrations.zones import is_zone

UTC = zoneinfo.ZoneInfo("UTC")


def chosen_zone(request: HttpRequest) -> str:
    """The name of the zone that the reader chose, as it is called today, or ""."""
    name = request.COOKIES.get(settings.READER_ZONE_COOKIE, "")
    return todays_name(name) if is_zone(name) else ""


def zones_for(request: HttpRequest, programme: Programme, registration: Registration | None = None) -> TwoZones:
    """The programme's zone beside the reader's: the one chosen in this browser, else a participant's own, else UTC."""
    name = chosen_zone(request) or (zone_name_of(registration) if registration else "")
    return TwoZones(programme.zone, zoneinfo.ZoneInfo(name) if name else UTC, is_chosen=bool(name))


def zone_name_of(registration: Registration) -> str:
    """The zone that a person chose, else that of the country where there is only one, else ""."""
    if is_zone(registration.time_zone):
        return todays_name(registration.time_zone)
    return zone_of_country(str(registration.country))


def zones_of(registration: Registration) -> TwoZones:
    """The programme's zone beside a person's own, for mail and calendars, which know no browser."""
    name = zone_name_of(registration)
    return TwoZones(registration.programme.zone, zoneinfo.ZoneInfo(name) if name else UTC, is_chosen=bool(name))
