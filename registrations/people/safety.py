"""Keeping people safe from each other: blocks, which nobody is told of, and reports to the organisers."""

import datetime as dt

from django.db import IntegrityError, transaction
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from registrations import mail
from registrations.errors import Refused
from registrations.models import Block, Contact, Profile, ProfileItem, ProfileReport, Registration, User
from registrations.names import tidy_line
from registrations.people import letters
from registrations.team import language_of_team

LONGEST_REPORT = 500
REPORTS_PER_DAY = 10


@transaction.atomic
def block(registration: Registration, other: Registration, *, now: dt.datetime) -> Block:
    """Hide two people from each other for good, without a word to the other. Blocking twice is blocking once."""
    made, _is_new = Block.objects.get_or_create(by=registration, other=other, defaults={"blocked_at": now})
    between = Contact.objects.between(registration, other).open()
    letters.call_back(between)
    between.filter(sender=registration).update(taken_back_at=now)
    between.filter(recipient=registration).update(declined_at=now)
    return made


@transaction.atomic
def report(registration: Registration, about: Profile, *, text: str, now: dt.datetime) -> ProfileReport:
    """Tell the organisers about somebody, with what the profile says now and the last message received.

    Raises Refused without words, while an earlier report about the same person waits, and after ten in a day.
    """
    words = tidy_line(text)
    if not words:
        raise Refused(_("Say in a sentence what is wrong."))
    if len(words) > LONGEST_REPORT:
        raise Refused(_("Write %(most)s characters at most.") % {"most": LONGEST_REPORT})
    lately = ProfileReport.objects.filter(by=registration, reported_at__gt=now - dt.timedelta(days=1))
    if lately.count() >= REPORTS_PER_DAY:
        raise Refused(
            _("You reported %(most)s people within a day. Please go on tomorrow.") % {"most": REPORTS_PER_DAY}
        )
    try:
        with transaction.atomic():
            made = ProfileReport.objects.create(
                by=registration,
                about=about.registration,
                text=words,
                evidence=_evidence(registration, about),
                reported_at=now,
            )
    except IntegrityError:
        raise Refused(_("Your report about this person waits for the organisers already.")) from None
    oldest = ProfileReport.objects.open().for_programme(registration.programme).first()
    if oldest is not None:
        mail.queue_many(letters.report_waits(oldest, now=now))
    return made


@transaction.atomic
def dismiss(found: ProfileReport, *, by: User | None, now: dt.datetime) -> None:
    """Leave the profile as it is. Raises Refused where somebody decided before."""
    _decide(found, by=by, now=now, is_upheld=False)


@transaction.atomic
def hide(found: ProfileReport, *, by: User | None, now: dt.datetime) -> None:
    """Take the profile out of everybody's sight, which answers the other open reports about it, too.

    Raises Refused where somebody decided before.
    """
    _decide(found, by=by, now=now, is_upheld=True)
    others = ProfileReport.objects.open().filter(about=found.about_id)
    others.update(decided_at=now, decided_by=by, is_upheld=True)
    Profile.objects.filter(registration=found.about_id, hidden_at__isnull=True).update(hidden_at=now, hidden_by=by)


def show_again(profile: Profile, *, now: dt.datetime) -> None:
    """Show a profile again that was hidden. Doing so twice is doing it once."""
    Profile.objects.filter(pk=profile.pk).update(hidden_at=None, hidden_by=None)


def _decide(found: ProfileReport, *, by: User | None, now: dt.datetime, is_upheld: bool) -> None:
    mine = ProfileReport.objects.open().filter(pk=found.pk)
    if not mine.update(decided_at=now, decided_by=by, is_upheld=is_upheld):
        raise Refused(_("This report was decided already; the first decision stands."))


def _evidence(registration: Registration, about: Profile) -> str:
    """What the reporter saw, a line each: the profile, then the last message that they got from its owner.

    In the language of those who run the programme.
    """
    items = list(about.items.select_related("topic").order_by("position", "pk"))
    got = Contact.objects.filter(sender=about.registration_id, recipient=registration).order_by("asked_at", "pk").last()
    with translation.override(language_of_team(registration.programme)):
        labels = {
            ProfileItem.Side.OFFER: pgettext("what a person offers", "Offers"),
            ProfileItem.Side.NEED: pgettext("what a person looks for", "Looks for"),
        }
        things = [f"{labels[ProfileItem.Side(item.side)]}: {item}" for item in items]
    return "\n".join(
        line for line in [about.shown_name, about.about, *things, f"“{got.sentence}”" if got else ""] if line
    )
