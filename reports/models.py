"""The workspace of a programme and its published results."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from registrations.models import Programme, User


class Workspace(Programme):
    """A programme as its team sees it in the back office: its stages and what is to be done next. No table of its own."""

    class Meta:
        proxy = True
        verbose_name = _("workspace")
        verbose_name_plural = _("workspaces")


class ResultsReportQuerySet(models.QuerySet["ResultsReport"]):
    """Editions."""

    def for_programme(self, programme: Programme) -> Self:
        """One programme's editions, the latest first."""
        return self.filter(programme=programme.pk).order_by("-edition")

    def on_show(self, slug: str) -> "ResultsReport | None":
        """What the public page of a published programme shows: its latest edition, unless that was taken back."""
        reports = self.filter(programme__slug=slug, programme__published_at__isnull=False)
        latest = reports.select_related("programme").order_by("-edition").first()
        return None if latest is None or latest.is_withdrawn else latest

    def is_on_show(self, programme: Programme) -> bool:
        """Whether the results page of a published programme shows an edition; reads no figures."""
        moments = self.for_programme(programme).values_list("withdrawn_at", flat=True)
        return list(moments[:1]) == [None]


class ResultsReport(models.Model):
    """An edition of a programme's results: every figure as computed from the rows when it was published."""

    programme = models.ForeignKey(
        Programme, on_delete=models.PROTECT, related_name="results_reports", verbose_name=_("programme")
    )
    edition = models.PositiveSmallIntegerField(_("edition"))
    figures = models.JSONField(_("figures"))
    sha256 = models.CharField(_("SHA-256 of the figures"), max_length=64)
    published_at = models.DateTimeField(_("published"))
    published_by = models.ForeignKey(
        User,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("published by"),
    )
    withdrawn_at = models.DateTimeField(_("taken back"), null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        User,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("taken back by"),
    )

    objects = ResultsReportQuerySet.as_manager()

    class Meta:
        ordering = ["programme", "-edition"]
        verbose_name = _("results report")
        verbose_name_plural = _("results reports")
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "edition"],
                name="results_report_edition_once",
                violation_error_message=_("This edition exists already."),
            ),
            models.CheckConstraint(
                condition=Q(edition__gte=1),
                name="results_report_edition_counts_from_one",
                violation_error_message=_("Editions count from 1."),
            ),
        ]

    def __str__(self) -> str:
        return _("%(programme)s: results, edition %(edition)s") % {
            "programme": self.programme,
            "edition": self.edition,
        }

    @property
    def is_withdrawn(self) -> bool:
        """Whether it was taken back."""
        return self.withdrawn_at is not None


class CohortWalk(models.Model):
    """A synthetic cohort's way through a programme: one at a time, and whether it came to its end."""

    programme = models.OneToOneField(
        Programme, on_delete=models.CASCADE, primary_key=True, related_name="cohort_walk", verbose_name=_("programme")
    )
    claimed_at = models.DateTimeField(_("last sign of life"), null=True, blank=True)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)

    class Meta:
        verbose_name = _("way of a synthetic cohort")
        verbose_name_plural = _("ways of synthetic cohorts")

    def __str__(self) -> str:
        return str(self.programme)
