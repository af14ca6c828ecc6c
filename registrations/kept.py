"""Figures about everybody in a programme: counted for the page while it is small, kept and counted again while it is large.

A page shows what is kept, says how old that is (`Age`), and asks a worker for newer figures when it is older than a minute.
What was never counted is said to be being counted. No page counts a large programme itself.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

from celery import signature
from django.db.models import F

from registrations.doorbell import ring, ring_once
from registrations.models import KeptFigures, Programme

LARGE = 5_000  # people with a seat; counting takes a twentieth of a second for each thousand
LASTS = dt.timedelta(minutes=1)
OLDEST = dt.timedelta(hours=1)
PATIENCE = dt.timedelta(minutes=10)  # after which a page says that no worker answers
LOOKED_UP = "kept_rows"  # on an object of a programme: rows by their kinds

Figures = Mapping[str, Any]  # as JSON has them: keys are texts
ByKind = Mapping[str, Figures]


@dataclass(frozen=True, slots=True)
class Age:
    """What a page says of the figures it shows: when the oldest were counted, and since when newer ones are waited for."""

    now: dt.datetime
    counted_at: dt.datetime | None
    asked_at: dt.datetime | None
    has_gaps: bool

    @classmethod
    def of(cls, programme: Programme, *, now: dt.datetime) -> Self | None:
        """Of what was looked up for a page; `None` where it was counted for it."""
        rows: dict[str, KeptFigures] = programme.__dict__.get(LOOKED_UP, {})
        if not rows:
            return None
        return cls(
            now=now,
            counted_at=min((row.counted_at for row in rows.values() if row.counted_at), default=None),
            asked_at=min((row.asked_at for row in rows.values() if not _is_answered(row)), default=None),
            has_gaps=any(row.counted_at is None for row in rows.values()),
        )

    @property
    def is_old(self) -> bool:
        """Whether newer figures are worth waiting for."""
        return self.has_gaps or (self.counted_at is not None and self.counted_at < self.now - OLDEST)

    @property
    def is_late(self) -> bool:
        """Whether a worker should have answered by now."""
        return self.asked_at is not None and self.asked_at < self.now - PATIENCE

    @property
    def looks_again(self) -> bool:
        """Whether the page loads itself again until newer figures are there."""
        return self.is_old and not self.is_late


def is_fresh(age: Age | None) -> bool:
    """Whether one may act by figures, or take them away as a file: counted for the page, or an hour old at most."""
    return age is None or not age.is_old


def is_large(programme: Programme) -> bool:
    """Whether figures about everybody are kept."""
    return programme.seats_taken >= LARGE


def figures(
    programme: Programme, kind: str, count: Callable[[], Figures], task: str, *, now: dt.datetime, version: int = 0
) -> Figures | None:
    """Those of a small programme as `count` finds them; of a large one those at hand, which the task of this name counts.

    Another `version` is another kind. `None` while they are counted for the first time. `look_up` says how many queries.
    """
    if not is_large(programme):
        return count()
    look_up([programme], {named(kind, version): task}, now=now)
    return at_hand(programme, kind, version=version)


def at_hand(programme: Programme, kind: str, *, version: int = 0) -> Figures | None:
    """Figures that were looked up, however old; `None` while they are counted for the first time. No query."""
    row: KeptFigures = programme.__dict__[LOOKED_UP][named(kind, version)]
    return None if row.counted_at is None else row.figures


def look_up(programmes: Sequence[Programme], tasks: Mapping[str, str], *, now: dt.datetime) -> None:
    """Fetch figures of large programmes for a page: by their names, each with the task that counts it.

    What is missing or older than a minute is asked for. Three queries at most, whatever the number of programmes and kinds;
    none for what was looked up before.
    """
    programmes = [each for each in programmes if not tasks.keys() <= each.__dict__.get(LOOKED_UP, {}).keys()]
    if not programmes:
        return
    rows = list(KeptFigures.objects.filter(programme__in=programmes, kind__in=tasks).order_by())
    rows += _ask(programmes, rows, tasks, now)
    for programme in programmes:
        found = {row.kind: row for row in rows if row.programme_id == programme.pk}
        programme.__dict__[LOOKED_UP] = {**programme.__dict__.get(LOOKED_UP, {}), **found}


def named(kind: str, version: int = 0) -> str:
    """What the figures of a kind, in a version, are kept as."""
    return f"{kind}/{version}"


def is_young(programme: Programme, kind: str, *, now: dt.datetime, version: int = 0) -> bool:
    """Whether these figures need not be counted again yet: a queue may hold the same wish several times."""
    rows = KeptFigures.objects.filter(programme=programme, kind=named(kind, version))
    return rows.filter(counted_at__gt=now - LASTS).exists()


def _is_answered(row: KeptFigures) -> bool:
    return row.counted_at is not None and row.asked_at <= row.counted_at


def _ask(
    programmes: Sequence[Programme], rows: Sequence[KeptFigures], tasks: Mapping[str, str], now: dt.datetime
) -> list[KeptFigures]:
    """Ask for what is missing, of which rows are made and returned, and for what is old; again once a minute."""
    there = {(row.programme_id, row.kind) for row in rows}
    absent = [(each.pk, name) for each in programmes for name in tasks if (each.pk, name) not in there]
    made = [KeptFigures(programme_id=key, kind=name, asked_at=now) for key, name in absent]
    if made:
        KeptFigures.objects.bulk_create(made, ignore_conflicts=True)
    old = [row for row in rows if row.counted_at is None or row.counted_at < now - LASTS]
    due = [row for row in old if _is_answered(row)]
    waiting = KeptFigures.objects.filter(pk__in=[row.pk for row in due], asked_at__lte=F("counted_at"))
    asked = [*made, *(due if due and waiting.update(asked_at=now) else ())]
    for task, programme in _bells(asked, tasks):
        ring(signature(task), programme)
    _ask_again([row for row in old if not _is_answered(row)], tasks, now)
    return made


def _ask_again(rows: Iterable[KeptFigures], tasks: Mapping[str, str], now: dt.datetime) -> None:
    for row in rows:
        minute = (now - row.asked_at) // LASTS
        if minute:
            task = tasks[row.kind]
            ring_once(f"{task}:{row.programme_id}:{minute}", signature(task), row.programme_id)


def _bells(rows: Iterable[KeptFigures], tasks: Mapping[str, str]) -> list[tuple[str, int]]:
    """Tasks with programmes, each once: a task may count several kinds."""
    return list(dict.fromkeys((tasks[row.kind], row.programme_id) for row in rows))


def keep(programme: Programme, figures: ByKind, *, now: dt.datetime, version: int = 0) -> None:
    """Write figures down in place of earlier ones, and of those of other versions."""
    for kind, found in figures.items():
        name = named(kind, version)
        KeptFigures.objects.filter(programme=programme, kind__startswith=f"{kind}/").exclude(kind=name).delete()
        KeptFigures.objects.update_or_create(
            programme=programme, kind=name, defaults={"figures": found, "counted_at": now, "asked_at": now}
        )
