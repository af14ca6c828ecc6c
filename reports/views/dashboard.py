"""The programme's dashboard, for its team: the figures of all floors, each to be taken away."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from registrations.backoffice import user_of
from registrations.kept import Age
from registrations.models import Programme
from registrations.reader_zone import zones_for
from reports.audience import exhibit_of
from reports.counting import counted_at_hand
from reports.dashboard import programme_dashboard
from reports.views.counting import being_counted
from surveys.disclosure import LEAST
from surveys.views.downloads import as_download
from surveys.views.staff import staff_context


@require_safe
def dashboard(request: HttpRequest, pk: int) -> HttpResponse:
    """Organisers see every figure; analysts none of a few people."""
    programme, sees_people = _analysed(request, pk)
    now = timezone.now()
    counted = counted_at_hand(programme, now=now)
    if counted is None:
        return being_counted(request, programme, _("Programme in figures"), now=now)
    age = Age.of(programme, now=now)
    context = {
        **staff_context(request),
        "title": _("Programme in figures"),
        "programme": programme,
        "page": programme_dashboard(programme, counted, sees_people=sees_people),
        "sees_people": sees_people,
        "least": LEAST,
        "computed": zones_for(request, programme).moment((age and age.counted_at) or now),
        "age": age,
    }
    return render(request, "admin/reports/dashboard.html", context)


@require_safe
def take_figure(request: HttpRequest, pk: int, figure: str, ending: str) -> HttpResponse:
    """One figure of the page as svg, png, csv or xlsx."""
    programme, sees_people = _analysed(request, pk)
    now = timezone.now()
    counted = counted_at_hand(programme, now=now)
    if counted is None:
        return being_counted(request, programme, _("Programme in figures"), now=now)
    page = programme_dashboard(programme, counted, sees_people=sees_people)
    exhibit = page.by_id.get(figure) or exhibit_of(programme, figure)
    return as_download(exhibit, ending, [(_("Programme"), programme.text("title"))], stem=programme.slug)


def _analysed(request: HttpRequest, pk: int) -> tuple[Programme, bool]:
    """The programme whose aggregates the user may see, or 404; and whether people, too."""
    user = user_of(request)
    programme = get_object_or_404(Programme.objects.analysed_by(user), pk=pk)
    return programme, Programme.objects.organised_by(user).filter(pk=pk).exists()
