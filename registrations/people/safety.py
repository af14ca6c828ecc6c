"""Keeping people safe from each other: blocks, which nobody is told of, and reports to the organisers."""

import datetime as dt

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from registrations import mail
from registrations.errors import Refused
from registrations.models import Block, Contact, Mail, Profile, ProfileItem, ProfileReport, Registration, User
from registrations.names import tidy_line
from registrations.people import letters
from registrations.team import language_of_team

LONGEST_REPORT = 500
REPORTS_PER_DAY = 10


@transaction.atomic
def block(registration: Registration, other: Registration, *, now: dt.datetime) -> Block:
    """Hide two people from each other for good, without a word to the other. Blocking twice is blocking once."""
    Registration.objects.held(registration.pk, other.pk)
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
    evidence = _evidence(about, received(registration).filter(sender=about.registration_id).first())
    return _report(registration, about.registration_id, text=text, evidence=evidence, now=now)


@transaction.atomic
def report_message(message: Contact, *, text: str, now: dt.datetime) -> ProfileReport:
    """Tell the organisers about the one who sent a message, whether or not its recipient still sees them.

    The profile of somebody who has left the list is left alone. Raises Refused as `report` does.
    """
    seen = Profile.objects.seen_by(message.recipient).filter(registration=message.sender_id)
    evidence = _evidence(seen.select_related("registration__programme").first(), message)
    return _report(message.recipient, message.sender_id, text=text, evidence=evidence, now=now)


def received(registration: Registration) -> QuerySet[Contact]:
    """The messages that this person got, the latest first, wherever their senders are now.

    One that was taken back before its mail left was never got, and what an erased person wrote is not known any more.
    """
    got = Contact.objects.filter(recipient=registration, sender__erased_at__isnull=True).order_by("-asked_at", "-pk")
    return got.filter(Q(taken_back_at__isnull=True) | letters.relayed_by_mail())


def message_of(mail: Mail, registration: Registration) -> Contact | None:
    """The message that a mail to this person relayed, if it did."""
    key = letters.contact_key(mail.key)
    return received(registration).filter(pk=key).first() if key else None


def messages_apart(registration: Registration, *, is_member: bool) -> list[Contact]:
    """Those from people whom this person does not see in the list: who left it sees nobody. One query."""
    seen = Profile.objects.seen_by(registration).values("registration")
    return list(received(registration).exclude(sender__in=seen) if is_member else received(registration))


def _report(registration: Registration, about: int, *, text: str, evidence: str, now: dt.datetime) -> ProfileReport:
    words = tidy_line(text)
    if not words:
        raise Refused(_("Say in a sentence what is wrong."))
    if len(words) > LONGEST_REPORT:
        raise Refused(_("Write %(most)s characters at most.") % {"most": LONGEST_REPORT})
    if any(each.is_erased for each in Registration.objects.held(registration.pk, about).values()):
        raise Refused(_("This person is not in the list any more."))
    lately = ProfileReport.objects.filter(by=registration, reported_at__gt=now - dt.timedelta(days=1))
    if lately.count() >= REPORTS_PER_DAY:
        raise Refused(
            _("You reported %(most)s people within a day. Please go on tomorrow.") % {"most": REPORTS_PER_DAY}
        )
    try:
        with transaction.atomic():
            made = ProfileReport.objects.create(
                by=registration, about_id=about, text=words, evidence=evidence, reported_at=now
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


def _evidence(profile: Profile | None, got: Contact | None) -> str:
    """What the reporter saw, a line each: the profile, then a message from its owner."""
    lines = [*(_told(profile) if profile else ()), f"“{got.sentence}”" if got else ""]
    return "\n".join(line for line in lines if line)


def _told(profile: Profile) -> list[str]:
    """The lines of a profile, in the language of those who run the programme."""
    items = list(profile.items.select_related("topic").order_by("position", "pk"))
    with translation.override(language_of_team(profile.registration.programme)):
        labels = {
            ProfileItem.Side.OFFER: pgettext("what a person offers", "Offers"),
            ProfileItem.Side.NEED: pgettext("what a person looks for", "Looks for"),
        }
        return [
            profile.shown_name,
            profile.about,
            *(f"{labels[ProfileItem.Side(item.side)]}: {item}" for item in items),
        ]
