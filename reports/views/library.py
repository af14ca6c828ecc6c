"""The public library: its list, a page for each talk and story, and citations to take away."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from reports.library.citing import Citation
from reports.library.filters import LibraryFilter
from reports.library.goals import goal_names
from reports.library.index import public_stories, public_talks
from reports.library.models import LibraryEntry, Story
from reports.library.search import in_order, ranked
from reports.library.shelf import Card, story_citation_of, talk_citation_of, title_of
from reports.materials import lines_of
from sessions.models import Appearance, MaterialFile

ENTRIES_PER_PAGE = 12
ENDINGS = {"bib": "application/x-bibtex", "ris": "application/x-research-info-systems"}


@require_safe
def library(request: HttpRequest) -> HttpResponse:
    """What there is, narrowed and searched, a page at a time."""
    entries = LibraryEntry.objects.on_show(timezone.now())
    found = LibraryFilter(request.GET or None, queryset=entries)
    keys, total = ranked(found.qs, found.terms) if found.terms else (None, None)
    rows: Any = found.qs.with_rows() if keys is None else keys
    page = Paginator(rows, ENTRIES_PER_PAGE).get_page(request.GET.get("page"))
    shown = page.object_list if keys is None else in_order(entries.with_rows(), list(page.object_list))
    context = {
        "filter": found,
        "page": page,
        "cards": [Card.of(entry, found.terms) for entry in shown],
        "total": page.paginator.count if total is None else total,
        "is_narrowed": found.is_narrowed,
    }
    return render(request, "reports/library/list.html", context)


@require_safe
def library_talk(request: HttpRequest, pk: int) -> HttpResponse:
    """One talk: who gave it, when, what it left, and the stories that tell of it."""
    talk = _talk(pk)
    now = timezone.now()
    files = MaterialFile.objects.for_programme(talk.session.programme, now).filter(material__session=talk.session_id)
    context = {
        "talk": talk,
        "session": talk.session,
        "programme": talk.session.programme,
        "title": title_of(talk),
        "materials": lines_of(list(files)),
        "stories": list(public_stories(now).filter(talks=talk).select_related("programme")),
        "citation": talk_citation_of(talk),
    }
    return render(request, "reports/library/talk.html", context)


@require_safe
def library_story(request: HttpRequest, slug: str) -> HttpResponse:
    """One story: the challenge, what was done, and the talks that it comes from."""
    story = _story(slug)
    talks = _talks_of(story)
    context = {
        "story": story,
        "programme": story.programme,
        "talks": [(talk, title_of(talk)) for talk in talks],
        "goals": goal_names(story.sdgs),
        "citation": story_citation_of(story, talks),
    }
    return render(request, "reports/library/story.html", context)


@require_safe
def talk_citation(request: HttpRequest, pk: int, ending: str) -> HttpResponse:
    """A talk for a reference manager."""
    return _download(talk_citation_of(_talk(pk)), ending)


@require_safe
def story_citation(request: HttpRequest, slug: str, ending: str) -> HttpResponse:
    """A story for a reference manager."""
    story = _story(slug)
    return _download(story_citation_of(story, _talks_of(story)), ending)


def _talk(pk: int) -> Appearance:
    rows = public_talks(timezone.now()).select_related("session__programme", "speaker__programme")
    talk: Appearance = get_object_or_404(rows, pk=pk)
    return talk


def _story(slug: str) -> Story:
    story: Story = get_object_or_404(public_stories(timezone.now()).select_related("programme"), slug=slug)
    return story


def _talks_of(story: Story) -> list[Appearance]:
    talks = (
        public_talks(timezone.now()).filter(stories=story).select_related("session__programme", "speaker__programme")
    )
    return list(talks.order_by("session__number", "position", "pk"))


def _download(citation: Citation, ending: str) -> HttpResponse:
    if ending not in ENDINGS:
        raise Http404(_("Citations can be had as .bib and as .ris."))
    text = citation.bibtex if ending == "bib" else citation.ris
    response = HttpResponse(text, content_type=f"{ENDINGS[ending]}; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{citation.key}.{ending}"'
    return response
