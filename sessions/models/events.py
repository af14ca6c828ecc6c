"""Who did what to the attendance of a programme, and when. Written once, never changed."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from registrations.models import Programme, Registration, User
from sessions.models.agenda import TrainingSession
from sessions.models.identities import AttendanceIdentity
from sessions.models.imports import AttendanceImport


class AttendanceEventQuerySet(models.QuerySet["AttendanceEvent"]):
    """Events, newest first."""

    def for_session(self, session: TrainingSession) -> Self:
        """What concerns a session: its own, and what concerns the whole programme or files of several sessions."""
        here = self.filter(Q(session=session) | Q(session__isnull=True), programme=session.programme_id)
        return here.select_related("by", "registration", "identity", "session").prefetch_related(
            models.Prefetch("attendance_import", AttendanceImport.objects.defer("content"))
        )

    def waiting_for_a_match(self) -> Self:
        """Those that ask to match a programme's names again and were not answered by a match since. The oldest first."""
        since = AttendanceEvent.objects.filter(
            programme=models.OuterRef("programme"),
            kind=AttendanceEvent.Kind.MATCHED_AGAIN,
            pk__gt=models.OuterRef("pk"),
        )
        return self.filter(~models.Exists(since), kind=AttendanceEvent.Kind.MATCH_ASKED).order_by("pk")


class AttendanceEvent(models.Model):
    """One deed. `details` holds numbers and codes only, never anything personal."""

    class Kind(models.TextChoices):
        """What was done."""

        UPLOADED = "uploaded", _("file uploaded")
        READ = "read", _("file read")
        REFUSED = "refused", _("file refused")
        ANSWERED = "answered", _("question about a file answered")
        APPROVED = "approved", _("file applied")
        APPLIED = "applied", _("minutes of a file counted")
        UNDONE = "undone", _("file undone")
        DECIDED = "decided", _("said who a line is")
        UNDECIDED = "undecided", _("took a decision back")
        MATCH_ASKED = "match_asked", _("asked to match again")
        MATCHED_AGAIN = "matched_again", _("matched again")
        ENTERED = "entered", _("entered by hand")
        CLEARED = "cleared", _("took an entry by hand back")
        CORRECTED = "corrected", _("granted a correction")
        DECLINED = "declined", _("declined a correction")
        DESK_OPENED = "desk_opened", _("check-in opened")
        DESK_CLOSED = "desk_closed", _("check-in closed")
        RECOUNTED = "recounted", _("counted again")

    programme = models.ForeignKey(
        Programme, on_delete=models.CASCADE, related_name="attendance_events", verbose_name=_("programme")
    )
    session = models.ForeignKey(
        TrainingSession, on_delete=models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("session")
    )
    kind = models.CharField(_("what"), max_length=14, choices=Kind.choices)
    at = models.DateTimeField(_("when"))
    by = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("who")
    )
    attendance_import = models.ForeignKey(
        AttendanceImport, on_delete=models.CASCADE, null=True, blank=True, related_name="events", verbose_name=_("file")
    )
    identity = models.ForeignKey(
        AttendanceIdentity, on_delete=models.CASCADE, null=True, blank=True, related_name="events",
        verbose_name=_("identity in files"),
    )  # fmt: skip
    registration = models.ForeignKey(
        Registration, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("registration")
    )
    details = models.JSONField(_("details"), default=dict, blank=True)

    objects = AttendanceEventQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("event")
        verbose_name_plural = _("events")
        indexes = [models.Index(fields=["programme", "-at"], name="attendance_event_by_moment")]

    def __str__(self) -> str:
        return str(self.get_kind_display())
