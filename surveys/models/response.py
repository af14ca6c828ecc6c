"""What people answered, who has answered, and what they have begun."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from registrations.models import Programme, Registration
from surveys.models.imports import ResponseImport
from surveys.models.questionnaire import Survey


class ResponseQuerySet(models.QuerySet["Response"]):
    """Responses."""

    def for_programme(self, programme: Programme) -> Self:
        """Those to one programme's surveys."""
        return self.filter(survey__programme=programme)


class Response(models.Model):
    """One response to one survey, with what its author was when it was given. It is never changed, only removed.

    ``answers`` maps names of questions to values encoded as XLSForm does: a value, several parted by a space, a text.
    Two kinds of nothing are told apart: "" was seen and left out; a name that is not there was never shown.
    Without a registration the response is anonymous, was brought from elsewhere, or its author has been erased.
    An anonymous one has a random key, the day of `submitted_at` only (midnight UTC), and coarse classes.
    """

    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="responses", verbose_name=_("survey"))
    registration = models.ForeignKey(
        Registration,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        db_index=False,  # the constraint below begins with it
        related_name="responses",
        verbose_name=_("registration"),
    )
    batch = models.ForeignKey(
        ResponseImport,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        db_index=False,  # the index below leaves out what was answered here
        db_constraint=False,  # each transaction that writes a batch updates its record; looking once more costs a quarter
        related_name="responses",
        verbose_name=_("import"),
    )
    source_key = models.CharField(
        _("fingerprint of what it is called where it comes from"), max_length=32, blank=True, editable=False
    )
    answers = models.JSONField(_("answers"), default=dict, blank=True)
    language = models.CharField(_("language"), max_length=10)
    submitted_at = models.DateTimeField(_("sent in"))
    started_at = models.DateTimeField(_("begun"), null=True, blank=True)
    seconds = models.PositiveIntegerField(_("seconds taken"), null=True, blank=True)
    gender = models.CharField(_("gender"), max_length=12, blank=True, choices=Registration.Gender.choices)
    sector = models.CharField(_("sector"), max_length=20, blank=True, choices=Registration.Sector.choices)
    country = models.CharField(_("country or territory"), max_length=2, blank=True)
    region = models.CharField(_("region"), max_length=40, blank=True)
    city = models.CharField(_("city"), max_length=120, blank=True)
    sessions_attended = models.PositiveSmallIntegerField(_("sessions attended"), null=True, blank=True)
    language_followed = models.CharField(
        _("language followed"),
        max_length=10,
        blank=True,
        choices=settings.LANGUAGES,
        help_text=_(
            "In which the sessions were mostly heard, interpreted or as they were spoken. Empty: not recorded."
        ),
    )
    is_finished = models.BooleanField(_("finished"), default=True)
    is_test = models.BooleanField(_("test"), default=False)
    is_duplicate = models.BooleanField(_("duplicate"), default=False)

    objects = ResponseQuerySet.as_manager()

    class Meta:
        ordering = ["survey", "submitted_at", "pk"]
        verbose_name = _("response")
        verbose_name_plural = _("responses")
        constraints = [
            models.UniqueConstraint(
                fields=["registration", "survey"],
                condition=Q(registration__isnull=False),
                name="response_once_per_registration",
                violation_error_message=_("This person has answered the survey already."),
            ),
            models.UniqueConstraint(
                fields=["survey", "source_key"],
                condition=~Q(source_key=""),
                name="response_once_per_source_key",
                violation_error_message=_("This response was imported already."),
            ),
        ]
        indexes = [
            models.Index(fields=["survey", "submitted_at", "id"], name="response_by_moment"),
            models.Index(fields=["batch"], condition=Q(batch__isnull=False), name="response_of_a_batch"),
        ]

    def __str__(self) -> str:
        return _("Response %(pk)s") % {"pk": self.pk}


class AnsweredMarkQuerySet(models.QuerySet["AnsweredMark"]):
    """Marks."""

    def for_programme(self, programme: Programme) -> Self:
        """Those of one programme's surveys."""
        return self.filter(survey__programme=programme)

    def answered_ids(self, programme: Programme) -> set[int]:
        """The registrations that answered a survey of the programme."""
        return set(self.for_programme(programme).order_by().values_list("registration_id", flat=True))


class AnsweredMark(models.Model):
    """That a person has answered a survey, without when and what: all that is known of who answers anonymously."""

    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="marks", verbose_name=_("survey"))
    registration = models.ForeignKey(
        Registration, on_delete=models.PROTECT, related_name="answered_marks", verbose_name=_("registration")
    )

    objects = AnsweredMarkQuerySet.as_manager()

    class Meta:
        ordering = ["survey", "registration"]
        verbose_name = _("answered mark")
        verbose_name_plural = _("answered marks")
        constraints = [
            models.UniqueConstraint(
                fields=["survey", "registration"],
                name="answered_mark_once_per_registration",
                violation_error_message=_("This person has answered the survey already."),
            )
        ]

    def __str__(self) -> str:
        return _("Answered by %(pk)s") % {"pk": self.registration_id}


class Draft(models.Model):
    """What a person has answered so far and not sent in yet; deleted when the response is recorded."""

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="drafts", verbose_name=_("survey"))
    registration = models.ForeignKey(
        Registration, on_delete=models.CASCADE, related_name="survey_drafts", verbose_name=_("registration")
    )
    answers = models.JSONField(_("answers"), default=dict, blank=True)
    language = models.CharField(_("language"), max_length=10)
    started_at = models.DateTimeField(_("begun"))
    updated_at = models.DateTimeField(_("last kept"))

    class Meta:
        ordering = ["survey", "registration"]
        verbose_name = _("draft of a response")
        verbose_name_plural = _("drafts of responses")
        constraints = [
            models.UniqueConstraint(
                fields=["survey", "registration"],
                name="draft_once_per_registration",
                violation_error_message=_("There is a draft of this person already."),
            )
        ]

    def __str__(self) -> str:
        return _("Draft %(pk)s") % {"pk": self.pk}
