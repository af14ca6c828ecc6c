"""Retention on the ground floor: set by an organiser, recorded when it is carried out, and carried out on mails."""

import datetime as dt

from django.db import transaction

from registrations.erased import ERASED, NOBODY
from registrations.models import Bounce, Mail, Programme, Retention, RetentionRecord, User

CHUNK = 500


@transaction.atomic
def set_retention(retention: Retention, *, by: User | None = None, now: dt.datetime) -> Retention:
    """Keep what was set; the notice runs anew. What is the same as before changes nothing."""
    known = Retention.objects.select_for_update().filter(programme=retention.programme).first()
    days = {name: getattr(retention, name) for name in ("log_days", "mail_days", "text_days", "person_days")}
    if known is not None and all(getattr(known, name) == value for name, value in days.items()):
        return known
    kept, _is_new = Retention.objects.update_or_create(
        programme=retention.programme, defaults={**days, "set_at": now, "set_by": by}
    )
    return kept


def record(programme: Programme, what: RetentionRecord.What, count: int, *, now: dt.datetime) -> int:
    """Write down that so many went; to be called in the transaction of the deed. The same number."""
    if count:
        RetentionRecord.objects.create(programme=programme, what=what, count=count, at=now)
    return count


@transaction.atomic
def blank_mails(programme: Programme, *, now: dt.datetime) -> int:
    """Blank addresses, subjects and texts of the next mails that are not on their way; how many, 0 when none is left.

    The rows stay with their keys and moments, so that no sweep writes a second time. What failed or is in doubt is held
    back from now on: there is nothing left to send.
    """
    ended = Mail.objects.filter(programme=programme).exclude(pk__in=Mail.objects.open().order_by().values("pk"))
    keys = list(ended.exclude(to=NOBODY).order_by("pk").values_list("pk", flat=True)[:CHUNK])
    rows = Mail.objects.filter(pk__in=keys).exclude(to=NOBODY).order_by()
    Bounce.objects.filter(mail__in=keys).order_by().update(words="")
    rows.filter(sent_at__isnull=True).update(doubtful_at=None, failed_at=None, held_at=now)
    return record(programme, RetentionRecord.What.MAILS, rows.update(**_blank()), now=now)


def _blank() -> dict[str, str]:
    return {"to": NOBODY, "subject": ERASED, "body": "", "error": ""}
