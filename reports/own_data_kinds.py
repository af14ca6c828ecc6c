"""Which tables hold something about a person, and what is told of their rows on the page and in the downloads."""

from dataclasses import dataclass

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, pgettext_lazy

from certificates.models import (
    Acceptance,
    Certificate,
    Confirmation,
    NameConfirmation,
    NameRequest,
    Override,
)
from registrations.models import (
    AddressChange,
    Block,
    Bounce,
    Consent,
    Contact,
    Mail,
    Partnership,
    Profile,
    ProfileItem,
    ProfileReport,
    Registration,
    Topic,
)
from sessions.models import (
    Attendance,
    AttendanceEvent,
    AttendanceRow,
    CheckIn,
    CorrectionRequest,
    HandEntry,
    LanguageChoice,
)
from surveys.models import AnsweredMark, Draft, Invitation, Response


@dataclass(frozen=True, slots=True)
class Kind:
    """One table: the way from its rows to the registration, and what is told of each."""

    model: type[models.Model]
    paths: tuple[str, ...]
    owner: str = "registration"
    related: tuple[str, ...] = ()
    document: str = ""


@dataclass(frozen=True, slots=True)
class PartKind:
    """Tables that are kept for one reason."""

    key: str
    title: str | Promise
    why: str | Promise
    kinds: tuple[Kind, ...]


_PERSON = (
    "email",
    "given_name",
    "family_name",
    "printed_name",
    "gender",
    "country",
    "city",
    "organisation",
    "position",
)
_WORK = ("sector", "sector_other", "language", "time_zone", *(topic.field for topic in Topic))
_MOMENTS = ("registered_at", "confirmed_at", "seated_at", "withdrawn_at", "address_bounced_at")
_CONSENT = ("privacy_text", "consented_at", "consent_withdrawn_at")
_LINE = ("attendance_import__file_name", "line", "meeting", "session", "identity__name", "identity__email")
_LINE_TIMES = ("joined_at", "left_at", "seconds", "role", "excluded_because")
_ANSWERED = ("survey", "submitted_at", "started_at", "seconds", "language", "gender", "sector", "country", "region")
_DECISION = ("given_at", "withdrawn_at")
_LISTED = ("opted_in_at", "changed_at", "withdrawn_at", "hidden_at")
_ASKED = ("sentence", "asked_at", "agreed_at", "declined_at", "taken_back_at")
_PARTNERSHIP = ("subject", "month", "recorded_at", "confirmed_at", "denied_at")
_PRINTED = ("serial", "printed_name", "latin_name", "programme_title", "language", "issued_at", "sessions_attended")
_STATE = ("minutes_attended", "revoked_at", "revoked_because", "superseded_at", "hidden_at")

