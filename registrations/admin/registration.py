"""People: found, corrected, withdrawn, exported."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from registrations import actions
from registrations.backoffice import ProgrammeFilter, ScopedAdmin, user_of
from registrations.choices import country_choices
from registrations.details import RegistrationDetails
from registrations.downloads import csv_download, xlsx_download
from registrations.errors import Refused
from registrations.exporting import EXPORTED, MOMENTS, rows_of
from registrations.forms import PersonForm
from registrations.models import Registration
from registrations.workbook import Sheet

ENDS = ["address_bounced_at", "consent_withdrawn_at", "erased_at", "erased_by"]


class StatusFilter(admin.SimpleListFilter):
    """By what the moments say."""

    title = gettext_lazy("status")
    parameter_name = "status"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """The four of them."""
        return [(status.value, status.label) for status in Registration.Status]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Those who stand there."""
        conditions = {
            Registration.Status.PENDING: {"confirmed_at__isnull": True, "withdrawn_at__isnull": True},
            Registration.Status.SEATED: {"seated_at__isnull": False},
            Registration.Status.WAITING: {
                "confirmed_at__isnull": False,
                "seated_at__isnull": True,
                "withdrawn_at__isnull": True,
            },
            Registration.Status.WITHDRAWN: {"withdrawn_at__isnull": False},
        }
        chosen = self.value()
        return queryset.filter(**conditions[Registration.Status(chosen)]) if chosen in conditions else queryset


