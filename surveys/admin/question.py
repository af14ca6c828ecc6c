"""A question with its options."""

from typing import Any

from django.contrib import admin
from django.db.models import ForeignKey, Model
from django.forms import ModelChoiceField
from django.http import HttpRequest

from registrations.backoffice import ScopedAdmin, ScopedInline
from sessions.sent import whole_number
from surveys.admin.locking import is_locked, survey_of
from surveys.admin.rules import SCALE, QuestionForm, in_a_row
from surveys.models import BankQuestion, Choice, Group, Question

WORDS = ("label", "hint", "required_message", "constraint_message")
MEANING = ("position", "group", "name", "kind", "is_required", "relevant", "constraint", "counts_for_validity")


class ChoiceInline(ScopedInline):
    """The options of a question."""

    model = Choice
    fields = ("position", "value", "label", "is_exclusive", "is_other")
    ordering = ("position", "pk")

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Boxes small enough for a row."""
        sizes = {"value": 14, "label": 40}
        own = {"class": "", "size": sizes[db_field.name]} if db_field.name in sizes else {}
        return in_a_row(super().formfield_for_dbfield(db_field, request, **kwargs), **own)

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> tuple[str, ...]:
        """All but the label, once somebody has answered."""
        return ("position", "value", "is_exclusive", "is_other") if is_locked(survey_of(obj)) else ()

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Until somebody has answered."""
        return not is_locked(survey_of(obj))

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Until somebody has answered."""
        return not is_locked(survey_of(obj))


@admin.register(Question)
class QuestionAdmin(ScopedAdmin[Question]):
    """One question with its options, reached from its survey."""

    programme_path = "survey__programme"
    can_add = False
    form = QuestionForm
    inlines = (ChoiceInline,)

    def get_fields(self, request: HttpRequest, obj: Question | None = None) -> tuple[str, ...]:
        """The scale cannot change any more once somebody has answered, and is not shown then."""
        scale = () if obj is not None and is_locked(obj.survey) else SCALE
        place = ("survey", "position", "group", "name", "kind")
        rules = ("is_required", "required_message", "relevant", "constraint", "constraint_message")
        return (*place, *scale, "label", "hint", *rules, "appearance", "counts_for_validity", "bank_question")

    def get_readonly_fields(self, request: HttpRequest, obj: Question | None = None) -> tuple[str, ...]:
        """A question stays in its survey; once somebody has answered, only its words may change."""
        if obj is None or not is_locked(obj.survey):
            return ("survey",)
        return ("survey", *MEANING)

    def formfield_for_foreignkey(
        self, db_field: ForeignKey[Any, Any], request: HttpRequest, **kwargs: Any
    ) -> ModelChoiceField | None:
        """Groups of the same survey, and questions of the bank that are of the same kind."""
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        question = edited(request)
        if field is not None and db_field.name == "group":
            field.queryset = Group.objects.filter(survey=question.survey_id if question else None)
        if field is not None and db_field.name == "bank_question":
            field.queryset = BankQuestion.objects.filter(kind=question.kind if question else "")
        return field

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Not listed on the index: the survey leads here."""
        return False


def edited(request: HttpRequest) -> Question | None:
    """The question of the page, from its address."""
    key = str(request.resolver_match.kwargs.get("object_id", "")) if request.resolver_match else ""
    return Question.objects.filter(pk=whole_number(key)).first()
