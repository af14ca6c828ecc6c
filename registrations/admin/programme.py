"""Programmes with their partners and their team."""

import zoneinfo
from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin
from django.db.models import Count, Field, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registrations.backoffice import ScopedAdmin, ScopedInline, ScopedStack, forget_own, user_of
from registrations.models import Partner, Programme, TeamMember
from registrations.people.urls import desk_pages
from registrations.zones import is_zone, zone_names

WAS_PUBLISHED = "was_published"
LANGUAGE_LISTS = {"teaching_languages", "interpretation_languages"}


class ProgrammeForm(forms.ModelForm):
    """A programme; its moments are in its own time zone."""

    class Meta:
        model = Programme
        fields = "__all__"  # noqa: DJ007 (the admin's fieldsets choose)

    def clean_capacity(self) -> int | None:
        """A capacity below the seats that are taken would turn somebody out."""
        capacity: int | None = self.cleaned_data["capacity"]
        taken = self.instance.seats_taken
        if capacity is not None and capacity < taken:
            raise forms.ValidationError(
                _("%(taken)s seats are taken already. Choose at least that many.") % {"taken": taken}
            )
        return capacity


class PartnerInline(ScopedStack):
    """Partners, in the order of the public page."""

    model = Partner
    fields = ["position", "name", "description", "url"]


class TeamInline(ScopedInline):
    """Who may see the programme; administrators decide."""

    model = TeamMember
    autocomplete_fields = ["user"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[TeamMember]:
        """With whom each row is called after."""
        return super().get_queryset(request).select_related("user")

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Administrators only."""
        return user_of(request).is_administrator

    has_add_permission = has_view_permission
    has_change_permission = has_view_permission
    has_delete_permission = has_view_permission


@admin.register(Programme)
class ProgrammeAdmin(ScopedAdmin[Programme]):
    """An organiser who adds a programme becomes its organiser."""

    programme_path = ""
    form = ProgrammeForm
    inlines = [PartnerInline, TeamInline]
    list_display = ["title", "start_date", "end_date", "seats", "waiting", "is_published", "are_people_real"]
    list_filter = ["start_date"]
    search_fields = ["title", "slug"]
    readonly_fields = ["seats", "waiting"]
    fieldsets = [
        (None, {"fields": ["title", "slug", "summary", "language"]}),
        (gettext_lazy("What it is about"), {"fields": ["background", "objectives", "audience"]}),
        (
            gettext_lazy("When, and in which languages"),
            {"fields": ["start_date", "end_date", "time_zone", *sorted(LANGUAGE_LISTS, reverse=True)]},
        ),
        (
            gettext_lazy("Registration"),
            {
                "description": gettext_lazy("Moments are in the programme’s time zone."),
                "fields": ["registration_opens_at", "registration_closes_at", "capacity", "seats", "waiting"],
            },
        ),
        (gettext_lazy("Reminders"), {"fields": ["reminds_a_day_before", "reminds_an_hour_before"]}),
        (gettext_lazy("Contact"), {"fields": ["contact_name", "contact_email"]}),
        (gettext_lazy("Publication"), {"fields": ["published_at"]}),
    ]

    def get_urls(self) -> list[URLPattern]:
        """The admin's own addresses, and those of the directory of participants."""
        return [*desk_pages(self.admin_site), *super().get_urls()]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Programme]:
        """With the length of each waiting list."""
        waiting = Q(
            registrations__confirmed_at__isnull=False,
            registrations__seated_at__isnull=True,
            registrations__withdrawn_at__isnull=True,
        )
        return super().get_queryset(request).annotate(people_waiting=Count("registrations", filter=waiting))

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Programme | None:
        """With a note of whether it is public, since a form that is refused leaves its own values in the object."""
        programme = super().get_object(request, object_id, from_field)
        if programme is not None:
            programme.__dict__[WAS_PUBLISHED] = programme.published_at is not None
        return programme

    def get_readonly_fields(self, request: HttpRequest, obj: Programme | None = None) -> list[str]:
        """The address of a published programme stays: people have it in their mails."""
        if obj is not None and obj.__dict__.get(WAS_PUBLISHED, obj.published_at):
            return [*self.readonly_fields, "slug"]
        return list(self.readonly_fields)

    def get_prepopulated_fields(self, request: HttpRequest, obj: Programme | None = None) -> dict[str, Sequence[str]]:
        """The address follows from the title while the programme is new."""
        return {} if obj else {"slug": ["title"]}

    def formfield_for_dbfield(self, db_field: Field, request: HttpRequest, **kwargs: Any) -> forms.Field | None:
        """Languages as boxes to tick, zones as a list."""
        name = db_field.name
        if name in LANGUAGE_LISTS:
            return forms.MultipleChoiceField(
                label=capfirst(db_field.verbose_name),
                choices=settings.LANGUAGES,
                required=not db_field.blank,
                widget=forms.CheckboxSelectMultiple,
            )
        if name == "time_zone":
            choices = [("", "---------"), ("UTC", "UTC"), *((zone, zone) for zone in zone_names())]
            return forms.ChoiceField(label=capfirst(db_field.verbose_name), choices=choices)
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """The page, its moments read and written in the programme's own zone."""
        with timezone.override(self._zone(request, object_id)):
            response = super().changeform_view(request, object_id, form_url, extra_context)
            return response.render() if isinstance(response, TemplateResponse) else response

    def _zone(self, request: HttpRequest, object_id: str | None) -> zoneinfo.ZoneInfo:
        name = request.POST.get("time_zone", "")
        if not name and object_id is not None and object_id.isdecimal():
            name = self.programmes(request).filter(pk=object_id).values_list("time_zone", flat=True).first() or ""
        return zoneinfo.ZoneInfo(name if is_zone(name) else "UTC")

    def save_model(self, request: HttpRequest, obj: Programme, form: Any, change: bool) -> None:
        """Writes what the form holds and nothing else: seats are taken meanwhile."""
        if change:
            obj.save(update_fields=form.changed_data)
            return
        super().save_model(request, obj, form, change)
        if not user_of(request).is_administrator:
            TeamMember.objects.create(programme=obj, user=user_of(request), role=TeamMember.Role.ORGANISER)
            forget_own(request)

    @admin.display(description=gettext_lazy("seats taken"))
    def seats(self, programme: Programme) -> str:
        """Taken seats, and how many there are."""
        if programme.capacity is None:
            return str(programme.seats_taken)
        return _("%(taken)s of %(all)s") % {"taken": programme.seats_taken, "all": programme.capacity}

    @admin.display(description=gettext_lazy("waiting"))
    def waiting(self, programme: Programme) -> int:
        """How long the waiting list is."""
        return getattr(programme, "people_waiting", 0)

    @admin.display(boolean=True, description=gettext_lazy("published"))
    def is_published(self, programme: Programme) -> bool:
        """Whether the public sees it."""
        return programme.published_at is not None

    @admin.display(boolean=True, description=gettext_lazy("real people"))
    def are_people_real(self, programme: Programme) -> bool:
        """No where a generator made them up."""
        return not programme.is_synthetic
