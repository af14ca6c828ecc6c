"""A programme, its partners and the people who run it."""

import datetime as dt
import zoneinfo
from typing import Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from registrations.models.translated import Translated
from registrations.models.user import User
from registrations.zones import is_zone


def validate_zone(name: str) -> None:
    """Refuse a name that is no IANA time zone."""
    if not is_zone(name):
        raise ValidationError(
            _("“%(name)s” is not a time zone. Choose one such as Africa/Nairobi."), params={"name": name}
        )


def validate_language_codes(codes: object) -> None:
    """Refuse anything but a list of the six languages' codes."""
    known = {code for code, _name in settings.LANGUAGES}
    if not isinstance(codes, list) or not set(codes) <= known:
        raise ValidationError(
            _("Give a list of language codes out of: %(codes)s."), params={"codes": ", ".join(sorted(known))}
        )


class ProgrammeQuerySet(models.QuerySet["Programme"]):
    """Programmes; every fetch for a person goes through one of these."""

    def published(self) -> Self:
        """Those that the public may see."""
        return self.filter(published_at__isnull=False)

    def organised_by(self, user: User) -> Self:
        """Those whose people `user` may see and manage."""
        if user.is_administrator:
            return self
        return self.filter(team__user=user, team__role=TeamMember.Role.ORGANISER, team__user__is_active=True)

    def analysed_by(self, user: User) -> Self:
        """Those whose aggregates `user` may see: organisers and analysts."""
        if user.is_administrator:
            return self
        return self.filter(team__user=user, team__user__is_active=True).distinct()

    def with_people_waiting(self) -> Self:
        """Those that have a waiting list and, when read, a free seat."""
        waiting = Q(
            registrations__confirmed_at__isnull=False,
            registrations__seated_at__isnull=True,
            registrations__withdrawn_at__isnull=True,
        )
        return self.filter(Q(capacity__isnull=True) | Q(seats_taken__lt=F("capacity"))).filter(waiting).distinct()

    def take_seat(self) -> bool:
        """Take one seat of the one programme selected, unless all are taken; the database decides, never a count."""
        free = Q(capacity__isnull=True) | Q(seats_taken__lt=F("capacity"))
        return self.filter(free).update(seats_taken=F("seats_taken") + 1) == 1

    def give_seat_back(self) -> None:
        """Give one seat of the one programme selected back."""
        self.filter(seats_taken__gt=0).update(seats_taken=F("seats_taken") - 1)


