"""Sessions that were moved or cancelled, and which reminders have gone out."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from registrations.models import Programme, User
from sessions.models.agenda import TrainingSession


class SessionChangeQuerySet(models.QuerySet["SessionChange"]):
    """Changes."""

    def untold(self) -> Self:
        """Those that participants have not been told of."""
        return self.filter(told_at__isnull=True)


class SessionChange(models.Model):
    """That a session was moved or cancelled: as it was before, so that calendars and mail can say so.

    ``session_key`` outlives the session: calendars know the event by it.
    """

    programme = models.ForeignKey(
        Programme, on_delete=models.CASCADE, related_name="session_changes", verbose_name=_("programme")
    )
    session = models.ForeignKey(
        TrainingSession,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="changes",
        verbose_name=_("session"),
    )
    session_key = models.PositiveBigIntegerField(_("key of the session"))
    sequence = models.PositiveIntegerField(_("version in calendars"))
    theme = models.CharField(_("theme"), max_length=300)
    started_at = models.DateTimeField(_("was to start"))
    ended_at = models.DateTimeField(_("was to end"))
    is_cancelled = models.BooleanField(_("cancelled"), default=False)
    changed_at = models.DateTimeField(_("changed"))
    changed_by = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("changed by")
    )
    told_at = models.DateTimeField(_("participants told"), null=True, blank=True)

    objects = SessionChangeQuerySet.as_manager()

    class Meta:
        ordering = ["programme", "changed_at", "pk"]
        verbose_name = _("change of a session")
        verbose_name_plural = _("changes of sessions")
        constraints = [
            models.UniqueConstraint(
                fields=["session_key", "sequence"],
                name="session_change_once_per_version",
                violation_error_message=_("This change is recorded already."),
            )
        ]

    def __str__(self) -> str:
        return self.theme


class SessionReminder(models.Model):
    """That everybody was reminded of a session so many hours before this start; a moved session is reminded of anew."""

    session = models.ForeignKey(
        TrainingSession, on_delete=models.CASCADE, related_name="reminders", verbose_name=_("session")
    )
    hours = models.PositiveSmallIntegerField(_("hours before"))
    starts_at = models.DateTimeField(_("start reminded of"))
    queued_at = models.DateTimeField(_("queued"))

    class Meta:
        ordering = ["session", "-hours"]
        verbose_name = _("reminder of a session")
        verbose_name_plural = _("reminders of sessions")
        constraints = [
            models.UniqueConstraint(
                fields=["session", "hours", "starts_at"],
                name="session_reminder_once_per_start",
                violation_error_message=_("This reminder has gone out."),
            )
        ]

    def __str__(self) -> str:
        return str(self.session)
