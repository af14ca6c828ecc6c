"""What people answered."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from registrations.models import Programme, Registration
from surveys.models.questionnaire import Question, Survey


class ResponseQuerySet(models.QuerySet["Response"]):
    """Responses."""

    def for_programme(self, programme: Programme) -> Self:
        """Those to one programme's surveys."""
        return self.filter(survey__programme=programme)

    def answered_ids(self, programme: Programme) -> set[int]:
        """The registrations that answered a survey of the programme."""
        return set(self.for_programme(programme).order_by().values_list("registration_id", flat=True))


class Response(models.Model):
    """One person's response to one survey."""

    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="responses", verbose_name=_("survey"))
    registration = models.ForeignKey(
        Registration, on_delete=models.PROTECT, related_name="responses", verbose_name=_("registration")
    )
    language = models.CharField(_("language"), max_length=10)
    submitted_at = models.DateTimeField(_("sent in"))

    objects = ResponseQuerySet.as_manager()

    class Meta:
        ordering = ["survey", "submitted_at", "pk"]
        verbose_name = _("response")
        verbose_name_plural = _("responses")
        constraints = [
            models.UniqueConstraint(
                fields=["survey", "registration"],
                name="response_once_per_registration",
                violation_error_message=_("This person has answered the survey already."),
            )
        ]

    def __str__(self) -> str:
        return _("Response %(pk)s") % {"pk": self.pk}


class Answer(models.Model):
    """One answer, encoded as XLSForm does: a value, several values separated by a space, or a text.

    Two kinds of nothing are told apart: an empty `value` was seen and left out, no row was never shown.
    """

    response = models.ForeignKey(Response, on_delete=models.CASCADE, related_name="answers", verbose_name=_("response"))
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="answers", verbose_name=_("question"))
    value = models.TextField(_("value"), blank=True)

    class Meta:
        ordering = ["response", "question"]
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        constraints = [
            models.UniqueConstraint(
                fields=["response", "question"],
                name="answer_once_per_question",
                violation_error_message=_("This question is answered already."),
            )
        ]

    def __str__(self) -> str:
        return self.value
