"""Mail: queued as rows in the transaction that causes it, sent by a sweep that may run twice, or twice at once.

A mail is claimed by a conditional UPDATE and, when its sender disappears, is *in doubt* after the lease: exactly-once
delivery does not exist, so a person decides whether it goes out again.
"""

import datetime as dt
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from registrations.delivery import Answer, Outcome, hand_over
from registrations.errors import Refused
from registrations.letters import ASKED_FOR, PERSONAL_LINK, Kind, compose
from registrations.models import Bounce, Mail, Programme, Registration
from registrations.team import addresses_of_team
from registrations.undelivered import note_refusal
from registrations.wordings import EditedTexts, Values, Wording, worded

__all__ = [
    "PERSONAL_LINK",
    "SendReport",
    "draft",
    "draft_letter",
    "draft_to_team",
    "draft_worded",
    "drafts_to_team",
    "queue",
    "queue_many",
    "send_again",
    "send_due",
]

TEST = "test"  # the kind of what organisers send to themselves to see how a mail reads, perhaps as one of the people
LEASE = dt.timedelta(minutes=10)
READ_AHEAD = 20  # so many mails are read at once; few, so that a link renewed meanwhile is seldom an old one
SWEEP_SECONDS = 60  # a sweep ends long before the lease of what it claimed
MAX_ATTEMPTS = 12  # with the pauses of `pause_after`: about a day
LONGEST_PAUSE = dt.timedelta(hours=6)


@dataclass(frozen=True, slots=True)
class SendReport:
    """How many mails a sweep sent, saw refused, left in doubt or put back."""

    sent: int = 0
    failed: int = 0
    doubtful: int = 0
    postponed: int = 0


# Queueing ---------------------------------------------------------------------------------------------------------


def draft(
    kind: str, *, registration: Registration, subject: str, body: str, key: str, now: dt.datetime, topic: str = ""
) -> Mail:
    """A mail that is not stored yet, for `queue_many`. `topic` is a `Topic` that its reader can stop.

    Held back is the mail to people who were made up, who withdrew their consent (`letters.ASKED_FOR` aside), or who
    stopped the topic or left the programme that it is about.
    """
    programme = registration.programme
    return Mail(
        kind=kind,
        topic=topic,
        key=key,
        programme=programme,
        registration=registration,
        to=registration.email,
        language=registration.language,
        subject=" ".join(subject.split())[:300],
        body=body,
        queued_at=now,
        due_at=now,
        held_at=None if _may_be_sent(kind, topic, registration) and not programme.is_synthetic else now,
    )


def draft_worded(
    kind: str,
    wording: Wording,
    values: Values,
    *,
    registration: Registration,
    key: str,
    now: dt.datetime,
    language: str = "",
    edited: EditedTexts | None = None,
) -> Mail:
    """A draft in the words of its kind, in the language in use: the registration's, or ``language`` where that is given."""
    programme = registration.programme
    words = worded(wording, values, programme=programme, language=language or registration.language, edited=edited)
    return draft(
        kind,
        registration=registration,
        subject=words.subject,
        body=words.body,
        key=key,
        now=now,
        topic=wording.topic or "",
    )


def draft_letter(kind: Kind, registration: Registration, *, key: str, now: dt.datetime) -> Mail:
    """A draft of a letter about the registration itself, in its reader's language."""
    letter = compose(kind, registration)
    return draft(kind.value, registration=registration, subject=letter.subject, body=letter.body, key=key, now=now)


def drafts_to_team(
    kind: str, *, programme: Programme, language: str, subject: str, body: str, key: str, now: dt.datetime
) -> list[Mail]:
    """`draft_to_team` to each organiser, with the member's number behind the key."""
    words = {"language": language, "subject": subject, "body": body}
    return [
        draft_to_team(kind, programme=programme, to=to, key=f"{key}:{number}", now=now, **words)
        for number, to in addresses_of_team(programme)
    ]


def draft_to_team(
    kind: str, *, programme: Programme, to: str, language: str, subject: str, body: str, key: str, now: dt.datetime
) -> Mail:
    """A mail, not stored yet, to somebody who runs a programme. It belongs to no registration, so it holds no person.

    The team of people who were made up gets none either: its mail is held back.
    """
    return Mail(
        kind=kind,
        key=key,
        programme=programme,
        to=to,
        language=language,
        subject=" ".join(subject.split())[:300],
        body=body,
        queued_at=now,
        due_at=now,
        held_at=now if programme.is_synthetic else None,
    )


def _may_be_sent(kind: str, topic: str, registration: Registration) -> bool:
    """Whether there is a person, who agrees to being written to about this or asked for this very mail.

    Who has left the programme gets what belongs to the registration, and no more reminders, surveys or news.
    """
    agrees = registration.has_consent and registration.wants(topic) and not (topic and registration.is_withdrawn)
    return not registration.is_erased and (agrees or kind in ASKED_FOR)


