"""The directory of a programme: who of its participants wants to be found, what they offer and what they look for."""

import secrets
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from registrations.models.programme import Programme
from registrations.models.registration import Registration
from registrations.models.translated import Translated
from registrations.models.user import User


def new_profile_key() -> str:
    """What addresses a person in the directory: 128 random bits as 22 URL-safe characters, drawn at each opt-in."""
    return secrets.token_urlsafe(16)


class DirectoryTopic(Translated):
    """One of a programme's topics, from which people choose what they offer and look for."""

    TRANSLATED = ("label",)

    programme = models.ForeignKey(
        Programme, on_delete=models.CASCADE, related_name="topics", verbose_name=_("programme")
    )
    label = models.CharField(_("topic"), max_length=80)
    position = models.PositiveSmallIntegerField(_("place in the order"), default=0)

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("topic of the directory")
        verbose_name_plural = _("topics of the directory")
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "label"],
                name="topic_once_per_programme",
                violation_error_message=_("This topic is in the list already."),
            ),
        ]

    def __str__(self) -> str:
        return self.text("label")

    @property
    def source_language(self) -> str:
        """The programme's."""
        return self.programme.language


class ProfileQuerySet(models.QuerySet["Profile"]):
    """Profiles; nobody sees one that is not `visible`."""

    def visible(self) -> Self:
        """Those of participants who are in the directory now.

        An opt-in holds under the consent at which it was given: who withdrew and came back has to opt in again.
        """
        return self.filter(
            withdrawn_at__isnull=True,
            hidden_at__isnull=True,
            opted_in_at__gte=F("registration__consented_at"),
            registration__seated_at__isnull=False,
            registration__withdrawn_at__isnull=True,
            registration__consent_withdrawn_at__isnull=True,
            registration__erased_at__isnull=True,
            registration__programme__directory_opened_at__isnull=False,
        )

    def in_programme(self, programme: Programme) -> Self:
        """Those of one programme."""
        return self.filter(registration__programme=programme)

    def seen_by(self, registration: Registration) -> Self:
        """The others whom this person, who is in the directory, may see: visible, and neither has blocked the other."""
        others = self.visible().filter(registration__programme=registration.programme_id)
        others = others.exclude(registration=registration)
        blocked = Block.objects.filter(by=registration).values("other")
        blocking = Block.objects.filter(other=registration).values("by")
        return others.exclude(registration__in=blocked).exclude(registration__in=blocking)


class Profile(models.Model):
    """What a participant tells the others of the programme who are in the directory, until it is withdrawn."""

    registration = models.OneToOneField(
        Registration, on_delete=models.CASCADE, related_name="profile", verbose_name=_("registration")
    )
    key = models.CharField(_("key"), max_length=22, unique=True, default=new_profile_key, editable=False)
    shown_name = models.CharField(_("name as shown"), max_length=200)
    about = models.CharField(_("about"), max_length=300, blank=True)
    languages = models.JSONField(_("languages spoken"), default=list)
    contact = models.CharField(
        _("address to share"),
        max_length=200,
        blank=True,
        help_text=_("Empty: the e-mail of the registration. Only those see it with whom its owner agreed."),
    )
    terms = models.TextField(
        _("words as they are looked up"),
        blank=True,
        editable=False,
        help_text=_(
            "Of the name and of everything the person wrote, made when it is stored, with a blank around each."
        ),
    )
    opted_in_at = models.DateTimeField(_("in the directory since"))
    changed_at = models.DateTimeField(_("changed"))
    withdrawn_at = models.DateTimeField(_("left the directory"), null=True, blank=True)
    hidden_at = models.DateTimeField(_("hidden by the organisers"), null=True, blank=True)
    hidden_by = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("hidden by")
    )

    objects = ProfileQuerySet.as_manager()

    class Meta:
        ordering = ["shown_name", "key"]
        verbose_name = _("profile in the directory")
        verbose_name_plural = _("profiles in the directory")
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gte=F("opted_in_at")),
                name="profile_left_after_it_was_made",
                violation_error_message=_("A profile cannot leave the directory before it is in it."),
            ),
        ]

    def __str__(self) -> str:
        return self.shown_name

    @property
    def is_hidden(self) -> bool:
        """Whether the organisers hid it."""
        return self.hidden_at is not None

    def is_in_force(self, registration: Registration) -> bool:
        """Whether its owner, this registration, has opted in and not left, whatever the organisers decided."""
        return self.withdrawn_at is None and self.opted_in_at >= registration.consented_at

    def address(self, registration: Registration) -> str:
        """What its owner, this registration, shares with those with whom they agreed."""
        return self.contact or registration.email


