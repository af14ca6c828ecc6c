"""What organisers wrote in place of the built-in words of a mail."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from registrations.models.programme import Programme
from registrations.models.user import User

LONGEST_SUBJECT = 200
LONGEST_BODY = 10_000


class MailText(models.Model):
    """The text of one kind of mail of a programme in one language; without a row the built-in one is sent."""

    programme = models.ForeignKey(
        Programme, on_delete=models.CASCADE, related_name="mail_texts", verbose_name=_("programme")
    )
    kind = models.CharField(_("kind"), max_length=40)
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)
    subject = models.CharField(_("subject"), max_length=LONGEST_SUBJECT)
    body = models.TextField(_("text"), max_length=LONGEST_BODY)
    edited_at = models.DateTimeField(_("edited"))
    edited_by = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("edited by")
    )

    class Meta:
        ordering = ["programme", "kind", "language"]
        verbose_name = _("text of a mail")
        verbose_name_plural = _("texts of mails")
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "kind", "language"],
                name="mail_text_once_per_language",
                violation_error_message=_("This text is edited in this language already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} ({self.language})"
