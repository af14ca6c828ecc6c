"""SMTP that knows whether a mail may have left when the line breaks."""

import smtplib

from django.core.mail.backends import smtp


class InDoubt(Exception):
    """The line broke after the text was handed over and before the server's answer: sent or not, nobody knows."""


class _TellsWhenInDoubt(smtplib.SMTP):
    def data(self, msg: bytes | str) -> tuple[int, bytes]:  # type: ignore[override]
        try:
            return super().data(msg)
        except smtplib.SMTPDataError:
            raise
        except OSError as problem:
            raise InDoubt(str(problem)) from problem


class _TellsWhenInDoubtSSL(_TellsWhenInDoubt, smtplib.SMTP_SSL):
    pass


class EmailBackend(smtp.EmailBackend):
    """Django's SMTP backend, except that a line broken during DATA raises InDoubt."""

    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        """The client to connect with."""
        return _TellsWhenInDoubtSSL if self.use_ssl else _TellsWhenInDoubt
