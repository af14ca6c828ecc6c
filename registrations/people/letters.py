"""What people of the directory get by mail: in their own language, in plain text, and never with somebody's address."""

import datetime as dt
from collections.abc import Iterable, Mapping

from django.conf import settings
from django.db.models import CharField, Exists, OuterRef, Value
from django.db.models.functions import Cast, Concat
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy
from django_countries.fields import Country

from registrations import mail
from registrations.letter_links import name_link
from registrations.letters import PERSONAL_LINK, usual_values
from registrations.models import Contact, Mail, Partnership, Profile, ProfileReport, Registration
from registrations.team import language_of_team
from registrations.wordings import Values, Wording

CONTACTS = f"{PERSONAL_LINK}people/contacts/"
_ASKED_KEY = "contact-asked:"
RELAYED = frozenset({"contact_asked", "contact_agreed"})  # kinds of mail with what one participant tells another


def _wording(
    name: str, *placeholders: str, required: tuple[str, ...], label: Promise, occasion: Promise, subject: Promise
) -> Wording:
    names, needed = ("name", "other", *placeholders, "programme", "contacts_link"), (*required, "contacts_link")
    return Wording(
        name=name,
        template=f"registrations/mail/{name}.txt",
        placeholders=names,
        required=needed,
        label=label,
        occasion=occasion,
        subject=subject,
    )


ASKED = _wording(
    "contact_asked",
    "country",
    "message",
    "contact_rights",
    required=("message", "contact_rights"),
    label=pgettext_lazy("kind of mail", "Request for contact"),
    occasion=gettext_lazy("When somebody of the list of people would like to be in contact with somebody else."),
    subject=gettext_lazy("Somebody would like to be in contact with you: %(title)s"),
)
AGREED = _wording(
    "contact_agreed",
    required=(),
    label=pgettext_lazy("kind of mail", "Contact agreed"),
    occasion=gettext_lazy("To the one who asked, when the other agrees."),
    subject=gettext_lazy("Your request for contact was accepted: %(title)s"),
)
PARTNERSHIP = _wording(
    "partnership",
    "partnership",
    "month",
    required=("partnership",),
    label=pgettext_lazy("kind of mail", "Confirm a partnership"),
    occasion=gettext_lazy("When one of two people has recorded a partnership, to the other."),
    subject=gettext_lazy("Please confirm a partnership: %(title)s"),
)
WORDINGS = (ASKED, AGREED, PARTNERSHIP)


def asked(contact: Contact, own: Profile, *, now: dt.datetime) -> Mail:
    """To the one who is asked: who wants to be in contact, and what they write. `own`: the sender's profile."""
    return _to(
        contact.recipient, ASKED, own.shown_name, key=f"{_ASKED_KEY}{contact.pk}", now=now,
        message=contact.sentence, country=contact.sender.country,
    )  # fmt: skip


def agreed(contact: Contact, own: Profile, *, now: dt.datetime) -> Mail:
    """To the one who asked: the other agrees. `own`: the profile of the one who does."""
    return _to(contact.sender, AGREED, own.shown_name, key=f"contact-agreed:{contact.pk}", now=now)


def to_confirm(partnership: Partnership, *, now: dt.datetime) -> Mail:
    """To the one who did not record it: whether it is so."""
    by = partnership.recorded_by
    other = Registration.objects.select_related("programme").get(pk=partnership.contact.other_than(by))
    profile = Profile.objects.filter(registration=by).first()
    name, key = profile.shown_name if profile else by.printed_name, f"partnership:{partnership.pk}"
    return _to(other, PARTNERSHIP, name, key=key, now=now, partnership=partnership.subject, month=partnership.month)


def specimen_values(registration: Registration, other: str, *, now: dt.datetime) -> Values:
    """Values of a mail as it could read, in the language in use."""
    example = _("An example")
    more: dict[str, str | dt.date] = {"message": example, "partnership": example, "country": "KE", "month": now.date()}
    return _values(registration, other, more)


def report_waits(oldest: ProfileReport, *, now: dt.datetime) -> list[Mail]:
    """To each organiser: that reports wait. The oldest is the key, so there is no other mail until it is decided."""
    programme = oldest.about.programme
    language = language_of_team(programme)
    address = settings.SITE_URL + reverse("admin:registrations_people_reports", args=[programme.pk])
    with translation.override(language):
        subject = _("A report about a participant waits for you: %(title)s") % {"title": programme.text("title")}
        context = {"programme": programme, "address": address}
        body = render_to_string("registrations/mail/report_waits.txt", context).strip() + "\n"
    key = f"people-reports:{oldest.pk}"
    return mail.drafts_to_team(
        "report_waits", programme=programme, language=language, subject=subject, body=body, key=key, now=now
    )


def relayed_by_mail() -> Exists:
    """Of requests: whether their mail is there, which `call_back` deletes before it leaves: its reader has it on a page."""
    key = Concat(Value(_ASKED_KEY), Cast(OuterRef("pk"), CharField()), output_field=CharField())
    return Exists(Mail.objects.filter(key=key))


def contact_key(mail_key: str) -> int:
    """The key of the request that a mail with this key relayed; 0 where it did not."""
    return int(mail_key.removeprefix(_ASKED_KEY)) if mail_key.startswith(_ASKED_KEY) else 0


def keys_about(contacts: Iterable[Contact], partnerships: Iterable[Partnership]) -> list[str]:
    """The keys of every mail that these have brought to either of two people."""
    asked_or_agreed = [f"contact-{event}:{contact.pk}" for contact in contacts for event in ("asked", "agreed")]
    return [*asked_or_agreed, *(f"partnership:{each.pk}" for each in partnerships)]


def call_back(contacts: Iterable[Contact]) -> None:
    """Delete the mails about these requests that nobody has begun to send."""
    Mail.objects.open().filter(claimed_at__isnull=True, key__in=keys_about(contacts, [])).delete()


def _to(
    reader: Registration, wording: Wording, other: str, *, key: str, now: dt.datetime, **more: str | dt.date
) -> Mail:
    with translation.override(reader.language):
        values = _values(reader, other, more)
        return mail.draft_worded(wording.name, wording, values, registration=reader, key=key, now=now)


def _values(reader: Registration, other: str, more: Mapping[str, str | dt.date]) -> Values:
    """What stands for the placeholders. In what somebody else wrote nothing is one."""
    return {
        **usual_values(reader),
        "other": other,
        "contacts_link": CONTACTS,
        "contact_rights": _rights(),
        **{name: _told(name, value) for name, value in more.items()},
    }


def _told(name: str, value: str | dt.date) -> str:
    if isinstance(value, dt.date):
        return date_format(value, pgettext("date format", "F Y"))
    return str(Country(code=value).name) if name == "country" else value


def _rights() -> str:
    return _(
        "Neither of you sees the other’s address now. Only if you agree, each of you sees the name and the address that "
        "the other shares. You may also decline, report the message or block the person; a block is not told to "
        "anybody. Whoever leaves the list gets no more such messages."
    )


name_link("registrations:people_contacts", gettext_lazy("Open my contacts"))
name_link("admin:registrations_people_reports", gettext_lazy("Look at the reports"))
