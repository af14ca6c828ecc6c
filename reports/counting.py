"""The figures of a report at hand: counted for the page while a programme is small, kept where it is large.

What is kept is the exact document that an edition is made of, so that it comes back as it was counted.
"""

import datetime as dt
from dataclasses import dataclass

from registrations import kept
from registrations.models import Programme, Registration
from reports.figures import FORMAT, Results
from reports.results import compute_results

KIND = "results"
VERSION = int(FORMAT.rpartition("/")[2])  # what an earlier format kept is counted again
TASK = "reports.tasks.count_results"
FIGURES = {kept.named(KIND, VERSION): TASK}


@dataclass(frozen=True, slots=True)
class Counted:
    """All figures of a programme; and how many ever registered, and how many of them confirmed their address."""

    results: Results
    registered: int
    confirmed: int


def count(programme: Programme) -> Counted:
    """Everything from the rows as they are now; what is counted of a large programme is kept by `keep`."""
    everybody = Registration.objects.for_programme(programme)
    return Counted(
        results=compute_results(programme),
        registered=everybody.count(),
        confirmed=everybody.filter(confirmed_at__isnull=False).count(),
    )


def counted_at_hand(programme: Programme, *, now: dt.datetime) -> Counted | None:
    """The figures of a page. Those of a large programme are looked up and never counted here.

    `None` while they are counted for the first time; a worker is asked for newer ones than of a minute ago.
    """
    if not kept.is_large(programme):
        return count(programme)
    kept.look_up([programme], FIGURES, now=now)
    found = kept.at_hand(programme, KIND, version=VERSION)
    return _read(found) if found else None


def keep(programme: Programme, *, now: dt.datetime) -> Counted:
    """Count, and keep what was counted."""
    found = count(programme)
    figures = {"results": found.results.as_dict(), "registered": found.registered, "confirmed": found.confirmed}
    kept.keep(programme, {KIND: figures}, now=now, version=VERSION)
    return found


def count_again(programme: Programme, *, now: dt.datetime) -> None:
    """Count and keep; nothing where somebody has just done so."""
    if not kept.is_young(programme, KIND, now=now, version=VERSION):
        keep(programme, now=now)


def _read(figures: kept.Figures) -> Counted:
    return Counted(Results.from_dict(figures["results"]), figures["registered"], figures["confirmed"])
