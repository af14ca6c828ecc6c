"""The organisers' screen of the self check-in: a code for everybody to see, and nobody's name."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from registrations.backoffice import user_of
from registrations.reader_zone import zones_for
from sessions import actions, codes
from sessions.errors import Refused
from sessions.models import CheckIn, CheckInDesk
from sessions.qr import qr_drawing
from sessions.views import organised_session

LOOKS_AGAIN = 10  # seconds after which the number of people is brought up to date, where JavaScript runs


@require_safe
def screen(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask to open the check-in, or show its code; without JavaScript the page comes anew with each code."""
    session, now = organised_session(request, pk), timezone.now()
    desk = CheckInDesk.objects.filter(session=session, closed_at__isnull=True).first()
    if desk is not None:
        desk.session = session
    is_open = desk is not None and desk.is_open(now)
    context: dict[str, object] = {
        "session": session,
        "programme": session.programme,
        "desk": desk,
        "is_open": is_open,
        "is_over": now >= session.ends_at,
        "opens": zones_for(request, session.programme).moment(desk.window.opens_at) if desk else None,
        "people": CheckIn.objects.filter(session=session).confirmed().count(),
        "left": codes.seconds_left(now),
        "looks_again": min(LOOKS_AGAIN, codes.seconds_left(now)),
    }
    if desk is not None and is_open:
        address = reverse("training_sessions:scan", args=[pk, codes.long_code(desk.secret, now)])
        context |= {
            "code": codes.grouped(codes.short_code(desk.secret, now)),
            "qr": qr_drawing(settings.SITE_URL + address),
        }
    return render(request, "admin/training_sessions/check_in.html", context)


@require_POST
def open_check_in(request: HttpRequest, pk: int) -> HttpResponse:
    """Let people check in."""
    session = organised_session(request, pk)
    try:
        actions.open_check_in(session, by=user_of(request), now=timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("admin:training_sessions_check_in", pk)


@require_POST
def close_check_in(request: HttpRequest, pk: int) -> HttpResponse:
    """Let nobody check in any more."""
    session = organised_session(request, pk)
    actions.close_check_in(session, by=user_of(request), now=timezone.now())
    messages.success(request, _("The check-in is closed. Who checked in stays checked in."))
    return redirect("admin:training_sessions_check_in", pk)
