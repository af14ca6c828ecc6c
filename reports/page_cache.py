"""Public pages, kept for a few seconds for visitors about whom nothing is known but their language and time zone."""

import functools
import gzip
import hashlib
from collections.abc import Callable
from typing import Concatenate, ParamSpec

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language

from registrations.zones import is_zone

SECONDS = 15
_LONGEST_PATH = 200

Rest = ParamSpec("Rest")
View = Callable[Concatenate[HttpRequest, Rest], HttpResponse]


def briefly_kept(view: View[Rest]) -> View[Rest]:
    """Answer visitors who have neither a session nor a message from a copy at most 15 seconds old.

    The copy depends on path, language, time zone and styles only. A page that sets a cookie, asks for a CSRF token, has a
    query string or any status but 200 is never kept. The compressed copy is safe: it mixes no secret with a visitor's input.
    """

    @functools.wraps(view)
    def answer(request: HttpRequest, /, *args: Rest.args, **kwargs: Rest.kwargs) -> HttpResponse:
        if not _is_plain_visit(request):
            return view(request, *args, **kwargs)
        key = _key(request)
        kept = cache.get(key)
        if kept is None:
            response = view(request, *args, **kwargs)
            if not _may_be_kept(request, response):
                return response
            kept = (response.content, gzip.compress(response.content, 6, mtime=0))
            cache.set(key, kept, SECONDS)
        return _response(request, *kept)

    return answer


def _is_plain_visit(request: HttpRequest) -> bool:
    return (
        request.method in {"GET", "HEAD"}
        and not request.META.get("QUERY_STRING")
        and len(request.path) <= _LONGEST_PATH
        and settings.SESSION_COOKIE_NAME not in request.COOKIES
        and "messages" not in request.COOKIES
    )


def _key(request: HttpRequest) -> str:
    zone = request.COOKIES.get(settings.READER_ZONE_COOKIE, "")
    parts = "\n".join([request.path, get_language() or "", zone if is_zone(zone) else "", _styles()])
    return f"page:{hashlib.sha256(parts.encode()).hexdigest()}"


@functools.cache
def _styles() -> str:
    """Which styles stand in the page. The policy of now does not allow those of before: such a copy would show none."""
    return hashlib.sha256("".join(settings.INLINED.values()).encode()).hexdigest()


def _may_be_kept(request: HttpRequest, response: HttpResponse) -> bool:
    return (
        response.status_code == 200
        and not response.streaming
        and not response.cookies
        and "CSRF_COOKIE" not in request.META
    )


def _response(request: HttpRequest, plain: bytes, compressed: bytes) -> HttpResponse:
    takes_gzip = "gzip" in request.META.get("HTTP_ACCEPT_ENCODING", "")
    response = HttpResponse(compressed if takes_gzip else plain)
    if takes_gzip:
        response["Content-Encoding"] = "gzip"
    patch_vary_headers(response, ["Accept-Encoding", "Cookie"])
    return response
