"""The wording of every mail about a registration, in its reader's language."""

import enum
from collections.abc import Mapping
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from registrations.models import Registration
from registrations.wordings import PERSONAL_LINK, STOP_LINK, Values, Wording, worded

__all__ = [
    "ASKED_FOR",
    "PERSONAL_LINK",
    "STOP_LINK",
    "WORDINGS",
    "Kind",
    "Letter",
    "compose",
    "usual_values",
    "values_of",
]


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


def _wording(kind: Kind, *names: str, needs_link: bool = True, **words: object) -> Wording:
    placeholders = (*names, "programme", "personal_link") if needs_link else (*names, "programme")
    required = ("personal_link",) if needs_link else ()
    template = f"registrations/mail/{kind.value}.txt"
    return Wording(name=kind.value, template=template, placeholders=placeholders, required=required, **words)  # type: ignore[arg-type]


WORDINGS: Mapping[Kind, Wording] = {
    # Says nothing that a stranger typed: whoever owns the address has not spoken yet.
    Kind.CONFIRM: _wording(
        Kind.CONFIRM,
        label=pgettext_lazy("kind of mail", "Please confirm"),
        occasion=_("When somebody registers, before the address is confirmed. No name: a stranger may have typed it."),
        subject=_("Please confirm your registration: %(title)s"),
    ),
    Kind.REGISTERED: _wording(
        Kind.REGISTERED,
        "name",
        "dates",
        label=pgettext_lazy("kind of mail", "Registered"),
        occasion=_("When the address is confirmed and there is a seat."),
        subject=_("You are registered: %(title)s"),
    ),
    Kind.WAITING: _wording(
        Kind.WAITING,
        "name",
        label=pgettext_lazy("kind of mail", "On the waiting list"),
        occasion=_("When the address is confirmed and every seat is taken."),
        subject=_("You are on the waiting list: %(title)s"),
    ),
    Kind.MOVED_UP: _wording(
        Kind.MOVED_UP,
        "name",
        "dates",
        label=pgettext_lazy("kind of mail", "A seat became free"),
        occasion=_("When somebody on the waiting list gets a seat."),
        subject=_("A seat became free for you: %(title)s"),
    ),
    Kind.LINK: _wording(
        Kind.LINK,
        "name",
        label=pgettext_lazy("kind of mail", "The personal link"),
        occasion=_("When somebody asks for the own link."),
        subject=_("Your personal link: %(title)s"),
    ),
    Kind.WITHDRAWN: _wording(
        Kind.WITHDRAWN,
        "name",
        needs_link=False,
        label=pgettext_lazy("kind of mail", "Withdrawn"),
        occasion=_("When a confirmed registration was withdrawn."),
        subject=_("Your registration was withdrawn: %(title)s"),
    ),
    Kind.CONSENT_WITHDRAWN: _wording(
        Kind.CONSENT_WITHDRAWN,
        "name",
        label=pgettext_lazy("kind of mail", "Consent withdrawn"),
        occasion=_("When somebody withdrew the consent."),
        subject=_("You withdrew your consent: %(title)s"),
    ),
    Kind.ADDRESS: _wording(
        Kind.ADDRESS,
        label=pgettext_lazy("kind of mail", "Confirm an address"),
        occasion=_("When another address was given for a registration."),
        subject=_("Please confirm your address: %(title)s"),
    ),
    Kind.ADDRESS_CHANGED: _wording(
        Kind.ADDRESS_CHANGED,
        "name",
        needs_link=False,
        label=pgettext_lazy("kind of mail", "Address changed"),
        occasion=_("To the old address, when the new one was confirmed."),
        subject=_("Your mail goes to another address now: %(title)s"),
    ),
}
# What is said about rights and about safety stays as it is built in.
EDITABLE = tuple(
    WORDINGS[kind] for kind in (Kind.CONFIRM, Kind.REGISTERED, Kind.WAITING, Kind.MOVED_UP, Kind.LINK, Kind.WITHDRAWN)
)

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
    programme, language = registration.programme, registration.language
    with translation.override(language):
        values = values_of(WORDINGS[kind], registration)
        words = worded(WORDINGS[kind], values, programme=programme, language=language)
    return Letter(kind, words.subject, words.body)


def usual_values(registration: Registration) -> dict[str, str]:
    """What every mail to this person may say, in the language in use."""
    programme = registration.programme.text("title")
    return {"name": registration.printed_name, "programme": programme, "personal_link": PERSONAL_LINK}


def values_of(wording: Wording, registration: Registration) -> Values:
    """What stands for the placeholders in a mail to this person, in the language in use."""
    programme, values = registration.programme, usual_values(registration)
    if "dates" in wording.placeholders:
        values["dates"] = render_to_string("registrations/mail/_dates.txt", {"programme": programme}).strip()
    if wording.name == Kind.CONSENT_WITHDRAWN:
        values["is_withdrawn"] = "yes" if registration.is_withdrawn else ""
    if wording.name == Kind.ADDRESS_CHANGED:
        values["contact"] = programme.contact_email
    return values
