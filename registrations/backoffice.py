"""The rules of the back office: an organiser sees the own programmes, an analyst no person, an administrator everything."""

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Generic, TypeVar

from django import forms
from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.contrib.admin.widgets import AdminTextareaWidget, AdminTextInputWidget
from django.db.models import CharField, Field, ForeignKey, Model, QuerySet, SlugField, TextField, URLField
from django.db.models.constants import LOOKUP_SEP
from django.forms import ModelChoiceField
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from registrations.errors import Refused
from registrations.long_lists import KeyPaginator, found_once
from registrations.models import Programme, User
from registrations.names import tidy_line

Row = TypeVar("Row", bound=Model)


class OneLineField(forms.CharField):
    """A line of text: no line breaks, no control characters, no blanks twice."""

    def clean(self, value: Any) -> str | None:
        """The tidy line, or a sentence that says why not."""
        line: str | None = super().clean(value)
        try:
            return tidy_line(line) if line else line
        except Refused as refusal:
            raise forms.ValidationError(str(refusal)) from None


FIELDS: Mapping[type[Field], Mapping[str, Any]] = {
    # Texts begin on the side of their own letters, whatever the language of the page.
    CharField: {"form_class": OneLineField, "widget": AdminTextInputWidget({"dir": "auto"})},
    TextField: {"widget": AdminTextareaWidget({"dir": "auto"})},
    SlugField: {"widget": AdminTextInputWidget},  # a kind of CharField that has a form field of its own
    URLField: {"assume_scheme": "https"},
}

# What the filters beside a list and the dates above it put into its address.
FILTER_LOOKUPS = ("exact", "id__exact", "isnull", "gte", "lt", "year", "month", "day")


def user_of(request: HttpRequest) -> User:
    """The member of staff who asks; somebody who may do nothing where nobody has signed in, as on the login page."""
    return request.user if isinstance(request.user, User) else User(is_active=False)


def is_administrator(request: HttpRequest) -> bool:
    """Whether an administrator asks."""
    return user_of(request).is_administrator


def organised_programme(request: HttpRequest, pk: int) -> Programme:
    """The programme, if the user organises it; any other is a 404 like one that does not exist."""
    return get_object_or_404(Programme.objects.organised_by(user_of(request)), pk=pk)


def own_titles(request: HttpRequest, *, is_analysed: bool = False) -> Mapping[int, str]:
    """Titles by key of the programmes that the user organises, or may see aggregates of.

    Asked for once per page, though the admin asks on behalf of every model.
    """
    known: dict[bool, dict[int, str]] = request.__dict__.setdefault("own_titles", {})
    if is_analysed not in known:
        user, programmes = user_of(request), Programme.objects
        own = programmes.analysed_by(user) if is_analysed else programmes.organised_by(user)
        known[is_analysed] = dict(own.order_by("title").values_list("pk", "title"))
    return known[is_analysed]


def let_in(request: HttpRequest, rule: str, row: Model, rows: Callable[[], QuerySet[Any]]) -> bool:
    """Whether the row is among those that a rule lets the user have.

    Whoever was let in is not asked about again on the same page, though the admin asks for each part of it.
    """
    known: set[tuple[str, Any]] = request.__dict__.setdefault("let_in", set())
    if (rule, row.pk) not in known and rows().filter(pk=row.pk).exists():
        known.add((rule, row.pk))
    return (rule, row.pk) in known


def forget_own(request: HttpRequest) -> None:
    """After the user got another programme."""
    request.__dict__.pop("own_titles", None)


