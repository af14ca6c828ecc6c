"""A programme's sessions as a calendar (RFC 5545): one event a session, whose SEQUENCE rises when it is changed."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from registrations.later import later
from registrations.models import Programme, Registration
from sessions.models import SessionChange, TrainingSession

_icalendar = later("icalendar")

REFRESH = dt.timedelta(hours=4)
PRODUCT = "-//Baraza//Baraza//EN"


def own_calendar(registration: Registration) -> bytes:
    """The sessions of somebody who takes part, with the way to join; cancelled for who does not any more. Two queries."""
    page = settings.SITE_URL + reverse("personal_page", args=[registration.link_token])
    return _calendar(registration.programme, page=page, takes_part=registration.is_seated)


def public_calendar(programme: Programme) -> bytes:
    """The sessions as everybody may know them. Two queries."""
    return _calendar(
        programme, page=settings.SITE_URL + reverse("programme_page", args=[programme.slug]), takes_part=True
    )


def _calendar(programme: Programme, *, page: str, takes_part: bool) -> bytes:
    calendar = _icalendar().Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", programme.text("title"))
    calendar.add("x-wr-timezone", programme.time_zone)
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT4H")
    for event in _events(programme, page, takes_part=takes_part):
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _events(programme: Programme, page: str, *, takes_part: bool) -> Iterable[Any]:
    for session in TrainingSession.objects.for_programme(programme):
        changed = programme.published_at or programme.registration_opens_at
        event = _event(session.pk, session.text("theme"), session.starts_at, session.ends_at, changed)
        event.add("sequence", session.sequence + (0 if takes_part else 1))
        event.add("status", "CONFIRMED" if takes_part else "CANCELLED")
        event.add("description", _description(programme, session, page))
        event.add("url", page)
        event.add("location", _("Online"))
        yield event
    for change in SessionChange.objects.filter(programme=programme, is_cancelled=True):
        event = _event(change.session_key, change.theme, change.started_at, change.ended_at, change.changed_at)
        event.add("sequence", change.sequence + (0 if takes_part else 1))
        event.add("status", "CANCELLED")
        yield event


def _event(key: int, theme: str, start: dt.datetime, end: dt.datetime, stamp: dt.datetime) -> Any:
    event = _icalendar().Event()
    event.add("uid", f"session-{key}@{_host()}")
    event.add("dtstamp", stamp.astimezone(dt.UTC))
    event.add("dtstart", start.astimezone(dt.UTC))
    event.add("dtend", end.astimezone(dt.UTC))
    event.add("summary", theme, parameters={"LANGUAGE": get_language() or "en"})
    return event


def _description(programme: Programme, session: TrainingSession, page: str) -> str:
    parts = [programme.text("title"), session.text("description"), _("How to join: %(page)s") % {"page": page}]
    return "\n\n".join(part for part in parts if part)


def _host() -> str:
    return settings.SITE_URL.split("://")[-1].partition("/")[0].partition(":")[0]
