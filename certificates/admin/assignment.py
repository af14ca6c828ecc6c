"""Assignments, and the pages on which they are accepted and an organiser's yes is given."""

from django.contrib import admin
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from certificates import actions
from certificates.admin.marks import Marking, marks_view
from certificates.models import Acceptance, Assignment, Confirmation
from registrations.backoffice import ProgrammeFilter, ScopedAdmin, organised_programme
from registrations.models import Programme


@admin.register(Assignment)
class AssignmentAdmin(ScopedAdmin[Assignment]):
    """What participants hand in. The rule may ask for it; work is accepted on a page of its own."""

    list_display = ["title", "programme", "due_at", "accepted", "acceptances_link"]
    list_filter = [("programme", ProgrammeFilter)]
    list_select_related = ["programme"]
    fields = ["programme", "title", "due_at"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Assignment]:
        """With the number of people whose work is accepted."""
        standing = Q(acceptances__withdrawn_at__isnull=True)
        return super().get_queryset(request).annotate(accepted_total=Count("acceptances", filter=standing))

    def get_readonly_fields(self, request: HttpRequest, obj: Assignment | None = None) -> list[str]:
        """Whose it is stays, once it is there."""
        return ["programme"] if obj else []

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, str | list[str]]:
        """The programme that the link names."""
        return {"programme": request.GET.get("programme", "")}

    @admin.display(description=gettext_lazy("accepted"))
    def accepted(self, assignment: Assignment) -> int:
        """Of how many people."""
        return int(getattr(assignment, "accepted_total", 0))

    @admin.display(description=gettext_lazy("work handed in"))
    def acceptances_link(self, assignment: Assignment) -> str:
        """The way to accept."""
        address = reverse("admin:certificates_acceptances", args=[assignment.pk])
        return format_html('<a href="{}">{}</a>', address, _("Accept work"))

    def get_urls(self) -> list[URLPattern]:
        """Beside the admin's own: accepting, and saying yes."""
        wrap = self.admin_site.admin_view
        return [
            path("<int:pk>/accepted/", wrap(self.acceptances_view), name="certificates_acceptances"),
            path("programme/<int:pk>/yes/", wrap(self.confirmations_view), name="certificates_confirmations"),
            *super().get_urls(),
        ]

    def acceptances_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Whose work is accepted."""
        assignment = get_object_or_404(self.get_queryset(request).select_related("programme"), pk=pk)
        return marks_view(request, self.admin_site, accepting(assignment))

    def confirmations_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """To whom an organiser has said yes."""
        return marks_view(request, self.admin_site, confirming(organised_programme(request, pk)))


def accepting(assignment: Assignment) -> Marking:
    """The marks of an assignment."""
    return Marking(
        programme=assignment.programme,
        title=_("Assignment: %(title)s") % {"title": assignment.title},
        standing=Acceptance.objects.filter(assignment=assignment).standing(),
        mark=lambda pks, note, by, now: actions.accept(assignment, pks, by=by, now=now),
        unmark=lambda pks, by, now: actions.withdraw_acceptances(assignment, pks, by=by, now=now),
        mark_text=_("Accept"),
        marked_text=_("Accepted"),
        unmarked_text=_("Not accepted"),
    )


def confirming(programme: Programme) -> Marking:
    """The organisers' yeses of a programme."""
    return Marking(
        programme=programme,
        title=_("Organisers’ yes"),
        standing=Confirmation.objects.for_programme(programme).standing(),
        mark=lambda pks, note, by, now: actions.confirm(programme, pks, note=note, by=by, now=now),
        unmark=lambda pks, by, now: actions.withdraw_confirmations(programme, pks, by=by, now=now),
        mark_text=_("Say yes"),
        marked_text=_("Confirmed"),
        unmarked_text=_("Not confirmed"),
        has_note=True,
    )
