"""What a file would change, worked out in the background and kept until something makes it wrong."""

import datetime as dt
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sessions.models.imports import LEASE, AttendanceImport


class ImportPreviewQuerySet(models.QuerySet["ImportPreview"]):
    """Previews by what is to be done about them."""

    def due(self, now: dt.datetime) -> Self:
        """Those that were asked for and that nobody works out, or that a worker left behind."""
        waiting = self.filter(asked_at__isnull=False)
        return waiting.filter(Q(claimed_at__isnull=True) | Q(claimed_at__lt=now - LEASE))

    def claim(self, now: dt.datetime) -> bool:
        """Take the one preview selected, unless another worker has it; the database decides."""
        return self.due(now).update(claimed_at=now, people_done=0, people_total=None) == 1


class ImportPreview(models.Model):
    """What applying a file would change; of one that counts, what undoing it would change.

    It is shown while `version` is that of the facts as they are now (`sessions.foreseen.version_of`), and to nobody after
    that. Identities behind `last_identity` came with files that were read later. It holds keys and numbers only, and goes
    when the file is applied, undone or put away.
    """

    attendance_import = models.OneToOneField(
        AttendanceImport, on_delete=models.CASCADE, related_name="preview", verbose_name=_("file")
    )
    version = models.CharField(_("version"), max_length=64, blank=True)
    sessions = models.JSONField(_("sessions"), default=list)
    last_identity = models.PositiveBigIntegerField(_("identity in files"), default=0)
    figures = models.JSONField(_("figures"), default=dict)
    changes = models.PositiveIntegerField(_("changes"), default=0)
    asked_at = models.DateTimeField(_("asked for"), null=True, blank=True)
    claimed_at = models.DateTimeField(_("claimed by a worker"), null=True, blank=True)
    people_total = models.PositiveIntegerField(_("people to count"), null=True, blank=True)
    people_done = models.PositiveIntegerField(_("people counted"), default=0)

    objects = ImportPreviewQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("preview of a file")
        verbose_name_plural = _("previews of files")

    def __str__(self) -> str:
        return self.version


class PreviewPage(models.Model):
    """A page of a preview: `[session, registration, seconds now, seconds then]`, in their order."""

    preview = models.ForeignKey(
        ImportPreview, on_delete=models.CASCADE, related_name="pages", verbose_name=_("preview of a file")
    )
    number = models.PositiveIntegerField(_("number"))
    changes = models.JSONField(_("changes"))

    class Meta:
        ordering = ["preview", "number"]
        verbose_name = _("preview of a file")
        verbose_name_plural = _("previews of files")
        constraints = [
            models.UniqueConstraint(
                fields=["preview", "number"],
                name="preview_page_once_per_number",
                violation_error_message=_("These figures are kept already."),
            )
        ]

    def __str__(self) -> str:
        return str(self.number)
