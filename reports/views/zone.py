"""The page on which readers choose their time zone."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_safe

from registrations.reader_zone import chosen_zone
from registrations.zone_choice import regions


@require_safe
def choose_zone(request: HttpRequest) -> HttpResponse:
    """All zones by region in one small form; the choice is kept in a cookie by `registrations:set_zone`."""
    target = request.GET.get("next", "")
    is_safe = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    context = {
        "regions": regions(),
        "chosen": chosen_zone(request),
        "next": target if is_safe else reverse("home"),
    }
    return render(request, "reports/choose_zone.html", context)