class ProfileItem(models.Model):
    """One thing that a profile offers or looks for: a topic of the programme, or words of the person."""

    class Side(models.TextChoices):
        """What the thing is to the person."""

        OFFER = "offer", _("offered")
        NEED = "need", _("looked for")

    profile = models.ForeignKey(Profile, on_delete=models.CASCADE, related_name="items", verbose_name=_("profile"))
    side = models.CharField(_("side"), max_length=5, choices=Side.choices)
    position = models.PositiveSmallIntegerField(_("place in the order"), default=0)
    topic = models.ForeignKey(
        DirectoryTopic, on_delete=models.CASCADE, null=True, blank=True, related_name="items", verbose_name=_("topic")
    )
    words = models.CharField(_("words"), max_length=80, blank=True)

    class Meta:
        ordering = ["profile", "side", "position", "pk"]
        verbose_name = _("thing offered or looked for")
        verbose_name_plural = _("things offered or looked for")
        constraints = [
            models.CheckConstraint(
                condition=Q(topic__isnull=True) ^ Q(words=""),
                name="profile_item_is_a_topic_or_words",
                violation_error_message=_("Choose a topic or write words, not both."),
            ),
            models.UniqueConstraint(
                fields=["profile", "side", "topic"],
                condition=Q(topic__isnull=False),
                name="profile_item_once_per_topic",
                violation_error_message=_("This topic is chosen already."),
            ),
        ]

    def __str__(self) -> str:
        return self.words or str(self.topic)


class Block(models.Model):
    """That somebody wants no more of somebody else: neither sees the other from then on, and nobody is told."""

    by = models.ForeignKey(Registration, on_delete=models.CASCADE, related_name="blocks", verbose_name=_("who blocks"))
    other = models.ForeignKey(
        Registration, on_delete=models.CASCADE, related_name="blocked_by", verbose_name=_("who is blocked")
    )
    blocked_at = models.DateTimeField(_("blocked"))

    class Meta:
        ordering = ["blocked_at", "pk"]
        verbose_name = _("blocked person")
        verbose_name_plural = _("blocked people")
        constraints = [
            models.UniqueConstraint(
                fields=["by", "other"],
                name="block_once_per_pair",
                violation_error_message=_("This person is blocked already."),
            ),
            models.CheckConstraint(
                condition=~Q(by=F("other")),
                name="block_is_of_somebody_else",
                violation_error_message=_("Nobody blocks themselves."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.by} – {self.other}"


class ProfileReportQuerySet(models.QuerySet["ProfileReport"]):
    """Reports by state."""

    def for_programme(self, programme: Programme) -> Self:
        """One programme's."""
        return self.filter(about__programme=programme)

    def open(self) -> Self:
        """Those that wait for the organisers."""
        return self.filter(decided_at__isnull=True)


class ProfileReport(models.Model):
    """What somebody tells the organisers about somebody in the directory, and what the organisers made of it."""

    by = models.ForeignKey(
        Registration, on_delete=models.CASCADE, related_name="reports_made", verbose_name=_("who reports")
    )
    about = models.ForeignKey(
        Registration, on_delete=models.CASCADE, related_name="reports_about", verbose_name=_("about whom")
    )
    text = models.CharField(_("what is wrong"), max_length=500)
    evidence = models.TextField(
        _("what the profile said"), blank=True, help_text=_("As it stood when it was reported, and a message received.")
    )
    reported_at = models.DateTimeField(_("reported"))
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    decided_by = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("decided by")
    )
    is_upheld = models.BooleanField(_("profile hidden because of it"), default=False)

    objects = ProfileReportQuerySet.as_manager()

    class Meta:
        ordering = ["reported_at", "pk"]
        verbose_name = _("report about a profile")
        verbose_name_plural = _("reports about profiles")
        constraints = [
            models.UniqueConstraint(
                fields=["by", "about"],
                condition=Q(decided_at__isnull=True),
                name="profile_report_open_once_per_pair",
                violation_error_message=_("Your report waits for the organisers already."),
            ),
            models.CheckConstraint(
                condition=Q(is_upheld=False) | Q(decided_at__isnull=False),
                name="profile_report_upheld_by_a_decision",
                violation_error_message=_("Only a decision upholds a report."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.about}: {self.text}"