class ScopedAdmin(admin.ModelAdmin, Generic[Row]):
    """Rows of programmes that the user organises, and nothing else.

    `programme_path` leads from the row to its programme ("" where the row is the programme). Permissions follow the team
    of the programme; Django's own permission tables are not consulted. Analysts get aggregates on pages of their own, and
    lists without any person, where `is_for_analysts`.
    """

    programme_path: ClassVar[str] = "programme"
    can_add: ClassVar[bool] = True
    can_change: ClassVar[bool] = True
    can_delete: ClassVar[bool] = False
    is_for_analysts: ClassVar[bool] = False
    formfield_overrides = FIELDS
    paginator = KeyPaginator
    show_full_result_count = False  # counting the whole list beside what a filter leaves of it takes as long again

    def programmes(self, request: HttpRequest) -> QuerySet[Programme]:
        """The programmes that count for this user."""
        user = user_of(request)
        return Programme.objects.analysed_by(user) if self.is_for_analysts else Programme.objects.organised_by(user)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Row]:
        """Only rows of the user's programmes: given by their keys, so that the database can use an index in its order."""
        rows = super().get_queryset(request)
        if user_of(request).is_administrator:
            return rows
        key = f"{self.programme_path}__in" if self.programme_path else "pk__in"
        return rows.filter(**{key: list(self.own_titles(request))})

    def own_titles(self, request: HttpRequest) -> Mapping[int, str]:
        """Titles of these programmes by key."""
        return own_titles(request, is_analysed=self.is_for_analysts)

    def get_changelist_instance(self, request: HttpRequest) -> ChangeList:
        """With a way to the whole list beside the number of rows only where some of it is left out."""
        page = super().get_changelist_instance(request)
        if not page.query and not page.get_filters_params():
            page.full_result_count = page.result_count
        return page

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Row], search_term: str
    ) -> tuple[QuerySet[Row], bool]:
        """As Django finds them; searched for once per page."""
        found, may_repeat = super().get_search_results(request, queryset, search_term)
        return (found_once(queryset, found) if search_term else found), may_repeat

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest | None = None) -> bool:
        """Only the filters that the list shows. Django would answer about any column, the personal link's included."""
        return lookup in self._lookups(request)

    def _lookups(self, request: HttpRequest | None) -> set[str]:
        filters = self.get_list_filter(request) if request else self.list_filter
        own = {str(getattr(each, "parameter_name", "")) for each in filters}
        paths = [each[0] if isinstance(each, tuple | list) else each for each in filters]
        fields = [*paths, self.date_hierarchy, self.programme_path, "id"]
        named = {field for field in fields if field and isinstance(field, str)}
        return own | named | {LOOKUP_SEP.join([field, lookup]) for field in named for lookup in FILTER_LOOKUPS}

    def to_field_allowed(self, request: HttpRequest, to_field: str) -> bool:
        """Rows are told apart by their key and by nothing else."""
        return to_field in {"id", "pk"}

    def formfield_for_foreignkey(
        self, db_field: ForeignKey[Any, Any], request: HttpRequest, **kwargs: Any
    ) -> ModelChoiceField | None:
        """Choices, too, come from the user's own programmes only."""
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if field is not None and db_field.related_model is Programme:
            field.queryset = self.programmes(request)
        return field

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Shown to those who have a programme of the kind."""
        return self.has_view_permission(request)

    def _has_any(self, request: HttpRequest) -> bool:
        """Whether any programme counts for this user."""
        return user_of(request).is_administrator or bool(self.own_titles(request))

    def _is_allowed(self, request: HttpRequest, row: Row | None) -> bool:
        if row is None:
            return self._has_any(request)
        return let_in(request, self.__class__.__qualname__, row, lambda: self.get_queryset(request))

    def has_view_permission(self, request: HttpRequest, obj: Row | None = None) -> bool:
        """Organisers of the row's programme, and administrators."""
        return user_of(request).is_staff and self._is_allowed(request, obj)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Where `can_add` says so."""
        return self.can_add and self.has_view_permission(request)

    def has_change_permission(self, request: HttpRequest, obj: Row | None = None) -> bool:
        """Where `can_change` says so."""
        return self.can_change and self.has_view_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Row | None = None) -> bool:
        """Where `can_delete` says so."""
        return self.can_delete and self.has_view_permission(request, obj)


class ProgrammeFilter(admin.RelatedFieldListFilter):
    """By programme, out of the user's own; Django's filter would go through all rows to see which have any."""

    def field_choices(self, field: Any, request: HttpRequest, model_admin: Any) -> list[tuple[Any, Any]]:
        """Each with its title."""
        return list(model_admin.own_titles(request).items())


class ScopedRows(admin.options.InlineModelAdmin):
    """Rows inside a page of a `ScopedAdmin`: whoever may change the page may change them."""

    extra = 0
    formfield_overrides = FIELDS
    can_edit: ClassVar[bool] = True

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """The page's own check has let the user in."""
        return user_of(request).is_staff

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Where `can_edit` says so."""
        return self.can_edit

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Where `can_edit` says so."""
        return self.can_edit

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Where `can_edit` says so."""
        return self.can_edit


class ScopedInline(ScopedRows, admin.TabularInline):
    """The rows as a table."""


class ScopedStack(ScopedRows, admin.StackedInline):
    """The rows one below the other, where a table would be wider than the page."""
