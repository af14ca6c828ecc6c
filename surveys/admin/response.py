"""Responses, to be read."""

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from registrations.backoffice import ScopedAdmin
from surveys.models import Question, Response


@admin.register(Response)
class ResponseAdmin(ScopedAdmin[Response]):
    """Responses, for organisers to read; nobody edits what somebody answered."""

    programme_path = "survey__programme"
    can_add = False
    can_change = False
    list_display = ("registration", "survey", "language", "submitted_at")
    list_filter = (("survey", admin.RelatedOnlyFieldListFilter), "language")
    list_select_related = ("registration", "survey")
    search_fields = ("registration__printed_name", "registration__email")
    date_hierarchy = "submitted_at"
    fields = ("registration", "survey", "language", "submitted_at", "answer_list")
    readonly_fields = ("answer_list",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Response]:
        """Anonymous responses once their survey is over: before, who has answered lately might tell whose is whose."""
        named_or_over = Q(survey__is_anonymous=False) | Q(survey__closes_at__lte=timezone.now())
        return super().get_queryset(request).filter(named_or_over)

    @admin.display(description=_("answers"))
    def answer_list(self, response: Response) -> SafeString:
        """What was answered, question by question, in the words of the options."""
        questions = response.survey.questions.prefetch_related("choices").all()
        return format_html_join(
            "",
            "<p><strong>{}</strong><br>{}</p>",
            ((question.label, answer_text(question, response.answers.get(question.name))) for question in questions),
        )


def answer_text(question: Question, value: str | None) -> str:
    """The labels of the values; a text as it was written; the two kinds of nothing by their names."""
    if not value:
        return gettext("not shown") if value is None else gettext("left out")
    labels = question.options
    several = {Question.Kind.SELECT_MULTIPLE, Question.Kind.RANK}
    values = value.split(" ") if question.kind in several else [value]
    return "; ".join(f"{labels[value]} ({value})" if value in labels else value for value in values)
