"""Having one's own data erased, and an organiser doing so on somebody's behalf."""

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from certificates.models import Certificate
from registrations.access import personal
from registrations.backoffice import user_of
from registrations.models import Registration
from reports.erasure import erase_person


@require_http_methods(["GET", "HEAD", "POST"])
@personal
def erase_own_data(request: HttpRequest, registration: Registration) -> HttpResponse:
    """Says what goes and what stays, asks for a tick, then erases; the link is worthless from then on."""
    is_sure = request.POST.get("sure") == "yes"
    if request.method == "POST" and is_sure:
        erase_person(registration, now=timezone.now())
        return redirect("reports:data_erased")
    context = {
        "registration": registration,
        "certificate": Certificate.objects.filter(registration=registration).current().first(),
        "is_unsure": request.method == "POST",
    }
    return render(request, "reports/erase_own_data.html", context)


@require_safe
def data_erased(request: HttpRequest) -> HttpResponse:
    """The receipt: the same for everybody, since nothing is known of the reader any more."""
    return render(request, "reports/data_erased.html")


@require_http_methods(["GET", "HEAD", "POST"])
def erase_on_behalf(request: HttpRequest, pk: int) -> HttpResponse:
    """The same in the back office, for somebody who asked by letter or has lost the link."""
    user = user_of(request)
    registration = get_object_or_404(Registration.objects.visible_to(user).select_related("programme"), pk=pk)
    is_sure = request.POST.get("sure") == "yes"
    if request.method == "POST" and is_sure:
        erase_person(registration, by=user, now=timezone.now())
        messages.success(request, _("The person was erased. Figures and certificates stay as they are."))
        return redirect("admin:registrations_registration_change", pk)
    context = {
        **_admin_context(request),
        "title": _("Erase a person"),
        "registration": registration,
        "is_unsure": request.method == "POST",
    }
    return TemplateResponse(request, "admin/registrations/erase.html", context)


def _admin_context(request: HttpRequest) -> dict[str, object]:
    return dict(admin.site.each_context(request))
