"""The completion rule: versions to read, a form that puts a new one together, and what it would change."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from certificates import actions
from certificates.actions.comparing import Comparison
from certificates.admin.page import page
from certificates.completion import Rule
from certificates.drafted import comparison_at_hand
from certificates.errors import Refused
from certificates.explanation import rule_lines, rule_text
from certificates.facts import names_of
from certificates.models import CompletionRule, RuleDraft
from certificates.people import csv_of, lines_of, page_of, people
from certificates.requirements import simple
from certificates.rule_forms import RuleEditor
from certificates.tallies import standing
from registrations import kept
from registrations.backoffice import ScopedAdmin, organised_programme, user_of
from registrations.models import Programme

GAIN, LOSE = "gain", "lose"


class VersionList(ChangeList):
    """Versions with what they say in words: one look-up of names for the whole page."""

    def get_results(self, request: HttpRequest) -> None:
        """Attach the words to the rows."""
        super().get_results(request)
        self.result_list = with_words(self.result_list)


def with_words(rows: Iterable[CompletionRule]) -> list[CompletionRule]:
    """The versions, each with its rule in one line as `words`; at most three queries for all of them."""
    listed = list(rows)
    names = names_of(row.rule for row in listed)
    for row in listed:
        row.words = rule_text(row.rule, names)  # type: ignore[attr-defined]
    return listed


@admin.register(CompletionRule)
class CompletionRuleAdmin(ScopedAdmin[CompletionRule]):
    """Every version that was ever in force; changing a rule is making a new one."""

    can_add = False
    can_change = False
    list_display = ["programme", "version", "text", "created_at", "created_by"]
    list_select_related = ["programme", "created_by"]
    ordering = ["programme", "-version"]
    fields = ("programme", "version", "text", "share_required", "created_at", "created_by")
    readonly_fields = ["programme", "version", "text", "share_required", "created_at", "created_by"]

    @admin.display(description=gettext_lazy("what it asks for"))
    def text(self, row: CompletionRule) -> str:
        """The rule in one line."""
        return str(getattr(row, "words", "")) or rule_text(row.rule, names_of([row.rule]))

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        """The list that knows the words."""
        return VersionList

    def get_urls(self) -> list[URLPattern]:
        """Beside the admin's own: the page on which a rule is put together, and the one that says what it would change."""
        wrap = self.admin_site.admin_view
        return [
            path("programme/<int:pk>/", wrap(self.rule_view), name="certificates_rule"),
            path("draft/<int:pk>/", wrap(self.draft_view), name="certificates_rule_draft"),
            *super().get_urls(),
        ]

    def rule_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show the rule in force and a form for another; a button changes the form's rows, or leads to its draft."""
        programme, now = organised_programme(request, pk), timezone.now()
        current = CompletionRule.objects.in_force(programme)
        editor = self._editor(request, programme, current)
        if editor.is_valid():
            draft = _draft(request, programme, editor)
            if draft:
                return HttpResponseRedirect(reverse("admin:certificates_rule_draft", args=[draft.pk]))
        versions = CompletionRule.objects.filter(programme=programme).select_related("created_by")
        counted = standing(programme, current, now=now) if current else None
        return page(
            request,
            self.admin_site,
            "rule",
            _("Completion rule"),
            programme=programme,
            current=current,
            lines=rule_lines(current.rule, names_of([current.rule])) if current else (),
            standing=counted.preview if counted else None,
            age=kept.Age.of(programme, now=now),
            versions=with_words(versions),
            editor=editor,
        )

    def _editor(self, request: HttpRequest, programme: Programme, current: CompletionRule | None) -> RuleEditor:
        if request.method == "POST":
            return RuleEditor.sent(programme, request.POST)
        draft = request.GET.get("draft", "")
        if draft.isdecimal():
            return RuleEditor.of_rule(programme, get_object_or_404(RuleDraft, pk=draft, programme=programme).rule)
        start = Rule(80, simple(sessions_required=1, is_survey_required=True))
        return RuleEditor.of_rule(programme, current.rule if current else start)

    def draft_view(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """Say how many gain or lose under a draft, and who; by POST, put it in force.

        A file cannot say how old it is: while newer figures are waited for, there is the page only.
        """
        programmes, now = self.programmes(request), timezone.now()
        draft = get_object_or_404(RuleDraft.objects.select_related("programme"), pk=pk, programme__in=programmes)
        if request.method == "POST" and _adopt(request, draft):
            return HttpResponseRedirect(reverse("admin:certificates_rule", args=[draft.programme_id]))
        current = CompletionRule.objects.in_force(draft.programme)
        found, age = comparison_at_hand(draft, current, now=now), kept.Age.of(draft.programme, now=now)
        is_fresh = kept.is_fresh(age)
        shown = _shown(request, found)
        listed = (found.losing if shown == LOSE else found.gaining) if found else []
        if is_fresh and request.GET.get("format") == "csv":
            return _csv(listed, shown)
        chosen_page = page_of(request, listed)
        return page(
            request,
            self.admin_site,
            "rule_draft",
            _("What the new rule would change"),
            programme=draft.programme,
            draft=draft,
            lines=rule_lines(draft.rule, names_of([draft.rule])),
            current=current,
            found=found,
            age=age,
            is_fresh=is_fresh,
            is_same=current is not None and current.rule == draft.rule,
            shown=shown,
            people_page=chosen_page,
            people=people(list(chosen_page.object_list)),
        )


def _shown(request: HttpRequest, found: Comparison | None) -> str:
    chosen = request.GET.get("list", "")
    return chosen if chosen in (GAIN, LOSE) else LOSE if found and found.losing and not found.gaining else GAIN


def _draft(request: HttpRequest, programme: Programme, editor: RuleEditor) -> RuleDraft | None:
    try:
        return actions.draft_rule(programme, editor.rule(), by=user_of(request), now=timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
        return None


def _adopt(request: HttpRequest, draft: RuleDraft) -> bool:
    against = request.POST.get("against", "")
    try:
        made = actions.adopt(
            draft, against=int(against) if against.isdecimal() else -1, by=user_of(request), now=timezone.now()
        )
    except Refused as refusal:
        messages.error(request, str(refusal))
        return False
    messages.success(request, _("Version %(version)s of the rule is in force.") % {"version": made.version})
    return True


def _csv(pks: Sequence[int], shown: str) -> StreamingHttpResponse:
    words, keeps = {LOSE: _("loses"), GAIN: _("gains")}, _("loses, and keeps the certificate")
    lines = (replace(line, note=keeps if shown == LOSE and line.serial else words[shown]) for line in lines_of(pks))
    return csv_of(f"rule-{shown}", _("Under the new rule"), lines)
