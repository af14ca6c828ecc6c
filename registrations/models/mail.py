"""Mail as rows: what is to be sent, what was sent, and what nobody can be sure of."""

import datetime as dt
import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from registrations.models.programme import Programme
from registrations.models.registration import Registration
from registrations.models.topics import Topic
from registrations.models.user import User


class MailQuerySet(models.QuerySet["Mail"]):
    """Mails by state."""

    def visible_to(self, user: User) -> "MailQuerySet":
        """Those to people whom `user` may see."""
        return self.filter(programme__in=Programme.objects.organised_by(user))

    def open(self) -> "MailQuerySet":
        """Those whose sending has not come to an end, good or bad."""
        return self.filter(sent_at__isnull=True, doubtful_at__isnull=True, failed_at__isnull=True, held_at__isnull=True)

    def due(self, now: dt.datetime) -> "MailQuerySet":
        """Those to be sent now, oldest first."""
        return self.open().filter(claimed_at__isnull=True, due_at__lte=now).order_by("due_at", "pk")

    def stuck(self) -> "MailQuerySet":
        """Those that wait for a person's decision: in doubt or failed."""
        return self.filter(Q(doubtful_at__isnull=False) | Q(failed_at__isnull=False), sent_at__isnull=True)


class Mail(models.Model):
    """One message to one address: queued, claimed by a sender, then sent, in doubt, failed or held back.

    The personal link stands in `body` as a placeholder and is put in when the mail leaves, so that nobody who can
    read this table can act as a participant.
    """

    class Status(models.TextChoices):
        """Derived from the moments below."""

        QUEUED = "queued", _("queued")
        SENDING = "sending", _("being sent")
        SENT = "sent", _("sent")
        DOUBTFUL = "doubtful", _("in doubt")
        FAILED = "failed", _("failed")
        HELD = "held", _("held back")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    key = models.CharField(
        _("key"), max_length=120, unique=True, help_text=_("What makes this mail the only one of its kind.")
    )
    kind = models.CharField(_("kind"), max_length=40)
    topic = models.CharField(
        _("topic"),
        max_length=10,
        blank=True,
        choices=Topic.choices,
        help_text=_("What its reader can stop by itself. Empty: it belongs to the registration."),
    )
    programme = models.ForeignKey(
        Programme,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="mails",
        verbose_name=_("programme"),
    )
    registration = models.ForeignKey(
        Registration,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="mails",
        verbose_name=_("registration"),
    )
    to = models.EmailField(_("to"))
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)
    subject = models.CharField(_("subject"), max_length=300)
    body = models.TextField(_("text"))
    queued_at = models.DateTimeField(_("queued"))
    due_at = models.DateTimeField(_("to be sent from"), help_text=_("Later than queued after a failed attempt."))
    claimed_at = models.DateTimeField(_("claimed by a sender"), null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    doubtful_at = models.DateTimeField(_("in doubt since"), null=True, blank=True)
    failed_at = models.DateTimeField(_("failed"), null=True, blank=True)
    held_at = models.DateTimeField(
        _("held back"),
        null=True,
        blank=True,
        help_text=_("Mail to synthetic people, and to people who withdrew their consent or stopped it, is never sent."),
    )
    error = models.CharField(
        _("error"), max_length=200, blank=True, help_text=_("What the mail server said, without the address.")
    )

    objects = MailQuerySet.as_manager()

    class Meta:
        ordering = ["-queued_at", "-pk"]
        verbose_name = _("mail")
        verbose_name_plural = _("mails")
        indexes = [
            models.Index(
                fields=["due_at"],
                name="mail_by_due",
                condition=Q(
                    sent_at__isnull=True, doubtful_at__isnull=True, failed_at__isnull=True, held_at__isnull=True
                ),
            ),
            models.Index(fields=["to", "queued_at"], name="mail_by_address"),
            models.Index(fields=["programme", "-queued_at", "-id"], name="mail_of_a_programme"),
            models.Index(fields=["programme", "kind", "-queued_at", "-id"], name="mail_by_kind"),
            models.Index(fields=["programme", "sent_at"], name="mail_by_sending"),
            models.Index(
                fields=["programme", "-queued_at", "-id"], name="mail_not_sent", condition=Q(sent_at__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def status(self) -> Status:
        """The state, from the moments recorded."""
        ends = [
            (self.sent_at, self.Status.SENT),
            (self.doubtful_at, self.Status.DOUBTFUL),
            (self.failed_at, self.Status.FAILED),
            (self.held_at, self.Status.HELD),
            (self.claimed_at, self.Status.SENDING),
        ]
        return next((status for moment, status in ends if moment), self.Status.QUEUED)
