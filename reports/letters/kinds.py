"""Every kind of mail whose words organisers may change, floor by floor, and what its placeholders stand for."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from certificates import letters as certificate_letters
from certificates import specimens
from registrations import letters
from registrations.models import Programme, Registration, Topic
from registrations.people import letters as people_letters
from registrations.wordings import Values, Wording
from sessions import letters as session_letters
from surveys import letters as survey_letters


@dataclass(frozen=True, slots=True)
class Group:
    """The kinds of one floor. `values` gives what stands for the placeholders in a mail as it could read."""

    title: str | Promise
    wordings: tuple[Wording, ...]
    values: Callable[[Wording, Registration, dt.datetime], Values]


def _somebody() -> str:
    """A name that is made up, and is not that of the reader who is made up in the language in use."""
    return specimens.SAMPLES["fr" if translation.get_language() == "en" else "en"]


GROUPS = (
    Group(_("Registration"), letters.EDITABLE, lambda kind, person, _now: letters.values_of(kind, person)),
    Group(
        _("People who find each other"),
        people_letters.WORDINGS,
        lambda _kind, person, now: people_letters.specimen_values(person, _somebody(), now=now),
    ),
    Group(
        _("Sessions"),
        session_letters.WORDINGS,
        lambda kind, person, now: session_letters.specimen_values(kind, person, now=now),
    ),
    Group(
        _("Surveys"),
        survey_letters.WORDINGS,
        lambda kind, person, now: survey_letters.specimen_values(kind, person, now=now),
    ),
    Group(
        _("Certificates"),
        certificate_letters.WORDINGS,
        lambda kind, person, now: specimens.mail_values(kind, person, now=now),
    ),
)
MEANINGS: Mapping[str, str | Promise] = {
    "name": _("the person’s name"),
    "programme": _("the programme’s title"),
    "dates": _("first day, last day and time zone, on three lines"),
    "personal_link": _("the link to the person’s own page"),
    "stop_link": _("the link that stops this kind of mail"),
    "session": _("the session’s title"),
    "when": _("when the session begins, in both zones"),
    "before": _("when the session was to begin"),
    "survey": _("the survey’s title"),
    "closes": _("until when answers are taken"),
    "answer_link": _("the link to the questions"),
    "decline_link": _("the link for those who do not want to be asked again"),
    "anonymity": _("what is promised where the survey is anonymous; nothing elsewhere"),
    "thanks": _("the survey’s own words of thanks"),
    "other": _("the other person’s name"),
    "country": _("the other person’s country"),
    "message": _("what the other person wrote"),
    "contact_rights": _("what agreeing, declining and reporting mean"),
    "partnership": _("the partnership, in the words of whoever recorded it"),
    "month": _("since when it has been"),
    "contacts_link": _("the link to the person’s own page of contacts"),
    "serial": _("the certificate’s number"),
    "old_serial": _("the number of the certificate whose place it takes"),
    "verify_link": _("the page on which anybody can check the certificate"),
}
CAMPAIGN = Wording(
    name="campaign",
    label=pgettext_lazy("mail to many", "Message"),
    occasion=_("When an organiser sends it."),
    subject="",
    template="",
    placeholders=("name", "programme", "personal_link"),
    topic=Topic.NEWS,
)
SURVEY_CAMPAIGN = replace(
    CAMPAIGN,
    placeholders=("name", "programme", "survey", "closes", "answer_link", "personal_link"),
    required=("answer_link",),
)


def kind_named(name: str) -> tuple[Group, Wording] | None:
    """The kind of this name with its group."""
    return next(((group, kind) for group in GROUPS for kind in group.wordings if kind.name == name), None)


def example_reader(programme: Programme, language: str) -> Registration:
    """Somebody who is made up, in no database, with a name in the script of the language."""
    name = specimens.SAMPLES[language]
    return Registration(
        pk=0, programme=programme, printed_name=name, email="example@example.org", language=language, country="KE"
    )
