"""A browser that opened somebody's personal page is recognised again, for one purpose, until it is closed.

Scanning a check-in code opens an address that says nothing about who scans it. The cookie that says so is sent to the
addresses of the check-in only, opens no page, and is worthless once the personal link is revoked. See decision 9.
"""

import datetime as dt

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare, salted_hmac

from registrations.models import Programme, Registration

PATH = "/check-in/"
LASTS = dt.timedelta(days=30)  # for browsers that are never closed, as on phones
_SALT = "registrations.recognition"


def remember(response: HttpResponse, registration: Registration) -> None:
    """Let this browser be recognised as the person's, at the check-in of the person's programme."""
    value = signing.dumps([registration.pk, _fingerprint(registration)], salt=_SALT)
    response.set_cookie(
        _name(registration.programme_id),
        value,
        path=PATH,
        httponly=True,
        samesite="Lax",
        secure=settings.IS_SECURE_SITE,
    )


def recognised(request: HttpRequest, programme: Programme) -> Registration | None:
    """Whose browser it is, if it opened a personal page of this programme lately whose link still holds."""
    try:
        pk, fingerprint = signing.loads(request.COOKIES.get(_name(programme.pk), ""), salt=_SALT, max_age=LASTS)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    found = Registration.objects.filter(pk=pk, programme=programme).select_related("programme").first()
    return found if found and constant_time_compare(_fingerprint(found), fingerprint) else None


def _name(programme: int) -> str:
    return f"own_page_{programme}"


def _fingerprint(registration: Registration) -> str:
    """Of the personal link, so that another link makes another fingerprint and none can be read back."""
    return salted_hmac(_SALT, registration.link_token).hexdigest()[:20]
