"""The workspace of a programme and its published results."""

import datetime as dt
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from registrations.models import Programme, User
from reports.campaigns.models import Campaign
from reports.library.models import LibraryEntry, LibraryHit, LibraryTerm, Story

__all__ = [
    "Campaign",
    "CohortWalk",
    "LibraryEntry",
    "LibraryHit",
    "LibraryTerm",
    "ReportDraft",
    "ReportFile",
    "ResultsReport",
    "Story",
    "Workspace",
]


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

    def edition_of(self, slug: str, edition: int) -> "ResultsReport | None":
        """One edition of a published programme, taken back or not."""
        reports = self.filter(programme__slug=slug, programme__published_at__isnull=False, edition=edition)
        return reports.select_related("programme").first()

    def standing_before(self, report: "ResultsReport") -> "ResultsReport | None":
        """The edition before this one that was not taken back."""
        earlier = self.for_programme(report.programme).filter(edition__lt=report.edition, withdrawn_at__isnull=True)
        return earlier.first()

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
    content = models.JSONField(
        _("content"), default=dict, blank=True, help_text=_("The report’s blocks and method, and the code’s version.")
    )
    content_sha256 = models.CharField(_("SHA-256 of the content"), max_length=64, blank=True)
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


class ReportDraftQuerySet(models.QuerySet["ReportDraft"]):
    """Drafts."""

    def asked(self) -> Self:
        """Those that a worker is to publish."""
        return self.filter(publication_asked_at__isnull=False, publication_refused_for="")


class ReportDraft(models.Model):
    """What an organiser has written down for a programme's next results report: its blocks, and words on its method.

    Without `blocks` the report puts itself together. `words` maps what is told of the method to texts by language.
    `version` counts changes, so that two people who edit at once do not undo each other's work. Since when a worker is to
    publish it stands here, too, and the `Hindrance` for which a worker did not.
    """

    NO_WISH: ClassVar[dict[str, Any]] = {
        "publication_asked_at": None,
        "publication_asked_by": None,
        "publication_refused_for": "",
    }

    programme = models.OneToOneField(
        Programme, on_delete=models.CASCADE, primary_key=True, related_name="report_draft", verbose_name=_("programme")
    )
    blocks = models.JSONField(_("blocks"), null=True, blank=True)
    words = models.JSONField(_("words on the method"), default=dict, blank=True)
    version = models.PositiveIntegerField(_("version"), default=0)
    updated_at = models.DateTimeField(_("changed"), null=True, blank=True)
    updated_by = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("changed by")
    )
    publication_asked_at = models.DateTimeField(_("requested"), null=True, blank=True)
    publication_asked_by = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("requested by")
    )
    publication_refused_for = models.CharField(_("why it was refused"), max_length=20, blank=True)

    objects = ReportDraftQuerySet.as_manager()

    class Meta:
        verbose_name = _("draft of a results report")
        verbose_name_plural = _("drafts of results reports")
        constraints = [
            models.CheckConstraint(
                condition=Q(publication_refused_for="") | Q(publication_asked_at__isnull=False),
                name="report_draft_refused_what_was_asked",
                violation_error_message=_("Only what was asked for can be refused."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.programme)


class ReportFileQuerySet(models.QuerySet["ReportFile"]):
    """Files of editions."""

    def waiting(self) -> Self:
        """Those that are to be made; a file that failed three times waits for a person."""
        return self.filter(
            sha256="", attempts__lt=ReportFile.MOST_ATTEMPTS, report__withdrawn_at__isnull=True
        ).order_by("pk")

    def claim(self, *, at: dt.datetime, lease: dt.timedelta) -> bool:
        """Take the one file selected, unless it is made or another worker took it within the lease."""
        free = Q(claimed_at__isnull=True) | Q(claimed_at__lte=at - lease)
        taken = self.filter(free, sha256="").update(claimed_at=at, attempts=F("attempts") + 1)
        return taken == 1

    def listed(self) -> Self:
        """Without their content, which lists never fetch."""
        return self.defer("content")


class ReportFile(models.Model):
    """An edition as a file in one language. Made in the background; "" as its hash: not made yet."""

    class Format(models.TextChoices):
        """What a file can be."""

        PDF = "pdf", _("PDF")
        DOCX = "docx", _("Word document (DOCX)")

    MOST_ATTEMPTS = 3

    report = models.ForeignKey(
        ResultsReport, on_delete=models.CASCADE, related_name="files", verbose_name=_("results report")
    )
    format = models.CharField(_("format"), max_length=4, choices=Format.choices)
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)
    content = models.BinaryField(_("content"), default=bytes)
    size = models.PositiveIntegerField(_("size in bytes"), default=0)
    sha256 = models.CharField(_("SHA-256"), max_length=64, blank=True)
    made_at = models.DateTimeField(_("made"), null=True, blank=True)
    claimed_at = models.DateTimeField(_("last sign of life"), null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    problem = models.TextField(_("what went wrong"), blank=True)

    objects = ReportFileQuerySet.as_manager()

    class Meta:
        ordering = ["report", "language", "-format"]
        verbose_name = _("file of a results report")
        verbose_name_plural = _("files of results reports")
        constraints = [
            models.UniqueConstraint(
                fields=["report", "format", "language"],
                name="report_file_once",
                violation_error_message=_("This file exists already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.report} ({self.language}, {self.format})"

    @property
    def is_made(self) -> bool:
        """Whether it can be fetched."""
        return bool(self.sha256)


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