def queue(kind: str, *, registration: Registration, subject: str, body: str, key: str, now: dt.datetime) -> Mail:
    """Queue one mail. `key` makes it the only one of its kind: queueing it twice is queueing it once.

    `body` may hold the placeholder PERSONAL_LINK, which is replaced when the mail leaves.
    """
    queue_many([draft(kind, registration=registration, subject=subject, body=body, key=key, now=now)])
    return Mail.objects.get(key=key)


def queue_many(drafts: Iterable[Mail]) -> None:
    """Queue mails made by `draft` in few statements; those whose key is taken are left as they are."""
    Mail.objects.bulk_create(drafts, ignore_conflicts=True, batch_size=500)


def send_again(mail: Mail, *, now: dt.datetime) -> Mail:
    """Put a mail that failed or is in doubt back into the queue, because a person decided so."""
    fresh = {"claimed_at": None, "doubtful_at": None, "failed_at": None, "attempts": 0, "error": "", "due_at": now}
    if not Mail.objects.stuck().filter(pk=mail.pk).update(**fresh):
        raise Refused(_("Only a mail that failed or is in doubt can be sent again."))
    Bounce.objects.filter(mail=mail).delete()
    mail.refresh_from_db()
    return mail


# Sending ----------------------------------------------------------------------------------------------------------


def send_due(*, now: dt.datetime) -> SendReport:
    """Send what is due and what becomes due meanwhile, for about a minute. Safe to run twice at once."""
    counts = Counter({Outcome.DOUBTFUL: _give_up_on_expired_leases(now)})
    connection = get_connection()
    try:
        counts.update(answer.outcome for answer in _send_all(connection, now))
    finally:
        connection.close()
    return SendReport(**{outcome.value: counts[outcome] for outcome in Outcome})


def _give_up_on_expired_leases(now: dt.datetime) -> int:
    expired = Mail.objects.open().filter(claimed_at__lt=now - LEASE)
    return expired.update(doubtful_at=now, error=_("The sender stopped while sending."))


def _send_all(connection: BaseEmailBackend, now: dt.datetime) -> Iterator[Answer]:
    """What came of each mail, until none is left, the server is gone or the time is up.

    Mails are claimed one by one, so that a sender who is killed leaves one in doubt. What came of a mail is stored by
    the transaction that claims the next: a commit, for which the disk is waited for, serves both.
    """
    give_up_at, queue = time.monotonic() + SWEEP_SECONDS, _queued(now)
    mail = _claim_next(queue, now)
    while mail:
        answer = hand_over(mail, connection)
        is_over = answer.is_server_gone or time.monotonic() > give_up_at
        with transaction.atomic(savepoint=False):
            _record(mail, answer, now)
            mail = None if is_over else _claim_next(queue, now)
        yield answer


def _queued(now: dt.datetime) -> Iterator[Mail]:
    """What is due, read a few at a time; some may be claimed by others meanwhile."""
    due = Mail.objects.due(now).select_related("programme", "registration")
    while mails := list(due[:READ_AHEAD]):
        yield from mails


def _claim_next(queue: Iterator[Mail], now: dt.datetime) -> Mail | None:
    """The next mail that nobody else has claimed, to somebody who may still be written to."""
    for mail in queue:
        if mail.registration is not None and not _may_be_sent(mail.kind, mail.topic, mail.registration):
            _put_away(mail, now)
            continue
        if Mail.objects.due(now).filter(pk=mail.pk).order_by().update(claimed_at=now, attempts=F("attempts") + 1):
            mail.attempts += 1
            return mail
    return None


def _put_away(mail: Mail, now: dt.datetime) -> None:
    """Held back where its reader has withdrawn the consent or stopped it since; gone where it was queued while its
    reader was being erased, since it still says who that was."""
    queued = Mail.objects.due(now).filter(pk=mail.pk)
    if mail.registration is not None and mail.registration.is_erased:
        queued.delete()
    else:
        queued.order_by().update(held_at=now)


def _record(mail: Mail, answer: Answer, now: dt.datetime) -> None:
    is_last = mail.attempts >= MAX_ATTEMPTS
    changes: dict[str, object] = {"error": answer.words}
    if answer.outcome is Outcome.SENT:
        changes |= {"sent_at": now, "doubtful_at": None}
    elif answer.outcome is Outcome.DOUBTFUL:
        changes |= {"doubtful_at": now}
    elif answer.outcome is Outcome.FAILED or is_last:
        changes |= {"failed_at": now}
    else:
        changes |= {"claimed_at": None, "due_at": now + pause_after(mail.attempts)}
    Mail.objects.filter(pk=mail.pk).update(**changes)
    if "failed_at" in changes:
        note_refusal(mail, answer.words, now=now)


def pause_after(attempts: int) -> dt.timedelta:
    """How long to wait after this many attempts: one minute, then double each time, six hours at most."""
    return min(dt.timedelta(minutes=2 ** min(attempts - 1, 12)), LONGEST_PAUSE)
