"""How many meet each requirement, and who misses by one thing."""

from collections.abc import Callable, Iterator, Sequence

from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from certificates.actions.rules import evaluations_of
from certificates.admin.page import page
from certificates.explanation import missing_text, requirement_text, state_text
from certificates.facts import agenda_of, names_of, prospects_of
from certificates.models import CompletionRule
from certificates.people import CHUNK, Line, csv_of, page_of, people
from certificates.prospects import outlook
from certificates.requirements import leaves
from certificates.tallies import Short, one_thing_short, standing
from registrations.backoffice import organised_programme
from registrations.models import Programme
from sessions.chunks import in_chunks
from surveys.statistics import share_of
from surveys.wording import share_text


def funnel_view(request: HttpRequest, site: AdminSite, pk: int) -> HttpResponse:
    """Counts, with ways to those who miss by one thing."""
    programme = organised_programme(request, pk)
    row = CompletionRule.objects.in_force(programme)
    counted = standing(programme, row, now=timezone.now()) if row else None
    found = counted.funnel if counted else None
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
        counted_at=counted.counted_at if counted else None,
    )


def missing_view(request: HttpRequest, site: AdminSite, pk: int) -> HttpResponse:
    """Who misses by exactly one thing, with what it is; `?only=` narrows it to one requirement, `?format=csv` exports."""
    programme = organised_programme(request, pk)
    row = CompletionRule.objects.in_force(programme)
    place = _place(request)
    short = one_thing_short(programme, row, place, now=timezone.now()) if row else Short([], None)
    if row and request.GET.get("format") == "csv":
        lines = _all_lines(programme, row, short.people)
        return csv_of("one-thing-short", _("What is missing"), lines)  # type: ignore[return-value]
    people_page = page_of(request, short.people)
    shown = list(people_page.object_list)
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
        total=len(short.people),
        people_page=people_page,
        people=people(shown, _noted(programme, row)(shown) if row else {}),
        counted_at=short.counted_at,
    )


def _place(request: HttpRequest) -> int | None:
    value = request.GET.get("only", "")
    return int(value) if value.isdecimal() and len(value) < 4 else None


def _all_lines(programme: Programme, row: CompletionRule, pks: Sequence[int]) -> Iterator[Line]:
    """Everybody, in chunks."""
    notes = _noted(programme, row)
    for chunk in in_chunks(pks, CHUNK):
        yield from people(chunk, notes(chunk))


def _noted(programme: Programme, row: CompletionRule) -> Callable[[Sequence[int]], dict[int, str]]:
    """What each of some people misses, and whether it can still be reached; judged as it stands now."""
    names = names_of([row.rule])
    prospects = prospects_of(programme, row.rule, agenda_of(programme), now=timezone.now())

    def notes(pks: Sequence[int]) -> dict[int, str]:
        return {
            pk: _("%(missing)s (%(state)s)")
            % {
                "missing": missing_text(evaluation, names),
                "state": state_text(outlook(evaluation, prospects)).lower(),
            }
            for pk, evaluation in evaluations_of(programme, row.rule, pks).items()
            if not evaluation.is_complete
        }

    return notes
