"""Lines of files, as they were read: what every minute by file can be followed to."""

from collections.abc import Iterator
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sessions.models.agenda import TrainingSession
from sessions.models.identities import AttendanceIdentity
from sessions.models.imports import AttendanceImport
from sessions.presence import Stay

HOSTS = ("host", "organizer")


class AttendanceRowQuerySet(models.QuerySet["AttendanceRow"]):
    """Rows by where they went."""

    def of_session(self, session: TrainingSession) -> Self:
        """Rows of one session in every file that was not undone."""
        return self.filter(session=session, attendance_import__undone_at__isnull=True)

    def countable(self) -> Self:
        """Those that would count if one knew whose they are: hosts count apart."""
        return self.filter(excluded_because="").exclude(role__in=HOSTS)

    def counting(self) -> Self:
        """Those that count for a person, in files that count. A host who is registered is a participant like others."""
        return self.filter(
            excluded_because="",
            identity__registration__isnull=False,
            attendance_import__approved_at__isnull=False,
            attendance_import__undone_at__isnull=True,
        )

    def known(self) -> Iterator[tuple[int, int, Stay]]:
        """Session, registration and stay of each row that would count for somebody. One query."""
        rows = self.filter(excluded_because="", session__isnull=False, identity__registration__isnull=False)
        for session, person, *stay in rows.order_by().values_list(
            "session", "identity__registration", "joined_at", "left_at", "seconds", "is_open", "attendance_import"
        ):
            if session is not None and person is not None:
                yield session, person, Stay(*stay)

    def unmatched(self) -> Self:
        """Those that wait for a person's decision."""
        return self.countable().filter(identity__registration__isnull=True, identity__decided_at__isnull=True)


class AttendanceRow(models.Model):
    """One line of a file in one session: a stay of one identity, or presence that the file states.

    A line that reaches into two sessions is two rows. `session` is empty where the line overlaps none.
    """

    class Role(models.TextChoices):
        """What the identity was in the meeting."""

        ATTENDEE = "attendee", _("attendee")
        PRESENTER = "presenter", _("presenter")
        PANELIST = "panelist", _("panelist")
        ORGANIZER = "organizer", _("organiser")
        HOST = "host", _("host")

    class Exclusion(models.TextChoices):
        """Why a row counts for nobody."""

        IN_WAITING_ROOM = "in_waiting_room", _("in the waiting room")
        NO_TIMES = "no_times", _("without readable times")
        NOT_A_PERSON = "not_a_person", _("not a person")

    attendance_import = models.ForeignKey(
        AttendanceImport, on_delete=models.CASCADE, related_name="rows", verbose_name=_("import")
    )
    position = models.PositiveIntegerField(_("place among the import’s rows"))
    line = models.PositiveIntegerField(_("line of the file"))
    meeting = models.CharField(_("meeting, as the file calls it"), max_length=300, blank=True)
    session = models.ForeignKey(
        TrainingSession,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="attendance_rows",
        verbose_name=_("session"),
    )
    identity = models.ForeignKey(
        AttendanceIdentity, on_delete=models.PROTECT, related_name="rows", verbose_name=_("identity")
    )
    joined_at = models.DateTimeField(_("joined"), null=True, blank=True)
    left_at = models.DateTimeField(_("left"), null=True, blank=True)
    seconds = models.PositiveIntegerField(_("seconds that the file states"), null=True, blank=True)
    is_open = models.BooleanField(_("without a moment of leaving"), default=False)
    role = models.CharField(_("role"), max_length=10, choices=Role.choices, default=Role.ATTENDEE)
    excluded_because = models.CharField(_("left out"), max_length=16, choices=Exclusion.choices, blank=True)

    objects = AttendanceRowQuerySet.as_manager()

    class Meta:
        ordering = ["attendance_import", "position"]
        verbose_name = _("line of a file")
        verbose_name_plural = _("lines of a file")
        indexes = [
            models.Index(fields=["session"], condition=Q(role__in=HOSTS), name="attendance_row_of_host"),
            # Whose lines wait in a session, without the rows; the condition is that of `countable`.
            models.Index(
                fields=["session", "identity", "attendance_import"],
                condition=Q(excluded_because="") & ~Q(role__in=HOSTS),
                name="attendance_row_countable",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["attendance_import", "position"],
                name="attendance_row_once_per_position",
                violation_error_message=_("This line of the file was read already."),
            ),
            models.CheckConstraint(
                condition=Q(left_at__isnull=True) | Q(joined_at__isnull=False),
                name="attendance_row_joined_before_it_left",
                violation_error_message=_("Whoever left has joined."),
            ),
        ]

    def __str__(self) -> str:
        return _("Line %(line)s") % {"line": self.line}

    @property
    def is_host(self) -> bool:
        """Whether the meeting was theirs: hosts count apart unless they are registered."""
        return self.role in HOSTS
