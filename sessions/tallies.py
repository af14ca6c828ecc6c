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
    """Of everybody with a seat: people by seconds of presence, by session key."""

    seconds: Mapping[int, Counter[int]]

    def of(self, session: int) -> Counter[int]:
        """Those of one session."""
        return self.seconds.get(session, Counter())

    def present(self, session: int) -> int:
        """How many have at least a second of presence."""
        return sum(people for seconds, people in self.of(session).items() if seconds > 0)


def presences(programme: Programme, *, now: dt.datetime) -> Presences | None:
    """What counts for everybody with a seat; `None` while a large programme is counted for the first time."""
    found = kept.figures(programme, KIND, lambda: _figures(programme), TASK, now=now)
    if found is None:
        return None
    return Presences(
        {int(key): Counter({int(seconds): people for seconds, people in each.items()}) for key, each in found.items()}
    )


def count_again(programme: Programme, *, now: dt.datetime) -> None:
    """Count, and keep what was counted."""
    kept.keep(programme, {KIND: _figures(programme)}, now=now)


def _figures(programme: Programme) -> kept.Figures:
    found: dict[str, Counter[int]] = defaultdict(Counter)
    for person in Attendance.objects.seated().presences(programme).values():
        for session, presence in person.items():
            found[str(session)][presence.seconds] += 1
    return found
