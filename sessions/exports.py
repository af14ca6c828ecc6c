"""Attendance as a table to take away: one line per person, minutes and their source per session.

Only organisers of the programme and administrators get it: it holds names and addresses.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from registrations.choices import country_choices
from registrations.models import Programme, Registration
from registrations.workbook import Cell, Sheet
from sessions.models import Attendance, TrainingSession
from sessions.presence import Presence, prevailing

CHUNK = 2000  # rows fetched at a time
PERSON = (
    *("id", "printed_name", "email", "country", "organisation"),
    *("confirmed_at", "seated_at", "withdrawn_at"),
)
EVIDENCE = ("attendances__session_id", "attendances__seconds", "attendances__source")


@dataclass(frozen=True)
class AttendanceTable:
    """The heads and, one at a time, the lines. Two queries for any number of people."""

    programme: Programme
    sessions: tuple[TrainingSession, ...]

    @classmethod
    def of(cls, programme: Programme) -> "AttendanceTable":
        """The table of a programme."""
        return cls(programme, tuple(TrainingSession.objects.for_programme(programme)))

    @property
    def heads(self) -> list[str]:
        """What the columns are."""
        known = [_("Name"), _("E-mail"), _("Country or territory"), _("Organisation"), _("Status")]
        minutes = [_("Session %(number)s: minutes") % {"number": session.number} for session in self.sessions]
        sources = [_("Session %(number)s: source") % {"number": session.number} for session in self.sessions]
        return [*known, *(head for pair in zip(minutes, sources, strict=True) for head in pair), _("Minutes in all")]

    def lines(self) -> Iterator[list[Cell]]:
        """Everybody with a seat and everybody about whom something is recorded, by name. `None`: nothing recorded.

        One query: a row for each piece of evidence, those of a person one after the other.
        """
        countries = dict(country_choices())
        rows = self._people().values_list(*PERSON, *EVIDENCE).iterator(chunk_size=CHUNK)
        for _person, group in groupby(rows, key=itemgetter(0)):
            found = list(group)
            yield self._line(Registration(**dict(zip(PERSON, found[0], strict=False))), countries, _prevailing(found))

    def _people(self) -> QuerySet[Registration]:
        recorded = Exists(Attendance.objects.filter(registration=OuterRef("pk")))
        here = Registration.objects.for_programme(self.programme)
        seated = Q(confirmed_at__isnull=False, withdrawn_at__isnull=True, seated_at__isnull=False)
        return here.filter(seated | Q(recorded)).order_by("family_name", "given_name", "pk")

    def _line(self, person: Registration, countries: Mapping[str, str], found: Mapping[int, Presence]) -> list[Cell]:
        cells: list[Cell] = [
            person.printed_name,
            person.email,
            countries.get(str(person.country), ""),
            person.organisation,
            str(person.status.label),
        ]
        for session in self.sessions:
            presence = found.get(session.pk)
            cells += [presence.minutes, str(Attendance.Source(presence.source).label)] if presence else [None, None]
        return [*cells, sum(presence.seconds for presence in found.values()) // 60]

    @property
    def sheets(self) -> list[Sheet]:
        """As a workbook: everybody, and what the numbers of the sessions stand for, with the programme's times."""
        heads, *rows = _agenda(self.programme, self.sessions)
        return [Sheet(_("Attendance"), self.heads, self.lines()), Sheet(_("Sessions"), heads, rows)]


def _prevailing(rows: Sequence[tuple[Any, ...]]) -> dict[int, Presence]:
    """What counts of a person's evidence, by session; somebody without any has one row that is empty."""
    found: dict[int, list[Presence]] = defaultdict(list)
    for *_person, session, seconds, source in rows:
        if session is not None:
            found[session].append(Presence(seconds, source))
    return {session: prevailing(evidence) for session, evidence in found.items()}


def _agenda(programme: Programme, sessions: Sequence[TrainingSession]) -> Iterator[list[Cell]]:
    """What the numbers of the sessions stand for; times are the programme's."""
    yield [_("Number"), _("Theme"), _("Starts"), _("Ends"), _("Time zone"), _("Minutes")]
    for session in sessions:
        starts, ends = (moment.astimezone(programme.zone) for moment in (session.starts_at, session.ends_at))
        times = [f"{moment:%Y-%m-%d %H:%M}" for moment in (starts, ends)]
        yield [session.number, session.theme, *times, programme.time_zone, session.minutes]
