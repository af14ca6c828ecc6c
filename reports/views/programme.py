"""What the public sees of programmes: the list, and each one's page."""

import datetime as dt
from collections.abc import Iterable

from django.core.paginator import Paginator
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from registrations.models import Programme, Translated, User
from registrations.reader_zone import zones_for
from reports.agenda import agenda_days
from reports.announcement import ProgrammeCard, RegistrationCall, language_names
from reports.dates import date_range
from reports.filters import ProgrammeFilter
from reports.materials import public_materials
from reports.models import ResultsReport
from reports.page_cache import briefly_kept
from sessions.models import TrainingSession

PROGRAMMES_PER_PAGE = 12


@require_safe
@briefly_kept
def programme_list(request: HttpRequest) -> HttpResponse:
    """All published programmes, filtered, a page at a time."""
    now = timezone.now()
    programmes = (
        Programme.objects.published().annotate(session_total=Count("sessions")).order_by("-start_date", "title")
    )
    programme_filter = ProgrammeFilter(request.GET or None, queryset=programmes, now=now)
    page = Paginator(programme_filter.qs, PROGRAMMES_PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "filter": programme_filter,
        "page": page,
        "cards": [ProgrammeCard.of(programme, now) for programme in page],
        "is_filtered": programme_filter.is_narrowed,
    }
    return render(request, "reports/programme_list.html", context)


@require_safe
@briefly_kept
def programme_page(request: HttpRequest, slug: str) -> HttpResponse:
    """One programme: what it teaches, when, who speaks, and how to register."""
    programme = _visible_programme(request, slug)
    return render(request, "reports/programme_page.html", _page_context(request, programme, timezone.now()))


def _visible_programme(request: HttpRequest, slug: str) -> Programme:
    """The programme if it is published or the reader is on its team; otherwise 404."""
    programme = Programme.objects.published().filter(slug=slug).first()
    if programme is None and isinstance(request.user, User):
        programme = Programme.objects.analysed_by(request.user).filter(slug=slug).first()
    if programme is None:
        raise Http404(_("There is no programme at this address."))
    return programme


def _page_context(request: HttpRequest, programme: Programme, now: dt.datetime) -> dict[str, object]:
    zones = zones_for(request, programme)
    sessions = list(TrainingSession.objects.for_programme(programme).with_speakers())
    days, partners = agenda_days(sessions, zones, public_materials(programme, now)), list(programme.partners.all())
    return {
        "programme": programme,
        "dates": date_range(programme.start_date, programme.end_date),
        "teaching": language_names(programme.teaching_languages),
        "interpretation": language_names(programme.interpretation_languages),
        "days": days,
        "session_total": sum(len(day.items) for day in days),
        "zones": zones,
        "call": RegistrationCall.of(programme, zones, now),
        "partners": partners,
        "original": original_language(programme, [*sessions, *partners]),
        "has_results": ResultsReport.objects.is_on_show(programme),
    }


def original_language(programme: Programme, parts: Iterable[Translated]) -> str:
    """The name of the language in which some text of the page stands because the reader's is missing; "" for none."""
    language = get_language() or programme.language
    is_complete = all(row.is_told_in(language) for row in (programme, *parts))
    return "" if is_complete else "".join(language_names([programme.language]))
