"""Files of attendance as batches: taken in, read, previewed, applied, and taken back without losing their trace."""

import datetime as dt
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from registrations.models import Programme, User
from sessions.models.agenda import TrainingSession
from sessions.questions import question_of, refusal_of

LEASE = dt.timedelta(minutes=2)  # after which an import that a worker claimed and gives no sign of is taken up again

UNDONE = Q(undone_at__isnull=False)
REFUSED = Q(refused_at__isnull=False, undone_at__isnull=True)
TO_READ = Q(read_at__isnull=True, refused_at__isnull=True, undone_at__isnull=True, asks="")
TO_APPLY = Q(approved_at__isnull=False, applied_at__isnull=True, undone_at__isnull=True)
TO_TAKE_BACK = Q(undone_at__isnull=False, approved_at__isnull=False, taken_back_at__isnull=True)


class AttendanceImportQuerySet(models.QuerySet["AttendanceImport"]):
    """Imports by state."""

    def for_programme(self, programme: Programme) -> Self:
        """One programme's, without their contents."""
        return self.filter(programme=programme).defer("content")

    def unfinished(self) -> Self:
        """Those that a worker has something to do for."""
        return self.filter(TO_READ | TO_APPLY | TO_TAKE_BACK)

    def waiting(self) -> Self:
        """Those that wait for a person: to answer a question, or to look at the preview and apply it."""
        here = self.filter(refused_at__isnull=True, undone_at__isnull=True, approved_at__isnull=True)
        return here.filter(~Q(asks="") | Q(read_at__isnull=False))

    def counting(self) -> Self:
        """Those whose rows count: a person said so, and did not take it back."""
        return self.filter(approved_at__isnull=False, undone_at__isnull=True)

    def due(self, now: dt.datetime) -> Self:
        """Unfinished ones that nobody is at, or that a worker left behind."""
        return self.unfinished().filter(Q(claimed_at__isnull=True) | Q(claimed_at__lt=now - LEASE))

    def claim(self, now: dt.datetime) -> bool:
        """Take the one import selected, unless another worker has it; the database decides."""
        return self.due(now).update(claimed_at=now) == 1


