"""How long what is stored about people is kept in each programme, and what was deleted because its time was over."""

import datetime as dt

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from registrations.models.programme import Programme
from registrations.models.user import User
from registrations.retention import LONGEST, Kind, due_date


def _days(name: object, suggested: int) -> models.PositiveSmallIntegerField:
    return models.PositiveSmallIntegerField(
        name,  # type: ignore[arg-type]
        null=True,
        blank=True,
        default=suggested,
        validators=[MinValueValidator(1), MaxValueValidator(LONGEST)],
    )


class Retention(models.Model):
    """For how many days after a programme's last day each kind of data is kept. Empty: until somebody has it erased.

    Nothing goes before an organiser has said so: a programme without a row keeps everything. The defaults are what the
    page suggests.
    """

    programme = models.OneToOneField(
        Programme, on_delete=models.CASCADE, related_name="retention", verbose_name=_("programme")
    )
    log_days = _days(_("files and lines of attendance"), 180)
    mail_days = _days(_("mails"), 365)
    text_days = _days(_("answers in people’s own words"), 1095)
    person_days = _days(_("who people are"), 1825)
    set_at = models.DateTimeField(_("set"))
    set_by = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("set by")
    )

    class Meta:
        verbose_name = _("retention")
        verbose_name_plural = _("retention")
        constraints = [
            models.CheckConstraint(
                condition=Q(person_days__isnull=True) | Q(log_days__isnull=False, log_days__lte=F("person_days")),
                name="retention_attendance_logs_first",
                violation_error_message=_(
                    "The files and lines of attendance go first: give them a number of days that is not longer than that "
                    "of the people."
                ),
            )
        ]

    def __str__(self) -> str:
        return str(self.programme)

    @classmethod
    def of(cls, programme: Programme) -> "Retention":
        """What is set for a programme; where nothing is, one that keeps everything, not stored. One query."""
        known = cls.objects.filter(programme=programme).first()
        everything = {"log_days": None, "mail_days": None, "text_days": None, "person_days": None}
        return known or cls(programme=programme, **everything)

    def days(self, kind: Kind) -> int | None:
        """Days after the programme's last day; None: kept."""
        by_kind: dict[Kind, int | None] = {
            Kind.LOGS: self.log_days,
            Kind.MAILS: self.mail_days,
            Kind.TEXTS: self.text_days,
            Kind.PEOPLE: self.person_days,
        }
        return by_kind[kind]

    def due_date(self, kind: Kind) -> dt.date | None:
        """The day, in the programme's zone, from which the kind goes; None: never by itself."""
        zone = self.programme.zone
        set_on = self.set_at.astimezone(zone).date() if self.set_at else None
        return due_date(self.programme.end_date, self.days(kind), set_on)

    def is_due(self, kind: Kind, now: dt.datetime) -> bool:
        """Whether its time is over."""
        due = self.due_date(kind)
        return due is not None and now.astimezone(self.programme.zone).date() >= due


class RetentionRecord(models.Model):
    """That so many things went at a moment because their time was over. Written with the deed, never changed."""

    class What(models.TextChoices):
        """What went."""

        FILES = "files", _("files of attendance")
        LINES = "lines", _("lines of attendance")
        NAMES = "names", _("names in files")
        MAILS = "mails", _("texts of mails")
        RESPONSES = "responses", _("responses with texts")
        DRAFTS = "drafts", _("drafts of responses")
        PEOPLE = "people", _("people")

    programme = models.ForeignKey(
        Programme, on_delete=models.CASCADE, related_name="retention_records", verbose_name=_("programme")
    )
    what = models.CharField(_("what"), max_length=10, choices=What.choices)
    count = models.PositiveIntegerField(_("how many"))
    at = models.DateTimeField(_("when"))

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("record of what went")
        verbose_name_plural = _("records of what went")
        constraints = [
            models.CheckConstraint(
                condition=Q(count__gt=0),
                name="retention_record_of_something",
                violation_error_message=_("A record says that something went."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_what_display()}: {self.count}"
