"""What a mail provider reports by webhook, read by django-anymail and noted by us.

anymail sends a signal for each event. We subclass its view instead, so that there is no signal here either: the subclass
notes the events and passes none on. Checking secrets and signatures stays anymail's. Loaded only where a provider is named.
"""

import contextlib
import re
import uuid
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.exceptions import BadRequest, ImproperlyConfigured
from django.http import HttpRequest
from django.urls import URLPattern, path
from django.utils import timezone

from registrations.bounces import Reason, Verdict, judge, own_number
from registrations.later import later
from registrations.models import Bounce
from registrations.redacting import without_addresses
from registrations.undelivered import note, note_arrival, stop_topic

METADATA = "mail"  # under which a provider keeps the number of our mail

_anymail_urls = later("anymail.urls")
_FAILURES = {"bounced", "rejected", "failed"}
_ENOUGH = {"complained", "unsubscribed"}
_HARD_REASONS = {"bounced", "invalid"}
_SAID_IN = ("Type", "event", "type", "bounceType", "bounce_class", "severity")
_SOFT = re.compile(r"soft|transient|temporary|blocked", re.IGNORECASE)
_SOFT_CLASSES = {"20", "21", "22", "23", "24", "40", "70"}  # SparkPost’s, who says them in numbers
_DEEPEST = 3


class NotesReports:
    """Mixed into a provider's view: its events are noted here, and nothing is left to be signalled."""

    def run_validators(self, request: HttpRequest) -> None:
        """As the provider's view checks a report; some look for the signature inside of it."""
        with _told_to_the_sender():
            super().run_validators(request)  # type: ignore[misc]

    def parse_events(self, request: HttpRequest) -> list[Any]:
        """No event: each has been noted."""
        with _told_to_the_sender():
            events = super().parse_events(request)  # type: ignore[misc]
        for event in events:
            note_event(event)
        return []


@contextlib.contextmanager
def _told_to_the_sender() -> Iterator[None]:
    """What cannot be read is the sender's mistake, and is told to it in one line."""
    try:
        yield
    except (ValueError, LookupError, TypeError, AttributeError, ArithmeticError, RecursionError) as problem:
        raise BadRequest("A report of the mail provider cannot be read.") from problem


def provider_urls() -> list[URLPattern]:
    """The address that the provider named in the settings reports to; none where none is named.

    Refuses, as anymail words it, what could read no report: a key that is not set, a package that is missing.
    """
    if not settings.MAIL_PROVIDER:
        return []
    name = f"{settings.MAIL_PROVIDER}_tracking_webhook"
    theirs = next((each.callback.view_class for each in _anymail_urls().urlpatterns if each.name == name), None)
    if theirs is None:
        raise ImproperlyConfigured(
            f"MAIL_PROVIDER is {settings.MAIL_PROVIDER!r}, which django-anymail has no reports of."
        )
    ours: Any = type(theirs.__name__, (NotesReports, theirs), {})
    ours()  # anymail would say what it lacks with the first report only
    return [path(f"mail-reports/{settings.MAIL_PROVIDER}/", ours.as_view(), name="mail_reports")]


def note_event(event: Any) -> None:
    """Note one `anymail.signals.AnymailTrackingEvent`: it arrived, failed, or its reader wants no more of the kind."""
    numbers, now = list(_numbers(event)), timezone.now()
    if event.event_type == "delivered":
        note_arrival(numbers, now=now)
    elif event.event_type in _ENOUGH:
        stop_topic(numbers, now=now)
    elif event.event_type in _FAILURES:
        note(numbers, verdict_of(event), way=Bounce.Way.PROVIDER, now=now)


def verdict_of(event: Any) -> Verdict:
    """By the receiving server's own code; where there is none, by what the provider makes of it."""
    said = " ".join(str(words) for words in (event.mta_response, event.description) if words)
    people = (event.recipient or "",)
    verdict = judge("", said, of=people)
    if verdict is not None and event.event_type == "bounced":
        return verdict
    # The provider's own list of addresses, or its own words: an address on the list is bad, or its owner complained.
    is_bad = event.reject_reason in _HARD_REASONS
    is_hard = (is_bad or event.event_type == "bounced") and not _is_called_soft(event)
    reason = Reason.REFUSED if event.event_type == "rejected" else Reason.OTHER
    return Verdict(is_hard, Reason.NO_ADDRESS if is_hard and is_bad else reason, "", without_addresses(said, of=people))


def _is_called_soft(event: Any) -> bool:
    raw = event.esp_event if isinstance(event.esp_event, dict) else {}
    said = [words for words in (event.description, *_said_in(raw)) if isinstance(words, str)]
    return raw.get("hard_bounce") is False or any(_SOFT.search(words) or words in _SOFT_CLASSES for words in said)


def _said_in(raw: dict[str, Any], depth: int = 0) -> Iterator[Any]:
    """What kind of trouble a report names; some wrap it into others."""
    for name, value in raw.items():
        if isinstance(value, dict) and depth < _DEEPEST:
            yield from _said_in(value, depth + 1)
        elif name in _SAID_IN:
            yield value


def _numbers(event: Any) -> Iterator[uuid.UUID]:
    """Ours as we gave it along, else the Message-ID, which some providers leave as it is."""
    metadata = event.metadata if isinstance(event.metadata, dict) else {}
    for text in (metadata.get(METADATA), event.message_id):
        number = own_number(text) if isinstance(text, str) else None
        if number is not None:
            yield number
