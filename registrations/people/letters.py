"""What people of the directory get by mail: in their own language, in plain text, and never with somebody's address."""

import datetime as dt
from collections.abc import Iterable

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registrations import mail
from registrations.isolation import isolated
from registrations.letter_links import name_link
from registrations.letters import PERSONAL_LINK
from registrations.models import Contact, Mail, Partnership, Profile, ProfileReport, Registration
from registrations.team import language_of_team

FOLDER = "registrations/mail"
CONTACTS = f"{PERSONAL_LINK}people/contacts/"
RELAYED = frozenset({"contact_asked", "contact_agreed"})  # kinds of mail with what one participant tells another
_SUBJECTS = {
    "contact_asked": gettext_lazy("Somebody would like to be in contact with you: %(title)s"),
    "contact_agreed": gettext_lazy("Your request for contact was accepted: %(title)s"),
    "partnership": gettext_lazy("Please confirm a partnership: %(title)s"),
}


def asked(contact: Contact, own: Profile, *, now: dt.datetime) -> Mail:
    """To the one who is asked: who wants to be in contact, and what they write. `own`: the sender's profile."""
    words = {"name": own.shown_name, "sentence": contact.sentence}
    key = f"contact-asked:{contact.pk}"
    return _to(contact.recipient, "contact_asked", words, key=key, now=now, country=contact.sender.country)


def agreed(contact: Contact, own: Profile, *, now: dt.datetime) -> Mail:
    """To the one who asked: the other agrees. `own`: the profile of the one who does."""
    key = f"contact-agreed:{contact.pk}"
    return _to(contact.sender, "contact_agreed", {"name": own.shown_name}, key=key, now=now)


def to_confirm(partnership: Partnership, *, now: dt.datetime) -> Mail:
    """To the one who did not record it: whether it is so."""
    by = partnership.recorded_by
    other = Registration.objects.select_related("programme").get(pk=partnership.contact.other_than(by))
    profile = Profile.objects.filter(registration=by).first()
    words = {"name": profile.shown_name if profile else by.printed_name, "subject": partnership.subject}
    return _to(other, "partnership", words, key=f"partnership:{partnership.pk}", now=now, month=partnership.month)


def report_waits(oldest: ProfileReport, *, now: dt.datetime) -> list[Mail]:
    """To each organiser: that reports wait. The oldest is the key, so there is no other mail until it is decided."""
    programme = oldest.about.programme
    language = language_of_team(programme)
    address = settings.SITE_URL + reverse("admin:registrations_people_reports", args=[programme.pk])
    with translation.override(language):
        subject = _("A report about a participant waits for you: %(title)s") % {"title": programme.text("title")}
        body = _body("report_waits", programme=programme, address=address)
    key = f"people-reports:{oldest.pk}"
    return mail.drafts_to_team(
        "report_waits", programme=programme, language=language, subject=subject, body=body, key=key, now=now
    )


def keys_about(contacts: Iterable[Contact], partnerships: Iterable[Partnership]) -> list[str]:
    """The keys of every mail that these have brought to either of two people."""
    asked_or_agreed = [f"contact-{event}:{contact.pk}" for contact in contacts for event in ("asked", "agreed")]
    return [*asked_or_agreed, *(f"partnership:{each.pk}" for each in partnerships)]


def call_back(contacts: Iterable[Contact]) -> None:
    """Delete the mails about these requests that nobody has begun to send."""
    Mail.objects.open().filter(claimed_at__isnull=True, key__in=keys_about(contacts, [])).delete()


def _to(reader: Registration, kind: str, words: dict[str, str], *, key: str, now: dt.datetime, **more: object) -> Mail:
    """`words`: what somebody else wrote. In it nothing is a placeholder."""
    with translation.override(reader.language):
        plain = {name: isolated(text.replace("{", "(").replace("}", ")")) for name, text in words.items()}
        return mail.draft(
            kind,
            registration=reader,
            subject=str(_SUBJECTS[kind]) % {"title": reader.programme.words.title},
            body=_body(kind, registration=reader, programme=reader.programme, **plain, **more),
            key=key,
            now=now,
        )


def _body(letter: str, /, **context: object) -> str:
    return render_to_string(f"{FOLDER}/{letter}.txt", {**context, "contacts": CONTACTS}).strip() + "\n"


name_link("registrations:people_contacts", gettext_lazy("Open my contacts"))
name_link("admin:registrations_people_reports", gettext_lazy("Look at the reports"))
