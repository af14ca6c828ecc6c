"""What a programme asks for a certificate, in versions, and the drafts of versions to come."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from certificates.completion import Rule
from certificates.requirements import Malformed, as_json, from_json
from registrations.models import Programme, User


def validate_requirements(value: object) -> None:
    """Refuse anything that is no tree of requirements."""
    try:
        from_json(value)
    except Malformed as error:
        raise ValidationError(_("This is no completion rule: %(why)s."), params={"why": str(error)}) from error


class Asking(models.Model):
    """What is asked for: a share and a tree of requirements."""

    share_required = models.PositiveSmallIntegerField(
        _("share of a session’s minutes, in percent"),
        validators=[MinValueValidator(1), MaxValueValidator(100)],
        help_text=_("A session counts as attended from this share on."),
    )
    requirements = models.JSONField(_("requirements"), validators=[validate_requirements])
    created_at = models.DateTimeField(_("created"))
    created_by = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("created by")
    )

    class Meta:
        abstract = True

    @property
    def rule(self) -> Rule:
        """The rule as the object that decides."""
        return Rule(self.share_required, from_json(self.requirements))


def columns_of(rule: Rule) -> dict[str, object]:
    """How a rule is stored: the columns of `Asking`."""
    return {"share_required": rule.share_required, "requirements": as_json(rule.root)}


class CompletionRuleQuerySet(models.QuerySet["CompletionRule"]):
    """Versions of completion rules."""

    def in_force(self, programme: Programme) -> "CompletionRule | None":
        """The programme's latest version; `None` where it has no rule yet."""
        return self.filter(programme=programme).order_by("-version").first()


class CompletionRule(Asking):
    """A version of a programme's completion rule; the latest is in force. `certificates.completion` evaluates it.

    A version is never edited: a change is a new version, and every certificate names the one it was earned by.
    """

    programme = models.ForeignKey(
        Programme, on_delete=models.PROTECT, related_name="completion_rules", verbose_name=_("programme")
    )
    version = models.PositiveSmallIntegerField(_("version"))

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


class RuleDraft(Asking):
    """A rule that somebody wrote down to see what it would change. It decides nothing until it is adopted."""

    programme = models.ForeignKey(
        Programme, on_delete=models.PROTECT, related_name="rule_drafts", verbose_name=_("programme")
    )
    adopted_as = models.OneToOneField(
        CompletionRule,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="draft",
        verbose_name=_("adopted as"),
    )

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("draft of a completion rule")
        verbose_name_plural = _("drafts of completion rules")
        constraints = [
            models.CheckConstraint(
                condition=Q(share_required__gte=1, share_required__lte=100),
                name="rule_draft_share_is_a_percentage",
                violation_error_message=_("The share must be between 1 and 100 percent."),
            ),
        ]

    def __str__(self) -> str:
        return _("Draft of %(day)s") % {"day": self.created_at.date().isoformat()}
