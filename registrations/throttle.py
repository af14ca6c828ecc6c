"""How often one client may do something: counters in the cache, generous because a classroom shares one address.

The cache holds a keyed hash, never an address. Without the cache nobody is kept out: losing people is worse.
"""

import ipaddress
import logging

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)


def is_too_often(request: HttpRequest, name: str, *, limit: int, seconds: int) -> bool:
    """Count one more of `name` for this client; whether it is now more than `limit` in `seconds` seconds."""
    return is_too_often_for(_network(client_address(request)), name, limit=limit, seconds=seconds)


def is_too_often_for(subject: str, name: str, *, limit: int, seconds: int) -> bool:
    """Count one more of `name` for whatever `subject` names, such as a registration, from wherever it comes."""
    key = f"throttle:{name}:{salted_hmac('registrations.throttle', subject).hexdigest()}"
    try:
        if cache.add(key, 1, timeout=seconds):
            return limit < 1
        return cache.incr(key) > limit
    except ValueError:  # it ran out between the two calls
        return False
    except (RedisError, OSError) as problem:
        logger.warning("The cache does not answer, so nothing is throttled: %s", type(problem).__name__)
        return False


def client_address(request: HttpRequest) -> str:
    """The client's IP address; behind a proxy the one that the nearest proxy saw, which no client can make up."""
    if settings.SECURE_PROXY_SSL_HEADER:
        forwarded = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
        if forwarded:
            return forwarded
    return str(request.META.get("REMOTE_ADDR", ""))


def _network(address: str) -> str:
    """IPv6 subscribers get a /64, so that is what counts as one client."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return address
    return str(ipaddress.ip_network((ip, 64), strict=False)) if ip.version == 6 else address
