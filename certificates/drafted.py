"""What drafts of a rule would change: found out for the page while a programme is small, kept where it is large.

Each draft somebody looks at is a kind of its own, and the rule in force that it is compared with its version.
"""

import datetime as dt
from dataclasses import asdict

from django.db.models import F, Q

from certificates.actions.comparing import Comparison, compare
from certificates.models import CompletionRule, RuleDraft
from registrations import kept
from registrations.models import KeptFigures, Programme

KIND = "rule draft"
TASK = "certificates.tasks.compare_drafts"
FORGOTTEN = dt.timedelta(days=1)  # after it was counted last


def comparison_at_hand(draft: RuleDraft, current: CompletionRule | None, *, now: dt.datetime) -> Comparison | None:
    """What the draft would change against the rule in force; `None` while a large programme is judged for the first time."""
    found = kept.figures(
        draft.programme,
        _kind(draft),
        lambda: asdict(compare(draft.programme, draft.rule, current)),
        TASK,
        now=now,
        version=_version(current),
    )
    return Comparison(**found) if found else None


def count_again(programme: Programme, *, now: dt.datetime) -> None:
    """Compare the drafts that somebody waits for, with the rule in force; forget what is a day old."""
    current = CompletionRule.objects.in_force(programme)
    rows = KeptFigures.objects.filter(programme=programme, kind__startswith=f"{KIND} ")
    rows.filter(~Q(kind__endswith=f"/{_version(current)}") | Q(counted_at__lt=now - FORGOTTEN)).delete()
    waiting = rows.filter(Q(counted_at__isnull=True) | Q(asked_at__gt=F("counted_at")))
    keys = [kind.removeprefix(f"{KIND} ").partition("/")[0] for kind in waiting.values_list("kind", flat=True)]
    for draft in RuleDraft.objects.filter(programme=programme, pk__in=keys):
        found = asdict(compare(programme, draft.rule, current))
        kept.keep(programme, {_kind(draft): found}, now=now, version=_version(current))


def _kind(draft: RuleDraft) -> str:
    return f"{KIND} {draft.pk}"


def _version(current: CompletionRule | None) -> int:
    return current.version if current else 0
