"""What came of contacts: recorded by one of the two, counted when the other has confirmed it."""

import datetime as dt
import re

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from registrations import mail
from registrations.errors import Refused
from registrations.models import Contact, Partnership, Registration
from registrations.names import tidy_words
from registrations.people import letters

LONGEST_SUBJECT = 200
MOST_UNANSWERED = 3  # of one contact: the other is not asked again and again
_MONTH = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])", re.ASCII)


def month_of(text: str, *, today: dt.date) -> dt.date:
    """The first day of a month written as 2026-03. Raises Refused for anything else, and for one that is still to come."""
    found = _MONTH.fullmatch(text.strip())
    if found is None:
        raise Refused(_("Write the month as year and number, for example 2026-03."))
    month = dt.date(int(found[1]), int(found[2]), 1)
    if month > today:
        raise Refused(_("This month is still to come. Record the partnership when it has begun."))
    return month


@transaction.atomic
def record(contact: Contact, *, by: Registration, subject: str, month: dt.date, now: dt.datetime) -> Partnership:
    """Record what two who agreed to be in contact do together; the other is asked by mail to confirm it.

    Raises Refused where they did not agree, without words, for the same subject twice, and while three others of
    these two wait for an answer.
    """
    locked = Contact.objects.select_for_update(of=["self"]).of(by).agreed().filter(pk=contact.pk).first()
    if locked is None:
        raise Refused(_("Record a partnership with somebody with whom you have agreed to be in contact."))
    text = tidy_words(subject)
    if not text:
        raise Refused(_("Say in a few words what you do together."))
    if len(text) > LONGEST_SUBJECT:
        raise Refused(_("Write %(most)s characters at most.") % {"most": LONGEST_SUBJECT})
    if Partnership.objects.unanswered().filter(contact=locked).count() >= MOST_UNANSWERED:
        raise Refused(_("Several partnerships of you two wait to be confirmed. Please wait for the answer."))
    try:
        with transaction.atomic():
            row = Partnership.objects.create(contact=locked, recorded_by=by, subject=text, month=month, recorded_at=now)
    except IntegrityError:
        raise Refused(_("This partnership is recorded already.")) from None
    mail.queue_many([letters.to_confirm(row, now=now)])
    return row


def answer(partnership: Partnership, *, by: Registration, is_true: bool, now: dt.datetime) -> Partnership:
    """Confirm or deny what the other recorded; the first answer stands. Raises Refused for one's own record."""
    contacts = Contact.objects.of(by).filter(pk=partnership.contact_id)
    if partnership.recorded_by_id == by.pk or not contacts.exists():
        raise Refused(_("The other one of you two confirms this partnership."))
    moment = "confirmed_at" if is_true else "denied_at"
    Partnership.objects.unanswered().filter(pk=partnership.pk).update(**{moment: now})
    partnership.refresh_from_db()
    return partnership
