"""How many people were present for how long, session by session; kept where a programme is large."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from registrations import kept
from registrations.models import Programme
from sessions.models import Attendance

KIND = "attendance"
TASK = "sessions.tasks.count_attendance"


@dataclass(frozen=True, slots=True)
class Presences:
    """Of everybody with a seat: people by seconds of presence, by session key, and when they were counted."""

    seconds: Mapping[int, Counter[int]]
    counted_at: dt.datetime | None = None

    def of(self, session: int) -> Counter[int]:
        """Those of one session."""
        return self.seconds.get(session, Counter())

    def present(self, session: int) -> int:
        """How many have at least a second of presence."""
        return sum(people for seconds, people in self.of(session).items() if seconds > 0)


def presences(programme: Programme, *, now: dt.datetime) -> Presences:
    """What counts for everybody with a seat. One query."""
    if not kept.is_large(programme):
        return Presences(_counted(programme))
    return _presences(kept.kept(programme, KIND, lambda: _figures(programme), TASK, now=now))


def presences_at_hand(programme: Programme) -> Presences | None:
    """The same of a large programme whose figures were looked up; `None` while they are counted for the first time."""
    found = kept.at_hand(programme, KIND)
    return _presences(found) if found else None


def _presences(found: kept.Kept) -> Presences:
    return Presences(
        {
            int(key): Counter({int(seconds): people for seconds, people in each.items()})
            for key, each in found.figures.items()
        },
        found.counted_at,
    )


def count_again(programme: Programme, *, now: dt.datetime) -> None:
    """Count, and keep what was counted."""
    kept.keep(programme, _figures(programme), now=now)


def _figures(programme: Programme) -> kept.ByKind:
    return {KIND: {str(session): dict(seconds) for session, seconds in _counted(programme).items()}}


def _counted(programme: Programme) -> dict[int, Counter[int]]:
    found: dict[int, Counter[int]] = defaultdict(Counter)
    for person in Attendance.objects.seated().presences(programme).values():
        for session, presence in person.items():
            found[session][presence.seconds] += 1
    return found
