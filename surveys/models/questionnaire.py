"""A survey and what it asks."""

import datetime as dt
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from registrations.models import Programme, Translated, User
from sessions.models import TrainingSession
from surveys import base, statistics
from surveys.models.bank import BankQuestion, validate_data_name, validate_form_id, validate_value


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
        """With questions, options and groups fetched, in three queries whatever their number."""
        return self.prefetch_related("questions__choices", "groups")


class Survey(Translated):
    """A questionnaire that participants of a programme are asked to answer once.

    An anonymous survey keeps no way from a response to a person; it is decided before the first response.
    """

    class Kind(models.TextChoices):
        """When and about what people are asked."""

        POST_TRAINING = "post_training", _("after the training")
        PRE_TRAINING = "pre_training", _("before the training")
        SESSION_PULSE = "session_pulse", _("about one session")

    TRANSLATED = ("title", "introduction", "thanks")

    programme = models.ForeignKey(
        Programme, on_delete=models.PROTECT, related_name="surveys", verbose_name=_("programme")
    )
    form_id = models.CharField(_("form id"), max_length=80, unique=True, validators=[validate_form_id])
    title = models.CharField(_("title"), max_length=200)
    introduction = models.TextField(_("introduction"), blank=True)
    thanks = models.TextField(_("words of thanks"), blank=True, help_text=_("Shown when the answers have arrived."))
    kind = models.CharField(_("kind"), max_length=16, choices=Kind.choices, default=Kind.POST_TRAINING)
    session = models.ForeignKey(
        TrainingSession,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="surveys",
        verbose_name=_("session"),
        help_text=_("The session that a survey about one session asks about."),
    )
    language = models.CharField(_("language of the original"), max_length=10, choices=settings.LANGUAGES, default="en")
    version = models.CharField(_("version of the form"), max_length=40, blank=True)
    is_anonymous = models.BooleanField(
        _("anonymous"),
        default=False,
        help_text=_("No way leads from a response to a person. This can be changed until the first response."),
    )
    opens_at = models.DateTimeField(_("opens"))
    closes_at = models.DateTimeField(_("closes"))
    texts_deleted_to = models.BigIntegerField(
        _("texts deleted up to"),
        null=True,
        blank=True,
        editable=False,
        help_text=_("The last response without its texts, because their time was over."),
    )

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
            ),
            models.CheckConstraint(
                condition=Q(kind="session_pulse", session__isnull=False)
                | (~Q(kind="session_pulse") & Q(session__isnull=True)),
                name="survey_of_a_session_is_a_pulse",
                violation_error_message=_("Choose the session for a survey about one session, and for no other."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def source_language(self) -> str:
        """The language of the original."""
        return self.language

    @property
    def is_about_the_training(self) -> bool:
        """Whether it is what a programme's "survey" means: the one after the training."""
        return self.kind == self.Kind.POST_TRAINING

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


class Group(Translated):
    """Questions that belong together: a page, a matrix, or a part that is shown under a condition. Groups nest."""

    TRANSLATED = ("label",)

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="groups", verbose_name=_("survey"))
    parent = models.ForeignKey(
        "self", on_delete=models.CASCADE, null=True, blank=True, related_name="parts", verbose_name=_("inside")
    )
    name = models.CharField(_("name"), max_length=60, validators=[validate_data_name])
    label = models.CharField(_("heading"), max_length=2000, blank=True)
    appearance = models.CharField(
        _("appearance"),
        max_length=60,
        blank=True,
        help_text=_("“field-list”: one page; “table-list”: a matrix of questions that share their options."),
    )
    relevant = models.TextField(_("shown only if"), blank=True, help_text=_("An expression as XLSForm writes it."))
    position = models.PositiveSmallIntegerField(
        _("place in the order"), default=0, help_text=_("Counted together with the questions.")
    )

    class Meta:
        ordering = ["survey", "position", "pk"]
        verbose_name = _("group of questions")
        verbose_name_plural = _("groups of questions")
        constraints = [
            models.UniqueConstraint(
                fields=["survey", "name"],
                name="group_name_once_per_survey",
                violation_error_message=_("The survey has a group of this name already."),
            )
        ]

    def __str__(self) -> str:
        return self.label or self.name

    @property
    def source_language(self) -> str:
        """The language of the survey's original."""
        return self.survey.language


class Question(Translated):
    """One question of a survey.

    ``relevant`` and ``constraint`` are expressions as XLSForm writes them; ``parameters`` are those of a range: "start",
    "end" and "step" as decimal texts. A rating without parameters goes from 1 to 5.
    """

    TRANSLATED = ("label", "hint", "constraint_message", "required_message")

    class Kind(models.TextChoices):
        """The kinds of answers."""

        RATING = statistics.RATING, _("rating 1 to 5")
        YES_NO = statistics.YES_NO, _("yes or no")
        SELECT_ONE = statistics.SELECT_ONE, _("one of many")
        SELECT_MULTIPLE = statistics.SELECT_MULTIPLE, _("several of many")
        RANK = statistics.RANK, _("ranking")
        INTEGER = statistics.INTEGER, _("whole number")
        DECIMAL = statistics.DECIMAL, _("number with decimals")
        DATE = statistics.DATE, _("day")
        TEXT = statistics.TEXT, _("text")
        NOTE = statistics.NOTE, _("note to read")

    CLOSED = frozenset({Kind.RATING, Kind.YES_NO, Kind.SELECT_ONE, Kind.SELECT_MULTIPLE, Kind.RANK})
    """The kinds that offer options."""

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="questions", verbose_name=_("survey"))
    group = models.ForeignKey(
        Group, on_delete=models.PROTECT, null=True, blank=True, related_name="questions", verbose_name=_("group")
    )
    bank_question = models.ForeignKey(
        BankQuestion,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="uses",
        verbose_name=_("question of the bank"),
        help_text=_("Questions that stand for the same one in the bank can be compared across surveys."),
    )
    name = models.CharField(_("name"), max_length=60, validators=[validate_data_name])
    kind = models.CharField(_("kind"), max_length=16, choices=Kind.choices)
    label = models.CharField(_("question"), max_length=2000)
    hint = models.CharField(_("hint"), max_length=1000, blank=True)
    is_required = models.BooleanField(_("must be answered"), default=False)
    required_message = models.CharField(_("sentence where it is missing"), max_length=500, blank=True)
    relevant = models.TextField(_("shown only if"), blank=True, help_text=_("An expression as XLSForm writes it."))
    constraint = models.TextField(_("accepted only if"), blank=True, help_text=_("An expression as XLSForm writes it."))
    constraint_message = models.CharField(_("sentence where it is not accepted"), max_length=500, blank=True)
    appearance = models.CharField(_("appearance"), max_length=60, blank=True)
    parameters = models.JSONField(_("parameters"), default=dict, blank=True)
    list_name = models.CharField(_("list of options"), max_length=60, blank=True)
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
    def source_language(self) -> str:
        """The language of the survey's original."""
        return self.survey.language

    @property
    def options(self) -> dict[str, str]:
        """What the question offers, in order: value to label. Empty for a text. Reads `choices`, fetched or not."""
        labels = {choice.value: choice.label for choice in self.choices.all()}
        if self.kind == self.Kind.RATING:
            return {value: labels.get(value, value) for value in statistics.rating_values(self.parameters)}
        if self.kind == self.Kind.YES_NO:
            return {"yes": labels.get("yes", gettext("Yes")), "no": labels.get("no", gettext("No"))}
        return labels if self.kind in self.CLOSED else {}


class Choice(Translated):
    """One option of a question; ratings may label their values with it.

    An exclusive option ("none of these") goes with no other. With the other option people write what they mean into
    the text question named like this one with "_other" at its end.
    """

    TRANSLATED = ("label",)

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="choices", verbose_name=_("question"))
    value = models.CharField(_("value"), max_length=60, validators=[validate_value])
    label = models.CharField(_("label"), max_length=500)
    is_exclusive = models.BooleanField(_("goes with no other"), default=False)
    is_other = models.BooleanField(_("other, to be specified"), default=False)
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

    @property
    def source_language(self) -> str:
        """The language of the survey's original."""
        return self.question.source_language
