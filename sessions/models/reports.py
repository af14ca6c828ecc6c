"""Reports of the meeting platform, and their lines as they were read."""

import datetime as dt
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from registrations.models import Registration, User
from sessions.models.agenda import TrainingSession
from sessions.refusals import sentence

LEASE = dt.timedelta(minutes=2)  # after which an import that a worker claimed and did not finish is taken up again


class AttendanceImportQuerySet(models.QuerySet["AttendanceImport"]):
    """Imports by state."""

    def due(self, now: dt.datetime) -> Self:
        """Those to be applied: new, or left behind by a worker."""
        unfinished = self.filter(applied_at__isnull=True, refused_at__isnull=True)
        return unfinished.filter(Q(claimed_at__isnull=True) | Q(claimed_at__lt=now - LEASE))

    def claim(self, now: dt.datetime) -> bool:
        """Take the one import selected, unless another worker has it; the database decides."""
        return self.due(now).update(claimed_at=now) == 1


class AttendanceImport(models.Model):
    """A report of a meeting platform: uploaded, then read, matched and applied in the background, once."""

    session = models.ForeignKey(
        TrainingSession, on_delete=models.PROTECT, related_name="imports", verbose_name=_("session")
    )
    file_name = models.CharField(_("file"), max_length=255)
    content = models.BinaryField(_("content"))
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    time_zone = models.CharField(_("time zone of the file"), max_length=64)
    uploaded_by = models.ForeignKey(
        User,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("uploaded by"),
    )
    uploaded_at = models.DateTimeField(_("uploaded"))
    claimed_at = models.DateTimeField(_("claimed by a worker"), null=True, blank=True)
    rows_total = models.PositiveIntegerField(_("rows"), null=True, blank=True)
    rows_done = models.PositiveIntegerField(_("rows done"), default=0)
    applied_at = models.DateTimeField(_("applied"), null=True, blank=True)
    refused_at = models.DateTimeField(_("refused"), null=True, blank=True)
    refusal = models.CharField(_("why it was refused"), max_length=40, blank=True)
    refusal_details = models.JSONField(_("details of the refusal"), default=dict, blank=True)

    objects = AttendanceImportQuerySet.as_manager()

    class Meta:
        ordering = ["-uploaded_at", "-pk"]
        verbose_name = _("attendance import")
        verbose_name_plural = _("attendance imports")
        constraints = [
            models.UniqueConstraint(
                fields=["session", "sha256"],
                name="attendance_import_once_per_file",
                violation_error_message=_("This file was imported for this session already."),
            ),
            models.CheckConstraint(
                condition=Q(applied_at__isnull=True) | Q(refused_at__isnull=True),
                name="attendance_import_applied_or_refused",
                violation_error_message=_("An import is applied or refused, not both."),
            ),
        ]

    def __str__(self) -> str:
        return self.file_name

    @property
    def is_running(self) -> bool:
        """Whether it is yet to be applied."""
        return self.applied_at is None and self.refused_at is None

    @property
    def why_refused(self) -> str:
        """The reason in the reader's language, "" where it was not refused."""
        return sentence(self.refusal, self.refusal_details) if self.refusal else ""


class AttendanceRowQuerySet(models.QuerySet["AttendanceRow"]):
    """Lines by where they went."""

    def of_session(self, session: TrainingSession) -> Self:
        """Lines of every file of one session."""
        return self.filter(attendance_import__session=session)

    def matched(self) -> Self:
        """Those that count for a person."""
        return self.filter(registration__isnull=False)

    def unmatched(self) -> Self:
        """Those that count and wait for a person's decision."""
        return self.filter(registration__isnull=True, excluded_because="")

    def same_identity(self, row: "AttendanceRow") -> Self:
        """Lines with the same name and the same address, in every file of the session."""
        rows = self.filter(attendance_import__session=row.attendance_import.session_id)
        return rows.filter(name=row.name, email=row.email)


class AttendanceRow(models.Model):
    """One line of a report: one connection of one identity, kept as the file has it."""

    class Match(models.TextChoices):
        """How the line found its registration."""

        NONE = "", _("not matched")
        EMAIL = "email", _("same e-mail")
        NAME = "name", _("unique exact name")
        HAND = "hand", _("by hand")

    class Exclusion(models.TextChoices):
        """Why a line counts for nobody."""

        WAITING_ROOM = "waiting_room", _("in the waiting room")
        NO_TIMES = "no_times", _("without readable times")
        HOST = "host", _("host")

    attendance_import = models.ForeignKey(
        AttendanceImport, on_delete=models.CASCADE, related_name="rows", verbose_name=_("import")
    )
    line = models.PositiveIntegerField(_("line of the file"))
    name = models.CharField(_("name in the file"), max_length=300, blank=True)
    email = models.CharField(_("e-mail in the file"), max_length=254, blank=True)
    joined_at = models.DateTimeField(_("joined"), null=True, blank=True)
    left_at = models.DateTimeField(_("left"), null=True, blank=True)
    excluded_because = models.CharField(_("left out"), max_length=12, choices=Exclusion.choices, blank=True)
    registration = models.ForeignKey(
        Registration,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="attendance_rows",
        verbose_name=_("registration"),
    )
    match = models.CharField(_("matched by"), max_length=5, choices=Match.choices, blank=True)
    assigned_by = models.ForeignKey(
        User,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("assigned by"),
    )
    assigned_at = models.DateTimeField(_("assigned"), null=True, blank=True)

    objects = AttendanceRowQuerySet.as_manager()

    class Meta:
        ordering = ["attendance_import", "line"]
        verbose_name = _("line of a report")
        verbose_name_plural = _("lines of a report")
        constraints = [
            models.UniqueConstraint(
                fields=["attendance_import", "line"],
                name="attendance_row_once_per_line",
                violation_error_message=_("This line of the file was read already."),
            ),
            models.CheckConstraint(
                condition=Q(registration__isnull=True, match="") | Q(registration__isnull=False) & ~Q(match=""),
                name="attendance_row_match_has_a_reason",
                violation_error_message=_("A matched line says what it was matched by."),
            ),
            models.CheckConstraint(
                condition=Q(excluded_because="") | Q(registration__isnull=True),
                name="attendance_row_excluded_or_matched",
                violation_error_message=_("A line that was left out counts for nobody."),
            ),
            models.CheckConstraint(
                condition=Q(match="hand", assigned_at__isnull=False) | ~Q(match="hand") & Q(assigned_at__isnull=True),
                name="attendance_row_assigned_by_hand_at_a_time",
                violation_error_message=_("A line assigned by hand, and no other, says when."),
            ),
        ]

    def __str__(self) -> str:
        return _("Line %(line)s") % {"line": self.line}

    @property
    def is_by_hand(self) -> bool:
        """Whether a person said whose line it is."""
        return self.match == self.Match.HAND

    @property
    def is_assignable(self) -> bool:
        """Whether a person may say whose line it is."""
        return self.registration_id is None and self.excluded_because in ("", self.Exclusion.HOST)
