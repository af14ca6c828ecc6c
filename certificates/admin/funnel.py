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
from certificates.funnel import Funnel
from certificates.models import CompletionRule
from certificates.people import CHUNK, Line, csv_of, page_of, people
from certificates.prospects import outlook
from certificates.requirements import leaves
from certificates.tallies import one_thing_short, standing
from registrations import kept
from registrations.backoffice import organised_programme
from registrations.models import Programme
from sessions.chunks import in_chunks
from surveys.statistics import share_of
from surveys.wording import share_text


def funnel_view(request: HttpRequest, site: AdminSite, pk: int) -> HttpResponse:
    """Counts, with ways to those who miss by one thing."""
    programme, now = organised_programme(request, pk), timezone.now()
    row = CompletionRule.objects.in_force(programme)
    counted = standing(programme, row, now=now) if row else None
    found = counted.funnel if counted else None
    return page(
        request,
        site,
        "funnel",
        _("Who meets what"),
        programme=programme,
        rule=row,
        found=found,
        steps=_steps(row, found) if row else [],
        age=kept.Age.of(programme, now=now),
    )


def _steps(row: CompletionRule, found: Funnel | None) -> list[dict[str, object]]:
    """What the rule asks for, line by line; with its figures once there are any."""
    names = names_of([row.rule])
    texts = [requirement_text(asked, row.rule.share_required, names) for asked in leaves(row.rule.root)]
    if found is None:
        return [{"text": text} for text in texts]
    return [
        {
            "place": place,
            "text": text,
            "met": step.met,
            "share": share_text(share_of(step.met, found.seated)),
            "last_thing_of": step.last_thing_of,
        }
        for place, (text, step) in enumerate(zip(texts, found.steps, strict=True))
    ]


def missing_view(request: HttpRequest, site: AdminSite, pk: int) -> HttpResponse:
    """Who misses by exactly one thing, with what it is; `?only=` narrows it to one requirement, `?format=csv` exports.

    A file cannot say how old it is: while newer figures are waited for, there is the page only.
    """
    programme, now = organised_programme(request, pk), timezone.now()
    row = CompletionRule.objects.in_force(programme)
    place = _place(request)
    found = one_thing_short(programme, row, place, now=now) if row else []
    age, short = kept.Age.of(programme, now=now), found or []
    is_fresh = kept.is_fresh(age)
    if row and is_fresh and request.GET.get("format") == "csv":
        lines = _all_lines(programme, row, short)
        return csv_of("one-thing-short", _("What is missing"), lines)  # type: ignore[return-value]
    people_page = page_of(request, short)
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
        is_counted=found is not None,
        is_fresh=is_fresh,
        total=len(short),
        people_page=people_page,
        people=people(shown, _noted(programme, row)(shown) if row else {}),
        age=age,
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
