"""One mail handed to the mail server, and what the server made of it."""

import enum
import smtplib
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.urls import reverse
from django.utils import translation
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from registrations.confirming import confirming_link
from registrations.html_part import html_part
from registrations.letter_links import link_named
from registrations.letters import PERSONAL_LINK, STOP_LINK
from registrations.models import Mail
from registrations.redacting import without_addresses
from registrations.return_path import headers_to_know_it_by, sender_of
from registrations.smtp import InDoubt
from registrations.stopping import stop_address


class Outcome(enum.Enum):
    """What came of one attempt."""

    SENT = "sent"
    FAILED = "failed"
    DOUBTFUL = "doubtful"
    POSTPONED = "postponed"


@dataclass(frozen=True, slots=True)
class Answer:
    """The outcome, the server's words without any address, and whether trying the next mail makes sense."""

    outcome: Outcome
    words: str = ""
    is_server_gone: bool = False


def hand_over(mail: Mail, connection: BaseEmailBackend) -> Answer:
    """Send a mail that its caller has claimed. Mail servers' troubles become answers, never exceptions."""
    try:
        connection.open()
    except OSError as problem:
        return Answer(Outcome.POSTPONED, _words_of(problem), is_server_gone=True)
    try:
        connection.send_messages([message_for(mail)])
    except InDoubt as problem:
        connection.close()
        return Answer(Outcome.DOUBTFUL, _("The line broke before the server answered: %s") % problem)
    except OSError as problem:  # smtplib's exceptions are OSErrors
        connection.close()
        return _answer_to(problem)
    except ValueError as problem:  # a header or an address that cannot be written
        return Answer(Outcome.FAILED, without_addresses(str(problem)))
    return Answer(Outcome.SENT)


def message_for(mail: Mail) -> EmailMultiAlternatives:
    """The message: plain text and the same as HTML, the links put in, a Message-ID that stays the same at every attempt."""
    body = text_of(mail)
    contact = mail.programme.contact_email if mail.programme else ""
    message = EmailMultiAlternatives(
        subject=mail.subject,
        body=body,
        from_email=sender_of(mail),
        to=[mail.to],
        reply_to=[contact] if contact else None,
        headers={
            "Message-ID": f"<{mail.uuid}@{urlsplit(settings.SITE_URL).hostname}>",
            "Auto-Submitted": "auto-generated",
            "Content-Language": mail.language,
            **_ways_to_stop(mail),
            **headers_to_know_it_by(mail),
        },
    )
    message.attach_alternative(html_of(mail.subject, body, mail.language), "text/html")
    return message


def text_of(mail: Mail) -> str:
    """The plain text as it leaves, with the links of its reader, which are stored nowhere."""
    if mail.registration is None:
        return mail.body
    page = settings.SITE_URL + reverse("personal_page", args=[mail.registration.link_token])
    link = confirming_link(mail) or page
    body = mail.body.replace(PERSONAL_LINK, link)
    return body.replace(STOP_LINK, stop_address(mail.registration.pk, mail.topic)) if mail.topic else body


def html_of(subject: str, body: str, language: str) -> str:
    """The HTML part that says the same as the text."""
    with translation.override(language):
        is_rtl = bool(get_language_info(language)["bidi"])
        return html_part(body, title=subject, language=language, is_rtl=is_rtl, named=link_named)


def _ways_to_stop(mail: Mail) -> dict[str, str]:
    """What mail programs make their own button of (RFC 2369, RFC 8058), on mail that one can do without."""
    if mail.registration is None or not mail.topic:
        return {}
    address = stop_address(mail.registration.pk, mail.topic)
    return {"List-Unsubscribe": f"<{address}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}


def _answer_to(problem: OSError) -> Answer:
    if isinstance(problem, smtplib.SMTPRecipientsRefused):
        code, words = next(iter(problem.recipients.values()))
        return Answer(_outcome_of(code), without_addresses(f"{code} {_text(words)}"))
    if isinstance(problem, smtplib.SMTPDataError):
        return Answer(_outcome_of(problem.smtp_code), _words_of(problem))
    # The sender was refused or the line broke before the text was handed over: not this mail's fault.
    return Answer(Outcome.POSTPONED, _words_of(problem))


def _outcome_of(code: int) -> Outcome:
    """5xx is for good, 4xx for now (RFC 5321, 4.2.1)."""
    return Outcome.FAILED if code >= 500 else Outcome.POSTPONED


def _words_of(problem: OSError) -> str:
    if isinstance(problem, smtplib.SMTPResponseException):
        return without_addresses(f"{problem.smtp_code} {_text(problem.smtp_error)}")
    return without_addresses(str(problem) or type(problem).__name__)


def _text(words: bytes | str) -> str:
    return words.decode(errors="replace") if isinstance(words, bytes) else words
