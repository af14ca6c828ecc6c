"""The certificates: find one, read it, fetch its PDF, revoke it, correct its name."""

from collections.abc import Iterator

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from certificates import actions
from certificates.admin.mass import mass_view
from certificates.admin.page import page
from certificates.errors import Refused
from certificates.forms import NameForm, RevokeForm
from certificates.models import Certificate, CertificateFile
from certificates.views.personal import pdf_response
from registrations.backoffice import ScopedAdmin, user_of
from registrations.models import Programme


class StateFilter(admin.SimpleListFilter):
    """By what became of it."""

    title = gettext_lazy("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: object) -> list[tuple[str, str]]:
        """The states, and the PDFs that could not be made."""
        states = [(state.value, str(state.label)) for state in Certificate.State]
        return [*states, ("broken", _("PDF not made"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Certificate]) -> QuerySet[Certificate]:
        """Only those."""
        if self.value() == Certificate.State.VALID:
            return queryset.filter(revoked_at__isnull=True, superseded_at__isnull=True)
        if self.value() == Certificate.State.REVOKED:
            return queryset.filter(revoked_at__isnull=False)
        if self.value() == Certificate.State.SUPERSEDED:
            return queryset.filter(superseded_at__isnull=False)
        return queryset.filter(pk__in=Certificate.objects.unrendered()) if self.value() == "broken" else queryset


class ProgrammeFilter(admin.SimpleListFilter):
    """By programme, out of one's own."""

    title = gettext_lazy("programme")
    parameter_name = "programme"

    def lookups(self, request: HttpRequest, model_admin: object) -> Iterator[tuple[str, str]]:
        """The user's programmes."""
        own = Programme.objects.organised_by(user_of(request))
        return ((str(pk), title) for pk, title in own.values_list("pk", "title"))

    def queryset(self, request: HttpRequest, queryset: QuerySet[Certificate]) -> QuerySet[Certificate]:
        """Only its certificates."""
        value = self.value() or ""
        return queryset.filter(registration__programme=int(value)) if value.isdecimal() else queryset


@admin.register(Certificate)
class CertificateAdmin(ScopedAdmin[Certificate]):
    """A certificate is never edited here: it is revoked, or superseded by a corrected one."""

    programme_path = "registration__programme"
    can_add = False
    can_change = False
    list_display = ["serial", "printed_name", "short_title", "issue_date", "state_text"]
    list_filter = [StateFilter, ProgrammeFilter]
    search_fields = ["serial", "printed_name", "code"]
    date_hierarchy = "issued_at"
    ordering = ["-issued_at", "serial"]
    list_per_page = 50
    actions = ["revoke_selected", "replace_selected"]

    @admin.action(description=gettext_lazy("Revoke the selected certificates"))
    def revoke_selected(self, request: HttpRequest, queryset: QuerySet[Certificate]) -> HttpResponse | None:
        """Ask for the reason and the number first."""
        return mass_view(request, self.admin_site, queryset, is_revoking=True)

    @admin.action(description=gettext_lazy("Replace the selected certificates by new ones"))
    def replace_selected(self, request: HttpRequest, queryset: QuerySet[Certificate]) -> HttpResponse | None:
        """Ask for the number first."""
        return mass_view(request, self.admin_site, queryset, is_revoking=False)

    @admin.display(description=gettext_lazy("programme"))
    def short_title(self, certificate: Certificate) -> str:
        """The printed title, cut where it would make the row tall."""
        return Truncator(certificate.programme_title).chars(50)

    @admin.display(description=gettext_lazy("state"))
    def state_text(self, certificate: Certificate) -> str:
        """Valid, superseded or revoked."""
        return str(certificate.state.label)

    def get_urls(self) -> list[URLPattern]:
        """Beside the admin's own: the file and the two corrections."""
        wrap = self.admin_site.admin_view
        return [
            path("<int:pk>/pdf/", wrap(self.pdf_view), name="certificates_pdf"),
            path("<int:pk>/revoke/", wrap(self.revoke_view), name="certificates_revoke"),
            path("<int:pk>/correct/", wrap(self.correct_view), name="certificates_correct"),
            *super().get_urls(),
        ]

    def pdf_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The stored PDF."""
        own = self.get_queryset(request).filter(pk=pk)
        file = CertificateFile.objects.filter(certificate__in=own).select_related("certificate").first()
        if file is None:
            raise Http404(_("The PDF of this certificate is not made yet."))
        return pdf_response(file)

    def revoke_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask for the reason, then revoke."""
        certificate = get_object_or_404(self.get_queryset(request), pk=pk)
        form = RevokeForm(request.POST or None)
        if form.is_valid():
            try:
                actions.revoke(certificate, **form.cleaned_data, by=user_of(request), now=timezone.now())
            except Refused as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, _("The certificate is revoked; its page says so from now on."))
                return self._back(certificate)
        return self._ask(request, "revoke", _("Revoke a certificate"), certificate, form)

    def correct_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask for the right name, then put a corrected certificate in its place."""
        queryset = self.get_queryset(request).select_related("registration__programme")
        certificate = get_object_or_404(queryset, pk=pk)
        form = NameForm(request.POST or None, initial={"printed_name": certificate.printed_name})
        if form.is_valid():
            try:
                made = actions.supersede(certificate, **form.cleaned_data, by=user_of(request), now=timezone.now())
            except Refused as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, _("Certificate %(serial)s takes its place.") % {"serial": made.serial})
                return self._back(made)
        return self._ask(request, "correct", _("Correct the name on a certificate"), certificate, form)

    def _ask(
        self, request: HttpRequest, template: str, title: str, certificate: Certificate, form: Form
    ) -> HttpResponse:
        return page(request, self.admin_site, template, title, certificate=certificate, form=form)

    def _back(self, certificate: Certificate) -> HttpResponseRedirect:
        return HttpResponseRedirect(reverse("admin:certificates_certificate_change", args=[certificate.pk]))
