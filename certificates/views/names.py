"""The page on which participants look at the name that will be printed on their certificate."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from certificates.actions.names import say_name
from certificates.errors import Refused
from certificates.forms import OwnNameForm
from certificates.models import Certificate, NameConfirmation, NameRequest
from registrations.access import personal
from registrations.models import Registration
from registrations.throttle import is_too_often_for

PER_HOUR = 20


@require_http_methods(["GET", "HEAD", "POST"])
@personal
def own_name(request: HttpRequest, registration: Registration) -> HttpResponse:
    """Confirm the name or correct it; once there is a certificate, ask for another."""
    certificate = Certificate.objects.filter(registration=registration).latest_of_each().first()
    confirmed = NameConfirmation.objects.filter(registration=registration).first()
    form = OwnNameForm(request.POST if request.method == "POST" else None, initial=_start(registration, confirmed))
    form.is_for_certificate = certificate is not None
    if registration.is_seated and form.is_valid() and _said(registration, form):
        return redirect("certificates:name", registration.link_token)
    context = {
        "registration": registration,
        "certificate": certificate,
        "confirmed": confirmed if confirmed and confirmed.printed_name == registration.printed_name else None,
        "asked": NameRequest.objects.filter(registration=registration).first(),
        "form": form,
    }
    return render(request, "certificates/name.html", context)


def _start(registration: Registration, confirmed: NameConfirmation | None) -> dict[str, str]:
    return {"printed_name": registration.printed_name, "latin_name": confirmed.latin_name if confirmed else ""}


def _said(registration: Registration, form: OwnNameForm) -> bool:
    if is_too_often_for(f"registration-{registration.pk}", "certificates.name", limit=PER_HOUR, seconds=3600):
        form.add_error(None, _("This was sent too often. Try again in an hour."))
        return False
    try:
        say_name(registration, **form.cleaned_data, now=timezone.now())
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return False
    return True
