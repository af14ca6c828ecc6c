"""What organisers decide about one person: an assignment accepted, a yes, an exception. Each can be taken back."""

import datetime as dt
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from registrations.models import Programme, Registration, User

LONGEST_NOTE = 300


class DecisionQuerySet(models.QuerySet):
    """Decisions about people."""

    def for_programme(self, programme: Programme) -> Self:
        """Those about one programme's people."""
        return self.filter(registration__programme=programme)

    def standing(self) -> Self:
        """Those that were not taken back."""
        return self.filter(withdrawn_at__isnull=True)

    def withdraw(self, *, by: User | None, now: dt.datetime) -> int:
        """Take back those that stand; the rows remain. Returns how many."""
        return self.standing().update(withdrawn_at=now, withdrawn_by=by)


class Decision(models.Model):
    """Who decided what about a person, and when; taken back, it stays as a record."""

    registration = models.ForeignKey(
        Registration, on_delete=models.PROTECT, related_name="%(class)ss", verbose_name=_("registration")
    )
    given_at = models.DateTimeField(_("given"))
    given_by = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("given by")
    )
    withdrawn_at = models.DateTimeField(_("taken back"), null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("taken back by")
    )

    class Meta:
        abstract = True

    @property
    def is_standing(self) -> bool:
        """Whether it was not taken back."""
        return self.withdrawn_at is None


class Assignment(models.Model):
    """A piece of work that participants hand in, by whichever way, and an organiser accepts."""

    programme = models.ForeignKey(
        Programme, on_delete=models.PROTECT, related_name="assignments", verbose_name=_("programme")
    )
    title = models.CharField(_("title"), max_length=200)
    due_at = models.DateTimeField(
        _("hand in by"),
        null=True,
        blank=True,
        help_text=_("Shown to participants. Work can be accepted later as well."),
    )

    class Meta:
        ordering = ["programme", "due_at", "title"]
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "title"],
                name="assignment_title_once_per_programme",
                violation_error_message=_("The programme has an assignment of this title already."),
            )
        ]

    def __str__(self) -> str:
        return self.title

    def is_due(self, now: dt.datetime) -> bool:
        """Whether its day has passed; one without a day is never due."""
        return self.due_at is not None and now >= self.due_at


class Acceptance(Decision):
    """That somebody's assignment is accepted."""

    assignment = models.ForeignKey(
        Assignment, on_delete=models.PROTECT, related_name="acceptances", verbose_name=_("assignment")
    )

    objects = DecisionQuerySet.as_manager()

    class Meta:
        ordering = ["-given_at", "-pk"]
        verbose_name = _("accepted assignment")
        verbose_name_plural = _("accepted assignments")
        constraints = [
            models.UniqueConstraint(
                fields=["assignment", "registration"],
                condition=Q(withdrawn_at__isnull=True),
                name="acceptance_once_per_person",
                violation_error_message=_("This person’s assignment is accepted already."),
            )
        ]

    def __str__(self) -> str:
        return str(self.assignment)


class Confirmation(Decision):
    """An organiser's yes to a person, where the rule asks for one."""

    note = models.CharField(
        _("note"),
        max_length=LONGEST_NOTE,
        blank=True,
        help_text=_("Organisers see it, and the person among the own data."),
    )

    objects = DecisionQuerySet.as_manager()

    class Meta:
        ordering = ["-given_at", "-pk"]
        verbose_name = _("organiser’s yes")
        verbose_name_plural = _("organisers’ yeses")
        constraints = [
            models.UniqueConstraint(
                fields=["registration"],
                condition=Q(withdrawn_at__isnull=True),
                name="confirmation_once_per_person",
                violation_error_message=_("This person is confirmed already."),
            )
        ]

    def __str__(self) -> str:
        return str(self.registration)


class Override(Decision):
    """An exception for one person: the certificate is earned whatever the rule says, and the reason stands here."""

    reason = models.CharField(_("reason"), max_length=LONGEST_NOTE)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        ordering = ["-given_at", "-pk"]
        verbose_name = _("exception")
        verbose_name_plural = _("exceptions")
        constraints = [
            models.UniqueConstraint(
                fields=["registration"],
                condition=Q(withdrawn_at__isnull=True),
                name="override_once_per_person",
                violation_error_message=_("An exception is made for this person already."),
            ),
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="override_has_a_reason",
                violation_error_message=_("Say why an exception is made."),
            ),
        ]

    def __str__(self) -> str:
        return self.reason
