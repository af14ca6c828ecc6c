"""Codes for what people wrote: a codebook for each question, and who gave which code to which text, when, and until when."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from registrations.models import Translated, User
from surveys.models.bank import validate_name
from surveys.models.questionnaire import Question, Survey
from surveys.models.response import Response


class Code(Translated):
    """One code of a question's codebook. It is withdrawn rather than deleted: texts that have it keep it in the books."""

    TRANSLATED = ("label", "definition")

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="codes", verbose_name=_("question"))
    name = models.CharField(_("code"), max_length=40, validators=[validate_name])
    label = models.CharField(_("label"), max_length=120)
    definition = models.TextField(
        _("definition"), blank=True, help_text=_("When a text gets this code, and when it does not.")
    )
    position = models.PositiveSmallIntegerField(_("place in the order"), default=0)
    created_at = models.DateTimeField(_("created"))
    created_by = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("created by")
    )
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)

    class Meta:
        ordering = ["question", "position", "pk"]
        verbose_name = _("code")
        verbose_name_plural = _("codes")
        constraints = [
            models.UniqueConstraint(
                fields=["question", "name"],
                name="code_name_once_per_question",
                violation_error_message=_("The question has a code of this name already."),
            )
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def source_language(self) -> str:
        """The language of the survey's original."""
        return self.question.source_language


class CodingQuerySet(models.QuerySet["Coding"]):
    """Codes given to texts."""

    def standing(self) -> Self:
        """Those that have not been taken away, of codes that are in use."""
        return self.filter(ended_at__isnull=True, code__withdrawn_at__isnull=True)

    def for_question(self, question: Question) -> Self:
        """Those of one question."""
        return self.filter(code__question=question)

    def for_survey(self, survey: Survey) -> Self:
        """Those of one survey's questions."""
        return self.filter(code__question__survey=survey)


class Coding(models.Model):
    """That a coder gave a code to a response's text. Taking it away ends it; nothing is deleted, nothing is overwritten."""

    code = models.ForeignKey(Code, on_delete=models.PROTECT, related_name="codings", verbose_name=_("code"))
    response = models.ForeignKey(Response, on_delete=models.CASCADE, related_name="codings", verbose_name=_("response"))
    coder = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("coder"))
    given_at = models.DateTimeField(_("given"))
    ended_at = models.DateTimeField(_("taken away"), null=True, blank=True)
    ended_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("taken away by")
    )

    objects = CodingQuerySet.as_manager()

    class Meta:
        ordering = ["response", "given_at", "pk"]
        verbose_name = _("coding")
        verbose_name_plural = _("codings")
        constraints = [
            models.UniqueConstraint(
                fields=["response", "code", "coder"],
                condition=Q(ended_at__isnull=True),
                name="coding_once_per_coder",
                violation_error_message=_("You have given this code to this text already."),
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("given_at")),
                name="coding_ends_after_it_was_given",
                violation_error_message=_("A code cannot be taken away before it was given."),
            ),
        ]

    def __str__(self) -> str:
        return _("%(code)s for response %(response)s") % {"code": self.code_id, "response": self.response_id}


class CodedText(models.Model):
    """That a coder has gone through a response's text: without it, "no code" and "not looked at" would be the same."""

    question = models.ForeignKey(
        Question, on_delete=models.CASCADE, related_name="coded_texts", verbose_name=_("question")
    )
    response = models.ForeignKey(
        Response, on_delete=models.CASCADE, related_name="coded_texts", verbose_name=_("response")
    )
    coder = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("coder"))
    first_at = models.DateTimeField(_("first gone through"))
    last_at = models.DateTimeField(_("last gone through"))

    class Meta:
        ordering = ["question", "response", "coder"]
        verbose_name = _("coded text")
        verbose_name_plural = _("coded texts")
        constraints = [
            models.UniqueConstraint(
                fields=["question", "response", "coder"],
                name="coded_text_once_per_coder",
                violation_error_message=_("You have gone through this text already."),
            )
        ]

    def __str__(self) -> str:
        return _("Text of response %(response)s") % {"response": self.response_id}
