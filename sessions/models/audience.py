"""Audiences that are counted, not registered: live views, playbacks, downloads."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from registrations.models import Programme, User
from sessions.models.agenda import TrainingSession


class AudienceFigure(models.Model):
    """How many views or downloads one session had through one channel, as that channel counted them."""

    class Kind(models.TextChoices):
        """What was counted."""

        LIVE_VIEWS = "live_views", _("live views")
        PLAYBACKS = "playbacks", _("playbacks")
        SLIDE_DOWNLOADS = "slide_downloads", _("slide downloads")

    session = models.ForeignKey(
        TrainingSession, on_delete=models.CASCADE, related_name="audience_figures", verbose_name=_("session")
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    channel = models.CharField(_("channel"), max_length=120, help_text=_("The platform or outlet."))
    count = models.PositiveBigIntegerField(_("count"))

    class Meta:
        ordering = ["session", "kind", "channel"]
        verbose_name = _("audience figure")
        verbose_name_plural = _("audience figures")
        constraints = [
            models.UniqueConstraint(
                fields=["session", "kind", "channel"],
                name="audience_figure_once_per_channel",
                violation_error_message=_("This session’s figure for this channel is recorded already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.channel}: {self.count}"


class AudienceBatch(models.Model):
    """Figures that were entered or brought from a file in one go: what they were before and became. Undone as one."""

    programme = models.ForeignKey(
        Programme, on_delete=models.CASCADE, related_name="audience_batches", verbose_name=_("programme")
    )
    file_name = models.CharField(_("file"), max_length=255, blank=True, help_text=_("Empty: entered by hand."))
    sha256 = models.CharField(_("SHA-256"), max_length=64, blank=True)
    changes = models.JSONField(
        _("changes"), help_text=_("[[session, kind, channel, before, after], …]; null where there is no figure.")
    )
    made_at = models.DateTimeField(_("entered"))
    made_by = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("entered by")
    )
    undone_at = models.DateTimeField(_("undone"), null=True, blank=True)
    undone_by = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("undone by")
    )

    class Meta:
        ordering = ["-made_at", "-pk"]
        verbose_name = _("batch of audience figures")
        verbose_name_plural = _("batches of audience figures")
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "sha256"],
                condition=Q(undone_at__isnull=True) & ~Q(sha256=""),
                name="audience_batch_once_per_file",
                violation_error_message=_("The figures of this file are in already."),
            )
        ]

    def __str__(self) -> str:
        return self.file_name or str(_("entered by hand"))

    @property
    def size(self) -> int:
        """How many figures it changed."""
        return len(self.changes)
