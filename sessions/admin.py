"""The back office of the first floor: sessions with their speakers and attendance, speakers, audience figures."""

import datetime as dt
from collections.abc import Callable
from typing import Any, cast

from django.contrib import admin, messages
from django.db.models import ForeignKey, Max, QuerySet
from django.forms import ModelChoiceField, ModelForm
from django.forms.models import BaseInlineFormSet
from django.http import HttpRequest, HttpResponse
from django.template.defaultfilters import filesizeformat
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registrations.backoffice import ProgrammeFilter, ScopedAdmin, ScopedInline, ScopedStack, user_of
from registrations.models import Programme
from sessions import views
from sessions.actions import cancel_session, note_change, recount_check_ins, recount_presence
from sessions.forms import TrainingSessionForm
from sessions.import_urls import import_pages
from sessions.material_forms import MaterialFileForm, MaterialForm
from sessions.models import (
    Appearance,
    AudienceFigure,
    Material,
    MaterialFile,
    SessionLanguage,
    Speaker,
    TrainingSession,
)
from sessions.presence_urls import presence_pages
from sessions.review_urls import review_pages


class AppearanceInline(ScopedInline):
    """Who speaks in the session, out of the programme's speakers."""

    model = Appearance
    fields = ["position", "role", "speaker", "talk"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Appearance]:
        """With who speaks, after whom each row is called."""
        return super().get_queryset(request).select_related("speaker")

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> type[BaseInlineFormSet]:
        """With the speakers of this programme only."""
        formset = super().get_formset(request, obj, **kwargs)
        field = cast(ModelChoiceField, formset.form.base_fields["speaker"])
        field.queryset = Speaker.objects.filter(programme=obj.programme) if obj else Speaker.objects.none()
        field.choices = [("", "–"), *((speaker.pk, str(speaker)) for speaker in field.queryset)]  # for all rows
        return formset


class SessionLanguageInline(ScopedInline):
    """In which languages the session can be heard, and where."""

    model = SessionLanguage
    fields = ["language", "is_floor", "channel", "link"]


class AudienceFigureInline(ScopedInline):
    """Views and downloads of the session, as each channel counted them."""

    model = AudienceFigure
    fields = ["kind", "channel", "count"]


class MaterialInline(ScopedInline):
    """What the session leaves to read or watch. Its versions are entered on its own page, one per language."""

    model = Material
    form = MaterialForm
    fields = ["position", "kind", "title", "is_published"]
    show_change_link = True


@admin.register(TrainingSession)
class TrainingSessionAdmin(ScopedAdmin[TrainingSession]):
    """Sessions. Times are entered and shown in the programme's zone, whatever the reader's."""

    form = TrainingSessionForm
    can_delete = True
    list_display = ["number", "theme", "starts", "programme", "attendance_link"]
    list_display_links = ["theme"]
    list_filter = [("programme", ProgrammeFilter)]
    list_select_related = ["programme"]
    search_fields = ["theme"]
    ordering = ["programme", "number"]
    fields = ["programme", "number", "theme", "description", "starts_at", "ends_at", "join_link", "margin_minutes"]

    @admin.display(description=gettext_lazy("starts"), ordering="starts_at")
    def starts(self, session: TrainingSession) -> str:
        """Start in the programme's zone."""
        starts = timezone.localtime(session.starts_at, session.programme.zone)
        return f"{date_format(starts, 'DATETIME_FORMAT')} ({session.programme.time_zone})"

    @admin.display(description=gettext_lazy("attendance"))
    def attendance_link(self, session: TrainingSession) -> str:
        """The way to who was there."""
        address = reverse("admin:training_sessions_trainingsession_attendance", args=[session.pk])
        return format_html('<a href="{}">{}</a>', address, _("Attendance"))

    def get_urls(self) -> list[URLPattern]:
        """The admin's own addresses, and those of the attendance pages."""
        pages: list[tuple[str, Callable[..., HttpResponse], str]] = [
            ("", views.attendance, "attendance"),
            ("upload/", views.upload, "attendance_upload"),
            ("by-hand/", views.record_by_hand, "attendance_by_hand"),
            ("by-hand/clear/", views.clear_by_hand, "attendance_clear"),
            ("search/", views.search, "attendance_search"),
        ]
        ours = [
            path(
                f"<int:pk>/attendance/{tail}",
                self.admin_site.admin_view(view),
                name=f"training_sessions_trainingsession_{name}",
            )
            for tail, view, name in pages
        ]
        site = self.admin_site
        return [*ours, *import_pages(site), *presence_pages(site), *review_pages(site), *super().get_urls()]

    def save_model(self, request: HttpRequest, obj: TrainingSession, form: Any, change: bool) -> None:
        """Other times give other minutes; calendars and participants are told what a session was before."""
        before = TrainingSession.objects.select_related("programme").get(pk=obj.pk) if change else None
        super().save_model(request, obj, form, change)
        if change and {"starts_at", "ends_at", "margin_minutes"} & set(form.changed_data):
            recount_presence(obj, now=timezone.now())
            recount_check_ins(obj, now=timezone.now())
        if before and note_change(before, by=user_of(request), now=timezone.now()):
            messages.info(request, _("Everybody with a seat gets a mail about the new time in a few minutes."))

    def delete_model(self, request: HttpRequest, obj: TrainingSession) -> None:
        """A session that is taken off the agenda is cancelled in calendars."""
        cancel_session(obj, by=user_of(request), now=timezone.now())

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[TrainingSession]) -> None:
        """Each of them is cancelled in calendars."""
        for session in queryset.select_related("programme"):
            self.delete_model(request, session)

    def get_readonly_fields(self, request: HttpRequest, obj: TrainingSession | None = None) -> list[str]:
        """A session stays in its programme."""
        return ["programme"] if obj else []

    def get_inlines(self, request: HttpRequest, obj: TrainingSession | None) -> list[Any]:
        """Speakers come from the programme: first save the session, then say who speaks."""
        return [AppearanceInline, SessionLanguageInline, MaterialInline, AudienceFigureInline] if obj else []

    def get_form(
        self, request: HttpRequest, obj: TrainingSession | None = None, change: bool = False, **kwargs: Any
    ) -> type[ModelForm]:
        """The form says which zone its times are in."""
        form = super().get_form(request, obj, change=change, **kwargs)
        programme = self._programme(request, obj)
        for name in ("starts_at", "ends_at"):
            form.base_fields[name].help_text = (
                _("In the programme’s time zone, %(zone)s.") % {"zone": programme.time_zone}
                if programme
                else _("In the time zone of the programme that is chosen above.")
            )
        return form

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """The programme one comes from, or the only one; the next number."""
        programme = self._programme(request, None)
        if programme is None:
            return super().get_changeform_initial_data(request)
        last = TrainingSession.objects.filter(programme=programme).aggregate(last=Max("number"))["last"] or 0
        return {"programme": str(programme.pk), "number": str(last + 1)}

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Read, check and draw the form in the programme's zone."""
        found = self.get_object(request, object_id) if object_id else None
        programme = self._programme(request, found)
        with timezone.override(programme.zone if programme else dt.UTC):
            response = super().changeform_view(request, object_id, form_url, extra_context)
            return response.render() if isinstance(response, TemplateResponse) else response

    def _programme(self, request: HttpRequest, session: TrainingSession | None) -> Programme | None:
        if session is not None:
            return session.programme
        own = self.programmes(request)
        chosen = request.POST.get("programme") or request.GET.get("programme") or ""
        if chosen.isdecimal():
            return own.filter(pk=chosen).first()
        first_two = list(own[:2])
        return first_two[0] if len(first_two) == 1 else None


