"""What the document of a reference programme leaves to the library: links to recordings and slides, impact stories."""

import datetime as dt
from typing import Any

from registrations.models import Programme
from reports.library.index import index_library
from reports.models import Story
from sessions.models import Appearance, Material, MaterialFile, TrainingSession

TITLES = {Material.Kind.RECORDING: "Recording of the session", Material.Kind.SLIDES: "Slides of the session"}


def make_knowledge(programme: Programme, data: dict[str, Any], *, now: dt.datetime) -> None:
    """Add what is missing of the document's links and stories, and index it. What is there stays as it is."""
    sessions = {session.number: session for session in TrainingSession.objects.for_programme(programme)}
    for entry in data["sessions"]:
        if entry["number"] in sessions:
            _make_materials(sessions[entry["number"]], entry, data, now)
    for position, entry in enumerate(data.get("stories", []), start=1):
        _make_story(programme, entry, position, data, now)
    index_library(now=now)


def _make_materials(session: TrainingSession, entry: dict[str, Any], data: dict[str, Any], now: dt.datetime) -> None:
    """The document names neither the rights nor the language of a recording."""
    for kind, title in TITLES.items():
        link = entry.get(str(kind.value))
        if link and not MaterialFile.objects.filter(material__session=session, link=link).exists():
            material = Material.objects.create(
                session=session, kind=kind, title=title, source=data["document"]["publisher"], published_at=now
            )
            MaterialFile.objects.create(material=material, link=link)


def _make_story(
    programme: Programme, entry: dict[str, Any], position: int, data: dict[str, Any], now: dt.datetime
) -> None:
    defaults = {
        "programme": programme,
        "title": entry["title"],
        "challenge": entry["challenge"],
        "solution": entry["solution"],
        "country": entry["country"] or "",
        "city": entry["city"] or "",
        "sdgs": entry["sdgs"],
        "source": f"{data['document']['title']} ({data['document']['publisher']})",
        "position": position,
        "published_at": now,
    }
    story, is_new = Story.objects.get_or_create(slug=entry["slug"], defaults=defaults)
    if is_new:
        talks = Appearance.objects.filter(session__programme=programme, speaker__name__in=entry["presenters"])
        story.talks.set(talks)
