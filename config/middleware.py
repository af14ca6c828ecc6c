"""Every request is read in its reader's time zone."""

import zoneinfo
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from registrations.zones import is_zone


class ReaderZoneMiddleware:
    """Activates the zone that the reader chose (kept in a cookie); without a choice the page shows the programme's."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        name = request.COOKIES.get(settings.READER_ZONE_COOKIE, "")
        if not name or not is_zone(name):
            return self.get_response(request)
        with timezone.override(zoneinfo.ZoneInfo(name)):
            return self.get_response(request)
