"""Another address for a person, which counts once its owner has confirmed it."""

import datetime as dt

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from registrations.models.registration import Registration
from registrations.models.user import User

LASTS = dt.timedelta(days=7)  # so long a new address can be confirmed


class AddressChangeQuerySet(models.QuerySet["AddressChange"]):
    """Changes by where they stand."""

    def open(self, now: dt.datetime) -> "AddressChangeQuerySet":
        """Those that can still be confirmed."""
        return self.filter(confirmed_at__isnull=True, asked_at__gt=now - LASTS)

    def lapsed(self, now: dt.datetime) -> "AddressChangeQuerySet":
        """Those that nobody confirmed in time."""
        return self.filter(confirmed_at__isnull=True, asked_at__lte=now - LASTS)


class AddressChange(models.Model):
    """An address that somebody gave for a person. Until it is confirmed by a mail to it, nothing changes."""

    registration = models.ForeignKey(
        Registration, on_delete=models.CASCADE, related_name="address_changes", verbose_name=_("registration")
    )
    new_address = models.EmailField(_("new address"), help_text=_("In lower case."))
    asked_at = models.DateTimeField(_("asked for"))
    asked_by = models.ForeignKey(
        User,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("asked for by"),
        help_text=_("Empty: by the person."),
    )
    confirmed_at = models.DateTimeField(_("address confirmed"), null=True, blank=True)

    objects = AddressChangeQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-pk"]
        verbose_name = _("change of address")
        verbose_name_plural = _("changes of address")
        constraints = [
            models.UniqueConstraint(
                fields=["registration"],
                condition=Q(confirmed_at__isnull=True),
                name="address_change_one_open",
                violation_error_message=_("Another address waits for its confirmation already."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.registration)
