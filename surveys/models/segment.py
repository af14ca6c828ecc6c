"""Responses again, as columns, so that large surveys are counted fast."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from surveys.models.questionnaire import Survey


class ResponseSegment(models.Model):
    """A stretch of a survey's responses as `surveys.segments` writes them: with keys above ``after_key``, to ``last_key``.

    The first has no ``after_key``, every other one that of the last key before it: what breaks the chain is not read. Made
    of the rows and never instead of them: a segment may be dropped at any time. ``sha256`` is of the content;
    ``questions`` says what was asked when it was made, so that one of another form is not read.
    """

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="segments", verbose_name=_("survey"))
    after_key = models.BigIntegerField(_("after key"), null=True)
    last_key = models.BigIntegerField(_("last key"))
    responses = models.PositiveIntegerField(_("responses"))
    questions = models.CharField(_("questions"), max_length=64)
    content = models.BinaryField(_("content"))
    sha256 = models.CharField(_("SHA-256"), max_length=64)

    class Meta:
        ordering = ["survey", "last_key"]
        verbose_name = _("segment of responses")
        verbose_name_plural = _("segments of responses")
        constraints = [
            models.UniqueConstraint(fields=["survey", "last_key"], name="segment_ends_once_per_survey"),
            models.CheckConstraint(condition=Q(last_key__gt=F("after_key")), name="segment_ends_after_it_begins"),
        ]

    def __str__(self) -> str:
        return _("Segment %(pk)s") % {"pk": self.pk}
