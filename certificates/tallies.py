"""What the rule in force says about everybody, in numbers, and who misses by one thing; kept where a programme is large."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from certificates.actions.rules import IssuePreview, PreviewTally, each_evaluation, issued_ids
from certificates.funnel import Funnel, FunnelTally, Step, last_places
from certificates.models import Certificate, CompletionRule
from certificates.requirements import leaves
from registrations import kept
from registrations.models import Programme

NUMBERS, SHORT = "completion", "one thing short"
ALL = "all"
TASK = "certificates.tasks.count_completion"


@dataclass(frozen=True, slots=True)
class Standing:
    """The numbers."""

    preview: IssuePreview
    funnel: Funnel


def standing(programme: Programme, row: CompletionRule, *, now: dt.datetime) -> Standing | None:
    """What the rule says about everybody with a seat; `None` while a large programme is counted for the first time."""
    found = _figures(programme, row, NUMBERS, now)
    if found is None:
        return None
    return Standing(preview=IssuePreview(**found["preview"]), funnel=_funnel(row, found["funnel"]))


def one_thing_short(
    programme: Programme, row: CompletionRule, place: int | None, *, now: dt.datetime
) -> Sequence[int] | None:
    """Registrations that miss by exactly one thing, by key; only those whom the requirement at `place` completes.

    `None` while a large programme is counted for the first time.
    """
    found = _figures(programme, row, SHORT, now)
    return None if found is None else found.get(ALL if place is None else str(place), [])


def count_again(programme: Programme, *, now: dt.datetime) -> None:
    """Count, and keep what was counted; nothing where somebody has just done so."""
    row = CompletionRule.objects.in_force(programme)
    if row is not None and not kept.is_young(programme, NUMBERS, now=now, version=row.version):
        kept.keep(programme, counted(programme, row), now=now, version=row.version)


def counted(programme: Programme, row: CompletionRule) -> dict[str, kept.Figures]:
    """Both kinds, in one pass through everybody."""
    numbers, funnel, short = PreviewTally(issued_ids(programme)), FunnelTally(row.rule), {ALL: list[int]()}
    for pk, evaluation in each_evaluation(programme, rule=row.rule):
        numbers.add(pk, evaluation)
        funnel.add(evaluation)
        if evaluation.is_one_thing_short:
            short[ALL].append(pk)
            for place in last_places(evaluation):
                short.setdefault(str(place), []).append(pk)
    unrendered = Certificate.objects.for_programme(programme).unrendered().count()
    return {
        NUMBERS: {"preview": asdict(numbers.preview(unrendered)), "funnel": funnel.figures()},
        SHORT: short,
    }


def _figures(programme: Programme, row: CompletionRule, kind: str, now: dt.datetime) -> kept.Figures | None:
    return kept.figures(programme, kind, lambda: counted(programme, row)[kind], TASK, now=now, version=row.version)


def _funnel(row: CompletionRule, figures: Mapping[str, Any]) -> Funnel:
    asked = tuple(leaves(row.rule.root))
    steps = tuple(map(Step, asked, figures["met_each"], figures["last_of"]))
    numbers = {name: figures[name] for name in ("seated", "met", "by_exception", "one_short")}
    return Funnel(steps=steps, **numbers)