PARTS = (
    PartKind(
        "registration",
        gettext_lazy("Your registration"),
        gettext_lazy("To give you a seat and a certificate in your name, and to report who took part."),
        (Kind(Registration, (*_PERSON, *_WORK, *_MOMENTS), "pk"),),
    ),
    PartKind(
        "consent",
        pgettext_lazy("part of one’s own data", "Your consent"),
        gettext_lazy("To show which privacy text you agreed to, and when."),
        (
            Kind(Consent, ("privacy_text", "given_at", "withdrawn_at"), related=("privacy_text",)),
            Kind(Registration, _CONSENT, "pk", ("privacy_text",)),
        ),
    ),
    PartKind(
        "mails",
        gettext_lazy("Mail to you"),
        gettext_lazy("To send each mail once, and to see what did not arrive."),
        (
            Kind(Mail, ("subject", "kind", "to", "queued_at", "sent_at", "failed_at", "held_at")),
            Kind(Bounce, ("mail", "noted_at", "way", "is_hard", "reason", "words"), "mail__registration", ("mail",)),
            Kind(AddressChange, ("new_address", "asked_at", "confirmed_at")),
        ),
    ),
    PartKind(
        "attendance",
        gettext_lazy("Your attendance"),
        gettext_lazy("To count your minutes, for your certificate and for the reports."),
        (
            Kind(Attendance, ("session", "source", "seconds", "recorded_at", "note"), related=("session",)),
            Kind(HandEntry, ("session", "source", "minutes", "entered_at", "note"), related=("session",)),
            Kind(CheckIn, ("session", "way", "came_at", "confirmed_at"), related=("session",)),
        ),
    ),
    PartKind(
        "attendance_lines",
        gettext_lazy("Lines about you in the files of the meeting platform"),
        gettext_lazy("To show where your minutes come from."),
        (
            Kind(
                AttendanceRow,
                (*_LINE, *_LINE_TIMES),
                "identity__registration",
                ("session", "identity", "attendance_import"),
            ),
        ),
    ),
    PartKind(
        "corrections",
        gettext_lazy("Corrections of your attendance"),
        gettext_lazy("To answer what you asked for, and to show what was done."),
        (
            Kind(
                CorrectionRequest,
                ("session", "sentence", "asked_at", "withdrawn_at", "answered_at", "minutes", "answer"),
                related=("session",),
            ),
            Kind(AttendanceEvent, ("kind", "at", "session"), related=("session",)),
        ),
    ),
    PartKind(
        "people",
        gettext_lazy("You in the list of people"),
        gettext_lazy("To let participants find each other, and to count what came of it."),
        (
            Kind(Profile, ("shown_name", "about", "languages", "contact", *_LISTED)),
            Kind(ProfileItem, ("side", "topic", "words"), "profile__registration", ("topic",)),
            Kind(Contact, _ASKED, "sender"),
            Kind(Contact, _ASKED, "recipient"),
            Kind(Partnership, _PARTNERSHIP, "contact__sender"),
            Kind(Partnership, _PARTNERSHIP, "contact__recipient"),
            Kind(Block, ("blocked_at",), "by"),
            Kind(ProfileReport, ("text", "reported_at", "decided_at", "is_upheld"), "by"),
        ),
    ),
    PartKind(
        "languages",
        gettext_lazy("Languages in which you joined"),
        gettext_lazy("To know which interpretation is used."),
        (Kind(LanguageChoice, ("session", "language", "chosen_at"), related=("session",)),),
    ),
    PartKind(
        "answers",
        gettext_lazy("Your answers to surveys"),
        gettext_lazy(
            "To report what participants think. Answers to an anonymous survey lead to nobody, so they are not here."
        ),
        (
            Kind(
                Response,
                (*_ANSWERED, "city", "sessions_attended", "language_followed"),
                related=("survey",),
                document="answers",
            ),
            Kind(Draft, ("survey", "started_at", "updated_at"), related=("survey",), document="answers"),
        ),
    ),
    PartKind(
        "surveys",
        gettext_lazy("Surveys that you were asked to answer"),
        gettext_lazy("To ask you once, and to stop when you have answered."),
        (
            Kind(AnsweredMark, ("survey",), related=("survey",)),
            Kind(
                Invitation,
                ("survey", "invited_at", "reminders", "reminded_at", "declined_at"),
                related=("survey",),
            ),
        ),
    ),
    PartKind(
        "decisions",
        gettext_lazy("What the organisers decided about you"),
        gettext_lazy("To give a certificate to everybody who has earned one."),
        (
            Kind(Acceptance, ("assignment", *_DECISION), related=("assignment",)),
            Kind(Confirmation, ("note", *_DECISION)),
            Kind(Override, ("reason", *_DECISION)),
        ),
    ),
    PartKind(
        "certificates",
        gettext_lazy("Your certificate and the name on it"),
        gettext_lazy("So that anybody to whom you show the certificate can check it."),
        (
            Kind(Certificate, (*_PRINTED, *_STATE)),
            Kind(NameConfirmation, ("printed_name", "latin_name", "confirmed_at")),
            Kind(NameRequest, ("printed_name", "latin_name", "asked_at", "answered_at", "refused_because")),
        ),
    ),
)
