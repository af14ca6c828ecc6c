"""The mail that a person was sent, as the person reads it on a page: what, when, and what became of it in plain words."""

import uuid
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registrations import delivery
from registrations.erased import NOBODY
from registrations.letters import PERSONAL_LINK, Kind
from registrations.models import Bounce, Mail, Registration
from registrations.two_zones import SpanOnBoth, TwoZones

ON_A_PAGE = 40


@dataclass(frozen=True, slots=True)
class OwnMail:
    """One mail in a list: `is_good` where it left, None while it waits, False where it did not or came back.

    `state` is a word or two, `why` what else there is to say; `elsewhere` is where it went if that is not the present
    address.
    """

    number: uuid.UUID
    subject: str
    language: str
    to: str
    elsewhere: str
    queued: SpanOnBoth
    state: str
    why: str
    is_good: bool | None


def own_mails(
    registration: Registration, zones: TwoZones, *, before: int | None = None
) -> tuple[list[OwnMail], int | None]:
    """The latest mails, or the latest before the key `before`; and the key to go on with, None at the end."""
    mails = Mail.objects.filter(registration=registration).select_related("bounce").order_by("-pk")
    mails = mails if before is None else mails.filter(pk__lt=before)
    found = list(mails.defer("body")[: ON_A_PAGE + 1])
    shown = found[:ON_A_PAGE]
    return [as_own(mail, registration, zones) for mail in shown], shown[-1].pk if len(found) > ON_A_PAGE else None


def as_own(mail: Mail, registration: Registration, zones: TwoZones) -> OwnMail:
    """A mail as its reader sees it."""
    bounce: Bounce | None = getattr(mail, "bounce", None)
    return OwnMail(
        mail.uuid,
        mail.subject,
        mail.language,
        mail.to,
        "" if mail.to in {registration.email, NOBODY} else mail.to,
        zones.moment(mail.queued_at),
        *_became(mail, bounce),
        False if bounce else _IS_GOOD.get(mail.status),
    )


def text_of(mail: Mail) -> str:
    """The text with its links. The one that confirms another address stands in the mail alone."""
    if mail.kind != Kind.ADDRESS:
        return delivery.text_of(mail)
    words = _("(This link stands in the mail only, so that it shows whose address it is.)")
    return mail.body.replace(PERSONAL_LINK, words)


def _became(mail: Mail, bounce: Bounce | None) -> tuple[str, str]:
    if bounce is None:
        state, why = _STATES[mail.status]
        return str(state), str(why)
    was_taken = bounce.way != Bounce.Way.REFUSAL
    return _("came back") if was_taken else _("not sent"), str(bounce.get_reason_display())


_STATES = {
    Mail.Status.QUEUED: (gettext_lazy("on its way"), ""),
    Mail.Status.SENDING: (gettext_lazy("on its way"), ""),
    Mail.Status.SENT: (gettext_lazy("handed over"), ""),
    Mail.Status.DOUBTFUL: (
        gettext_lazy("perhaps sent"),
        gettext_lazy("the line broke before the mail service answered"),
    ),
    Mail.Status.FAILED: (gettext_lazy("not sent"), gettext_lazy("the mail service did not take it")),
    Mail.Status.HELD: (gettext_lazy("not sent"), gettext_lazy("it was held back")),
}
_IS_GOOD = {Mail.Status.SENT: True, Mail.Status.FAILED: False, Mail.Status.DOUBTFUL: False}
