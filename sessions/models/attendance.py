"""Who was present, for how long, and how we know."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from registrations.models import Programme, Registration, User
from sessions.models.agenda import TrainingSession


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
    refusal = models.TextField(_("why it was refused"), blank=True)

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


class AttendanceRow(models.Model):
    """One line of a report: one connection of one identity, kept as the file has it."""

    class Match(models.TextChoices):
        """How the line found its registration."""

        NONE = "", _("not matched")
        EMAIL = "email", _("same e-mail")
        NAME = "name", _("unique exact name")
        HAND = "hand", _("by hand")

    attendance_import = models.ForeignKey(
        AttendanceImport, on_delete=models.CASCADE, related_name="rows", verbose_name=_("import")
    )
    line = models.PositiveIntegerField(_("line of the file"))
    name = models.CharField(_("name in the file"), max_length=300, blank=True)
    email = models.CharField(_("e-mail in the file"), max_length=254, blank=True)
    joined_at = models.DateTimeField(_("joined"), null=True, blank=True)
    left_at = models.DateTimeField(_("left"), null=True, blank=True)
    excluded_because = models.CharField(_("left out because"), max_length=100, blank=True)
    registration = models.ForeignKey(
        Registration,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="attendance_rows",
        verbose_name=_("registration"),
    )
    match = models.CharField(_("matched by"), max_length=5, choices=Match.choices, blank=True)

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
        ]

    def __str__(self) -> str:
        return _("Line %(line)s") % {"line": self.line}


class AttendanceQuerySet(models.QuerySet["Attendance"]):
    """Evidence of presence."""

    def for_programme(self, programme: Programme) -> Self:
        """Evidence on one programme's sessions."""
        return self.filter(session__programme=programme)


class Attendance(models.Model):
    """Evidence that a person was present in a session, from one source. `sessions.presence` says which source prevails."""

    class Source(models.TextChoices):
        """Where the minutes come from."""

        FILE = "file", _("report of the meeting platform")
        HAND = "hand", _("entered by hand")

    registration = models.ForeignKey(
        Registration, on_delete=models.PROTECT, related_name="attendances", verbose_name=_("registration")
    )
    session = models.ForeignKey(
        TrainingSession, on_delete=models.PROTECT, related_name="attendances", verbose_name=_("session")
    )
    source = models.CharField(_("source"), max_length=4, choices=Source.choices)
    seconds = models.PositiveIntegerField(_("seconds of presence"))
    recorded_at = models.DateTimeField(_("recorded"))
    recorded_by = models.ForeignKey(
        User,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("recorded by"),
    )
    note = models.CharField(_("note"), max_length=300, blank=True)

    objects = AttendanceQuerySet.as_manager()

    class Meta:
        ordering = ["session", "registration"]
        verbose_name = _("attendance")
        verbose_name_plural = _("attendance")
        constraints = [
            models.UniqueConstraint(
                fields=["registration", "session", "source"],
                name="attendance_once_per_source",
                violation_error_message=_(
                    "This person’s presence in this session is recorded from this source already."
                ),
            )
        ]

    def __str__(self) -> str:
        return _("%(minutes)s minutes") % {"minutes": self.seconds // 60}
