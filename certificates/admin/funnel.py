"""How many meet each requirement, and who misses by one thing."""

from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from certificates.actions.comparing import funnel, one_short
from certificates.admin.page import page
from certificates.completion import Evaluation
from certificates.explanation import missing_text, requirement_text, state_text
from certificates.facts import agenda_of, names_of, prospects_of
from certificates.models import CompletionRule
from certificates.people import csv_of, page_of, people
from certificates.prospects import outlook
from certificates.requirements import leaves
from registrations.backoffice import organised_programme
from registrations.models import Programme
from surveys.statistics import share_of
from surveys.wording import share_text


def funnel_view(request: HttpRequest, site: AdminSite, pk: int) -> HttpResponse:
    """Counts, with ways to those who miss by one thing."""
    programme = organised_programme(request, pk)
    row = CompletionRule.objects.in_force(programme)
    found = funnel(programme, row.rule) if row else None
    steps = []
    if row and found:
        names = names_of([row.rule])
        steps = [
            {
                "place": place,
                "text": requirement_text(step.requirement, row.rule.share_required, names),
                "met": step.met,
                "share": share_text(share_of(step.met, found.seated)),
                "last_thing_of": step.last_thing_of,
            }
            for place, step in enumerate(found.steps)
        ]
    return page(
        request,
        site,
        "funnel",
        _("Who meets what"),
        programme=programme,
        rule=row,
        found=found,
        steps=steps,
    )


def missing_view(request: HttpRequest, site: AdminSite, pk: int) -> HttpResponse:
    """Who misses by exactly one thing, with what it is; `?only=` narrows it to one requirement, `?format=csv` exports."""
    programme = organised_programme(request, pk)
    row = CompletionRule.objects.in_force(programme)
    place = _place(request)
    short = one_short(programme, row.rule, place) if row else {}
    notes = _notes(programme, row, short) if row else {}
    if request.GET.get("format") == "csv":
        return csv_of("one-thing-short", _("What is missing"), list(short), notes)  # type: ignore[return-value]
    people_page = page_of(request, list(short))
    asked = list(leaves(row.rule.root)) if row else []
    only = ""
    if row and place is not None and place < len(asked):
        only = requirement_text(asked[place], row.rule.share_required, names_of([row.rule]))
    return page(
        request,
        site,
        "missing",
        _("Who misses by one thing"),
        programme=programme,
        only=only,
        total=len(short),
        people_page=people_page,
        people=people(list(people_page.object_list), notes),
    )


def _place(request: HttpRequest) -> int | None:
    value = request.GET.get("only", "")
    return int(value) if value.isdecimal() and len(value) < 4 else None


def _notes(programme: Programme, row: CompletionRule, short: dict[int, Evaluation]) -> dict[int, str]:
    """What each of them misses, and whether it can still be reached."""
    names = names_of([row.rule])
    prospects = prospects_of(programme, row.rule, agenda_of(programme), now=timezone.now())
    return {
        pk: _("%(missing)s (%(state)s)")
        % {"missing": missing_text(evaluation, names), "state": state_text(outlook(evaluation, prospects)).lower()}
        for pk, evaluation in short.items()
    }
