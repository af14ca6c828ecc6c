"""Issuing: what it would do, the button, and the progress of a run."""

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from certificates import actions
from certificates.admin.page import page
from certificates.admin.preflight import preflight_view, request_run, specimen_view
from certificates.errors import Refused
from certificates.explanation import rule_text
from certificates.facts import names_of
from certificates.models import CompletionRule, IssueRun
from certificates.tallies import standing
from certificates.tasks import continue_issue_run
from registrations import kept
from registrations.backoffice import ScopedAdmin, organised_programme, user_of
from registrations.doorbell import ring
from registrations.models import Mail


@admin.register(IssueRun)
class IssueRunAdmin(ScopedAdmin[IssueRun]):
    """Runs, each with a page that shows how far it is."""

    can_add = False
    can_change = False
    list_display = ["programme", "requested_at", "requested_by", "progress", "finished_at"]
    list_select_related = ["programme", "requested_by"]

    @admin.display(description=gettext_lazy("progress"))
    def progress(self, run: IssueRun) -> str:
        """Done of due."""
        return _("%(done)d of %(total)d") % {"done": run.done, "total": run.total or 0}

    def get_urls(self) -> list[URLPattern]:
        """Beside the admin's own: the page from which a programme's certificates are issued."""
        wrap, own = self.admin_site.admin_view, "programme/<int:pk>/"
        return [
            path(own, wrap(self.issue_view), name="certificates_issue"),
            path(f"{own}check/", wrap(self.preflight_view), name="certificates_preflight"),
            path(f"{own}check/<int:registration>/", wrap(specimen_view), name="certificates_specimen"),
            path("<int:pk>/cancel/", wrap(self.cancel_view), name="certificates_cancel"),
            *super().get_urls(),
        ]

    def preflight_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """What is looked at before a run."""
        return preflight_view(request, self.admin_site, pk)

    def cancel_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """By POST, have a run stop after what is in hand; then its page."""
        run = get_object_or_404(self.get_queryset(request), pk=pk)
        if request.method == "POST":
            try:
                actions.cancel(run, by=user_of(request), now=timezone.now())
            except Refused as refusal:
                messages.error(request, str(refusal))
        return HttpResponseRedirect(reverse("admin:certificates_issuerun_change", args=[pk]))

    def issue_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Say what issuing would do; by POST, ask for it and go to the run's page."""
        programme = organised_programme(request, pk)
        if request.method == "POST":
            try:
                run = request_run(request, programme)
            except Refused as refusal:
                messages.error(request, str(refusal))
                return HttpResponseRedirect(reverse("admin:certificates_preflight", args=[pk]))
            ring(continue_issue_run, run.pk)
            return HttpResponseRedirect(reverse("admin:certificates_issuerun_change", args=[run.pk]))
        rule, now = CompletionRule.objects.in_force(programme), timezone.now()
        counted = standing(programme, rule, now=now) if rule else None
        age, preview = kept.Age.of(programme, now=now), counted.preview if counted else None
        return page(
            request,
            self.admin_site,
            "issue",
            _("Issue certificates"),
            programme=programme,
            rule=rule,
            rule_text=rule_text(rule.rule, names_of([rule.rule])) if rule else "",
            preview=preview,
            age=age,
            may_be_due=preview is None or preview.is_anything_due or not kept.is_fresh(age),
            under_way=IssueRun.objects.unfinished().filter(programme=programme).first(),
            runs=IssueRun.objects.filter(programme=programme).select_related("requested_by")[:10],
        )

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, object] | None = None,
    ) -> HttpResponse:
        """The run's page: it looks again every two seconds while there is work left."""
        rows = self.get_queryset(request).select_related("programme", "cancelled_by")
        run = get_object_or_404(rows, pk=object_id if object_id.isdecimal() else None)
        return page(
            request,
            self.admin_site,
            "run",
            _("Issuing certificates"),
            run=run,
            programme=run.programme,
            doubtful=Mail.objects.stuck().filter(programme=run.programme, kind__startswith="certificate_").count(),
        )
