"""Where calendars fetch the sessions."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_safe

from registrations.models import Programme, Registration
from sessions.calendar import own_calendar, public_calendar

CALENDAR = "text/calendar; charset=utf-8"


@require_safe
@never_cache
def own(request: HttpRequest, token: str) -> HttpResponse:
    """A participant's sessions. A calendar that asks with an old link is told in plain words; it keeps what it has."""
    registration = Registration.objects.select_related("programme").filter(link_token=token).first()
    if registration is None:
        text = _("This calendar link is no longer valid. Open your personal page and subscribe again.")
        return _plain(text, status=404)
    with translation.override(registration.language):
        content = own_calendar(registration)
    return _answer(content, f"{registration.programme.slug}.ics")


@require_safe
@cache_control(public=True, max_age=300)
def public(request: HttpRequest, slug: str) -> HttpResponse:
    """A published programme's sessions, without anybody's link."""
    programme = get_object_or_404(Programme.objects.published(), slug=slug)
    return _answer(public_calendar(programme), f"{slug}.ics")


def _answer(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=CALENDAR)
    response["Content-Disposition"] = f'inline; filename="{name}"'
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = "same-origin"
    return response


def _plain(text: str, *, status: int) -> HttpResponse:
    response = HttpResponse(text + "\n", content_type="text/plain; charset=utf-8", status=status)
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
