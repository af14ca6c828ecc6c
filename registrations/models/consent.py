"""Agreements to the privacy text that another one took the place of."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from registrations.models.privacy import PrivacyText
from registrations.models.registration import Registration


class Consent(models.Model):
    """An earlier agreement of a person, kept when the next one is given; the one in force stands on the registration."""

    registration = models.ForeignKey(
        Registration, on_delete=models.CASCADE, related_name="earlier_consents", verbose_name=_("registration")
    )
    privacy_text = models.ForeignKey(
        PrivacyText, on_delete=models.PROTECT, related_name="+", verbose_name=_("privacy text agreed to")
    )
    given_at = models.DateTimeField(_("agreed"))
    withdrawn_at = models.DateTimeField(_("consent withdrawn"), null=True, blank=True)

    class Meta:
        ordering = ["registration", "given_at", "pk"]
        verbose_name = _("earlier consent")
        verbose_name_plural = _("earlier consents")
        constraints = [
            models.UniqueConstraint(
                fields=["registration", "given_at"],
                name="consent_once_per_moment",
                violation_error_message=_("This consent is archived already."),
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gte=F("given_at")),
                name="consent_withdrawn_after_it_was_given",
                violation_error_message=_("A consent cannot be withdrawn before it was given."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.privacy_text)
