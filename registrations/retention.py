"""Until when a kind of data is kept. Pure Python."""

import datetime as dt
import enum

NOTICE = dt.timedelta(days=7)
"""Nothing goes sooner than this after it was set, so that a mistake can be put right."""

LONGEST = 3650
"""Days: the longest time that can be set. Whoever wants more keeps the data until it is erased."""


class Kind(enum.Enum):
    """What is kept for its own time, in the order in which it goes: attendance logs first."""

    LOGS = "logs"
    MAILS = "mails"
    TEXTS = "texts"
    PEOPLE = "people"


def due_date(end_date: dt.date, days: int | None, set_on: dt.date | None) -> dt.date | None:
    """The day from which data goes that is kept `days` after `end_date`; None where it is kept.

    At the earliest `NOTICE` after the day on which it was set.
    """
    if days is None:
        return None
    try:
        due = end_date + dt.timedelta(days=days)
    except OverflowError:
        return dt.date.max
    return max(due, set_on + NOTICE) if set_on else due
