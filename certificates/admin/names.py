"""Names that were confirmed, and requests for another name on a certificate."""

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from certificates.actions.names import grant_name, refuse_name
from certificates.admin.certificate import ProgrammeFilter
from certificates.admin.page import page
from certificates.errors import Refused
from certificates.forms import RefuseNameForm
from certificates.models import Certificate, NameConfirmation, NameRequest
from registrations.backoffice import ScopedAdmin, user_of


@admin.register(NameConfirmation)
class NameConfirmationAdmin(ScopedAdmin[NameConfirmation]):
    """Who confirmed which name."""

    programme_path = "registration__programme"
    can_add = False
    can_change = False
    list_display = ["printed_name", "latin_name", "registration", "confirmed_at"]
    list_filter = [ProgrammeFilter]
    list_select_related = ["registration"]
    search_fields = ["printed_name", "latin_name", "registration__printed_name"]


@admin.register(NameRequest)
class NameRequestAdmin(ScopedAdmin[NameRequest]):
    """The queue: each request has a page on which it is granted or refused."""

    programme_path = "registration__programme"
    can_add = False
    can_change = False
    list_display = ["printed_name", "latin_name", "registration", "asked_at", "answered_at", "answered_by"]
    list_filter = [("answered_at", admin.EmptyFieldListFilter), ProgrammeFilter]
    list_select_related = ["registration", "answered_by"]

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, object] | None = None,
    ) -> HttpResponse:
        """What stands on the certificate and what is asked for; by POST, the answer."""
        rows = self.get_queryset(request).select_related("registration__programme", "answered_by")
        row = get_object_or_404(rows, pk=object_id if object_id.isdecimal() else None)
        refusing = "refuse" in request.POST
        form = RefuseNameForm(request.POST if refusing else None)
        if request.method == "POST" and (not refusing or form.is_valid()) and _answered(request, row, form, refusing):
            return HttpResponseRedirect(reverse("admin:certificates_namerequest_changelist"))
        certificate = Certificate.objects.filter(registration=row.registration).latest_of_each().first()
        return page(
            request,
            self.admin_site,
            "name_request",
            _("Another name on a certificate"),
            programme=row.registration.programme,
            asked=row,
            certificate=certificate,
            form=form,
        )


def _answered(request: HttpRequest, row: NameRequest, form: RefuseNameForm, refusing: bool) -> bool:
    try:
        if refusing:
            refuse_name(row, **form.cleaned_data, by=user_of(request), now=timezone.now())
            messages.success(request, _("The request is refused; the person reads why on the own page."))
        else:
            made = grant_name(row, by=user_of(request), now=timezone.now())
            messages.success(request, _("Certificate %(serial)s takes its place.") % {"serial": made.serial})
    except Refused as refusal:
        messages.error(request, str(refusal))
        return False
    return True
