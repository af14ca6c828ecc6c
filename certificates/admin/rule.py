"""The completion rule: versions to read, and a page that tries a new one out before it is adopted."""

from dataclasses import dataclass

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from certificates import actions
from certificates.admin.page import page
from certificates.completion import Rule
from certificates.errors import Refused
from certificates.explanation import rule_text
from certificates.forms import RuleForm
from certificates.models import CompletionRule
from registrations.backoffice import ScopedAdmin, organised_programme, user_of
from registrations.models import Programme


@admin.register(CompletionRule)
class CompletionRuleAdmin(ScopedAdmin[CompletionRule]):
    """Every version that was ever in force; changing a rule is making a new one."""

    can_add = False
    can_change = False
    list_display = ["programme", "version", "text", "created_at", "created_by"]
    list_select_related = ["programme", "created_by"]
    ordering = ["programme", "-version"]

    @admin.display(description=gettext_lazy("what it asks for"))
    def text(self, row: CompletionRule) -> str:
        """The rule in one line."""
        return rule_text(row.rule)

    def get_urls(self) -> list[URLPattern]:
        """Beside the admin's own: the page on which a programme's rule is set."""
        view = self.admin_site.admin_view(self.rule_view)
        return [path("programme/<int:pk>/", view, name="certificates_rule"), *super().get_urls()]

    def rule_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show the rule in force; try another one out; adopt it."""
        programme = organised_programme(request, pk)
        current = CompletionRule.objects.in_force(programme)
        form = RuleForm(request.POST or None, initial=_initial(current))
        trial = None
        if form.is_valid() and "adopt" in request.POST:
            if _adopt(request, programme, form):
                return HttpResponseRedirect(reverse("admin:certificates_rule", args=[pk]))
        elif form.is_valid():
            trial = compare(programme, Rule(**form.cleaned_data))
        return page(
            request,
            self.admin_site,
            "rule",
            _("Completion rule"),
            programme=programme,
            current=current,
            current_text=rule_text(current.rule) if current else "",
            standing=compare(programme, current.rule) if current else None,
            versions=CompletionRule.objects.filter(programme=programme).select_related("created_by"),
            form=form,
            trial=trial,
            trial_text=rule_text(Rule(**form.cleaned_data)) if trial else "",
        )


@dataclass(frozen=True, slots=True)
class Comparison:
    """How many of those with a seat are complete under a rule, and who gains or loses against the one in force."""

    seated: int
    complete: int
    gaining: int
    losing: int


def compare(programme: Programme, rule: Rule) -> Comparison:
    """What the rule would change today."""
    before = actions.evaluations(programme)
    after = actions.evaluations(programme, rule=rule)
    old = {pk for pk, evaluation in before.items() if evaluation.is_complete}
    new = {pk for pk, evaluation in after.items() if evaluation.is_complete}
    return Comparison(seated=len(after), complete=len(new), gaining=len(new - old), losing=len(old - new))


def _initial(current: CompletionRule | None) -> dict[str, object]:
    if current is None:
        return {"share_required": 80, "is_survey_required": True}
    return {
        "sessions_required": current.sessions_required,
        "share_required": current.share_required,
        "is_survey_required": current.is_survey_required,
    }


def _adopt(request: HttpRequest, programme: Programme, form: RuleForm) -> bool:
    try:
        rule = actions.set_rule(programme, **form.cleaned_data, by=user_of(request), now=timezone.now())
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return False
    messages.success(request, _("Version %(version)s of the rule is in force.") % {"version": rule.version})
    return True
