"""Who is asked to answer a survey, and what was sent to whom."""

from typing import Self

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from registrations.models import Registration, User
from surveys.models.questionnaire import Survey

MOST_REMINDERS = 5


def validate_reminder_days(days: object) -> None:
    """Refuse anything but a few whole numbers of days from 1 to 60, each later than the one before."""
    fits = (
        isinstance(days, list)
        and len(days) <= MOST_REMINDERS
        and all(type(day) is int and 1 <= day <= 60 for day in days)
        and days == sorted(set(days))
    )
    if not fits:
        raise ValidationError(
            _("Give at most %(most)s numbers of days from 1 to 60, each larger than the one before: 3, 7."),
            params={"most": MOST_REMINDERS},
        )


def usual_reminder_days() -> list[int]:
    """Three days and a week after the invitation."""
    return [3, 7]


class InvitationPlanQuerySet(models.QuerySet["InvitationPlan"]):
    """Plans."""

    def running(self) -> Self:
        """Those that were started and not stopped since."""
        return self.filter(started_at__isnull=False).filter(
            Q(stopped_at__isnull=True) | Q(stopped_at__lt=F("started_at"))
        )


class InvitationPlan(models.Model):
    """Whom a survey asks and when they are written to. Without one, everybody with a seat is asked, and by no mail."""

    class Audience(models.TextChoices):
        """The rules by which people are asked."""

        SEATED = "seated", _("everybody who has a seat")
        ATTENDED = "attended", _("who attended enough sessions")
        CAME = "came", _("who came to the session that the survey is about")

    survey = models.OneToOneField(
        Survey, on_delete=models.CASCADE, primary_key=True, related_name="invitation_plan", verbose_name=_("survey")
    )
    audience = models.CharField(_("who is asked"), max_length=10, choices=Audience.choices, default=Audience.SEATED)
    least_sessions = models.PositiveSmallIntegerField(
        _("sessions attended at least"), default=1, validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    reminder_days = models.JSONField(
        _("reminders, in days after the invitation"),
        default=usual_reminder_days,
        blank=True,
        validators=[validate_reminder_days],
    )
    sends_thanks = models.BooleanField(_("a mail of thanks"), default=False)
    started_at = models.DateTimeField(_("inviting since"), null=True, blank=True)
    started_by = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("started by")
    )
    stopped_at = models.DateTimeField(_("stopped"), null=True, blank=True)
    stopped_by = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("stopped by")
    )

    objects = InvitationPlanQuerySet.as_manager()

    class Meta:
        ordering = ["survey"]
        verbose_name = _("plan of invitations")
        verbose_name_plural = _("plans of invitations")
        constraints = [
            models.CheckConstraint(
                condition=Q(least_sessions__gte=1),
                name="invitation_plan_asks_for_a_session",
                violation_error_message=_("At least one session."),
            )
        ]

    def __str__(self) -> str:
        return str(self.survey)

    @property
    def is_running(self) -> bool:
        """Whether mail goes out while the survey is open."""
        return self.started_at is not None and (self.stopped_at is None or self.stopped_at < self.started_at)


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Invitations."""

    def unanswered(self) -> Self:
        """Of people who have neither answered nor said that they will not."""
        answered = Q(registration__answered_marks__survey=F("survey"))
        return self.filter(declined_at__isnull=True).exclude(answered)


class Invitation(models.Model):
    """That a person was asked by mail to answer a survey, and how often they were reminded."""

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="invitations", verbose_name=_("survey"))
    registration = models.ForeignKey(
        Registration, on_delete=models.CASCADE, related_name="survey_invitations", verbose_name=_("registration")
    )
    invited_at = models.DateTimeField(_("invited"), null=True, blank=True)
    reminders = models.PositiveSmallIntegerField(_("reminders"), default=0)
    reminded_at = models.DateTimeField(_("last reminded"), null=True, blank=True)
    declined_at = models.DateTimeField(_("asked not to be written to"), null=True, blank=True)
    is_thanked = models.BooleanField(_("thanked"), default=False)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["survey", "registration"]
        verbose_name = _("invitation to a survey")
        verbose_name_plural = _("invitations to surveys")
        constraints = [
            models.UniqueConstraint(
                fields=["survey", "registration"],
                name="invitation_once_per_registration",
                violation_error_message=_("This person is invited already."),
            )
        ]

    def __str__(self) -> str:
        return _("Invitation %(pk)s") % {"pk": self.pk}