class Programme(Translated):
    """A training programme: some sessions, people who register for them, and what comes of it."""

    TRANSLATED = ("title", "summary", "background", "objectives", "audience")

    slug = models.SlugField(
        _("address"), max_length=80, unique=True, help_text=_("The last part of the page's address.")
    )
    title = models.CharField(_("title"), max_length=200)
    summary = models.TextField(_("summary"), blank=True)
    background = models.TextField(_("background"), blank=True)
    objectives = models.TextField(_("objectives"), blank=True, help_text=_("One objective per line."))
    audience = models.TextField(_("audience"), blank=True)
    start_date = models.DateField(_("first day"))
    end_date = models.DateField(_("last day"))
    time_zone = models.CharField(
        _("time zone"), max_length=64, validators=[validate_zone], help_text=_("For example Africa/Nairobi.")
    )
    teaching_languages = models.JSONField(
        _("languages of teaching"), default=list, validators=[validate_language_codes]
    )
    interpretation_languages = models.JSONField(
        _("languages of interpretation"), default=list, blank=True, validators=[validate_language_codes]
    )
    language = models.CharField(
        _("language of the texts"),
        max_length=10,
        choices=settings.LANGUAGES,
        default="en",
        help_text=_("In which the texts here are written. Versions in other languages are entered from the workspace."),
    )
    capacity = models.PositiveIntegerField(
        _("capacity"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("Empty: no limit."),
    )
    seats_taken = models.PositiveIntegerField(_("seats taken"), default=0, editable=False)
    registration_opens_at = models.DateTimeField(_("registration opens"))
    registration_closes_at = models.DateTimeField(_("registration closes"))
    contact_name = models.CharField(_("contact"), max_length=200, blank=True)
    contact_email = models.EmailField(_("contact’s e-mail"), blank=True)
    reminds_a_day_before = models.BooleanField(_("reminder by mail 24 hours before each session"), default=True)
    reminds_an_hour_before = models.BooleanField(_("reminder by mail 1 hour before each session"), default=True)
    published_at = models.DateTimeField(
        _("published"), null=True, blank=True, help_text=_("Empty: only its team sees it.")
    )
    logs_deleted_at = models.DateTimeField(
        _("attendance logs deleted"),
        null=True,
        blank=True,
        editable=False,
        help_text=_("Their time was over: from then on the minutes that were counted stay as they are."),
    )
    directory_opened_at = models.DateTimeField(
        _("directory of participants open since"),
        null=True,
        blank=True,
        editable=False,
        help_text=_("Empty: participants cannot look for each other."),
    )
    has_own_words = models.BooleanField(
        _("own words of mails"),
        default=False,
        editable=False,
        help_text=_("Whether organisers have ever written words of a mail: without, nobody looks for them."),
    )
    synthetic_seed = models.BigIntegerField(
        _("synthetic people"),
        null=True,
        blank=True,
        editable=False,
        help_text=_("The seed of the generator that made this programme’s people up. Empty: the people are real."),
    )

    objects = ProgrammeQuerySet.as_manager()

    class Meta:
        ordering = ["-start_date", "title"]
        verbose_name = _("programme")
        verbose_name_plural = _("programmes")
        constraints = [
            models.CheckConstraint(
                condition=Q(end_date__gte=F("start_date")),
                name="programme_ends_after_its_start",
                violation_error_message=_("The last day cannot be before the first day."),
            ),
            models.CheckConstraint(
                condition=Q(registration_closes_at__gt=F("registration_opens_at")),
                name="programme_registration_closes_after_opening",
                violation_error_message=_("Registration must close after it opens."),
            ),
            models.CheckConstraint(
                condition=Q(capacity__isnull=True) | Q(seats_taken__lte=F("capacity")),
                name="programme_seats_within_capacity",
                violation_error_message=_("More seats are taken already than this capacity allows."),
            ),
        ]

    def __str__(self) -> str:
        return self.text("title")

    @property
    def source_language(self) -> str:
        """The language in which its texts are written first."""
        return self.language

    @property
    def zone(self) -> zoneinfo.ZoneInfo:
        """The programme's own time zone."""
        return zoneinfo.ZoneInfo(self.time_zone)

    @property
    def is_synthetic(self) -> bool:
        """Whether its people were made up by a generator; such a programme is labelled everywhere and sends no mail."""
        return self.synthetic_seed is not None

    @property
    def has_directory(self) -> bool:
        """Whether participants who opt in can find each other."""
        return self.directory_opened_at is not None

    @property
    def has_free_seat(self) -> bool:
        """Whether a seat looked free when this row was read; only `take_seat` decides."""
        return self.capacity is None or self.seats_taken < self.capacity

    @property
    def free_seats(self) -> int | None:
        """Seats left when this row was read; `None` where there is no limit."""
        return None if self.capacity is None else max(0, self.capacity - self.seats_taken)

    def has_registration_opened(self, now: dt.datetime) -> bool:
        """Whether registration has begun, even if it has ended since."""
        return now >= self.registration_opens_at

    def has_registration_closed(self, now: dt.datetime) -> bool:
        """Whether registration has ended."""
        return now >= self.registration_closes_at

    def is_registration_open(self, now: dt.datetime) -> bool:
        """Whether people can register at this moment."""
        return (
            self.published_at is not None
            and self.has_registration_opened(now)
            and not self.has_registration_closed(now)
        )

    def has_ended(self, now: dt.datetime) -> bool:
        """Whether the last day is over in the programme's own zone."""
        return now.astimezone(self.zone).date() > self.end_date

    @property
    def objective_lines(self) -> list[str]:
        """The objectives in the language in use, one each."""
        return [line.strip() for line in self.text("objectives").splitlines() if line.strip()]


class Partner(Translated):
    """An organisation that carries a programme."""

    TRANSLATED = ("name", "description")

    programme = models.ForeignKey(
        Programme, on_delete=models.CASCADE, related_name="partners", verbose_name=_("programme")
    )
    name = models.CharField(_("name"), max_length=200)
    description = models.TextField(_("description"), blank=True)
    url = models.URLField(_("web page"), blank=True)
    position = models.PositiveSmallIntegerField(_("place in the order"), default=0)

    class Meta:
        ordering = ["position", "name"]
        verbose_name = _("partner")
        verbose_name_plural = _("partners")

    def __str__(self) -> str:
        return self.name

    @property
    def source_language(self) -> str:
        """The programme's."""
        return self.programme.language


class TeamMember(models.Model):
    """What a member of staff may see of a programme."""

    class Role(models.TextChoices):
        """Organisers manage people; analysts see aggregates and no person."""

        ORGANISER = "organiser", _("organiser")
        ANALYST = "analyst", _("analyst")

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="team", verbose_name=_("programme"))
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships", verbose_name=_("user"))
    role = models.CharField(_("role"), max_length=10, choices=Role.choices)

    class Meta:
        ordering = ["role", "pk"]
        verbose_name = _("team member")
        verbose_name_plural = _("team")
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "user"],
                name="team_member_once_per_programme",
                violation_error_message=_("This person is on the team already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} ({self.get_role_display()})"
