"""Requests for contact between people of the directory, and the partnerships that came of them."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Greatest, Least
from django.utils.translation import gettext_lazy as _

from registrations.models.programme import Programme
from registrations.models.registration import Registration


class ContactQuerySet(models.QuerySet["Contact"]):
    """Requests by state and by whom they concern."""

    def for_programme(self, programme: Programme) -> Self:
        """One programme's."""
        return self.filter(sender__programme=programme)

    def of(self, registration: Registration) -> Self:
        """Those that this person sent or got."""
        return self.filter(Q(sender=registration) | Q(recipient=registration))

    def between(self, one: Registration, other: Registration) -> Self:
        """Those from either to the other."""
        return self.filter(Q(sender=one, recipient=other) | Q(sender=other, recipient=one))

    def last_between(self, one: Registration, other: Registration) -> "Contact | None":
        """The last one between these two."""
        return self.between(one, other).order_by("-asked_at", "-pk").first()

    def open(self) -> Self:
        """Those that wait for an answer."""
        return self.filter(agreed_at__isnull=True, declined_at__isnull=True, taken_back_at__isnull=True)

    def agreed(self) -> Self:
        """Those after which both see each other's address."""
        return self.filter(agreed_at__isnull=False)


class Contact(models.Model):
    """A request for contact, relayed by us: open, then agreed, declined or taken back."""

    sender = models.ForeignKey(
        Registration, on_delete=models.CASCADE, related_name="contacts_asked", verbose_name=_("person who asks")
    )
    recipient = models.ForeignKey(
        Registration, on_delete=models.CASCADE, related_name="contacts_got", verbose_name=_("person asked")
    )
    sentence = models.CharField(_("message"), max_length=500)
    asked_at = models.DateTimeField(_("asked"))
    agreed_at = models.DateTimeField(_("agreed"), null=True, blank=True)
    declined_at = models.DateTimeField(_("declined"), null=True, blank=True)
    taken_back_at = models.DateTimeField(_("taken back"), null=True, blank=True)

    objects = ContactQuerySet.as_manager()

    class Meta:
        ordering = ["asked_at", "pk"]
        verbose_name = _("request for contact")
        verbose_name_plural = _("requests for contact")
        constraints = [
            models.UniqueConstraint(
                Least("sender", "recipient"),
                Greatest("sender", "recipient"),
                condition=Q(declined_at__isnull=True, taken_back_at__isnull=True),
                name="contact_once_per_pair",
                violation_error_message=_("There is a request between these two already."),
            ),
            models.CheckConstraint(
                condition=~Q(sender=F("recipient")),
                name="contact_is_with_somebody_else",
                violation_error_message=_("Nobody asks themselves."),
            ),
            models.CheckConstraint(
                condition=(Q(agreed_at__isnull=True) & Q(declined_at__isnull=True))
                | (Q(agreed_at__isnull=True) & Q(taken_back_at__isnull=True))
                | (Q(declined_at__isnull=True) & Q(taken_back_at__isnull=True)),
                name="contact_ends_once",
                violation_error_message=_("A request is agreed to, declined or taken back, once."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sender} – {self.recipient}"

    @property
    def is_open(self) -> bool:
        """Whether it waits for its answer."""
        return not (self.agreed_at or self.declined_at or self.taken_back_at)

    @property
    def is_agreed(self) -> bool:
        """Whether both see each other's address."""
        return self.agreed_at is not None

    def other_than(self, registration: Registration) -> int:
        """The key of the other one's registration."""
        return self.recipient_id if self.sender_id == registration.pk else self.sender_id


class PartnershipQuerySet(models.QuerySet["Partnership"]):
    """Partnerships by state."""

    def for_programme(self, programme: Programme) -> Self:
        """One programme's."""
        return self.filter(contact__sender__programme=programme)

    def confirmed(self) -> Self:
        """Those that both say exist: these are counted."""
        return self.filter(confirmed_at__isnull=False)

    def unanswered(self) -> Self:
        """Those that wait for the other's word."""
        return self.filter(confirmed_at__isnull=True, denied_at__isnull=True)


class Partnership(models.Model):
    """What came of a contact: recorded by one of the two, counted when the other has confirmed it."""

    contact = models.ForeignKey(
        Contact, on_delete=models.CASCADE, related_name="partnerships", verbose_name=_("request for contact")
    )
    recorded_by = models.ForeignKey(
        Registration, on_delete=models.CASCADE, related_name="partnerships_recorded", verbose_name=_("recorded by")
    )
    subject = models.CharField(_("what it is about"), max_length=200)
    month = models.DateField(_("month in which it began"), help_text=_("Its first day."))
    recorded_at = models.DateTimeField(_("recorded"))
    confirmed_at = models.DateTimeField(_("confirmed by the other"), null=True, blank=True)
    denied_at = models.DateTimeField(_("denied by the other"), null=True, blank=True)

    objects = PartnershipQuerySet.as_manager()

    class Meta:
        ordering = ["-month", "pk"]
        verbose_name = _("partnership")
        verbose_name_plural = _("partnerships")
        constraints = [
            models.UniqueConstraint(
                fields=["contact", "subject"],
                name="partnership_once_per_subject",
                violation_error_message=_("This partnership is recorded already."),
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True) | Q(denied_at__isnull=True),
                name="partnership_confirmed_or_denied",
                violation_error_message=_("A partnership is confirmed or denied, not both."),
            ),
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def is_confirmed(self) -> bool:
        """Whether both say that it exists."""
        return self.confirmed_at is not None
