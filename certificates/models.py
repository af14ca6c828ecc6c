"""What a certificate asks for, the runs that issue them, and the certificates."""

import secrets
from typing import Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from registrations.models import Programme, Registration, User


def new_code() -> str:
    """A verification code: 144 random bits as 24 URL-safe characters."""
    return secrets.token_urlsafe(18)


class CompletionRule(models.Model):
    """A version of a programme's completion rule; the latest is in force. `certificates.completion` evaluates it."""

    programme = models.ForeignKey(
        Programme, on_delete=models.PROTECT, related_name="completion_rules", verbose_name=_("programme")
    )
    version = models.PositiveSmallIntegerField(_("version"))
    sessions_required = models.PositiveSmallIntegerField(_("sessions to attend"))
    share_required = models.PositiveSmallIntegerField(
        _("share of a session’s minutes, in percent"),
        validators=[MinValueValidator(1), MaxValueValidator(100)],
        help_text=_("A session counts as attended from this share on."),
    )
    is_survey_required = models.BooleanField(_("survey must be answered"), default=True)
    created_at = models.DateTimeField(_("created"))
    created_by = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("created by")
    )

    class Meta:
        ordering = ["programme", "-version"]
        verbose_name = _("completion rule")
        verbose_name_plural = _("completion rules")
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "version"],
                name="completion_rule_version_once",
                violation_error_message=_("The programme has a rule of this version already."),
            ),
            models.CheckConstraint(
                condition=Q(share_required__gte=1, share_required__lte=100),
                name="completion_rule_share_is_a_percentage",
                violation_error_message=_("The share must be between 1 and 100 percent."),
            ),
        ]

    def __str__(self) -> str:
        return _("Rule version %(version)s") % {"version": self.version}


class SerialCounter(models.Model):
    """The last serial number given out in a programme; numbers are taken by one UPDATE."""

    programme = models.OneToOneField(
        Programme, on_delete=models.CASCADE, primary_key=True, related_name="serial_counter"
    )
    last = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("serial counter")
        verbose_name_plural = _("serial counters")

    def __str__(self) -> str:
        return str(self.last)


class IssueRun(models.Model):
    """A request to issue certificates to all who are due, carried out in the background; may be run twice or resumed."""

    programme = models.ForeignKey(
        Programme, on_delete=models.PROTECT, related_name="issue_runs", verbose_name=_("programme")
    )
    requested_by = models.ForeignKey(
        User,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("requested by"),
    )
    requested_at = models.DateTimeField(_("requested"))
    claimed_at = models.DateTimeField(_("last sign of life"), null=True, blank=True)
    total = models.PositiveIntegerField(_("due"), null=True, blank=True)
    done = models.PositiveIntegerField(_("done"), default=0)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)
    refusal = models.TextField(_("what went wrong"), blank=True)

    class Meta:
        ordering = ["-requested_at", "-pk"]
        verbose_name = _("issue run")
        verbose_name_plural = _("issue runs")
        constraints = [
            models.UniqueConstraint(
                fields=["programme"],
                condition=Q(finished_at__isnull=True),
                name="issue_run_one_at_a_time",
                violation_error_message=_("Certificates of this programme are being issued already."),
            )
        ]

    def __str__(self) -> str:
        return _("Issue run of %(moment)s") % {"moment": self.requested_at.date().isoformat()}


class CertificateQuerySet(models.QuerySet["Certificate"]):
    """Certificates."""

    def for_programme(self, programme: Programme) -> Self:
        """One programme's certificates."""
        return self.filter(registration__programme=programme)

    def current(self) -> Self:
        """Neither revoked nor superseded."""
        return self.filter(revoked_at__isnull=True, superseded_at__isnull=True)


class Certificate(models.Model):
    """A certificate as it was printed. The printed facts are a snapshot: nothing that happens later changes them."""

    registration = models.ForeignKey(
        Registration, on_delete=models.PROTECT, related_name="certificates", verbose_name=_("registration")
    )
    serial = models.CharField(_("serial number"), max_length=60, unique=True)
    code = models.CharField(_("verification code"), max_length=32, unique=True, default=new_code, editable=False)
    rule = models.ForeignKey(
        CompletionRule, on_delete=models.PROTECT, related_name="+", verbose_name=_("completion rule")
    )
    issued_at = models.DateTimeField(_("issued"))
    # The snapshot: every fact that is printed.
    language = models.CharField(_("language"), max_length=10)
    printed_name = models.CharField(_("name"), max_length=200)
    programme_title = models.CharField(_("programme"), max_length=200)
    start_date = models.DateField(_("first day"))
    end_date = models.DateField(_("last day"))
    issue_date = models.DateField(_("date of issue"))
    sessions_attended = models.PositiveSmallIntegerField(_("sessions attended"))
    sessions_total = models.PositiveSmallIntegerField(_("sessions held"))
    minutes_attended = models.PositiveIntegerField(_("minutes attended"))
    issuer = models.CharField(_("issuer"), max_length=300)
    is_synthetic = models.BooleanField(_("specimen for a synthetic person"), default=False)
    # The file.
    pdf = models.BinaryField(_("PDF"), null=True, blank=True, editable=False)
    pdf_sha256 = models.CharField(_("SHA-256 of the PDF"), max_length=64, blank=True)
    rendered_at = models.DateTimeField(_("PDF made"), null=True, blank=True)
    # What became of it.
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)
    revoked_because = models.CharField(_("reason of revocation"), max_length=300, blank=True)
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
    def is_valid(self) -> bool:
        """Whether it stands as printed."""
        return not self.is_revoked and not self.is_superseded
