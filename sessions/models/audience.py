"""Audiences that are counted, not registered: live views, playbacks, downloads."""

from django.db import models
from django.utils.translation import gettext_lazy as _

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
