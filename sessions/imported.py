"""What an organiser sees of a file: what it holds, what it would change, how its open questions can be answered."""

import datetime as dt
import zoneinfo
from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.db.models import QuerySet

from registrations.models import Programme, Registration
from sessions.actions.parsing import FileFacts, Unusable, parse
from sessions.foreseen import Change as FileChange
from sessions.foreseen import Difference, prevailing, version_of
from sessions.models import AttendanceImport, ImportPreview, TrainingSession
from sessions.people import Person, people_of
from sessions.readers import Order, ReadError, Sheet, Source
from sessions.readers.files import opened
from sessions.readers.mapped import Mapping, read_mapped

TRIED = 6  # people shown as an example of how a list is read


@dataclass(frozen=True, slots=True)
class Change:
    """A difference with the person and the session it is about; minutes are full ones."""

    registration: Registration
    session: TrainingSession
    difference: Difference

    @property
    def before(self) -> int | None:
        """Minutes that count now."""
        return None if self.difference.before is None else self.difference.before // 60

    @property
    def after(self) -> int | None:
        """Minutes that would count."""
        return None if self.difference.after is None else self.difference.after // 60


@dataclass(frozen=True, slots=True)
class DateReading:
    """The file's first and last moment, if its dates are read in this order."""

    order: Order
    first: dt.datetime
    last: dt.datetime


@dataclass(frozen=True, slots=True)
class Trial:
    """How the first people of a list would be read, or why it cannot be."""

    people: tuple[Person, ...] = ()
    total: int = 0
    problem: str = ""  # a code of `sessions.refusals`


def of_programme(programme: Programme) -> QuerySet[AttendanceImport]:
    """A programme's files, newest first, without their contents."""
    files = AttendanceImport.objects.for_programme(programme)
    related = files.select_related("session", "uploaded_by", "approved_by", "undone_by")
    return related.order_by("-uploaded_at", "-pk")


def preview_of(found: AttendanceImport) -> ImportPreview | None:
    """What was worked out of a file's changes and still holds, as the facts are now. Five queries."""
    preview = ImportPreview.objects.filter(attendance_import=found).first()
    if preview is None or preview.version != version_of(found, preview.sessions, preview.last_identity):
        return None
    return preview


def kept_page(preview: ImportPreview, number: int) -> list[Difference]:
    """A page of what a file would change, of `ON_A_PAGE` people and sessions; the first is 1. Two queries."""
    kept = preview.pages.filter(number=number).order_by()
    return prevailing([FileChange(*each) for page in kept for each in page.changes])


def sessions_in(found: AttendanceImport, keys: Sequence[int]) -> list[TrainingSession]:
    """Sessions of a file by number. One query."""
    return list(TrainingSession.objects.for_programme(found.programme).filter(pk__in=keys))


def changes(differences: Sequence[Difference], sessions: Sequence[TrainingSession]) -> list[Change]:
    """Differences with their people and sessions, which are among these. One query."""
    people = Registration.objects.in_bulk({each.registration for each in differences})
    by_key = {session.pk: session for session in sessions}
    return [Change(people[each.registration], by_key[each.session], each) for each in differences]


def date_readings(found: AttendanceImport) -> list[DateReading]:
    """The file's first and last moment both ways, as far as it can be read that way."""
    facts = FileFacts.of(found)
    near = found.session.starts_at.astimezone(facts.zone).date() if found.session else None
    readings = []
    for order in (Order.DAY_FIRST, Order.MONTH_FIRST):
        try:
            moments = moments_in(replace(facts, order=order), near)
        except Unusable:
            continue
        if moments:
            readings.append(DateReading(order, min(moments), max(moments)))
    return readings


def moments_in(facts: FileFacts, near: dt.date | None) -> list[dt.datetime]:
    """Every moment that the file names, in its own clock. Raises `Unusable`."""
    found = [moment for each in parse(facts, near).connections for moment in (each.joined, each.left) if moment]
    return [moment.astimezone(facts.zone).replace(tzinfo=None) if moment.tzinfo else moment for moment in found]


def clock_of(found: AttendanceImport) -> tuple[dt.datetime, dt.datetime] | None:
    """The file's first and last moment as it shows them."""
    try:
        facts = FileFacts.of(found)
        moments = moments_in(facts, found.session.starts_at.astimezone(facts.zone).date() if found.session else None)
    except Unusable:
        return None
    return (min(moments), max(moments)) if moments else None


def tables_of(found: AttendanceImport) -> Sequence[Sheet]:
    """The sheets of the file. Raises `ReadError`."""
    sheets, _document = opened(bytes(found.content), found.file_name)
    return sheets


def try_mapping(found: AttendanceImport, sheets: Sequence[Sheet], mapping: Mapping) -> Trial:
    """How the first people would be read by this mapping; nothing is kept."""
    zone = zoneinfo.ZoneInfo(found.time_zone)
    near = found.session.starts_at.astimezone(zone).date() if found.session else None
    try:
        report = read_mapped(Source(found.file_name, sheets, near, mapping.order), mapping)
    except ReadError as error:
        return Trial(problem=error.reason)
    people = [person for meeting in report.meetings for person in people_of(meeting)]
    return Trial(tuple(people[:TRIED]), len(people))
