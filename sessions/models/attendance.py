"""Who was present, for how long, and how we know."""

from collections import defaultdict
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from registrations.models import Programme, Registration, User
from sessions.models.agenda import TrainingSession
from sessions.presence import Presence, prevailing


class AttendanceQuerySet(models.QuerySet["Attendance"]):
    """Evidence of presence."""

    def for_programme(self, programme: Programme) -> Self:
        """Evidence on one programme's sessions."""
        return self.filter(session__programme=programme)

    def seated(self) -> Self:
        """Evidence on people who have a seat: whoever withdrew counts nowhere."""
        return self.filter(registration__in=Registration.objects.seated().order_by())

    def presences(
        self, programme: Programme, registration: Registration | None = None
    ) -> dict[int, dict[int, Presence]]:
        """What counts, in one query: `presences[registration id][session id]`, for the whole programme or one person.

        Whoever has no evidence in a session has no entry there.
        """
        rows = self.for_programme(programme)
        if registration is not None:
            rows = rows.filter(registration=registration)
        return rows.prevailing()

    def prevailing(self) -> dict[int, dict[int, Presence]]:
        """What counts of the evidence selected, in one query: `[registration id][session id]`."""
        found: dict[int, dict[int, Presence]] = defaultdict(dict)
        for person, session, seconds, source in self.order_by().values_list(
            "registration_id", "session_id", "seconds", "source"
        ):
            presence, known = Presence(seconds, source), found[person].get(session)
            found[person][session] = prevailing([presence, known]) if known else presence
        return dict(found)


class Attendance(models.Model):
    """Evidence that a person was present in a session, from one source. `sessions.presence` says which source prevails."""

    class Source(models.TextChoices):
        """Where the minutes come from."""

        FILE = "file", _("report of the meeting platform")
        CHECK_IN = "check_in", _("self check-in")
        HAND = "hand", _("entered by hand")
        CORRECTION = "correction", _("correction that was asked for")

    registration = models.ForeignKey(
        Registration, on_delete=models.PROTECT, related_name="attendances", verbose_name=_("registration")
    )
    session = models.ForeignKey(
        TrainingSession, on_delete=models.PROTECT, related_name="attendances", verbose_name=_("session")
    )
    source = models.CharField(_("source"), max_length=10, choices=Source.choices)
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
        return ngettext("%(minutes)s minute", "%(minutes)s minutes", self.minutes) % {"minutes": self.minutes}

    @property
    def minutes(self) -> int:
        """Full minutes."""
        return self.seconds // 60

    @property
    def is_by_person(self) -> bool:
        """Whether a person entered it, by hand or as a correction."""
        return self.source in (self.Source.HAND, self.Source.CORRECTION)


class HandEntry(models.Model):
    """What a person entered about somebody's presence: kept when a later entry takes its place. Never changed."""

    registration = models.ForeignKey(
        Registration, on_delete=models.CASCADE, related_name="hand_entries", verbose_name=_("registration")
    )
    session = models.ForeignKey(
        TrainingSession, on_delete=models.CASCADE, related_name="hand_entries", verbose_name=_("session")
    )
    minutes = models.PositiveIntegerField(
        _("minutes"), null=True, blank=True, help_text=_("Empty: the entry by hand was taken back.")
    )
    source = models.CharField(
        _("source"), max_length=10, choices=Attendance.Source.choices, default=Attendance.Source.HAND
    )
    note = models.CharField(_("note"), max_length=300, blank=True)
    entered_by = models.ForeignKey(
        User,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("entered by"),
    )
    entered_at = models.DateTimeField(_("entered"))

    class Meta:
        ordering = ["-entered_at", "-pk"]
        verbose_name = _("entry by hand")
        verbose_name_plural = _("entries by hand")

    def __str__(self) -> str:
        return f"{self.registration}: {self.minutes}"
