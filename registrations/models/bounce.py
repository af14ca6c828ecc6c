"""What came back: at most one row for each mail, whoever reported it and however often."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from registrations.bounces import Reason
from registrations.models.mail import Mail

WORDS_OF_REASON = {
    Reason.NO_ADDRESS: _("the address does not exist"),
    Reason.FULL: _("the mailbox is full"),
    Reason.REFUSED: _("the mail service there refused it"),
    Reason.UNREACHABLE: _("the mail service there could not be reached"),
    Reason.OTHER: _("the mail service there gave no reason that we know"),
}


class Bounce(models.Model):
    """That a mail did not arrive, and why. No address stands here: what a server said is kept without any."""

    class Way(models.TextChoices):
        """How we came to know it."""

        REFUSAL = "refusal", _("refused when it was handed over")
        REPORT = "report", _("a report in the mailbox for bounces")
        PROVIDER = "provider", _("reported by the mail provider")

    mail = models.OneToOneField(Mail, on_delete=models.CASCADE, related_name="bounce", verbose_name=_("mail"))
    noted_at = models.DateTimeField(_("noted"))
    way = models.CharField(_("known from"), max_length=10, choices=Way.choices)
    is_hard = models.BooleanField(
        _("for good"), help_text=_("Yes: nothing will arrive there. No: it may work again later.")
    )
    reason = models.CharField(
        _("reason"),
        max_length=12,
        choices=[(reason.value, words) for reason, words in WORDS_OF_REASON.items()],
    )
    status = models.CharField(_("code"), max_length=12, blank=True, help_text=_("As in RFC 3463, such as 5.1.1."))
    words = models.CharField(_("what the mail server said"), max_length=200, blank=True)

    class Meta:
        ordering = ["-noted_at", "-pk"]
        verbose_name = _("mail that came back")
        verbose_name_plural = _("mails that came back")

    def __str__(self) -> str:
        return f"{self.status} {self.get_reason_display()}".strip()
