"""The certificates, their numbers and their files."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _

from certificates.models.decisions import Override
from certificates.models.designs import CertificateDesign
from certificates.models.rules import CompletionRule
from registrations.models import Programme, Registration, User


def new_code() -> str:
    """A verification code: 142 random bits as 24 letters and digits; begun with “-”, it would be an option to a command."""
    return get_random_string(24)


class SerialCounter(models.Model):
    """The last serial number given out in a programme, and what its numbers begin with.

    Numbers are taken under a lock on this row, so that no two certificates share one and none is left out.
    """

    programme = models.OneToOneField(
        Programme, on_delete=models.CASCADE, primary_key=True, related_name="serial_counter"
    )
    prefix = models.CharField(_("beginning of the serial numbers"), max_length=40, unique=True)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("serial counter")
        verbose_name_plural = _("serial counters")

    def __str__(self) -> str:
        return f"{self.prefix} {self.last}"


class CertificateQuerySet(models.QuerySet["Certificate"]):
    """Certificates."""

    def for_programme(self, programme: Programme) -> Self:
        """One programme's certificates."""
        return self.filter(registration__programme=programme)

    def current(self) -> Self:
        """Neither revoked nor superseded."""
        return self.filter(revoked_at__isnull=True, superseded_at__isnull=True)

    def public(self) -> Self:
        """Those whose owner has not hidden their page."""
        return self.filter(hidden_at__isnull=True)

    def latest_of_each(self) -> Self:
        """Each person's own: valid or revoked, but not superseded. At most one per registration."""
        return self.filter(superseded_at__isnull=True)

    def unrendered(self) -> Self:
        """Those in force whose PDF is still to be made."""
        return self.current().filter(file__isnull=True)

    def to_render(self) -> Self:
        """Those still to be made, less those whose making failed; asking for a run tries the latter again."""
        return self.unrendered().filter(render_error="")


class Certificate(models.Model):
    """A certificate as it was printed. The printed facts are a snapshot: nothing that happens later changes them."""

    class State(models.TextChoices):
        """Derived from the moments below."""

        VALID = "valid", _("valid")
        SUPERSEDED = "superseded", _("superseded")
        REVOKED = "revoked", _("revoked")

    registration = models.ForeignKey(
        Registration, on_delete=models.PROTECT, related_name="certificates", verbose_name=_("registration")
    )
    serial = models.CharField(_("serial number"), max_length=60, unique=True)
    code = models.CharField(_("verification code"), max_length=32, unique=True, default=new_code, editable=False)
    rule = models.ForeignKey(
        CompletionRule, on_delete=models.PROTECT, related_name="+", verbose_name=_("completion rule")
    )
    override = models.ForeignKey(
        Override,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="certificates",
        verbose_name=_("issued by exception"),
        help_text=_("Set where the rule was not met; the exception says why, also after it was taken back."),
    )
    issued_at = models.DateTimeField(_("issued"))
    issued_by = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("issued by")
    )
    # The snapshot: every fact that is printed.
    language = models.CharField(_("language"), max_length=10)
    printed_name = models.CharField(_("name"), max_length=200)
    latin_name = models.CharField(
        _("name in Latin letters"), max_length=200, blank=True, help_text=_("Printed below the name where given.")
    )
    programme_title = models.CharField(_("programme"), max_length=200)
    start_date = models.DateField(_("first day"))
    end_date = models.DateField(_("last day"))
    issue_date = models.DateField(_("date of issue"))
    sessions_attended = models.PositiveSmallIntegerField(_("sessions attended"))
    sessions_total = models.PositiveSmallIntegerField(_("sessions held"))
    minutes_attended = models.PositiveIntegerField(_("minutes attended"))
    issuer = models.TextField(_("issuer"), help_text=_("One organisation per line."))
    is_synthetic = models.BooleanField(_("specimen for a synthetic person"), default=False)
    design = models.ForeignKey(
        CertificateDesign,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="certificates",
        verbose_name=_("design"),
        help_text=_("Empty for the design that every programme has."),
    )
    render_error = models.CharField(_("why the PDF could not be made"), max_length=300, blank=True)
    # What became of it.
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)
    revoked_because = models.CharField(_("reason of revocation"), max_length=300, blank=True)
    revoked_by = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("revoked by")
    )
    hidden_at = models.DateTimeField(
        _("public page hidden"),
        null=True,
        blank=True,
        help_text=_("Set where the owner keeps the certificate private: its page looks like that of an unknown code."),
    )
    superseded_at = models.DateTimeField(_("superseded"), null=True, blank=True)
    supersedes = models.OneToOneField(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="successor",
        verbose_name=_("supersedes"),
    )

    objects = CertificateQuerySet.as_manager()

    class Meta:
        ordering = ["serial"]
        verbose_name = _("certificate")
        verbose_name_plural = _("certificates")
        indexes = [
            models.Index(fields=["-issued_at", "serial"], name="certificate_by_moment"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["registration"],
                condition=Q(superseded_at__isnull=True),
                name="certificate_one_per_registration",
                violation_error_message=_("This person has a certificate already."),
            ),
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True) | ~Q(revoked_because=""),
                name="certificate_revocation_has_a_reason",
                violation_error_message=_("Say why the certificate is revoked."),
            ),
        ]

    def __str__(self) -> str:
        return self.serial

    @property
    def is_revoked(self) -> bool:
        """Whether it was revoked."""
        return self.revoked_at is not None

    @property
    def is_superseded(self) -> bool:
        """Whether another certificate took its place."""
        return self.superseded_at is not None

    @property
    def is_public(self) -> bool:
        """Whether its page is open to everybody who has the code."""
        return self.hidden_at is None

    @property
    def is_valid(self) -> bool:
        """Whether it stands as printed."""
        return not self.is_revoked and not self.is_superseded

    @property
    def state(self) -> State:
        """What became of it, from the moments recorded."""
        if self.revoked_at:
            return self.State.REVOKED
        return self.State.SUPERSEDED if self.superseded_at else self.State.VALID

    @property
    def issuers(self) -> list[str]:
        """The organisations that issue it, one each."""
        return [line.strip() for line in self.issuer.splitlines() if line.strip()]


class CertificateFile(models.Model):
    """The PDF of a certificate, kept for good. A table of its own: lists of certificates do not carry the files."""

    certificate = models.OneToOneField(
        Certificate, on_delete=models.PROTECT, primary_key=True, related_name="file", verbose_name=_("certificate")
    )
    content = models.BinaryField(_("PDF"))
    sha256 = models.CharField(_("SHA-256 of the PDF"), max_length=64, db_index=True)
    rendered_at = models.DateTimeField(_("PDF made"))

    class Meta:
        verbose_name = _("file of a certificate")
        verbose_name_plural = _("files of certificates")

    def __str__(self) -> str:
        return self.sha256
