"""Figures about everybody in a programme: counted for the page while it is small, kept and counted again while it is large.

A page shows what is kept and rings for newer figures when they are older than a minute. What is older than an hour, or was
never counted, is counted before the page is shown: nobody decides by yesterday's figures.
"""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from celery import signature
from django.db.models import Q

from registrations.doorbell import ring
from registrations.models import KeptFigures, Programme

LARGE = 5_000  # people with a seat; counting takes a twentieth of a second for each thousand
LASTS = dt.timedelta(minutes=1)
OLDEST = dt.timedelta(hours=1)
FETCHED = "kept_rows"  # on an object of a programme: rows by their kinds

Figures = Mapping[str, Any]  # as JSON has them: keys are texts
ByKind = Mapping[str, Figures]


@dataclass(frozen=True, slots=True)
class Kept:
    """Figures and when they were counted; `None` where it was for this page."""

    figures: Figures
    counted_at: dt.datetime | None = None


def is_large(programme: Programme) -> bool:
    """Whether figures about everybody are kept."""
    return programme.seats_taken >= LARGE


def kept(
    programme: Programme, kind: str, count: Callable[[], ByKind], task: str, *, now: dt.datetime, version: int = 0
) -> Kept:
    """The figures of a large programme. The task of this name counts them again; another `version` is another kind.

    `count` may give other kinds as well, which are kept, too. One query where they are kept.
    """
    row = _row(programme, f"{kind}/{version}")
    if row is None or row.counted_at < now - OLDEST:
        return Kept(keep(programme, count(), now=now, version=version)[kind], now)
    return _shown(row, task, now)


def fetch(programme: Programme, kinds: Sequence[str]) -> None:
    """Fetch several kinds in one query, for a page that shows them all; in their newest versions."""
    rows = KeptFigures.objects.filter(programme=programme).order_by()
    of_kinds = [Q(kind__startswith=f"{kind}/") for kind in kinds]
    programme.__dict__[FETCHED] = {row.kind: row for row in rows.filter(reduce(or_, of_kinds))}


def _row(programme: Programme, named: str) -> KeptFigures | None:
    fetched: KeptFigures | None = programme.__dict__.get(FETCHED, {}).get(named)
    return fetched or KeptFigures.objects.filter(programme=programme, kind=named).order_by().first()


def kept_of_each(
    programmes: Sequence[Programme], kind: str, count: Callable[[Programme], Figures], task: str, *, now: dt.datetime
) -> dict[int, Figures]:
    """The same of several large programmes, by their keys. One query where they are kept."""
    fetched = [programme.__dict__.get(FETCHED, {}).get(f"{kind}/0") for programme in programmes]
    if not all(fetched):
        fetched = list(KeptFigures.objects.filter(programme__in=programmes, kind=f"{kind}/0").order_by())
    young = [row for row in fetched if row and row.counted_at >= now - OLDEST]
    found = {row.programme_id: _shown(row, task, now).figures for row in young}
    for programme in programmes:
        if programme.pk not in found:
            found[programme.pk] = keep(programme, {kind: count(programme)}, now=now)[kind]
    return found


def _shown(row: KeptFigures, task: str, now: dt.datetime) -> Kept:
    if row.counted_at < now - LASTS:
        waiting = KeptFigures.objects.filter(pk=row.pk, asked_at__lt=now - LASTS)
        if waiting.update(asked_at=now):
            ring(signature(task), row.programme_id)
    return Kept(row.figures, row.counted_at)


def keep(programme: Programme, figures: ByKind, *, now: dt.datetime, version: int = 0) -> ByKind:
    """Write figures down in place of earlier ones, and of those of other versions."""
    for kind, found in figures.items():
        named = f"{kind}/{version}"
        KeptFigures.objects.filter(programme=programme, kind__startswith=f"{kind}/").exclude(kind=named).delete()
        KeptFigures.objects.update_or_create(
            programme=programme, kind=named, defaults={"figures": found, "counted_at": now, "asked_at": now}
        )
    return figures
