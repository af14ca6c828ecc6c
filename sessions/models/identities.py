"""Who the names and addresses in files are, as matching or a person decided."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from registrations.models import Programme, Registration, User
from sessions.models.agenda import TrainingSession


class AttendanceIdentityQuerySet(models.QuerySet["AttendanceIdentity"]):
    """Identities by what is known of them."""

    def for_programme(self, programme: Programme) -> Self:
        """One programme's."""
        return self.filter(programme=programme)

    def undecided(self) -> Self:
        """Those that no person has decided: matching may decide them again."""
        return self.filter(decided_at__isnull=True)

    def unknown(self) -> Self:
        """Those that count for nobody and of whom no person has said who they are."""
        return self.filter(registration__isnull=True, decided_at__isnull=True)


class AttendanceIdentity(models.Model):
    """A name and an address as files show them, and the registration that they count for.

    A decision holds in every session of the programme; where a name says nothing of who it is (`iPad`, a phone number),
    `session` is set and it holds there only.
    """

    class Decision(models.TextChoices):
        """What matching makes of it."""

        AUTO = "auto", _("certain")
        CONFIRM = "confirm", _("likely: a person confirms")
        NONE = "none", _("nobody found")

    programme = models.ForeignKey(
        Programme, on_delete=models.PROTECT, related_name="identities", verbose_name=_("programme")
    )
    session = models.ForeignKey(
        TrainingSession,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="identities",
        verbose_name=_("session"),
        help_text=_("Where the decision holds; empty: in all sessions of the programme."),
    )
    name = models.CharField(_("name in the file"), max_length=300, blank=True)
    email = models.CharField(_("e-mail in the file"), max_length=254, blank=True)
    registration = models.ForeignKey(
        Registration,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="identities",
        verbose_name=_("registration"),
    )
    decision = models.CharField(_("matching"), max_length=7, choices=Decision.choices, default=Decision.NONE)
    because = models.CharField(_("why"), max_length=40, blank=True, help_text=_("A code of sessions.reasons."))
    suggestions = models.JSONField(
        _("who it may be"), default=list, blank=True, help_text=_("Best first: [[registration, [reasons]], …].")
    )
    decided_at = models.DateTimeField(_("decided by a person"), null=True, blank=True)
    decided_by = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("decided by")
    )

    objects = AttendanceIdentityQuerySet.as_manager()

    class Meta:
        ordering = ["name", "email", "pk"]
        verbose_name = _("identity in files")
        verbose_name_plural = _("identities in files")
        indexes = [
            models.Index(
                fields=["programme"],
                condition=Q(registration__isnull=True, decided_at__isnull=True),
                name="identity_unknown",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "name", "email"],
                condition=Q(session__isnull=True),
                name="identity_once_per_programme",
                violation_error_message=_("This name and address are known in the programme already."),
            ),
            models.UniqueConstraint(
                fields=["session", "name", "email"],
                name="identity_once_per_session",
                violation_error_message=_("This name and address are known in the session already."),
            ),
            models.CheckConstraint(
                condition=Q(registration__isnull=True) | Q(decision="auto") | Q(decided_at__isnull=False),
                name="identity_counts_if_certain_or_decided",
                violation_error_message=_("Only what is certain, or what a person decided, counts for somebody."),
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def is_decided(self) -> bool:
        """Whether a person said who it is, be it nobody."""
        return self.decided_at is not None

    @property
    def is_nobody(self) -> bool:
        """Whether a person said that it is nobody who is registered."""
        return self.decided_at is not None and self.registration_id is None

    @property
    def is_unknown(self) -> bool:
        """Whether it waits for a person."""
        return self.decided_at is None and self.registration_id is None
