"""When somebody who was invited is to be reminded. Plain Python."""

import datetime as dt
from collections.abc import Sequence

LAST_CALL = dt.timedelta(hours=3)


def reminders_due(
    days: Sequence[int], *, invited_at: dt.datetime, reminders: int, now: dt.datetime, closes_at: dt.datetime
) -> int:
    """How many reminders should have been sent by now: one mail is due where that is more than ``reminders``.

    ``days`` are counted from the invitation. Nobody is reminded in a survey's last hours, and whoever is late, because
    inviting was stopped for a while, gets one reminder for all that were missed.
    """
    if now > closes_at - LAST_CALL:
        return reminders
    return max(reminders, sum(now >= invited_at + dt.timedelta(days=day) for day in days))
