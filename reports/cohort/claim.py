"""One walk of a programme at a time: a row is claimed by a conditional UPDATE, with a lease that progress renews."""

import contextlib
import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from registrations.models import Programme
from reports.errors import Refused
from reports.models import CohortWalk

LEASE = dt.timedelta(minutes=2)
Clock = Callable[[], dt.datetime]
Progress = Callable[[str, int, int], None]
"""Called with what is being done, how many are done, and how many there are."""


def silent(_what: str, _done: int, _total: int) -> None:
    """No progress display."""


@dataclass(frozen=True)
class Claim:
    """The right to walk a programme, kept as long as there is progress."""

    programme: Programme
    clock: Clock

    def kept_by(self, progress: Progress) -> Progress:
        """The same progress display, each call of which renews the lease."""

        def step(what: str, done: int, total: int) -> None:
            self._update(claimed_at=self.clock())
            progress(what, done, total)

        return step

    def finish(self) -> None:
        """Record that the walk came to its end."""
        self._update(finished_at=self.clock())

    def release(self) -> None:
        """Let the next one in."""
        self._update(claimed_at=None)

    def _update(self, **moments: dt.datetime | None) -> None:
        CohortWalk.objects.filter(programme=self.programme).update(**moments)


@contextlib.contextmanager
def claimed(programme: Programme, *, clock: Clock) -> Iterator[Claim]:
    """Walk alone. Raises `Refused` while somebody else's walk shows signs of life."""
    CohortWalk.objects.get_or_create(programme=programme)
    is_free = Q(claimed_at__isnull=True) | Q(claimed_at__lt=clock() - LEASE)
    mine = CohortWalk.objects.filter(is_free, programme=programme).update(claimed_at=clock(), finished_at=None)
    if not mine:
        raise Refused(
            _("A synthetic cohort is on its way through “%(programme)s” at this moment. Try again in a few minutes.")
            % {"programme": programme}
        )
    claim = Claim(programme, clock)
    try:
        yield claim
    finally:
        claim.release()
