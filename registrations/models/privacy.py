"""The privacy text that people agree to, in versions."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from registrations.models.translated import Translated


class PrivacyTextQuerySet(models.QuerySet["PrivacyText"]):
    """Versions of the privacy text."""

    def current(self) -> "PrivacyText":
        """The latest version; raises `PrivacyText.DoesNotExist` where there is none."""
        return self.latest("version")

    def in_order(self) -> Self:
        """Oldest first."""
        return self.order_by("version")


class PrivacyText(Translated):
    """One version, written in English. A version that somebody agreed to is never edited: a change is a new version.

    Other languages may be added to it, so that it can be read; they are not changed either once there.
    """

    TRANSLATED = ("body",)

    version = models.PositiveIntegerField(_("version"), unique=True)
    body = models.TextField(_("text"))
    published_at = models.DateTimeField(_("published"))

    objects = PrivacyTextQuerySet.as_manager()

    class Meta:
        ordering = ["-version"]
        verbose_name = _("privacy text")
        verbose_name_plural = _("privacy texts")

    def __str__(self) -> str:
        return _("Privacy text, version %(version)s") % {"version": self.version}
