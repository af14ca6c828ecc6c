"""A programme's agenda as its page shows it: by day, each session on two clocks, its people by what they do."""

import datetime as dt
import itertools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from django.utils.translation import ngettext, pgettext

from registrations.two_zones import SpanOnBoth, TwoZones
from reports.materials import MaterialLine
from sessions.models import Appearance, TrainingSession


@dataclass(frozen=True, slots=True)
class RoleGroup:
    """Those who do the same in a session, in the order in which they speak."""

    label: str
    appearances: tuple[Appearance, ...]


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """One session."""

    session: TrainingSession
    span: SpanOnBoth
    groups: tuple[RoleGroup, ...]
    materials: tuple[MaterialLine, ...] = ()


@dataclass(frozen=True, slots=True)
class AgendaDay:
    """The sessions that start on one day of the programme's calendar."""

    date: dt.date
    items: tuple[AgendaItem, ...]


def agenda_days(
    sessions: Iterable[TrainingSession],
    zones: TwoZones,
    materials: Mapping[int, tuple[MaterialLine, ...]] = MappingProxyType({}),
) -> list[AgendaDay]:
    """Sessions (with their speakers fetched) by day in the programme's zone, in order of time, with their materials."""
    items = sorted((_item(session, zones, materials.get(session.pk, ())) for session in sessions), key=_start)
    days = itertools.groupby(items, key=lambda item: item.span.programme.start.date())
    return [AgendaDay(date, tuple(group)) for date, group in days]


def _item(session: TrainingSession, zones: TwoZones, materials: tuple[MaterialLine, ...]) -> AgendaItem:
    span = zones.span(session.starts_at, session.ends_at)
    return AgendaItem(session, span, _groups(session.appearances.all()), materials)


def _start(item: AgendaItem) -> dt.datetime:
    return item.session.starts_at


def _groups(appearances: Iterable[Appearance]) -> tuple[RoleGroup, ...]:
    """Roles in the order in which the session meets them, so that closing words stand where they are spoken."""
    by_role: dict[str, list[Appearance]] = {}
    for appearance in appearances:
        by_role.setdefault(appearance.role, []).append(appearance)
    return tuple(RoleGroup(_label(role, len(people)), tuple(people)) for role, people in by_role.items())


def _label(role: str, people: int) -> str:
    labels = {
        Appearance.Role.MODERATOR: ngettext("Moderator", "Moderators", people),
        Appearance.Role.OPENING: pgettext("part of a session", "Opening remarks"),
        Appearance.Role.SPEAKER: ngettext("Speaker", "Speakers", people),
        Appearance.Role.CLOSING: pgettext("part of a session", "Closing remarks"),
    }
    return labels[Appearance.Role(role)]
