"""Self check-in: whether a session's is open and under which secret, and who came when."""

import datetime as dt
import secrets
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from registrations.models import Programme, Registration, User
from sessions.check_in import CheckInWindow
from sessions.models.agenda import TrainingSession


def new_secret() -> str:
    """256 random bits, out of which a session's codes are made."""
    return secrets.token_hex(32)


class CheckInDeskQuerySet(models.QuerySet["CheckInDesk"]):
    """Check-ins by state."""

    def staffed(self) -> Self:
        """Those that an organiser has opened and not closed again, with their sessions."""
        return self.filter(closed_at__isnull=True).select_related("session__programme")

    def for_programme(self, programme: Programme) -> Self:
        """One programme's."""
        return self.filter(session__programme=programme)


class CheckInDesk(models.Model):
    """The check-in of one session: there is one once an organiser opened it. Opened again, it gets another secret."""

    session = models.OneToOneField(
        TrainingSession, on_delete=models.CASCADE, related_name="check_in_desk", verbose_name=_("session")
    )
    secret = models.CharField(_("secret"), max_length=64, default=new_secret, editable=False)
    opened_at = models.DateTimeField(_("opened"))
    opened_by = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("opened by")
    )
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)

    objects = CheckInDeskQuerySet.as_manager()

    class Meta:
        verbose_name = _("check-in")
        verbose_name_plural = _("check-ins of sessions")
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | Q(closed_at__gte=F("opened_at")),
                name="check_in_desk_closes_after_opening",
                violation_error_message=_("A check-in cannot be closed before it was opened."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.session)

    @property
    def window(self) -> CheckInWindow:
        """When people may check in, as long as nobody closes it."""
        return CheckInWindow(self.session.starts_at, self.session.ends_at)

    def is_open(self, now: dt.datetime) -> bool:
        """Whether somebody can check in at this moment."""
        return self.closed_at is None and self.window.is_open(now)


class CheckInQuerySet(models.QuerySet["CheckIn"]):
    """Check-ins of people."""

    def confirmed(self) -> Self:
        """Those that count."""
        return self.filter(confirmed_at__isnull=False)


class CheckIn(models.Model):
    """One person's check-in to one session. It counts once the person confirmed it on the own page.

    Whoever types the code there, or scans it with a browser that knows the person, confirms by doing so. Who scans it
    elsewhere gives an address; the moment is kept, and the mail leads to the own page.
    """

    class Way(models.TextChoices):
        """How somebody checked in."""

        TYPED = "typed", _("code typed on the personal page")
        SCANNED = "scanned", _("code scanned, browser known")
        MAILED = "mailed", _("code scanned, confirmed by mail")

    session = models.ForeignKey(
        TrainingSession, on_delete=models.CASCADE, related_name="check_ins", verbose_name=_("session")
    )
    registration = models.ForeignKey(
        Registration, on_delete=models.CASCADE, related_name="check_ins", verbose_name=_("registration")
    )
    way = models.CharField(_("how"), max_length=7, choices=Way.choices)
    came_at = models.DateTimeField(
        _("came"), help_text=_("When the code was typed or scanned: minutes count from here.")
    )
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)

    objects = CheckInQuerySet.as_manager()

    class Meta:
        ordering = ["session", "came_at", "pk"]
        verbose_name = _("person’s check-in")
        verbose_name_plural = _("people’s check-ins")
        constraints = [
            models.UniqueConstraint(
                fields=["session", "registration"],
                name="check_in_once_per_session",
                violation_error_message=_("This person has checked in to this session already."),
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True) | Q(confirmed_at__gte=F("came_at")),
                name="check_in_confirmed_after_coming",
                violation_error_message=_("A check-in cannot be confirmed before the code was given."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.registration}: {self.session}"

    @property
    def is_confirmed(self) -> bool:
        """Whether it counts."""
        return self.confirmed_at is not None
