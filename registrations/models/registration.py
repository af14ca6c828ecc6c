"""A person's registration for one programme."""

import secrets
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_countries.fields import CountryField

from registrations.found_by import found_by
from registrations.models.privacy import PrivacyText
from registrations.models.programme import Programme
from registrations.models.topics import Topic
from registrations.models.user import User


def new_link_token() -> str:
    """A personal link's secret: 192 random bits as 32 URL-safe characters."""
    return secrets.token_urlsafe(24)


class RegistrationQuerySet(models.QuerySet["Registration"]):
    """Registrations; those that count are confirmed and not withdrawn."""

    def for_programme(self, programme: Programme) -> Self:
        """Those of one programme."""
        return self.filter(programme=programme)

    def visible_to(self, user: User) -> Self:
        """Those whose person `user` may see: an organiser's own programmes."""
        return self.filter(programme__in=Programme.objects.organised_by(user))

    def active(self) -> Self:
        """Confirmed and not withdrawn, with a seat or on the waiting list."""
        return self.filter(confirmed_at__isnull=False, withdrawn_at__isnull=True)

    def seated(self) -> Self:
        """Those who have a seat: the base of every figure on registrations."""
        return self.active().filter(seated_at__isnull=False)

    def undeliverable(self) -> Self:
        """Those whose mail comes back."""
        return self.filter(address_bounced_at__isnull=False)

    def waiting(self) -> Self:
        """The waiting list, whoever confirmed first at its head."""
        return self.active().filter(seated_at__isnull=True).order_by("confirmed_at", "pk")

    def held(self, *keys: int) -> "dict[int, Registration]":
        """People by their keys, with their programmes, until the transaction ends: an erasure of one of them waits.

        In the order of their keys, and free to be pointed to, so that two who do something to each other do not wait in
        a circle.
        """
        held = self.select_for_update(of=["self"], no_key=True).select_related("programme")
        return {each.pk: each for each in held.filter(pk__in=keys).order_by("pk")}


