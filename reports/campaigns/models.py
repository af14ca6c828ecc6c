"""Messages that organisers write to many at once."""

from typing import Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from registrations.models import Programme, Translated, User
from registrations.models.mail_text import LONGEST_BODY, LONGEST_SUBJECT
from surveys.models import Survey

MOST_SESSIONS = 100


class CampaignQuerySet(models.QuerySet["Campaign"]):
    """Messages by where they stand."""

    def drafts(self) -> Self:
        """Those whose sending was not begun."""
        return self.filter(started_at__isnull=True)

    def running(self) -> Self:
        """Those that are being sent."""
        return self.filter(started_at__isnull=False, stopped_at__isnull=True, finished_at__isnull=True)


class Campaign(Translated):
    """One message and the rule that says who gets it. Once begun, its words and its rule stay as they are."""

    TRANSLATED = ("subject", "body")

    class Audience(models.TextChoices):
        """The rules. All but the first and the third ask for a seat."""

        REGISTERED = "registered", _("everybody whose address is confirmed, the waiting list included")
        SEATED = "seated", _("everybody who has a seat")
        WAITING = "waiting", _("those on the waiting list")
        FEWER = "fewer", _("those who attended fewer sessions than this")
        AT_LEAST = "at_least", _("those who attended this many sessions or more")
        NOT_ANSWERED = "not_answered", _("those whom a survey asks and who have not answered")
        CERTIFIED = "certified", _("those who have a certificate")
        NOT_CERTIFIED = "not_certified", _("those who have no certificate")

    class Status(models.TextChoices):
        """Derived from the moments below."""

        DRAFT = "draft", pgettext_lazy("message to many", "not sent yet")
        RUNNING = "running", pgettext_lazy("message to many", "being sent")
        FINISHED = "finished", pgettext_lazy("message to many", "sent")
        STOPPED = "stopped", pgettext_lazy("message to many", "stopped")

    programme = models.ForeignKey(
        Programme, on_delete=models.CASCADE, related_name="campaigns", verbose_name=_("programme")
    )
    audience = models.CharField(_("to whom"), max_length=14, choices=Audience.choices, default=Audience.SEATED)
    sessions = models.PositiveSmallIntegerField(
        _("sessions"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(MOST_SESSIONS)]
    )
    survey = models.ForeignKey(
        Survey, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("survey")
    )
    subject = models.CharField(_("subject"), max_length=LONGEST_SUBJECT, blank=True)
    body = models.TextField(_("text"), max_length=LONGEST_BODY, blank=True)
    created_at = models.DateTimeField(_("begun"))
    created_by = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("begun by")
    )
    started_at = models.DateTimeField(_("sending begun"), null=True, blank=True)
    started_by = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("sent by")
    )
    stopped_at = models.DateTimeField(_("stopped"), null=True, blank=True)
    stopped_by = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("stopped by")
    )
    finished_at = models.DateTimeField(_("all queued"), null=True, blank=True)
    cursor = models.BigIntegerField(
        _("last registration written to"),
        default=0,
        help_text=_("People are written to in the order of their numbers, so that an interrupted sweep goes on here."),
    )
    queued = models.PositiveIntegerField(_("mails queued"), default=0)

    objects = CampaignQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("message to many")
        verbose_name_plural = _("messages to many")
        constraints = [
            models.CheckConstraint(
                condition=Q(started_at__isnull=False) | Q(stopped_at__isnull=True, finished_at__isnull=True),
                name="campaign_ends_after_it_began",
                violation_error_message=_("Only a message that is being sent can end."),
            ),
            models.CheckConstraint(
                condition=Q(stopped_at__isnull=True) | Q(stopped_at__gte=F("started_at")),
                name="campaign_stopped_after_it_began",
                violation_error_message=_("A message cannot be stopped before it was sent."),
            ),
        ]

    def __str__(self) -> str:
        return self.subject or str(self._meta.verbose_name)

    @property
    def source_language(self) -> str:
        """The programme's."""
        return self.programme.language

    @property
    def status(self) -> Status:
        """Where it stands, from the moments recorded."""
        if self.stopped_at:
            return self.Status.STOPPED
        if self.finished_at:
            return self.Status.FINISHED
        return self.Status.RUNNING if self.started_at else self.Status.DRAFT

    @property
    def is_draft(self) -> bool:
        """Whether it can still be changed."""
        return self.status == self.Status.DRAFT

    @property
    def is_running(self) -> bool:
        """Whether it is being sent."""
        return self.status == self.Status.RUNNING
