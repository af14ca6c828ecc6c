"""What people say of the name on their certificate: confirmed before its issue, asked for anew after it."""

import datetime as dt
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from registrations.models import Programme, Registration, User


class NameConfirmationQuerySet(models.QuerySet["NameConfirmation"]):
    """Confirmations."""

    def for_programme(self, programme: Programme) -> Self:
        """Of one programme's people."""
        return self.filter(registration__programme=programme)

    def standing(self) -> Self:
        """Those whose name is still the one that was confirmed."""
        return self.filter(printed_name=F("registration__printed_name"))


class NameConfirmation(models.Model):
    """Somebody looked at the name that will be printed, and said that it is right; once per person, the last time."""

    registration = models.OneToOneField(
        Registration,
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="name_confirmation",
        verbose_name=_("registration"),
    )
    printed_name = models.CharField(_("name as confirmed"), max_length=200)
    latin_name = models.CharField(_("name in Latin letters"), max_length=200, blank=True)
    confirmed_at = models.DateTimeField(_("confirmed"))

    objects = NameConfirmationQuerySet.as_manager()

    class Meta:
        ordering = ["-confirmed_at"]
        verbose_name = _("confirmed name")
        verbose_name_plural = _("confirmed names")

    def __str__(self) -> str:
        return self.printed_name


class NameRequestQuerySet(models.QuerySet["NameRequest"]):
    """Requests."""

    def waiting(self) -> Self:
        """Those that nobody has answered."""
        return self.filter(answered_at__isnull=True)

    def answer(self, *, by: User, at: dt.datetime, refused_because: str = "") -> bool:
        """Answer the one request selected, unless somebody has."""
        changes = {"answered_at": at, "answered_by": by, "refused_because": refused_because}
        return self.waiting().update(**changes) == 1


class NameRequest(models.Model):
    """Somebody who has a certificate asks for another name on it. Granted, a corrected certificate takes its place."""

    registration = models.ForeignKey(
        Registration, on_delete=models.CASCADE, related_name="name_requests", verbose_name=_("registration")
    )
    printed_name = models.CharField(_("name asked for"), max_length=200)
    latin_name = models.CharField(_("name in Latin letters"), max_length=200, blank=True)
    asked_at = models.DateTimeField(_("asked"))
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    answered_by = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("answered by")
    )
    refused_because = models.CharField(_("why it was refused"), max_length=300, blank=True)

    objects = NameRequestQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-pk"]
        verbose_name = _("request for another name")
        verbose_name_plural = _("requests for another name")
        constraints = [
            models.UniqueConstraint(
                fields=["registration"],
                condition=Q(answered_at__isnull=True),
                name="name_request_one_waiting",
                violation_error_message=_("A request of this person waits already."),
            )
        ]

    def __str__(self) -> str:
        return self.printed_name

    @property
    def is_waiting(self) -> bool:
        """Whether nobody has answered yet."""
        return self.answered_at is None
