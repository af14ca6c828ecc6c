"""Surveys with their questions, and the way to their figures."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import Count, Model, QuerySet
from django.forms import ModelChoiceField, ModelForm
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from registrations.backoffice import ProgrammeFilter, ScopedAdmin, ScopedInline, let_in, own_titles, user_of
from registrations.models import Programme
from sessions.models import TrainingSession
from sessions.sent import whole_number
from surveys.admin.imports import pages_of_imports
from surveys.admin.locking import is_locked, survey_of
from surveys.admin.making import pages_of_making
from surveys.admin.pages import pages_of_figures
from surveys.admin.rules import GroupFormSet, SurveyForm, in_a_row, survey_problems
from surveys.models import BaseDefinition, Group, Question, Survey
from surveys.views.anonymity import anonymity
from surveys.views.definition import definition
from surveys.views.inviting import invitations
from surveys.views.preview import preview
from surveys.views.printed_figures import printed_figures
from surveys.views.respondents import respondents


class QuestionInline(ScopedInline):
    """The questions on the survey's page; hint and options are edited on the question's own page."""

    model = Question
    fields = ("position", "name", "kind", "label", "is_required", "counts_for_validity")
    show_change_link = True
    ordering = ("position", "pk")

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Boxes small enough for a row."""
        sizes = {"name": 11, "label": 26}
        own = {"class": "", "size": sizes[db_field.name]} if db_field.name in sizes else {}
        return in_a_row(super().formfield_for_dbfield(db_field, request, **kwargs), **own)

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> tuple[str, ...]:
        """All but the words, once somebody has answered."""
        locked = ("position", "name", "kind", "is_required", "counts_for_validity")
        return locked if is_locked(survey_of(obj)) else ()

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Until somebody has answered."""
        return not is_locked(survey_of(obj))

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Until somebody has answered."""
        return not is_locked(survey_of(obj))


class GroupInline(ScopedInline):
    """The groups on the survey's page; a question's own page says in which it stands."""

    model = Group
    formset = GroupFormSet
    fields = ("position", "name", "label", "appearance", "relevant", "parent")
    ordering = ("position", "pk")

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Boxes small enough for a row; groups of the same survey only, fetched once for all rows."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        sizes = {"name": 9, "label": 16, "appearance": 9}
        own: dict[str, object] = {"class": "", "size": sizes[db_field.name]} if db_field.name in sizes else {}
        if db_field.name == "relevant":
            own = {"class": "", "rows": 2, "cols": 14, "dir": "ltr", "spellcheck": "false"}
        in_a_row(field, **own)
        if isinstance(field, ModelChoiceField) and db_field.name == "parent":
            key = str(request.resolver_match.kwargs.get("object_id", "")) if request.resolver_match else ""
            field.queryset = Group.objects.filter(survey=whole_number(key))
            field.choices = [("", "–"), *((group.pk, str(group)) for group in field.queryset)]
        return field

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> tuple[str, ...]:
        """All but the heading, once somebody has answered."""
        return ("position", "name", "relevant", "parent") if is_locked(survey_of(obj)) else ()

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Until somebody has answered."""
        return not is_locked(survey_of(obj))

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Until somebody has answered."""
        return not is_locked(survey_of(obj))


@admin.register(Survey)
class SurveyAdmin(ScopedAdmin[Survey]):
    """Surveys of one's programmes. Analysts find the way to the dashboard here and can change nothing."""

    is_for_analysts = True  # there is no person in it
    list_display = ("title", "programme", "opens_at", "closes_at", "response_count", "dashboard_link")
    list_filter = (("programme", ProgrammeFilter),)
    list_select_related = ("programme",)
    search_fields = ("title", "form_id")
    fields = (
        *("programme", "form_id", "title", "introduction", "thanks", "kind", "session"),
        *("is_anonymous", "opens_at", "closes_at", "language", "version"),
    )
    form = SurveyForm
    inlines = (GroupInline, QuestionInline)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Survey]:
        """With the number of responses."""
        return super().get_queryset(request).annotate(response_total=Count("responses"))

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """A survey is made for a programme that one organises."""
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if field is not None and db_field.related_model is Programme:
            field.queryset = Programme.objects.organised_by(user_of(request))
        if field is not None and db_field.related_model is TrainingSession:
            organised = Programme.objects.organised_by(user_of(request))
            field.queryset = TrainingSession.objects.filter(programme__in=organised).select_related("programme")
        return field

    def get_readonly_fields(self, request: HttpRequest, obj: Survey | None = None) -> tuple[str, ...]:
        """Whose survey it is and what it is called in data stay, once somebody has answered."""
        always = ("is_anonymous", "version")
        return ("programme", "form_id", "kind", "session", "language", *always) if is_locked(obj) else always

    def save_related(self, request: HttpRequest, form: ModelForm, formsets: Any, change: bool) -> None:
        """Tell what is wrong between the questions as they stand now."""
        super().save_related(request, form, formsets, change)
        for problem in survey_problems(form.instance):
            messages.warning(request, problem)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Organisers only."""
        return super().has_add_permission(request) and bool(own_titles(request))

    def has_change_permission(self, request: HttpRequest, obj: Survey | None = None) -> bool:
        """Organisers only."""
        if obj is None:
            return user_of(request).is_staff and bool(own_titles(request))
        user = user_of(request)
        return user.is_staff and let_in(request, "organised survey", obj, lambda: Survey.objects.organised_by(user))

    @admin.display(description=_("responses"), ordering="response_total")
    def response_count(self, survey: Survey) -> int:
        """How many have answered."""
        return int(getattr(survey, "response_total", 0))

    @admin.display(description=_("results"))
    def dashboard_link(self, survey: Survey) -> SafeString:
        """The way to the figures."""
        return format_html(
            '<a href="{}">{}</a>', reverse("admin:surveys_survey_dashboard", args=[survey.pk]), _("Open")
        )

    def get_urls(self) -> list[URLPattern]:
        """The pages of staff beside the admin's own."""
        wrap = self.admin_site.admin_view
        own = [
            *pages_of_figures(wrap),
            *pages_of_imports(wrap),
            *pages_of_making(wrap),
            path("<int:pk>/definition/", wrap(definition), name="surveys_survey_definition"),
            path("<int:pk>/invitations/", wrap(invitations), name="surveys_survey_invitations"),
            path("<int:pk>/respondents/", wrap(respondents), name="surveys_survey_respondents"),
            path("<int:pk>/preview/", wrap(preview), name="surveys_survey_preview"),
            path("<int:pk>/anonymity/", wrap(anonymity), name="surveys_survey_anonymity"),
            path("printed-figures/", wrap(printed_figures), name="surveys_survey_printed_figures"),
        ]
        return own + super().get_urls()


@admin.register(BaseDefinition)
class BaseDefinitionAdmin(ScopedAdmin[BaseDefinition]):
    """Every definition that was ever in force; a new one is adopted on the survey's own page."""

    programme_path = "survey__programme"
    can_add = False
    can_change = False
    list_display = ("name", "version", "survey", "sectors", "must_be_complete", "created_by", "created_at")
    list_filter = (("survey", admin.RelatedOnlyFieldListFilter),)
    list_select_related = ("survey", "created_by")
