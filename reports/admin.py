"""The back office of the top floor: the workspaces of programmes, and the editions of their results."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.db.models import ManyToManyField
from django.forms import ModelMultipleChoiceField
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from registrations.admin import ProgrammeAdmin
from registrations.backoffice import ProgrammeFilter, ScopedAdmin
from registrations.models import Programme
from reports.cards import stage_title
from reports.dates import date_range
from reports.guidance import sentence
from reports.library.forms import StoryForm
from reports.models import Story, Workspace
from reports.stages import Stage, next_step, stages
from reports.standing import standings
from reports.views import audience, campaigns, composing, dashboard, letters
from reports.views import workspace as views
from reports.views.retention import retention
from reports.views.texts import texts
from sessions.models import Appearance


@admin.register(Story)
class StoryAdmin(ScopedAdmin[Story]):
    """Impact stories."""

    form = StoryForm
    can_delete = True
    list_display = ["title", "programme", "country", "city", "published_at"]
    list_filter = [("programme", ProgrammeFilter)]
    list_select_related = ["programme"]
    search_fields = ["title"]
    fields = [
        *["programme", "title", "slug", "challenge", "solution", "talks", "country", "city", "goals", "source"],
        *["position", "is_published"],
    ]

    def get_readonly_fields(self, request: HttpRequest, obj: Story | None = None) -> list[str]:
        """A story stays in its programme and at its address."""
        return ["programme", "slug"] if obj else []

    def formfield_for_manytomany(
        self, db_field: ManyToManyField, request: HttpRequest, **kwargs: Any
    ) -> ModelMultipleChoiceField | None:
        """Parts in sessions of one's own programmes."""
        kwargs["queryset"] = Appearance.objects.filter(session__programme__in=self.programmes(request)).select_related(
            "speaker", "session"
        )
        return super().formfield_for_manytomany(db_field, request, **kwargs)


@admin.register(Workspace)
class WorkspaceAdmin(ProgrammeAdmin):
    """Programmes as their teams see them. The page of one is our own; adding one begins here and leads there."""

    is_for_analysts = True
    list_display = ["title_link", "dates", "stage", "next_thing"]
    list_display_links = None
    list_filter = []
    search_fields = ["title", "slug"]
    list_per_page = 25
    actions = None

    def has_add_permission(self, request: HttpRequest) -> bool:
        """As for programmes: whoever organises one may add another; an analyst may not."""
        return self._programme_admin.has_add_permission(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Organisers; analysts only look."""
        return self._programme_admin.has_change_permission(request, obj)

    @property
    def _programme_admin(self) -> ProgrammeAdmin:
        return ProgrammeAdmin(Programme, self.admin_site)

    def get_urls(self) -> list[URLPattern]:
        """Our pages before the admin's own, which they replace."""
        wrap = self.admin_site.admin_view
        return [
            path("<int:pk>/change/", wrap(views.workspace_page), name="reports_workspace_change"),
            path("<int:pk>/dashboard/", wrap(dashboard.dashboard), name="reports_workspace_dashboard"),
            path(
                "<int:pk>/figures/<slug:figure>.<slug:ending>",
                wrap(dashboard.take_figure),
                name="reports_workspace_figure",
            ),
            path("<int:pk>/texts/", wrap(texts), name="reports_workspace_texts"),
            *self._audience_urls(),
            path("<int:pk>/retention/", wrap(retention), name="reports_workspace_retention"),
            path("<int:pk>/messages/", wrap(campaigns.campaign_list), name="reports_workspace_campaigns"),
            path("<int:pk>/messages/<int:key>/", wrap(campaigns.campaign_page), name="reports_workspace_campaign"),
            path("<int:pk>/mails/", wrap(letters.letter_list), name="reports_workspace_letters"),
            path("<int:pk>/mails/<slug:kind>/", wrap(letters.letter_page), name="reports_workspace_letter"),
            path("<int:pk>/publish/", wrap(views.publish_programme), name="reports_workspace_publish"),
            path("<int:pk>/results/", wrap(views.results_preview), name="reports_workspace_results"),
            path("<int:pk>/results/compose/", wrap(composing.compose_page), name="reports_workspace_compose"),
            path("<int:pk>/results/compose/<int:key>/", wrap(composing.block_page), name="reports_workspace_block"),
            path("<int:pk>/results/method/", wrap(composing.method_page), name="reports_workspace_method"),
            path("<int:pk>/results/figures/<str:figure_id>/", wrap(views.figure_page), name="reports_workspace_trace"),
            path(
                "<int:pk>/results/figures/<str:figure_id>/rows/", wrap(views.figure_rows), name="reports_workspace_rows"
            ),
            path("<int:pk>/results/publish/", wrap(views.publish_results), name="reports_workspace_publish_results"),
            path("<int:pk>/results/take-back/", wrap(views.take_back), name="reports_workspace_take_back"),
            *super().get_urls(),
        ]

    def _audience_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        name = "reports_workspace_audience"
        return [
            path("<int:pk>/audience/", wrap(audience.audience), name=name),
            path("<int:pk>/audience/<int:number>/", wrap(audience.audience_session), name=f"{name}_session"),
            path("<int:pk>/audience/batches/<int:key>/undo/", wrap(audience.audience_undo), name=f"{name}_undo"),
            path("<int:pk>/audience/figures/<slug:figure>.<slug:ending>", wrap(audience.audience_figure)),
        ]

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: str | None = None) -> HttpResponse:
        """The workspace leads on from here."""
        return HttpResponseRedirect(reverse("admin:reports_workspace_change", args=[obj.pk]))

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """Under a title that says what the list is."""
        return super().changelist_view(
            request, {"title": _("Programmes and where they stand"), **(extra_context or {})}
        )

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        """The page's programmes get their facts in one go."""
        page = super().get_changelist_instance(request)
        page.result_list = list(_with_facts(page.result_list))
        return page

    @admin.display(description=_("programme"), ordering="title")
    def title_link(self, programme: Programme) -> SafeString:
        """The way into the workspace."""
        address = reverse("admin:reports_workspace_change", args=[programme.pk])
        return format_html('<a href="{}"><bdi>{}</bdi></a>', address, programme.title)

    @admin.display(description=_("dates"), ordering="start_date")
    def dates(self, programme: Programme) -> str:
        """First to last day."""
        return date_range(programme.start_date, programme.end_date)

    @admin.display(description=_("stage"))
    def stage(self, programme: Programme) -> str:
        """The stages at which something happens."""
        return ", ".join(stage_title(stage.name) for stage in _stages(programme) if stage.is_now) or "–"

    @admin.display(description=_("next"))
    def next_thing(self, programme: Programme) -> str:
        """What is to be done next."""
        facts = getattr(programme, "facts", None)
        return sentence(next_step(facts), programme, facts, now=timezone.now()) if facts else ""


def _stages(programme: Programme) -> Iterable[Stage]:
    facts = getattr(programme, "facts", None)
    return stages(facts) if facts else ()


def _with_facts(programmes: Iterable[Programme]) -> Iterable[Programme]:
    listed = list(programmes)
    known = standings(listed, now=timezone.now())
    for programme in listed:
        programme.facts = known[programme.pk]  # type: ignore[attr-defined]
        yield programme
