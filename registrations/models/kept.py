"""Figures of large programmes that are kept, since counting everybody takes longer than a page may."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from registrations.models.programme import Programme


class KeptFigures(models.Model):
    """What was counted last of a programme: numbers, and keys of registrations; nothing that anybody wrote."""

    programme = models.ForeignKey(
        Programme, on_delete=models.CASCADE, related_name="kept_figures", verbose_name=_("programme")
    )
    kind = models.CharField(_("kind"), max_length=40)
    figures = models.JSONField(_("figures"), default=dict)
    counted_at = models.DateTimeField(_("counted"), null=True, blank=True)  # Empty: asked for, and never counted yet.
    asked_at = models.DateTimeField(_("asked to count again"))

    class Meta:
        ordering = ["programme", "kind"]
        verbose_name = _("kept figures")
        verbose_name_plural = _("kept figures")
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "kind"],
                name="kept_figures_once_per_kind",
                violation_error_message=_("These figures are kept already."),
            )
        ]

    def __str__(self) -> str:
        return self.kind