class AttendanceImport(models.Model):
    """A file, uploaded for one session or for a programme, whose own times then say which sessions it is about.

    Its way: uploaded, read in the background (it may ask something first, or be refused), previewed, approved by a
    person, applied in the background, perhaps undone. Nothing of it is ever deleted; it counts from `approved_at` until
    `undone_at`.
    """

    class Question(models.TextChoices):
        """What the file leaves open and nothing known decides."""

        NONE = "", _("nothing")
        MAPPING = "mapping", _("which column is what")
        DATE_ORDER = "date_order", _("whether the day or the month comes first")
        ZONE = "zone", _("whose clock the times are")

    class State(models.TextChoices):
        """Where an import stands, from the moments recorded."""

        READING = "reading", pgettext_lazy("state of a file", "being read")
        ASKS = "asks", pgettext_lazy("state of a file", "waiting for an answer")
        REFUSED = "refused", pgettext_lazy("state of a file", "refused")
        PREVIEWED = "previewed", pgettext_lazy("state of a file", "waiting to be applied")
        APPLYING = "applying", pgettext_lazy("state of a file", "being applied")
        APPLIED = "applied", pgettext_lazy("state of a file", "applied")
        TAKING_BACK = "taking_back", pgettext_lazy("state of a file", "being undone")
        UNDONE = "undone", pgettext_lazy("state of a file", "undone")

    programme = models.ForeignKey(
        Programme, on_delete=models.PROTECT, related_name="imports", verbose_name=_("programme")
    )
    session = models.ForeignKey(
        TrainingSession,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="imports",
        verbose_name=_("session"),
        help_text=_("Empty: the times in the file say which sessions it is about."),
    )
    file_name = models.CharField(_("file"), max_length=255)
    content = models.BinaryField(_("content"))
    content_dropped_at = models.DateTimeField(
        _("content dropped"),
        null=True,
        blank=True,
        help_text=_("Somebody in the file had the own data erased. Its lines are kept without the name."),
    )
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    time_zone = models.CharField(_("time zone of the file"), max_length=64)
    order = models.CharField(_("order of its dates, said by a person"), max_length=3, blank=True)
    mapping = models.JSONField(_("its columns"), null=True, blank=True)
    shape = models.CharField(_("shape of its table"), max_length=64, blank=True)
    is_mapping_answered = models.BooleanField(_("a person said what its columns are"), default=False)
    asks = models.CharField(_("question"), max_length=10, choices=Question.choices, blank=True)
    platform = models.CharField(_("platform"), max_length=20, blank=True)
    variant = models.CharField(_("layout"), max_length=40, blank=True)
    notes = models.JSONField(_("what to know about it"), default=list, blank=True)
    rows_total = models.PositiveIntegerField(_("rows"), null=True, blank=True)
    rows_done = models.PositiveIntegerField(_("rows read"), default=0)
    people_total = models.PositiveIntegerField(_("people to count"), null=True, blank=True)
    people_done = models.PositiveIntegerField(_("people counted"), default=0)
    counted_to = models.JSONField(
        _("last one counted"),
        null=True,
        blank=True,
        help_text=_("[session, registration], where a next worker goes on."),
    )
    claimed_at = models.DateTimeField(_("claimed by a worker"), null=True, blank=True)
    uploaded_at = models.DateTimeField(_("uploaded"))
    uploaded_by = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("uploaded by")
    )
    read_at = models.DateTimeField(_("read"), null=True, blank=True)
    refused_at = models.DateTimeField(_("refused"), null=True, blank=True)
    refusal = models.CharField(_("why it was refused"), max_length=40, blank=True)
    refusal_details = models.JSONField(_("details of the refusal"), default=dict, blank=True)
    approved_at = models.DateTimeField(_("applying was asked for"), null=True, blank=True)
    approved_by = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("applied by")
    )
    applied_at = models.DateTimeField(_("applied"), null=True, blank=True)
    undone_at = models.DateTimeField(_("undone"), null=True, blank=True)
    undone_by = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("undone by")
    )
    taken_back_at = models.DateTimeField(_("counted again after it was undone"), null=True, blank=True)

    objects = AttendanceImportQuerySet.as_manager()

    class Meta:
        ordering = ["-uploaded_at", "-pk"]
        verbose_name = _("attendance import")
        verbose_name_plural = _("attendance imports")
        constraints = [
            models.UniqueConstraint(
                fields=["session", "sha256"],
                condition=Q(undone_at__isnull=True, refused_at__isnull=True),
                name="attendance_import_once_per_file",
                violation_error_message=_("This file was imported for this session already."),
            ),
            models.UniqueConstraint(
                fields=["programme", "sha256"],
                condition=Q(session__isnull=True, undone_at__isnull=True, refused_at__isnull=True),
                name="attendance_import_once_per_programme",
                violation_error_message=_("This file was imported for this programme already."),
            ),
            models.CheckConstraint(
                condition=Q(applied_at__isnull=True) | Q(refused_at__isnull=True),
                name="attendance_import_applied_or_refused",
                violation_error_message=_("An import is applied or refused, not both."),
            ),
            models.CheckConstraint(
                condition=Q(applied_at__isnull=True) | Q(approved_at__isnull=False, read_at__isnull=False),
                name="attendance_import_read_and_approved_first",
                violation_error_message=_("An import is read and approved before it is applied."),
            ),
        ]

    def __str__(self) -> str:
        return self.file_name

    @property
    def state(self) -> State:
        """Where it stands."""
        if self.undone_at:
            return self.State.TAKING_BACK if self.approved_at and not self.taken_back_at else self.State.UNDONE
        if self.refused_at:
            return self.State.REFUSED
        if self.applied_at:
            return self.State.APPLIED
        if self.approved_at:
            return self.State.APPLYING
        if self.asks:
            return self.State.ASKS
        return self.State.PREVIEWED if self.read_at else self.State.READING

    @property
    def is_running(self) -> bool:
        """Whether a worker has something to do for it."""
        return self.state in (self.State.READING, self.State.APPLYING, self.State.TAKING_BACK)

    @property
    def is_asking(self) -> bool:
        """Whether it waits for an answer."""
        return self.state == self.State.ASKS

    @property
    def is_previewed(self) -> bool:
        """Whether it waits for somebody to look at the preview and apply it."""
        return self.state == self.State.PREVIEWED

    @property
    def is_counting(self) -> bool:
        """Whether its rows count."""
        return self.approved_at is not None and self.undone_at is None

    @property
    def done(self) -> int:
        """Progress of the step that is under way, in its own units."""
        return self.rows_done if self.state == self.State.READING else self.people_done

    @property
    def total(self) -> int | None:
        """What `done` counts up to; None before that is known."""
        return self.rows_total if self.state == self.State.READING else self.people_total

    @property
    def question(self) -> str:
        """What it asks, in the reader's language; "" where it asks nothing."""
        return question_of(self.asks)

    @property
    def why_refused(self) -> str:
        """The reason in the reader's language, "" where it was not refused."""
        return refusal_of(self.refusal, self.refusal_details) if self.refusal else ""


class ColumnMapping(models.Model):
    """Which column is what in files of one shape, as an organiser said: used again for the programme's next such file.

    Files of this shape in other programmes get it as the guess to confirm, never silently.
    """

    programme = models.ForeignKey(
        Programme, on_delete=models.CASCADE, related_name="column_mappings", verbose_name=_("programme")
    )
    shape = models.CharField(_("shape"), max_length=64)
    mapping = models.JSONField(_("columns"))
    said_by = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("said by")
    )
    said_at = models.DateTimeField(_("said"))

    class Meta:
        ordering = ["programme", "-said_at"]
        verbose_name = _("column mapping")
        verbose_name_plural = _("column mappings")
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "shape"],
                name="column_mapping_once_per_shape",
                violation_error_message=_("The columns of such files are known already."),
            )
        ]

    def __str__(self) -> str:
        return self.shape
