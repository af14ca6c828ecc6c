"""Which responses of a survey are valid, in versions."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from registrations.models import Registration, User
from surveys import base
from surveys.models.questionnaire import Survey


def validate_sectors(sectors: object) -> None:
    """Refuse anything but a list of sectors."""
    if not isinstance(sectors, list) or not set(sectors) <= set(Registration.Sector.values):
        raise ValidationError(
            _("Give a list of sectors out of: %(known)s."),
            params={"known": ", ".join(Registration.Sector.values)},
        )


class BaseDefinition(models.Model):
    """Which responses of a survey are valid: a named version, as data. The latest version is in force."""

    survey = models.ForeignKey(
        Survey, on_delete=models.CASCADE, related_name="base_definitions", verbose_name=_("survey")
    )
    version = models.PositiveSmallIntegerField(_("version"))
    name = models.CharField(_("name"), max_length=200)
    sectors = models.JSONField(
        _("sectors included"),
        default=list,
        blank=True,
        validators=[validate_sectors],
        help_text=_("Empty: every sector."),
    )
    must_be_complete = models.BooleanField(
        _("complete only"),
        default=False,
        help_text=_("Leave out responses that skip a question which counts for validity."),
    )
    created_at = models.DateTimeField(_("created"))
    created_by = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("created by")
    )

    class Meta:
        ordering = ["survey", "-version"]
        verbose_name = _("definition of the valid response")
        verbose_name_plural = _("definitions of the valid response")
        constraints = [
            models.UniqueConstraint(
                fields=["survey", "version"],
                name="base_definition_version_once_per_survey",
                violation_error_message=_("The survey has a definition of this version already."),
            )
        ]

    def __str__(self) -> str:
        return _("%(name)s (version %(version)s)") % {"name": self.name, "version": self.version}

    def as_definition(self) -> base.Definition:
        """The definition as the plain value that decides."""
        return base.Definition(
            version=self.version,
            name=self.name,
            sectors=tuple(self.sectors),
            must_be_complete=self.must_be_complete,
        )
