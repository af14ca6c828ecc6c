"""A light brake on guessing: what a client got wrong lately. Codes cannot be guessed; this keeps the log quiet."""

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

MISSES_ALLOWED = 30
SECONDS = 60


def has_missed_too_often(request: HttpRequest) -> bool:
    """Count one miss of this client, and say whether there were too many within a minute. Hits are never counted."""
    key = f"certificates:misses:{_client(request)}"
    cache.add(key, 0, SECONDS)
    try:
        return cache.incr(key) > MISSES_ALLOWED
    except ValueError:  # expired between the two calls
        return False


def _client(request: HttpRequest) -> str:
    """The client's address; behind a proxy of ours, what that proxy says it is."""
    forwarded = request.headers.get("X-Forwarded-For", "") if settings.SECURE_PROXY_SSL_HEADER else ""
    return forwarded.rpartition(",")[2].strip() or str(request.META.get("REMOTE_ADDR", ""))
