"""The wording of every mail about a registration, in its reader's language."""

import enum
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from registrations.models import Registration

PERSONAL_LINK = "{personal_link}"
STOP_LINK = "{stop_link}"


class Kind(enum.StrEnum):
    """What a mail is about; the value names its template in `templates/registrations/mail/`."""

    CONFIRM = "confirm"
    REGISTERED = "registered"
    WAITING = "waiting"
    MOVED_UP = "moved_up"
    LINK = "link"
    WITHDRAWN = "withdrawn"
    CONSENT_WITHDRAWN = "consent_withdrawn"
    ADDRESS = "address"
    ADDRESS_CHANGED = "address_changed"


_SUBJECTS = {
    Kind.CONFIRM: _("Please confirm your registration: %(title)s"),
    Kind.REGISTERED: _("You are registered: %(title)s"),
    Kind.WAITING: _("You are on the waiting list: %(title)s"),
    Kind.MOVED_UP: _("A seat became free for you: %(title)s"),
    Kind.LINK: _("Your personal link: %(title)s"),
    Kind.WITHDRAWN: _("Your registration was withdrawn: %(title)s"),
    Kind.CONSENT_WITHDRAWN: _("You withdrew your consent: %(title)s"),
    Kind.ADDRESS: _("Please confirm your address: %(title)s"),
    Kind.ADDRESS_CHANGED: _("Your mail goes to another address now: %(title)s"),
}


ASKED_FOR = frozenset(
    {kind.value for kind in (Kind.CONFIRM, Kind.LINK, Kind.CONSENT_WITHDRAWN, Kind.ADDRESS, Kind.ADDRESS_CHANGED)}
)
"""What may be sent to somebody who withdrew the consent: the link asked for, and the confirmation of that very wish."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail's words; the body holds PERSONAL_LINK where the link will stand."""

    kind: Kind
    subject: str
    body: str


def compose(kind: Kind, registration: Registration) -> Letter:
    """The letter of this kind to this person, in the person's language."""
    programme = registration.programme
    context = {"registration": registration, "programme": programme, "personal_link": PERSONAL_LINK}
    with translation.override(registration.language):
        subject = str(_SUBJECTS[kind]) % {"title": programme.text("title")}
        body = render_to_string(f"registrations/mail/{kind.value}.txt", context)
    return Letter(kind, subject, body.strip() + "\n")
