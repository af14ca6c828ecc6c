"""Where organisers say how long data is kept, and see what would go and what went."""

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from registrations.backoffice import organised_programme, user_of
from registrations.models import Retention
from registrations.retaining import set_retention
from registrations.retention import NOTICE
from reports.retention_forms import RetentionForm
from reports.retention_plan import done, plan


@require_http_methods(["GET", "HEAD", "POST"])
def retention(request: HttpRequest, pk: int) -> HttpResponse:
    """What would go when, and how much: as it is set, as it is suggested, or as it was typed; saved by its own button."""
    programme = organised_programme(request, pk)
    now = timezone.now()
    known = Retention.objects.filter(programme=programme).first()
    shown = known or Retention(programme=programme, set_at=now)
    form = RetentionForm(request.POST or None, instance=shown)
    if form.is_valid():
        shown = form.save(commit=False)
        if "save" in request.POST:
            set_retention(shown, by=user_of(request), now=now)
            messages.success(request, _("This is set. What is over its time goes at night."))
            return redirect("admin:reports_workspace_retention", pk)
        shown.set_at = now if form.has_changed() else shown.set_at
    elif form.is_bound:
        shown = Retention.of(programme)
    context = {
        **admin.site.each_context(request),
        "title": _("How long data is kept"),
        "programme": programme,
        "form": form,
        "is_set": known is not None,
        "is_typed": form.is_bound and form.is_valid() and (known is None or form.has_changed()),
        "lines": plan(shown),
        "done": done(programme),
        "notice": NOTICE.days,
    }
    return render(request, "admin/reports/retention.html", context, status=422 if form.errors else 200)
