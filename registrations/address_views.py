"""Pages on a person's mail: what was sent, where to, and how to correct the address."""

import uuid

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from registrations import changing_address
from registrations.access import personal, speak_to
from registrations.backoffice import user_of
from registrations.doorbell import ring
from registrations.errors import Refused
from registrations.forms import AddressForm
from registrations.models import AddressChange, Bounce, Mail, Registration
from registrations.own_mail import as_own, own_mails, text_of
from registrations.people import safety
from registrations.reader_zone import zones_for
from registrations.tasks import send_due_mail

page = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@personal
def own_mail(request: HttpRequest, registration: Registration) -> HttpResponse:
    """Everything that was mailed to a person, the latest first."""
    before = request.GET.get("before", "")
    key = int(before) if before.isdecimal() and len(before) < 19 else None
    zones = zones_for(request, registration.programme, registration)
    mails, earlier = own_mails(registration, zones, before=key)
    context = {
        "registration": registration,
        "zones": zones,
        "mails": mails,
        "earlier": earlier,
        "is_later": key is not None,
    }
    return render(request, "registrations/own_mail.html", context)


@require_safe
@personal
def one_mail(request: HttpRequest, registration: Registration, number: uuid.UUID) -> HttpResponse:
    """The text of one of them."""
    mail = get_object_or_404(
        Mail.objects.select_related("bounce", "registration"), uuid=number, registration=registration
    )
    zones = zones_for(request, registration.programme, registration)
    context = {
        "registration": registration,
        "zones": zones,
        "mail": as_own(mail, registration, zones),
        "text": text_of(mail),
        "message": safety.message_of(mail, registration),
    }
    return render(request, "registrations/one_mail.html", context)


@page
@personal
def own_address(request: HttpRequest, registration: Registration) -> HttpResponse:
    """Where we write to, and another address to write to: a mail goes there, and its link is the proof."""
    form = AddressForm(request.POST.dict() if request.method == "POST" else None)
    if form.is_valid():
        try:
            changing_address.ask(registration, form.cleaned_data["email"], now=timezone.now())
        except Refused as refusal:
            form.add_error("email", str(refusal))
        else:
            ring(send_due_mail)
            return redirect("registrations:own_address", token=registration.link_token)
    return render(request, "registrations/own_address.html", {**_standing(registration), "form": form})


@require_POST
@personal
def keep_address(request: HttpRequest, registration: Registration) -> HttpResponse:
    """Leave the address as it is after all."""
    changing_address.take_back(registration, now=timezone.now())
    return redirect("registrations:own_address", token=registration.link_token)


@never_cache
@page
def confirm_address(request: HttpRequest, token: str) -> HttpResponse:
    """What the link in the mail to a new address opens: a page with a button, and the button confirms."""
    now = timezone.now()
    change = changing_address.found_by(token, now=now)
    if change is None:
        return _answer(request, None, status=404)
    speak_to(change.registration, request)
    if request.method != "POST" or change.confirmed_at:
        return _answer(request, change)
    try:
        registration = changing_address.confirm(change, now=now)
    except Refused as refusal:
        return _answer(request, change, refusal=str(refusal), status=409)
    ring(send_due_mail)
    messages.success(request, _("Thank you: from now on we write to you at this address."))
    return redirect("personal_page", token=registration.link_token)


@page
def correct_address(request: HttpRequest, pk: int) -> HttpResponse:
    """The same for an organiser, about somebody whose mail comes back."""
    user = user_of(request)
    registration = get_object_or_404(Registration.objects.visible_to(user).select_related("programme"), pk=pk)
    posted = request.POST.dict() if request.method == "POST" else None
    form = AddressForm(posted, initial={"email": registration.email})
    if form.is_valid():
        try:
            changing_address.ask(registration, form.cleaned_data["email"], by=user, now=timezone.now())
        except Refused as refusal:
            form.add_error("email", str(refusal))
        else:
            ring(send_due_mail)
            messages.success(request, _("A link is on its way to this address. Once it is confirmed, it counts."))
            return redirect("admin:registrations_registration_change", pk)
    context = {
        **admin.site.each_context(request),
        **_standing(registration),
        "title": _("Correct the address"),
        "form": form,
    }
    return TemplateResponse(request, "admin/registrations/address.html", context)


def _standing(registration: Registration) -> dict[str, object]:
    """The address, why mail comes back from it if it does, and the change that waits."""
    bounces = Bounce.objects.filter(mail__registration=registration, mail__to=registration.email)
    return {
        "registration": registration,
        "bounce": bounces.first() if registration.address_bounced_at else None,
        "change": changing_address.open_change(registration, now=timezone.now()),
    }


def _answer(
    request: HttpRequest, change: AddressChange | None, *, refusal: str = "", status: int = 200
) -> HttpResponse:
    context = {"change": change, "programme": change and change.registration.programme, "refusal": refusal}
    response = render(request, "registrations/confirm_address.html", context, status=status)
    response["Referrer-Policy"] = "same-origin"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
