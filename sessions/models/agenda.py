"""What happens when, and who speaks."""

import datetime as dt
from typing import Self

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from registrations.models import Programme, Translated
from sessions.presence import Window


class TrainingSessionQuerySet(models.QuerySet["TrainingSession"]):
    """Sessions in time."""

    def for_programme(self, programme: Programme) -> Self:
        """One programme's sessions by number."""
        return self.filter(programme=programme).select_related("programme").order_by("number")

    def with_speakers(self) -> Self:
        """With languages, appearances and speakers fetched, three queries whatever their number."""
        return self.prefetch_related(
            "languages",
            models.Prefetch(
                "appearances", Appearance.objects.select_related("speaker__programme").order_by("position", "pk")
            ),
        )


class TrainingSession(Translated):
    """One live session of a programme."""

    TRANSLATED = ("theme", "description")

    programme = models.ForeignKey(
        Programme, on_delete=models.PROTECT, related_name="sessions", verbose_name=_("programme")
    )
    number = models.PositiveSmallIntegerField(_("number"))
    theme = models.CharField(_("theme"), max_length=300)
    description = models.TextField(_("description"), blank=True)
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))
    join_link = models.URLField(_("link to join"), blank=True, max_length=500)
    sequence = models.PositiveIntegerField(
        _("version in calendars"),
        default=0,
        editable=False,
        help_text=_("SEQUENCE of RFC 5545: rises with each change."),
    )
    margin_minutes = models.PositiveSmallIntegerField(
        _("margin in minutes"),
        default=10,
        validators=[MaxValueValidator(180)],
        help_text=_(
            "Presence so long before the start and after the end counts, too. Nobody gets more minutes than the session has."
        ),
    )

    objects = TrainingSessionQuerySet.as_manager()

    class Meta:
        ordering = ["programme", "number"]
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "number"],
                name="session_number_once_per_programme",
                violation_error_message=_("The programme has a session of this number already."),
            ),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="session_ends_after_its_start",
                violation_error_message=_("A session must end after it starts."),
            ),
        ]

    def __str__(self) -> str:
        return _("Session %(number)s: %(theme)s") % {"number": self.number, "theme": self.words.theme}

    @property
    def source_language(self) -> str:
        """The programme's."""
        return self.programme.language

    @property
    def length(self) -> dt.timedelta:
        """From start to end."""
        return self.ends_at - self.starts_at

    @property
    def minutes(self) -> int:
        """Length in minutes; one that has begun counts in full."""
        return -(self.length // dt.timedelta(minutes=-1))

    @property
    def window(self) -> Window:
        """From when until when presence counts, and how much of it at most."""
        return Window(self.starts_at, self.ends_at, dt.timedelta(minutes=self.margin_minutes))


class Speaker(Translated):
    """A person who speaks in a programme."""

    TRANSLATED = ("title", "organisation")

    programme = models.ForeignKey(
        Programme, on_delete=models.PROTECT, related_name="speakers", verbose_name=_("programme")
    )
    name = models.CharField(_("name"), max_length=200)
    title = models.CharField(_("job title"), max_length=200, blank=True)
    organisation = models.CharField(_("organisation"), max_length=300, blank=True)
    is_synthetic = models.BooleanField(
        _("made up"),
        default=False,
        help_text=_("Stands in for a speaker whom the published document counts but does not name."),
    )

    class Meta:
        ordering = ["name"]
        verbose_name = _("speaker")
        verbose_name_plural = _("speakers")

    def __str__(self) -> str:
        return self.name

    @property
    def source_language(self) -> str:
        """The programme's."""
        return self.programme.language


class Appearance(Translated):
    """A speaker's part in a session, in the order in which they speak."""

    TRANSLATED = ("talk",)

    class Role(models.TextChoices):
        """What a speaker does in a session."""

        MODERATOR = "moderator", _("Moderator")
        OPENING = "opening", _("Opening remarks")
        SPEAKER = "speaker", _("Speaker")
        CLOSING = "closing", _("Closing remarks")

    session = models.ForeignKey(
        TrainingSession, on_delete=models.CASCADE, related_name="appearances", verbose_name=_("session")
    )
    speaker = models.ForeignKey(
        Speaker, on_delete=models.PROTECT, related_name="appearances", verbose_name=_("speaker")
    )
    role = models.CharField(_("role"), max_length=10, choices=Role.choices, default=Role.SPEAKER)
    talk = models.CharField(_("title of the talk"), max_length=300, blank=True)
    position = models.PositiveSmallIntegerField(_("place in the order"), default=0)

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("part in a session")
        verbose_name_plural = _("parts in a session")
        constraints = [
            models.UniqueConstraint(
                fields=["session", "speaker", "role"],
                name="appearance_once_per_role",
                violation_error_message=_("This speaker has this role in the session already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.speaker} ({self.get_role_display()})"

    @property
    def source_language(self) -> str:
        """The programme's."""
        return self.session.source_language