class Registration(models.Model):
    """One person in one programme, recognised by an e-mail address that only its owner can confirm."""

    class Gender(models.TextChoices):
        """As people describe themselves."""

        FEMALE = "female", _("Female")
        MALE = "male", _("Male")
        ANOTHER = "another", _("Another")
        UNDISCLOSED = "undisclosed", _("Prefer not to say")

    class Sector(models.TextChoices):
        """Where people work."""

        GOVERNMENT = "government", _("National or local government")
        PRIVATE = "private", _("Private sector")
        ACADEMIA = "academia", _("Academia and research")
        UN_IGO = "un_igo", _("United Nations and intergovernmental organisations")
        NGO = "ngo", _("NGO and civil society")
        OTHER = "other", _("Other")

    class Status(models.TextChoices):
        """Derived from the moments below, never stored."""

        PENDING = "pending", _("Address not confirmed")
        SEATED = "seated", _("Registered")
        WAITING = "waiting", _("On the waiting list")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    programme = models.ForeignKey(
        Programme, on_delete=models.PROTECT, related_name="registrations", verbose_name=_("programme")
    )
    email = models.EmailField(_("e-mail"), help_text=_("In lower case."))
    given_name = models.CharField(_("given name"), max_length=100, blank=True)
    family_name = models.CharField(_("family name"), max_length=100, blank=True)
    printed_name = models.CharField(_("name as it shall be printed"), max_length=200)
    gender = models.CharField(_("gender"), max_length=12, choices=Gender.choices)
    country = CountryField(_("country or territory"))
    city = models.CharField(_("city"), max_length=120, blank=True)
    organisation = models.CharField(_("organisation"), max_length=200, blank=True)
    position = models.CharField(pgettext_lazy("at work", "position"), max_length=200, blank=True)
    sector = models.CharField(_("sector"), max_length=12, choices=Sector.choices)
    sector_other = models.CharField(_("other sector"), max_length=120, blank=True)
    language = models.CharField(_("preferred language"), max_length=10, choices=settings.LANGUAGES, default="en")
    time_zone = models.CharField(
        _("time zone"), max_length=64, blank=True, help_text=_("Empty: that of the country, where it has only one.")
    )
    wants_reminders = models.BooleanField(_("reminders of sessions by mail"), default=True)
    wants_surveys = models.BooleanField(_("mail about surveys"), default=True)
    wants_news = models.BooleanField(_("other messages from the organisers"), default=True)
    privacy_text = models.ForeignKey(
        PrivacyText, on_delete=models.PROTECT, related_name="+", verbose_name=_("privacy text agreed to")
    )
    consented_at = models.DateTimeField(_("agreed"))
    consent_withdrawn_at = models.DateTimeField(_("consent withdrawn"), null=True, blank=True)
    registered_at = models.DateTimeField(_("sent in"))
    confirmed_at = models.DateTimeField(_("address confirmed"), null=True, blank=True)
    seated_at = models.DateTimeField(_("seat taken"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)
    address_bounced_at = models.DateTimeField(
        _("mail comes back since"),
        null=True,
        blank=True,
        help_text=_("Empty again once an address is confirmed."),
    )
    erased_at = models.DateTimeField(_("erased"), null=True, blank=True)
    erased_by = models.ForeignKey(
        User,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("erased by"),
        help_text=_("Empty: by the person."),
    )
    link_token = models.CharField(
        _("personal link"), max_length=43, unique=True, default=new_link_token, editable=False
    )

    found_by = found_by("given_name", "family_name", "printed_name", "email", "organisation")

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        ordering = ["family_name", "given_name", "pk"]
        verbose_name = _("registration")
        verbose_name_plural = _("registrations")
        indexes = [
            models.Index(fields=["programme", "confirmed_at"], name="registration_by_confirmation"),
            models.Index(
                fields=["programme"],
                name="registration_undeliverable",
                condition=Q(address_bounced_at__isnull=False),
            ),
            # Lists of organisers in their orders; each finds the keys of a page without its rows.
            models.Index(fields=["programme", "family_name", "given_name", "id"], name="registration_by_family_name"),
            models.Index(fields=["programme", "printed_name", "-id"], name="registration_by_printed_name"),
            models.Index(fields=["programme", "registered_at", "id"], name="registration_by_moment"),
            models.Index(fields=["programme", "country", "id"], name="registration_by_country"),
            # How many have a seat, and who withdrew, without their rows.
            models.Index(
                fields=["programme", "withdrawn_at", "seated_at", "confirmed_at"], name="registration_by_standing"
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "email"],
                name="registration_once_per_address",
                violation_error_message=_("This address is registered for the programme already."),
            ),
            models.CheckConstraint(
                condition=~Q(given_name="", family_name=""),
                name="registration_has_a_name",
                violation_error_message=_("Give at least one of given name and family name."),
            ),
            models.CheckConstraint(
                condition=~Q(sector="other") | ~Q(sector_other=""),
                name="registration_names_its_other_sector",
                violation_error_message=_("Say which sector it is."),
            ),
            models.CheckConstraint(
                condition=Q(seated_at__isnull=True) | Q(confirmed_at__isnull=False, withdrawn_at__isnull=True),
                name="registration_seat_is_confirmed_and_kept",
                violation_error_message=_("Only a confirmed registration that was not withdrawn has a seat."),
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True) | Q(confirmed_at__gte=F("registered_at")),
                name="registration_confirmed_after_it_was_sent",
                violation_error_message=_("An address cannot be confirmed before the registration was sent in."),
            ),
            models.CheckConstraint(
                condition=Q(consent_withdrawn_at__isnull=True) | Q(consent_withdrawn_at__gte=F("consented_at")),
                name="registration_consent_withdrawn_after_it_was_given",
                violation_error_message=_("A consent cannot be withdrawn before it was given."),
            ),
        ]

    def __str__(self) -> str:
        return self.printed_name

    @property
    def status(self) -> Status:
        """Where the person stands, from the moments recorded."""
        if self.withdrawn_at:
            return self.Status.WITHDRAWN
        if not self.confirmed_at:
            return self.Status.PENDING
        return self.Status.SEATED if self.seated_at else self.Status.WAITING

    @property
    def has_consent(self) -> bool:
        """Whether the person agrees to the privacy text, and so may be written to."""
        return self.consent_withdrawn_at is None

    def wants(self, topic: str) -> bool:
        """Whether the person wants mail about this `Topic`; mail without one belongs to the registration."""
        return not topic or bool(getattr(self, Topic(topic).field))

    @property
    def is_erased(self) -> bool:
        """Whether it no longer says who the person was."""
        return self.erased_at is not None

    @property
    def is_pending(self) -> bool:
        """Whether the address waits for its confirmation."""
        return self.status == self.Status.PENDING

    @property
    def is_seated(self) -> bool:
        """Whether the person takes part."""
        return self.status == self.Status.SEATED

    @property
    def is_waiting(self) -> bool:
        """Whether the person is on the waiting list."""
        return self.status == self.Status.WAITING

    @property
    def is_withdrawn(self) -> bool:
        """Whether the person withdrew."""
        return self.status == self.Status.WITHDRAWN
