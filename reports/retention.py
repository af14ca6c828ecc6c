"""Retention carried out: what is kept no longer goes, kind by kind and floor by floor, attendance logs first."""

import datetime as dt
from collections.abc import Callable, Mapping

from django.db import transaction
from django.utils import timezone

from registrations.models import Programme, Registration, Retention, RetentionRecord
from registrations.retaining import blank_mails, record
from registrations.retention import Kind
from reports.erasure import erase_person
from sessions.actions import delete_logs
from surveys.actions import delete_texts

SPENDS = dt.timedelta(seconds=20)
"""After this one call stops, so that the worker's other work is not kept waiting. The next goes on."""

PEOPLE_AT_ONCE = 10  # people erased in one transaction
Clock = Callable[[], dt.datetime]


def carry_out(*, now: dt.datetime, clock: Clock = timezone.now) -> int:
    """Let go of everything whose time is over, in small transactions; how many things were dealt with.

    Of all programmes the attendance logs first, then mails, texts, people. Safe to run twice, also at the same time, and
    to be killed at any point. Every figure stays as it is.
    """
    until, done = clock() + SPENDS, 0
    for kind, portion in PORTIONS.items():
        for retention in _set(kind):
            if not retention.is_due(kind, now):
                continue
            while clock() < until and (dealt_with := portion(retention.programme, now)):
                done += dealt_with
    return done


def _set(kind: Kind) -> list[Retention]:
    found = Retention.objects.select_related("programme").order_by("pk")
    return [retention for retention in found if retention.days(kind) is not None]


def _logs(programme: Programme, now: dt.datetime) -> int:
    return delete_logs(programme, now=now)


def _mails(programme: Programme, now: dt.datetime) -> int:
    return blank_mails(programme, now=now)


def _texts(programme: Programme, now: dt.datetime) -> int:
    return delete_texts(programme, now=now)


@transaction.atomic
def _people(programme: Programme, now: dt.datetime) -> int:
    """Erase the next people, as they would themselves."""
    rows = Registration.objects.for_programme(programme).filter(erased_at__isnull=True).order_by("pk")
    erased = [erase_person(each, now=now) for each in rows.select_related("programme")[:PEOPLE_AT_ONCE]]
    return record(programme, RetentionRecord.What.PEOPLE, sum(each.erased_at == now for each in erased), now=now)


PORTIONS: Mapping[Kind, Callable[[Programme, dt.datetime], int]] = {
    Kind.LOGS: _logs,
    Kind.MAILS: _mails,
    Kind.TEXTS: _texts,
    Kind.PEOPLE: _people,
}
