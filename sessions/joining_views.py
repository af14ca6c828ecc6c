"""The way from the personal page into a session, in a language."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_safe

from registrations.access import personal
from registrations.models import Registration
from sessions.actions import note_language
from sessions.models import SessionLanguage


@require_safe
@personal
def join(request: HttpRequest, registration: Registration, pk: int, language: str) -> HttpResponse:
    """On to the meeting, noting the language; back to the own page where there is no seat or no link (any more)."""
    rows = SessionLanguage.objects.filter(session__programme=registration.programme, session=pk, language=language)
    row = get_object_or_404(rows.select_related("session"))
    if not registration.is_seated or not row.address:
        return redirect("personal_page", registration.link_token)
    if request.method == "GET":
        note_language(registration, row.session, language, now=timezone.now())
    response = HttpResponseRedirect(row.address)
    response["Referrer-Policy"] = "no-referrer"
    return response
