"""What a programme asks for a certificate, in versions."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from certificates.completion import Rule
from registrations.models import Programme, User


class CompletionRuleQuerySet(models.QuerySet["CompletionRule"]):
    """Versions of completion rules."""

    def in_force(self, programme: Programme) -> "CompletionRule | None":
        """The programme's latest version; `None` where it has no rule yet."""
        return self.filter(programme=programme).order_by("-version").first()


class CompletionRule(models.Model):
    """A version of a programme's completion rule; the latest is in force. `certificates.completion` evaluates it.

    A version is never edited: a change is a new version, and every certificate names the one it was earned by.
    """

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

    objects = CompletionRuleQuerySet.as_manager()

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

    @property
    def rule(self) -> Rule:
        """The rule as the object that decides."""
        return Rule(self.sessions_required, self.share_required, self.is_survey_required)
