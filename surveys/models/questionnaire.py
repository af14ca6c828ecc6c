"""A survey, what it asks, and which of its responses are valid."""

import datetime as dt
from typing import Self

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from registrations.models import Programme, Registration, User
from surveys import base, statistics

validate_name = RegexValidator(
    r"^[a-z][a-z0-9_]*\Z", _("Use small letters, digits and underscores, beginning with a letter.")
)


def validate_sectors(sectors: object) -> None:
    """Refuse anything but a list of sectors."""
    if not isinstance(sectors, list) or not set(sectors) <= set(Registration.Sector.values):
        raise ValidationError(
            _("Give a list of sectors out of: %(known)s."),
            params={"known": ", ".join(Registration.Sector.values)},
        )


class SurveyQuerySet(models.QuerySet["Survey"]):
    """Surveys."""

    def for_programme(self, programme: Programme) -> Self:
        """One programme's surveys."""
        return self.filter(programme=programme)

    def analysed_by(self, user: User) -> Self:
        """Those whose aggregates `user` may see."""
        return self.filter(programme__in=Programme.objects.analysed_by(user))

    def organised_by(self, user: User) -> Self:
        """Those whose answers `user` may read and whose questions `user` may edit."""
        return self.filter(programme__in=Programme.objects.organised_by(user))

    def with_questions(self) -> Self:
        """With questions and options fetched, in two queries whatever their number."""
        return self.prefetch_related("questions__choices")


class Survey(models.Model):
    """A questionnaire that participants of a programme are asked to answer once."""

    programme = models.ForeignKey(
        Programme, on_delete=models.PROTECT, related_name="surveys", verbose_name=_("programme")
    )
    form_id = models.CharField(_("form id"), max_length=80, unique=True, validators=[validate_name])
    title = models.CharField(_("title"), max_length=200)
    introduction = models.TextField(_("introduction"), blank=True)
    opens_at = models.DateTimeField(_("opens"))
    closes_at = models.DateTimeField(_("closes"))

    objects = SurveyQuerySet.as_manager()

    class Meta:
        ordering = ["programme", "opens_at"]
        verbose_name = _("survey")
        verbose_name_plural = _("surveys")
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("opens_at")),
                name="survey_closes_after_opening",
                violation_error_message=_("A survey must close after it opens."),
            )
        ]

    def __str__(self) -> str:
        return self.title

    def is_open(self, now: dt.datetime) -> bool:
        """Whether responses are taken at this moment."""
        return self.has_opened(now) and not self.has_closed(now)

    def has_opened(self, now: dt.datetime) -> bool:
        """Whether the first response could be sent in, even if none can any more."""
        return now >= self.opens_at

    def has_closed(self, now: dt.datetime) -> bool:
        """Whether it is too late for a response."""
        return now >= self.closes_at

    def definition_in_force(self) -> base.Definition:
        """The latest definition of the valid response; where there is none, every response is valid."""
        latest = self.base_definitions.first()
        return latest.as_definition() if latest else base.Definition()


class Question(models.Model):
    """One question of a survey."""

    class Kind(models.TextChoices):
        """The kinds of answers."""

        RATING = statistics.RATING, _("rating 1 to 5")
        YES_NO = statistics.YES_NO, _("yes or no")
        SELECT_ONE = statistics.SELECT_ONE, _("one of many")
        SELECT_MULTIPLE = statistics.SELECT_MULTIPLE, _("several of many")
        TEXT = statistics.TEXT, _("text")

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="questions", verbose_name=_("survey"))
    name = models.CharField(_("name"), max_length=60, validators=[validate_name])
    kind = models.CharField(_("kind"), max_length=16, choices=Kind.choices)
    label = models.CharField(_("question"), max_length=500)
    hint = models.CharField(_("hint"), max_length=300, blank=True)
    is_required = models.BooleanField(_("must be answered"), default=False)
    counts_for_validity = models.BooleanField(
        _("counts for validity"),
        default=False,
        help_text=_("A response that leaves this question out may be excluded from the base."),
    )
    position = models.PositiveSmallIntegerField(_("place in the order"), default=0)

    class Meta:
        ordering = ["survey", "position", "pk"]
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        constraints = [
            models.UniqueConstraint(
                fields=["survey", "name"],
                name="question_name_once_per_survey",
                violation_error_message=_("The survey has a question of this name already."),
            )
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def options(self) -> dict[str, str]:
        """What the question offers, in order: value to label. Empty for a text. Reads `choices`, fetched or not."""
        labels = {choice.value: choice.label for choice in self.choices.all()}
        if self.kind == self.Kind.RATING:
            return {value: labels.get(value, value) for value in statistics.RATING_VALUES}
        if self.kind == self.Kind.YES_NO:
            return {"yes": labels.get("yes", gettext("Yes")), "no": labels.get("no", gettext("No"))}
        return {} if self.kind == self.Kind.TEXT else labels


class Choice(models.Model):
    """One option of a question; ratings may label their values 1 to 5 with it."""

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="choices", verbose_name=_("question"))
    value = models.CharField(
        _("value"),
        max_length=60,
        validators=[RegexValidator(r"^[a-z0-9_]+\Z", _("Use small letters, digits and underscores."))],
    )
    label = models.CharField(_("label"), max_length=300)
    position = models.PositiveSmallIntegerField(_("place in the order"), default=0)

    class Meta:
        ordering = ["question", "position", "pk"]
        verbose_name = _("option")
        verbose_name_plural = _("options")
        constraints = [
            models.UniqueConstraint(
                fields=["question", "value"],
                name="choice_value_once_per_question",
                violation_error_message=_("The question has an option of this value already."),
            )
        ]

    def __str__(self) -> str:
        return self.label


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
