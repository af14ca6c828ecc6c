"""Runs that issue certificates."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from registrations.models import Programme, User

# Doubts that somebody accepted: keys of registrations by what is doubtful about them.
Accepted = Mapping[str, Sequence[int]]


class IssueRunQuerySet(models.QuerySet["IssueRun"]):
    """Runs."""

    def unfinished(self) -> Self:
        """Those with work left."""
        return self.filter(finished_at__isnull=True)

    def claim(self, *, at: dt.datetime, lease: dt.timedelta) -> bool:
        """Take the one run selected, unless it is finished or another worker showed a sign of life within the lease."""
        free = Q(claimed_at__isnull=True) | Q(claimed_at__lte=at - lease)
        return self.unfinished().filter(free).update(claimed_at=at) == 1


class IssueRun(models.Model):
    """A request to issue certificates to all who are due, carried out in the background; may be run twice or resumed."""

    class Halt(models.TextChoices):
        """Why a run issued nothing: what its own check found."""

        PROBLEM = (
            "problem",
            _("Nothing was issued: when the check was made again, it found something to put right first."),
        )
        DOUBT = (
            "doubt",
            _("Nothing was issued: when the check was made again, it found doubts that were not shown before."),
        )

    programme = models.ForeignKey(
        Programme, on_delete=models.PROTECT, related_name="issue_runs", verbose_name=_("programme")
    )
    requested_by = models.ForeignKey(
        User,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("requested by"),
    )
    requested_at = models.DateTimeField(_("requested"))
    claimed_at = models.DateTimeField(_("last sign of life"), null=True, blank=True)
    total = models.PositiveIntegerField(_("due"), null=True, blank=True)
    done = models.PositiveIntegerField(_("done"), default=0)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)
    cancelled_by = models.ForeignKey(
        User,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("cancelled by"),
    )
    refusal = models.TextField(_("what went wrong"), blank=True)
    accepted = models.JSONField(_("accepted"), null=True, blank=True)  # Not empty: the check is still to be made.
    halt = models.CharField(_("what went wrong"), max_length=7, choices=Halt.choices, blank=True)

    objects = IssueRunQuerySet.as_manager()

    class Meta:
        ordering = ["-requested_at", "-pk"]
        verbose_name = _("issue run")
        verbose_name_plural = _("issue runs")
        constraints = [
            models.UniqueConstraint(
                fields=["programme"],
                condition=Q(finished_at__isnull=True),
                name="issue_run_one_at_a_time",
                violation_error_message=_("Certificates of this programme are being issued already."),
            )
        ]

    def __str__(self) -> str:
        return _("Issue run of %(moment)s") % {"moment": self.requested_at.date().isoformat()}

    @property
    def is_running(self) -> bool:
        """Whether it has work left."""
        return self.finished_at is None

    @property
    def is_to_be_checked(self) -> bool:
        """Whether it still has to make the check before it issues anything."""
        return self.is_running and self.accepted is not None
