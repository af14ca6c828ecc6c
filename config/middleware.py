"""Every request has an address that a database can be asked about, and is read in its reader's time zone."""

import zoneinfo
from collections.abc import Callable

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
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


class NoNulMiddleware:
    """An address with a NUL character leads nowhere: PostgreSQL refuses it, and the page would be an error of ours."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\0" in request.path_info:
            raise Http404
        return self.get_response(request)
