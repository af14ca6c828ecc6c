"""A question with its options."""

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest

from registrations.backoffice import ScopedAdmin, ScopedInline
from surveys.admin.locking import is_locked, survey_of
from surveys.models import Choice, Question


class ChoiceInline(ScopedInline):
    """The options of a question."""

    model = Choice
    fields = ("position", "value", "label")
    ordering = ("position", "pk")

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> tuple[str, ...]:
        """All but the label, once somebody has answered."""
        return ("position", "value") if is_locked(survey_of(obj)) else ()

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
    fields = ("survey", "position", "name", "kind", "label", "hint", "is_required", "counts_for_validity")
    inlines = (ChoiceInline,)

    def get_readonly_fields(self, request: HttpRequest, obj: Question | None = None) -> tuple[str, ...]:
        """A question stays in its survey; once somebody has answered, only its words may change."""
        if obj is None or not is_locked(obj.survey):
            return ("survey",)
        return ("survey", "position", "name", "kind", "is_required", "counts_for_validity")

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Not listed on the index: the survey leads here."""
        return False
