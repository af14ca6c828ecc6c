"""Which responses of a survey are valid, in versions."""

from django.conf import settings
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


def validate_languages(languages: object) -> None:
    """Refuse anything but a list of languages that we speak."""
    known = [code for code, _name in settings.LANGUAGES]
    if not isinstance(languages, list) or not set(languages) <= set(known):
        raise ValidationError(_("Give a list of languages out of: %(known)s."), params={"known": ", ".join(known)})


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
    must_be_finished = models.BooleanField(
        _("finished only"),
        default=False,
        help_text=_("Leave out responses that were begun and never sent in to the end."),
    )
    leaves_out_tests = models.BooleanField(
        _("without tests"), default=True, help_text=_("Leave out responses that somebody gave to try the survey.")
    )
    leaves_out_duplicates = models.BooleanField(
        _("without duplicates"),
        default=False,
        help_text=_("Leave out responses that are marked as a repetition of another one."),
    )
    least_seconds = models.PositiveIntegerField(
        _("seconds at least"),
        default=0,
        help_text=_("Leave out responses that took less time than this. 0: no limit."),
    )
    languages = models.JSONField(
        _("languages included"),
        default=list,
        blank=True,
        validators=[validate_languages],
        help_text=_("Empty: every language."),
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
            must_be_finished=self.must_be_finished,
            leaves_out_tests=self.leaves_out_tests,
            leaves_out_duplicates=self.leaves_out_duplicates,
            least_seconds=self.least_seconds,
            languages=tuple(self.languages),
        )
