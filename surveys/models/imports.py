"""Files of responses as batches: taken in, read, looked at, applied, and undone without losing their trace."""

import datetime as dt
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from registrations.models import Programme, User
from surveys.models.questionnaire import Survey

LEASE = dt.timedelta(minutes=2)  # after which an import that a worker claimed and gives no sign of is taken up again

TO_READ = Q(read_at__isnull=True, undone_at__isnull=True)
TO_APPLY = Q(approved_at__isnull=False, applied_at__isnull=True, undone_at__isnull=True)
TO_TAKE_BACK = Q(undone_at__isnull=False, approved_at__isnull=False, taken_back_at__isnull=True)


class ResponseImportQuerySet(models.QuerySet["ResponseImport"]):
    """Imports by state."""

    def for_programme(self, programme: Programme) -> Self:
        """Those to one programme's surveys, without their contents."""
        return self.filter(survey__programme=programme).defer("content")

    def of_survey(self, survey: Survey) -> Self:
        """One survey's, without their contents."""
        return self.filter(survey=survey).defer("content")

    def due(self, now: dt.datetime) -> Self:
        """Those that a worker has something to do for and that nobody is at, or that a worker left behind."""
        unfinished = self.filter(TO_READ | TO_APPLY | TO_TAKE_BACK)
        return unfinished.filter(Q(claimed_at__isnull=True) | Q(claimed_at__lt=now - LEASE))

    def claim(self, now: dt.datetime) -> bool:
        """Take the one import selected, unless another worker has it; the database decides."""
        return self.due(now).update(claimed_at=now) == 1


class ResponseImport(models.Model):
    """A file of responses that were given elsewhere, as a batch.

    Its way: uploaded, read in the background, looked at with its problems and its counts (its columns may be said
    differently as often as one likes), approved, applied in the background, perhaps undone. Where the file has problems
    nothing of it is applied. The record stays for ever; the file itself is let go once it is applied or put away.

    ``findings`` is `surveys.importing.findings.Findings` as plain values; ``mapping`` is `ColumnMapping`'s.
    """

    class State(models.TextChoices):
        """Where an import stands, from the moments recorded."""

        READING = "reading", pgettext_lazy("state of a file", "being read")
        ASKS = "asks", pgettext_lazy("state of a file", "waiting for an answer")
        PREVIEWED = "previewed", pgettext_lazy("state of a file", "waiting to be applied")
        APPLYING = "applying", pgettext_lazy("state of a file", "being applied")
        APPLIED = "applied", pgettext_lazy("state of a file", "applied")
        TAKING_BACK = "taking_back", pgettext_lazy("state of a file", "being undone")
        UNDONE = "undone", pgettext_lazy("state of a file", "undone")

    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="imports", verbose_name=_("survey"))
    file_name = models.CharField(_("file"), max_length=255)
    content = models.BinaryField(_("content, compressed"), blank=True)
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    platform = models.CharField(_("program that wrote it"), max_length=20, blank=True)
    shape = models.CharField(_("shape of its table"), max_length=24, blank=True)
    mapping = models.JSONField(_("its columns"), null=True, blank=True)
    accepts_outside = models.BooleanField(
        _("values that are not offered are taken"),
        default=False,
        help_text=_("They are counted apart and belong to no share."),
    )
    findings = models.JSONField(_("what was found in it"), default=dict, blank=True)
    can_be_applied = models.BooleanField(_("without problems"), default=False)
    rows_total = models.PositiveIntegerField(_("rows"), null=True, blank=True)
    rows_done = models.PositiveIntegerField(_("rows done"), default=0)
    imported = models.PositiveIntegerField(_("responses imported"), default=0)
    left_out = models.PositiveIntegerField(_("rows left out"), default=0)
    claimed_at = models.DateTimeField(_("claimed by a worker"), null=True, blank=True)
    uploaded_at = models.DateTimeField(_("uploaded"))
    uploaded_by = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("uploaded by")
    )
    read_at = models.DateTimeField(_("read"), null=True, blank=True)
    approved_at = models.DateTimeField(_("applying was asked for"), null=True, blank=True)
    approved_by = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("applied by")
    )
    applied_at = models.DateTimeField(_("applied"), null=True, blank=True)
    undone_at = models.DateTimeField(_("undone"), null=True, blank=True)
    undone_by = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("undone by")
    )
    taken_back_at = models.DateTimeField(_("all its responses removed"), null=True, blank=True)

    objects = ResponseImportQuerySet.as_manager()

    class Meta:
        ordering = ["-uploaded_at", "-pk"]
        verbose_name = _("import of responses")
        verbose_name_plural = _("imports of responses")
        constraints = [
            models.UniqueConstraint(
                fields=["survey", "sha256"],
                condition=Q(undone_at__isnull=True),
                name="response_import_once_per_file",
                violation_error_message=_("This file was imported for this survey already."),
            ),
            models.CheckConstraint(
                condition=Q(approved_at__isnull=True) | Q(read_at__isnull=False, can_be_applied=True),
                name="response_import_approved_without_problems",
                violation_error_message=_("A file is read, and found without problems, before it is applied."),
            ),
            models.CheckConstraint(
                condition=Q(applied_at__isnull=True) | Q(approved_at__isnull=False),
                name="response_import_approved_first",
                violation_error_message=_("An import is approved before it is applied."),
            ),
        ]

    def __str__(self) -> str:
        return self.file_name

    @property
    def state(self) -> State:
        """Where it stands."""
        if self.undone_at:
            return self.State.TAKING_BACK if self.approved_at and not self.taken_back_at else self.State.UNDONE
        if self.applied_at:
            return self.State.APPLIED
        if self.approved_at:
            return self.State.APPLYING
        if self.read_at:
            return self.State.PREVIEWED if self.can_be_applied else self.State.ASKS
        return self.State.READING

    @property
    def is_running(self) -> bool:
        """Whether a worker has something to do for it."""
        return self.state in (self.State.READING, self.State.APPLYING, self.State.TAKING_BACK)

    @property
    def is_open(self) -> bool:
        """Whether its columns can still be said differently: it was read, and neither approved nor put away."""
        return self.state in (self.State.ASKS, self.State.PREVIEWED)

    @property
    def is_previewed(self) -> bool:
        """Whether it waits for somebody to look at the preview and apply it."""
        return self.state == self.State.PREVIEWED

    @property
    def is_counting(self) -> bool:
        """Whether its responses count, or are about to."""
        return self.approved_at is not None and self.undone_at is None


class ResponseMapping(models.Model):
    """Which column is what in files of one shape, as an organiser said: proposed again for the next such file."""

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="mappings", verbose_name=_("survey"))
    shape = models.CharField(_("shape"), max_length=24)
    mapping = models.JSONField(_("columns"))
    said_by = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("said by")
    )
    said_at = models.DateTimeField(_("said"))

    class Meta:
        ordering = ["survey", "-said_at"]
        verbose_name = _("mapping of columns")
        verbose_name_plural = _("mappings of columns")
        constraints = [
            models.UniqueConstraint(
                fields=["survey", "shape"],
                name="response_mapping_once_per_shape",
                violation_error_message=_("The columns of such files are known already."),
            )
        ]

    def __str__(self) -> str:
        return self.shape
