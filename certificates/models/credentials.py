"""Where the credentials of certificates stand in the status lists."""

import uuid
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from certificates.models.certificates import Certificate
from certificates.status_list import LENGTH


class CredentialQuerySet(models.QuerySet["Credential"]):
    """Credentials."""

    def in_list(self, number: int) -> Self:
        """Those of one status list."""
        return self.filter(list_number=number)

    def withdrawn(self) -> Self:
        """Those whose certificate was revoked or superseded."""
        return self.filter(Q(certificate__revoked_at__isnull=False) | Q(certificate__superseded_at__isnull=False))


class Credential(models.Model):
    """What a certificate's credential carries beside the snapshot: a random place in a status list, an opaque subject.

    The credential itself is not kept: it is signed anew whenever its owner fetches it, always with a key that is good.
    """

    certificate = models.OneToOneField(
        Certificate,
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="credential",
        verbose_name=_("certificate"),
    )
    subject = models.UUIDField(_("name of the person in the credential"), default=uuid.uuid4, editable=False)
    list_number = models.PositiveIntegerField(_("status list"))
    place = models.PositiveIntegerField(_("place in the status list"))

    objects = CredentialQuerySet.as_manager()

    class Meta:
        ordering = ["certificate"]
        verbose_name = _("credential")
        verbose_name_plural = _("credentials")
        constraints = [
            models.UniqueConstraint(
                fields=["list_number", "place"],
                name="credential_place_once",
                violation_error_message=_("Another credential stands at this place of the status list."),
            ),
            models.CheckConstraint(
                condition=Q(place__lt=LENGTH, list_number__gte=1),
                name="credential_place_in_its_list",
                violation_error_message=_("A status list has no such place."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.list_number}/{self.place}"
