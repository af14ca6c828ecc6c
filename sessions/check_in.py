"""When people may check themselves in to a session, and what that is worth."""

import datetime as dt
from dataclasses import dataclass

OPENS_BEFORE = dt.timedelta(minutes=15)  # people come early; what lies before the start counts for nothing


@dataclass(frozen=True, slots=True)
class CheckInWindow:
    """From fifteen minutes before a session's start to its end (aware moments)."""

    starts_at: dt.datetime
    ends_at: dt.datetime

    @property
    def opens_at(self) -> dt.datetime:
        """The first moment at which somebody can check in."""
        return self.starts_at - OPENS_BEFORE

    def is_ahead(self, now: dt.datetime) -> bool:
        """Whether it is too early."""
        return now < self.opens_at

    def is_over(self, now: dt.datetime) -> bool:
        """Whether it is too late."""
        return now >= self.ends_at

    def is_open(self, now: dt.datetime) -> bool:
        """Whether somebody can check in now."""
        return self.opens_at <= now < self.ends_at


def seconds_from(checked_in_at: dt.datetime, *, starts_at: dt.datetime, ends_at: dt.datetime) -> int:
    """What a check-in is worth: whole seconds from its moment, but not before the start, to the session's end.

    It says when somebody came and not when they left: the organisers' own entry, which says both, prevails over it.
    """
    return max(0, int((ends_at - max(checked_in_at, starts_at)).total_seconds()))