class ArrivalFilter(admin.SimpleListFilter):
    """Whose address has to be corrected."""

    title = gettext_lazy("mail")
    parameter_name = "mail"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """One choice: the others are everybody else."""
        return [("returned", gettext_lazy("comes back"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Those whose mail comes back."""
        return queryset.filter(address_bounced_at__isnull=False) if self.value() == "returned" else queryset


class CountryFilter(admin.SimpleListFilter):
    """The countries of the people one may see."""

    title = gettext_lazy("country or territory")
    parameter_name = "country"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Sorted by name."""
        used = set(model_admin.get_queryset(request).order_by().values_list("country", flat=True).distinct())
        return [(code, name) for code, name in country_choices() if code in used]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Those from there."""
        return queryset.filter(country=self.value()) if self.value() else queryset


class CorrectionForm(forms.ModelForm):
    """What an organiser may correct, under the rules that hold for the person."""

    class Meta:
        model = Registration
        fields = list(PersonForm.base_fields)

    def clean(self) -> dict[str, Any]:
        """Tidied as if the person had typed it."""
        values = super().clean() or self.cleaned_data
        if not self.errors:
            plain = {name: str(values[name]) for name in PersonForm.base_fields}
            try:
                tidy = RegistrationDetails(email=self.instance.email, **plain).tidied()
                values |= {name: value for name, value in tidy.as_fields().items() if name != "email"}
            except Refused as refusal:
                self.add_error(None, str(refusal))
        return values


@admin.register(Registration)
class RegistrationAdmin(ScopedAdmin[Registration]):
    """People register themselves, so none is added here; the personal link is never shown."""

    can_add = False
    form = CorrectionForm
    list_display = ["printed_name", "status_label", "country_name", "sector", "email", "registered_at", "programme"]
    list_filter = [
        ("programme", ProgrammeFilter),
        StatusFilter,
        ArrivalFilter,
        "gender",
        "sector",
        CountryFilter,
    ]
    date_hierarchy = "registered_at"
    list_per_page = 50
    list_select_related = ["programme"]
    search_fields = ["found_by__holds"]
    search_help_text = gettext_lazy("Name, e-mail or organisation")
    readonly_fields = ["programme", "email", "status_label", "privacy_version", *MOMENTS, *ENDS]
    fieldsets = [
        (None, {"fields": ["programme", "email", "status_label"]}),
        (gettext_lazy("The person"), {"fields": ["given_name", "family_name", "printed_name", "gender", "language"]}),
        (
            gettext_lazy("Work"),
            {"fields": ["country", "city", "organisation", "position", "sector", "sector_other"]},
        ),
        (gettext_lazy("What happened when"), {"fields": [*MOMENTS, *ENDS, "privacy_version"]}),
    ]
    actions = ["export_csv", "export_xlsx", "send_link_again", "revoke_link", "withdraw"]

    def has_change_permission(self, request: HttpRequest, obj: Registration | None = None) -> bool:
        """Not after a withdrawal, and not of somebody who was erased."""
        return super().has_change_permission(request, obj) and not (obj and (obj.is_withdrawn or obj.is_erased))

    def save_model(self, request: HttpRequest, obj: Registration, form: Any, change: bool) -> None:
        """By the same action as the person's own correction."""
        plain = {name: str(form.cleaned_data[name]) for name in PersonForm.base_fields}
        actions.change_details(obj, RegistrationDetails(email=obj.email, **plain), now=timezone.now())

    @admin.display(description=gettext_lazy("status"))
    def status_label(self, registration: Registration) -> str:
        """In words."""
        return str(registration.status.label)

    @admin.display(description=gettext_lazy("country or territory"), ordering="country")
    def country_name(self, registration: Registration) -> str:
        """Its name; Django would go through all countries for each row."""
        return dict(country_choices()).get(str(registration.country), "")

    @admin.display(description=gettext_lazy("privacy text agreed to"))
    def privacy_version(self, registration: Registration) -> str:
        """Its version."""
        return str(registration.privacy_text)

    def get_urls(self) -> list[URLPattern]:
        """The list to take away, beside the admin's own pages."""
        wrap, name = self.admin_site.admin_view, "registrations_registration_export"
        return [
            path("export.csv", wrap(self.export), {"action": "export_csv"}, name=f"{name}_csv"),
            path("export.xlsx", wrap(self.export), {"action": "export_xlsx"}, name=f"{name}_xlsx"),
            *super().get_urls(),
        ]

    def export(self, request: HttpRequest, action: str) -> HttpResponseBase:
        """Whoever the list shows under this address, on all its pages."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        try:
            people = self.get_changelist_instance(request).queryset
        except IncorrectLookupParameters:
            return HttpResponseRedirect(reverse("admin:registrations_registration_changelist"))
        response: HttpResponseBase = getattr(self, action)(request, people)
        return response

    @admin.action(description=gettext_lazy("Export as CSV"), permissions=["view"])
    def export_csv(self, request: HttpRequest, queryset: QuerySet[Registration]) -> StreamingHttpResponse:
        """Everything that was asked and when; cells that look like formulas are guarded by an apostrophe."""
        return csv_download("registrations", EXPORTED, rows_of(queryset))

    @admin.action(description=gettext_lazy("Export as XLSX"), permissions=["view"])
    def export_xlsx(self, request: HttpRequest, queryset: QuerySet[Registration]) -> StreamingHttpResponse:
        """The same as a workbook; its cells are texts, which nothing runs."""
        return xlsx_download("registrations", [Sheet(_("Registrations"), EXPORTED, rows_of(queryset))])

    @admin.action(description=gettext_lazy("Send the personal link again"), permissions=["change"])
    def send_link_again(self, request: HttpRequest, queryset: QuerySet[Registration]) -> None:
        """By mail to its owner; not more often than is good."""
        sent = sum(
            actions.send_own_link(registration, by=user_of(request), now=timezone.now())
            for registration in queryset.select_related("programme")
        )
        words = ngettext("%(sent)s link is on its way.", "%(sent)s links are on their way.", sent)
        self.message_user(request, words % {"sent": sent})
        if sent < queryset.count():
            words = _("The other addresses got a link in the last minutes, or enough of them today.")
            self.message_user(request, words, messages.WARNING)

    @admin.action(description=gettext_lazy("Make the personal link worthless"), permissions=["change"])
    def revoke_link(self, request: HttpRequest, queryset: QuerySet[Registration]) -> None:
        """As after a link got into the wrong hands."""
        for registration in queryset:
            actions.revoke_link(registration, by=user_of(request), now=timezone.now())
            self.log_change(request, registration, _("Personal link revoked."))
        self.message_user(request, _("The old links lead nowhere now. Send the new ones when you like."))

    @admin.action(description=gettext_lazy("Withdraw"), permissions=["change"])
    def withdraw(self, request: HttpRequest, queryset: QuerySet[Registration]) -> HttpResponse | None:
        """Asks first, since each of them gets a mail and the seat goes to somebody else."""
        people = queryset.filter(withdrawn_at__isnull=True).select_related("programme")
        if "sure" not in request.POST:
            return self._ask_before_withdrawing(request, people)
        for registration in people:
            actions.withdraw(registration, by=user_of(request), now=timezone.now())
            self.log_change(request, registration, _("Withdrawn."))
        self.message_user(request, _("Withdrawn. Seats that became free go to those who wait."))
        return None

    def _ask_before_withdrawing(self, request: HttpRequest, people: QuerySet[Registration]) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": _("Withdraw"),
            "opts": self.opts,
            "people": people,
            "checkbox": ACTION_CHECKBOX_NAME,
        }
        return TemplateResponse(request, "admin/registrations/withdraw.html", context)