class MaterialFileInline(ScopedStack):
    """A material's versions, a file or a link each."""

    model = MaterialFile
    form = MaterialFileForm
    fields = ["language", "file", "link", "kept", "fetched"]
    readonly_fields = ["kept", "fetched"]

    @admin.display(description=gettext_lazy("kept here"))
    def kept(self, version: MaterialFile) -> str:
        """What the file is, how large, and the way to it."""
        if version.document is None:
            return "-"
        address = reverse("training_sessions:fetch", args=[version.pk])
        return format_html('<a href="{}">{}</a>, {}', address, version.document.name, filesizeformat(version.size or 0))


@admin.register(Material)
class MaterialAdmin(ScopedAdmin[Material]):
    """Slides, recordings and readings."""

    form = MaterialForm
    programme_path = "session__programme"
    can_delete = True
    list_display = ["title", "kind", "session", "published_at"]
    list_filter = ["kind", ("session__programme", ProgrammeFilter)]
    list_select_related = ["session__programme"]
    search_fields = ["title"]
    fields = ["session", "position", "kind", "title", "rights", "source", "is_published"]
    inlines = [MaterialFileInline]

    def get_readonly_fields(self, request: HttpRequest, obj: Material | None = None) -> list[str]:
        """A material stays with its session."""
        return ["session"] if obj else []

    def formfield_for_foreignkey(
        self, db_field: ForeignKey, request: HttpRequest, **kwargs: Any
    ) -> ModelChoiceField | None:
        """Sessions of one's own programmes."""
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if field is not None and db_field.related_model is TrainingSession:
            field.queryset = TrainingSession.objects.filter(programme__in=self.programmes(request))
        return field


@admin.register(Speaker)
class SpeakerAdmin(ScopedAdmin[Speaker]):
    """Those who speak."""

    can_delete = True
    list_display = ["name", "title", "organisation", "programme"]
    list_filter = [("programme", ProgrammeFilter)]
    list_select_related = ["programme"]
    search_fields = ["name", "organisation"]
    fields = ["programme", "name", "title", "organisation", "is_synthetic"]

    def get_readonly_fields(self, request: HttpRequest, obj: Speaker | None = None) -> list[str]:
        """A speaker stays in the programme."""
        return ["programme"] if obj else []


@admin.register(AudienceFigure)
class AudienceFigureAdmin(ScopedAdmin[AudienceFigure]):
    """Audiences that are counted, not registered."""

    programme_path = "session__programme"
    can_delete = True
    list_display = ["session", "kind", "channel", "count"]
    list_filter = ["kind", ("session", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["session"]
    search_fields = ["channel"]

    def formfield_for_foreignkey(
        self, db_field: ForeignKey, request: HttpRequest, **kwargs: Any
    ) -> ModelChoiceField | None:
        """Sessions of one's own programmes."""
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if field is not None and db_field.related_model is TrainingSession:
            sessions: QuerySet[TrainingSession] = TrainingSession.objects.filter(programme__in=self.programmes(request))
            field.queryset = sessions
        return field
