"""Contact by relay: a request with a sentence, and no address for either before both have agreed."""

import datetime as dt

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from registrations import mail
from registrations.errors import Refused
from registrations.models import Contact, Profile, Registration
from registrations.names import tidy_words
from registrations.people import letters
from registrations.people.profiles import may_be_found

REQUESTS_PER_DAY = 10
MOST_WAITING = 20  # with one recipient: nobody is buried under requests
PAUSE_BETWEEN = dt.timedelta(days=30)  # from one to the same other, after a no or a change of mind
LONGEST_SENTENCE = 500


@transaction.atomic
def ask(registration: Registration, other: Profile, *, sentence: str, now: dt.datetime) -> Contact:
    """Relay a request for contact, by mail and on the other's own page.

    Raises Refused without words, where one of them is not in the directory or cannot be seen by the other, and where
    enough was asked: by this person today, of the other by this person lately, or of the other by everybody.
    """
    sender = Registration.objects.held(registration.pk, other.registration_id)[registration.pk]
    text = tidy_words(sentence)
    if not text:
        raise Refused(_("Say in a sentence who you are and why you write."))
    if len(text) > LONGEST_SENTENCE:
        raise Refused(_("Write %(most)s characters at most.") % {"most": LONGEST_SENTENCE})
    own = _own_profile(sender)
    recipient = _seen(sender, other)
    _refuse_repetition(sender, recipient, now)
    _refuse_too_many(sender, recipient, now)
    try:
        with transaction.atomic():
            contact = Contact.objects.create(sender=sender, recipient=recipient, sentence=text, asked_at=now)
    except IntegrityError:  # the other asked at the same moment
        raise Refused(_("There is a request between you two already. See “Contacts”.")) from None
    mail.queue_many([letters.asked(contact, own, now=now)])
    return contact


@transaction.atomic
def agree(contact: Contact, *, by: Registration, now: dt.datetime) -> Contact:
    """Let both see each other's name and address; the one who asked gets a mail. Agreeing twice is agreeing once.

    Raises Refused where `by` is not the one who was asked, or the request is over.
    """
    Registration.objects.held(contact.sender_id, contact.recipient_id)
    own = _own_profile(by)
    sender = _seen(by, Profile.objects.filter(registration=contact.sender_id).first())
    if Contact.objects.open().filter(pk=contact.pk, recipient=by).update(agreed_at=now):
        contact.sender, contact.recipient = sender, by
        mail.queue_many([letters.agreed(contact, own, now=now)])
    contact.refresh_from_db(fields=["agreed_at", "declined_at", "taken_back_at"])
    if not contact.is_agreed:
        raise Refused(_("This request is over already."))
    return contact


def decline(contact: Contact, *, by: Registration, now: dt.datetime) -> None:
    """Say no; the one who asked is not told by mail. Does nothing where the request is over already."""
    Contact.objects.open().filter(pk=contact.pk, recipient=by).update(declined_at=now)


@transaction.atomic
def take_back(contact: Contact, *, by: Registration, now: dt.datetime) -> None:
    """Take one's own request back, and its mail if it is still here. Does nothing where it was answered already."""
    if Contact.objects.open().filter(pk=contact.pk, sender=by).update(taken_back_at=now):
        letters.call_back([contact])


def _own_profile(registration: Registration) -> Profile:
    profile = Profile.objects.visible().filter(registration=registration).first()
    if profile is None or not may_be_found(registration):
        raise Refused(_("You are not in the list of people yourself. See “My profile”."))
    return profile


def _seen(registration: Registration, other: Profile | None) -> Registration:
    """The other's registration, if the two may see each other now; who blocked whom is not said."""
    found = Profile.objects.seen_by(registration).filter(pk=other.pk if other else 0)
    profile = found.select_related("registration__programme").first()
    if profile is None:
        raise Refused(_("This person is not in the list any more."))
    return profile.registration


def _refuse_repetition(sender: Registration, recipient: Registration, now: dt.datetime) -> None:
    last = Contact.objects.last_between(sender, recipient)
    if last is None:
        return
    if last.is_agreed or last.is_open:
        raise Refused(_("There is a request between you two already. See “Contacts”."))
    own = Contact.objects.filter(sender=sender, recipient=recipient).order_by("-asked_at", "-pk").first()
    if own is not None and own.asked_at > now - PAUSE_BETWEEN:
        day = date_format(own.asked_at + PAUSE_BETWEEN, pgettext("date format", "j F Y"))
        raise Refused(_("You asked this person lately. You may ask again after %(day)s.") % {"day": day})


def _refuse_too_many(sender: Registration, recipient: Registration, now: dt.datetime) -> None:
    a_day_ago = now - dt.timedelta(days=1)
    if Contact.objects.filter(sender=sender, asked_at__gt=a_day_ago).count() >= REQUESTS_PER_DAY:
        raise Refused(_("You asked %(most)s people within a day. Please go on tomorrow.") % {"most": REQUESTS_PER_DAY})
    if Contact.objects.open().filter(recipient=recipient).count() >= MOST_WAITING:
        raise Refused(_("Very many requests wait for this person. Please try again in some days."))


def waiting_for(registration: Registration) -> int:
    """How many requests wait for this person's answer, from people whom they may see. One query."""
    seen = Profile.objects.seen_by(registration).values("registration")
    return Contact.objects.open().filter(Q(recipient=registration), sender__in=seen).count()
