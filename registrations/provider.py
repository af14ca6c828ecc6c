"""Mail handed to a provider's interface by django-anymail, its troubles said as a mail server would say them."""

import smtplib
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.utils.module_loading import import_string

from registrations.bounces import OWN_HEADER
from registrations.later import later
from registrations.provider_reports import METADATA
from registrations.smtp import InDoubt

_exceptions = later("anymail.exceptions")
_requests = later("requests")


class EmailBackend(BaseEmailBackend):
    """anymail's backend of the provider that the settings name.

    Refusals become smtplib's exceptions, a timeout after the mail was handed over becomes InDoubt: so the queue treats a
    provider like any mail server. The mail's number goes along, since most providers replace the Message-ID.
    """

    def __init__(self, fail_silently: bool = False, **options: Any) -> None:
        """`options` are what Django passes to any backend."""
        super().__init__(fail_silently=fail_silently)
        self.inner = import_string(f"anymail.backends.{settings.MAIL_PROVIDER}.EmailBackend")()

    def open(self) -> bool | None:
        """Prepare a connection; nothing is sent yet."""
        return bool(self.inner.open())

    def close(self) -> None:
        """End it."""
        self.inner.close()

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Hand them over. Raises what `registrations.smtp` would raise."""
        for message in email_messages:
            self._send(message)
        return len(email_messages)

    def _send(self, message: EmailMessage) -> None:
        message.__dict__["metadata"] = {METADATA: message.extra_headers.get(OWN_HEADER, "")}
        try:
            self.inner.send_messages([message])
        except _exceptions().AnymailRecipientsRefused as problem:
            raise smtplib.SMTPRecipientsRefused(
                dict.fromkeys(message.to, (550, b"refused by the provider"))
            ) from problem
        except _exceptions().AnymailAPIError as problem:
            raise _as_smtp(problem) from problem


def _as_smtp(problem: Exception) -> Exception:
    """400 and 422 are about this mail; any other answer, or none, is the provider's trouble and passes."""
    if isinstance(problem, _requests().exceptions.ReadTimeout):
        return InDoubt(type(problem).__name__)
    code = getattr(problem, "status_code", None)
    if code in {400, 422}:
        return smtplib.SMTPDataError(554, f"the provider answered {code}".encode())
    return smtplib.SMTPException(f"the provider answered {code}" if code else type(problem).__name__)
