"""Mail that did not arrive: noted once for each mail, and on the registration where the address is at fault.

A report counts only where it names the number of a mail that was handed over lately; nobody can guess one. What it says is
noted and shown, and people are asked to look at the address. No mail is held back for it (decision 29).
"""

import datetime as dt
import enum
import uuid
from collections.abc import Sequence

from django.db import transaction

from registrations.bounces import Verdict, judge
from registrations.models import Bounce, Mail, Registration, Topic
from registrations.stopping import set_wanted

COUNTS_FOR = dt.timedelta(days=14)  # servers give up after five days (RFC 5321, 4.5.4.1); some report late
SOFT_IN_A_ROW = 3
SOFT_FOR = dt.timedelta(days=2)


class Noted(enum.Enum):
    """What became of a report."""

    BOUNCE = "bounce"
    KNOWN = "known"
    UNKNOWN = "unknown"


@transaction.atomic
def note(numbers: Sequence[uuid.UUID], verdict: Verdict, *, way: Bounce.Way, now: dt.datetime) -> Noted:
    """Note what came of the first of these mails that we sent lately; none is no error. Noting twice is noting once."""
    mail = _sent_lately(numbers, now)
    return Noted.UNKNOWN if mail is None else note_of(mail, verdict, way=way, now=now)


@transaction.atomic
def note_of(mail: Mail, verdict: Verdict, *, way: Bounce.Way, now: dt.datetime) -> Noted:
    """The same for a mail that is known. A failure for good takes the place of a passing one."""
    fields = {
        "noted_at": now,
        "way": way,
        "is_hard": verdict.is_hard,
        "reason": verdict.reason.value,
        "status": verdict.status,
        "words": verdict.words,
    }
    _bounce, is_new = Bounce.objects.get_or_create(mail=mail, defaults=fields)
    if not is_new and not (
        verdict.is_hard and Bounce.objects.filter(mail=mail, is_hard=False).order_by().update(**fields)
    ):
        return Noted.KNOWN
    if mail.registration_id and (verdict.is_hard or _is_enough(mail)):
        Registration.objects.filter(
            pk=mail.registration_id, email=mail.to, address_bounced_at__isnull=True, erased_at__isnull=True
        ).update(address_bounced_at=now)
    return Noted.BOUNCE


def note_refusal(mail: Mail, words: str, *, now: dt.datetime) -> None:
    """Note that the server refused a mail at once, in these words; those without a code say nothing of the address."""
    verdict = judge("", words)
    if verdict is not None:
        note_of(mail, verdict, way=Bounce.Way.REFUSAL, now=now)


@transaction.atomic
def note_arrival(numbers: Sequence[uuid.UUID], *, now: dt.datetime) -> None:
    """Take the mark from an address where a mail has arrived that left after the mark was made."""
    mail = _sent_lately(numbers, now)
    if mail is not None and mail.registration_id and mail.claimed_at:
        marked = Registration.objects.filter(pk=mail.registration_id, email=mail.to)
        marked.filter(address_bounced_at__lt=mail.claimed_at).update(address_bounced_at=None)


def stop_topic(numbers: Sequence[uuid.UUID], *, now: dt.datetime) -> None:
    """Send no more of the kind of a mail that its reader called spam, or unsubscribed from where the provider lets them.

    Nothing where the mail belongs to the registration, or went to an address that the person no longer has.
    """
    mail = _sent_lately(numbers, now)
    if mail is not None and mail.topic and mail.registration_id:
        for registration in Registration.objects.filter(pk=mail.registration_id, email=mail.to):
            set_wanted(registration, Topic(mail.topic), is_wanted=False)


def _sent_lately(numbers: Sequence[uuid.UUID], now: dt.datetime) -> Mail | None:
    """The first that a sender has claimed in the last days: a report may come before its answer is stored."""
    found = Mail.objects.filter(uuid__in=numbers, claimed_at__gt=now - COUNTS_FOR)
    mails = {mail.uuid: mail for mail in found.order_by()}
    return next((mails[number] for number in numbers if number in mails), None)


def _is_enough(mail: Mail) -> bool:
    """Whether the last mails to the address all came back, over more than a passing trouble."""
    sent = Mail.objects.filter(to=mail.to, registration=mail.registration_id, claimed_at__isnull=False)
    last = list(sent.order_by("-queued_at", "-pk").values_list("queued_at", "bounce__noted_at")[:SOFT_IN_A_ROW])
    if len(last) < SOFT_IN_A_ROW or not all(noted_at for _queued_at, noted_at in last):
        return False
    return last[0][0] - last[-1][0] >= SOFT_FOR
