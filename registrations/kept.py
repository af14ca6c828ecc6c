"""Figures about everybody in a programme: counted for the page while it is small, kept and counted again while it is large.

A page shows what is kept and rings for newer figures when they are older than a minute. What is older than an hour, or was
never counted, is counted before the page is shown: nobody decides by yesterday's figures.
"""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from celery import signature

from registrations.doorbell import ring
from registrations.models import KeptFigures, Programme

LARGE = 5_000  # people with a seat; counting takes a twentieth of a second for each thousand
LASTS = dt.timedelta(minutes=1)
OLDEST = dt.timedelta(hours=1)

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

    `count` may give other kinds as well, which are kept, too.
    """
    named = f"{kind}/{version}"
    row = KeptFigures.objects.filter(programme=programme, kind=named).first()
    if row is None or row.counted_at < now - OLDEST:
        return Kept(keep(programme, count(), now=now, version=version)[kind], now)
    if row.counted_at < now - LASTS:
        waiting = KeptFigures.objects.filter(pk=row.pk, asked_at__lt=now - LASTS)
        if waiting.update(asked_at=now):
            ring(signature(task), programme.pk)
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
