"""The sweep of the mailbox for bounces: what reports say of our mail is noted, everything else is left where it is."""

import datetime as dt
import logging
from collections import Counter
from dataclasses import dataclass

from django.conf import settings

from registrations.bounces import LONGEST, read_report
from registrations.mailbox import Mailbox, Unreachable, opened
from registrations.models import Bounce
from registrations.undelivered import Noted, note

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Reading:
    """How many letters reported a failure of ours, one that is known, one of a mail unknown to us, or something else."""

    bounce: int = 0
    known: int = 0
    unknown: int = 0
    other: int = 0


def read_bounces(*, now: dt.datetime) -> Reading:
    """Read the mailbox, if there is one. One that does not answer is logged and read the next time."""
    if not settings.BOUNCE_MAILBOX:
        return Reading()
    counts: Counter[str] = Counter()
    try:
        with opened(settings.BOUNCE_MAILBOX, settings.BOUNCE_MAILBOX_PASSWORD) as mailbox:
            _read(mailbox, counts, now)
    except Unreachable as problem:
        logger.warning("The mailbox for bounces cannot be read (BOUNCE_MAILBOX): %s", problem)
    reading = Reading(**counts)
    if reading.unknown:
        logger.info("%s reports on mail that we do not know were left in the mailbox for bounces", reading.unknown)
    return reading


def _read(mailbox: Mailbox, counts: Counter[str], now: dt.datetime) -> None:
    """Reports on our mail hold addresses, so they go once they are noted; the rest is somebody else's to look at."""
    for key, content in mailbox.unread(LONGEST):
        became = _became_of(content, now)
        counts[became] += 1
        if became in {Noted.BOUNCE.value, Noted.KNOWN.value}:
            mailbox.remove(key)
        else:
            mailbox.mark_read(key)


def _became_of(content: bytes, now: dt.datetime) -> str:
    try:
        report = read_report(content)
    except Exception as problem:  # anybody may write there: no letter, however odd, keeps us from the next
        logger.warning("A letter in the mailbox for bounces cannot be read: %s", type(problem).__name__)
        return "other"
    if report is None:
        return "other"
    return note(report.mails, report.verdict, way=Bounce.Way.REPORT, now=now).value
