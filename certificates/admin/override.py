"""Exceptions: listed, made for one person with a reason, taken back."""

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from certificates import actions
from certificates.admin.funnel import funnel_view, missing_view
from certificates.admin.page import page
from certificates.decision_forms import FindForm, ReasonForm
from certificates.errors import Refused
from certificates.explanation import standings
from certificates.facts import agenda_of, names_of, prospects_of
from certificates.models import Override
from registrations.backoffice import ProgrammeFilter, ScopedAdmin, organised_programme, user_of
from registrations.models import Registration


class StandingFilter(admin.SimpleListFilter):
    """By whether it stands, and whether a certificate came of it."""

    title = gettext_lazy("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: object) -> list[tuple[str, str]]:
        """The states."""
        return [
            ("standing", _("in force")),
            ("withdrawn", pgettext("state", "taken back")),
            ("used", _("a certificate was issued by it")),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Override]) -> QuerySet[Override]:
        """Only those."""
        conditions = {
            "standing": {"withdrawn_at__isnull": True},
            "withdrawn": {"withdrawn_at__isnull": False},
            "used": {"certificates__isnull": False},
        }
        value = self.value()
        return queryset.filter(**conditions[value]).distinct() if value in conditions else queryset


@admin.register(Override)
class OverrideAdmin(ScopedAdmin[Override]):
    """Every exception that was ever made, with who made it, when and why."""

    programme_path = "registration__programme"
    can_add = False
    can_change = False
    list_display = ["registration", "reason", "programme", "given_at", "given_by", "withdrawn_at"]
    list_filter = [StandingFilter, ("registration__programme", ProgrammeFilter)]
    list_select_related = ["registration__programme", "given_by"]
    fields = ["registration", "reason", "given_at", "given_by", "withdrawn_at", "withdrawn_by"]
    change_form_template = "admin/certificates/override_change.html"

    @admin.display(description=gettext_lazy("programme"))
    def programme(self, override: Override) -> str:
        """Whose it is."""
        return str(override.registration.programme)

    def get_urls(self) -> list[URLPattern]:
        """Beside the admin's own: who meets what, and making and taking back."""
        wrap, site = self.admin_site.admin_view, self.admin_site
        return [
            path(
                "programme/<int:pk>/funnel/",
                wrap(lambda request, pk: funnel_view(request, site, pk)),
                name="certificates_funnel",
            ),
            path(
                "programme/<int:pk>/missing/",
                wrap(lambda request, pk: missing_view(request, site, pk)),
                name="certificates_missing",
            ),
            path("programme/<int:pk>/find/", wrap(self.find_view), name="certificates_exception_find"),
            path("person/<int:pk>/", wrap(self.make_view), name="certificates_exception"),
            path("<int:pk>/take-back/", wrap(self.withdraw_view), name="certificates_exception_withdraw"),
            *super().get_urls(),
        ]

    def find_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask for an address, which leads to the person's page; it is sent by POST, so that it stands in no log."""
        programme = organised_programme(request, pk)
        form = FindForm(request.POST or None)
        if form.is_valid():
            seated = Registration.objects.for_programme(programme).seated()
            found = seated.filter(email=form.cleaned_data["email"].strip().lower()).first()
            if found:
                return HttpResponseRedirect(reverse("admin:certificates_exception", args=[found.pk]))
            form.add_error("email", _("Nobody with a seat in this programme has this address."))
        return page(request, self.admin_site, "find_person", _("Make an exception"), programme=programme, form=form)

    def make_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show where a person stands and ask for the reason."""
        people = Registration.objects.filter(programme__in=self.programmes(request)).select_related("programme")
        person = get_object_or_404(people, pk=pk)
        form = ReasonForm(request.POST or None)
        if form.is_valid():
            try:
                actions.make_exception(person, **form.cleaned_data, by=user_of(request), now=timezone.now())
            except Refused as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, _("The exception is made. It is listed here and can be taken back."))
                return HttpResponseRedirect(_list_of(person))
        evaluation, now = actions.evaluation_of(person), timezone.now()
        told = []
        if evaluation:
            prospects = prospects_of(person.programme, evaluation.rule, agenda_of(person.programme), now=now)
            told = standings(evaluation, prospects, names_of([evaluation.rule]))
        return page(
            request,
            self.admin_site,
            "exception",
            _("Make an exception"),
            programme=person.programme,
            person=person,
            evaluation=evaluation,
            standings=told,
            form=form,
        )

    def withdraw_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask once more, then take it back."""
        rows = self.get_queryset(request).select_related("registration__programme")
        override = get_object_or_404(rows, pk=pk)
        if request.method == "POST":
            try:
                actions.withdraw_exception(override, by=user_of(request), now=timezone.now())
            except Refused as refusal:
                messages.error(request, str(refusal))
            else:
                messages.success(request, _("The exception is taken back."))
            return HttpResponseRedirect(_list_of(override.registration))
        return page(
            request,
            self.admin_site,
            "withdraw_exception",
            _("Take an exception back"),
            programme=override.registration.programme,
            override=override,
            certificate=override.certificates.filter(superseded_at__isnull=True).first(),
        )


def _list_of(registration: Registration) -> str:
    address = reverse("admin:certificates_override_changelist")
    return f"{address}?registration__programme__id__exact={registration.programme_id}"
