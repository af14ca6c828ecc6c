"""What participants say is recorded wrongly, and what the organisers made of it."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from registrations.models import Programme, Registration, User
from sessions.models.agenda import TrainingSession


class CorrectionRequestQuerySet(models.QuerySet["CorrectionRequest"]):
    """Requests by state."""

    def for_programme(self, programme: Programme) -> Self:
        """One programme's."""
        return self.filter(session__programme=programme)

    def open(self) -> Self:
        """Those that wait for an answer."""
        return self.filter(answered_at__isnull=True, withdrawn_at__isnull=True)


class CorrectionRequest(models.Model):
    """A participant's request to correct the minutes of one session: open, then withdrawn, granted or declined."""

    class Status(models.TextChoices):
        """Derived from the moments below."""

        OPEN = "open", _("waiting for an answer")
        WITHDRAWN = "withdrawn", _("request withdrawn")
        GRANTED = "granted", _("granted")
        DECLINED = "declined", _("declined")

    registration = models.ForeignKey(
        Registration, on_delete=models.CASCADE, related_name="correction_requests", verbose_name=_("registration")
    )
    session = models.ForeignKey(
        TrainingSession, on_delete=models.CASCADE, related_name="correction_requests", verbose_name=_("session")
    )
    sentence = models.CharField(_("what is wrong"), max_length=500)
    asked_at = models.DateTimeField(_("asked"))
    withdrawn_at = models.DateTimeField(_("request withdrawn"), null=True, blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    answered_by = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("answered by")
    )
    minutes = models.PositiveIntegerField(
        _("minutes granted"), null=True, blank=True, help_text=_("Empty: declined, or not answered.")
    )
    answer = models.CharField(_("answer"), max_length=500, blank=True)

    objects = CorrectionRequestQuerySet.as_manager()

    class Meta:
        ordering = ["asked_at", "pk"]
        verbose_name = _("request for correction")
        verbose_name_plural = _("requests for correction")
        indexes = [
            models.Index(
                fields=["session"],
                name="correction_open",
                condition=Q(answered_at__isnull=True, withdrawn_at__isnull=True),
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["registration", "session"],
                condition=Q(answered_at__isnull=True, withdrawn_at__isnull=True),
                name="correction_open_once_per_session",
                violation_error_message=_("A request for this session waits for its answer already."),
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True) | Q(withdrawn_at__isnull=True),
                name="correction_answered_or_withdrawn",
                violation_error_message=_("A request that was withdrawn is not answered."),
            ),
            models.CheckConstraint(
                condition=Q(minutes__isnull=True) | Q(answered_at__isnull=False),
                name="correction_granted_by_an_answer",
                violation_error_message=_("Only an answer grants minutes."),
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True) | Q(minutes__isnull=False) | ~Q(answer=""),
                name="correction_declined_in_words",
                violation_error_message=_("Whoever declines says why."),
            ),
            models.CheckConstraint(
                condition=(Q(answered_at__isnull=True) | Q(answered_at__gte=F("asked_at")))
                & (Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gte=F("asked_at"))),
                name="correction_ends_after_it_was_asked",
                violation_error_message=_("A request cannot end before it was made."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.registration}: {self.session}"

    @property
    def status(self) -> Status:
        """Where the request stands."""
        if self.withdrawn_at:
            return self.Status.WITHDRAWN
        if not self.answered_at:
            return self.Status.OPEN
        return self.Status.DECLINED if self.minutes is None else self.Status.GRANTED

    @property
    def is_open(self) -> bool:
        """Whether it waits for an answer."""
        return self.status == self.Status.OPEN

    @property
    def is_granted(self) -> bool:
        """Whether minutes were granted."""
        return self.status == self.Status.GRANTED
