"""Attendance as a table to take away: one line per person, minutes and their source per session.

Only organisers of the programme and administrators get it: it holds names and addresses.
"""

import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import IO

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from registrations.choices import country_choices
from registrations.later import later
from registrations.models import Programme, Registration
from registrations.spreadsheet import csv_lines, text_cell
from sessions.models import Attendance, TrainingSession
from sessions.presence import Presence

openpyxl = later("openpyxl")
CHUNK = 2000  # people fetched at a time
IN_MEMORY = 4 * 1024 * 1024  # bytes of a workbook kept off the disk

Cell = str | int | None


@dataclass(frozen=True)
class AttendanceTable:
    """The heads and, one at a time, the lines. Three queries and one more for every 2,000 people on SQLite."""

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
        """Everybody with a seat and everybody about whom something is recorded, by name. `None`: nothing recorded."""
        presences, countries = Attendance.objects.presences(self.programme), dict(country_choices())
        for person in self._people().iterator(chunk_size=CHUNK):
            yield self._line(person, countries.get(str(person.country), ""), presences.get(person.pk, {}))

    def _people(self) -> QuerySet[Registration]:
        recorded = Exists(Attendance.objects.filter(registration=OuterRef("pk")))
        here = Registration.objects.for_programme(self.programme)
        seated = Q(confirmed_at__isnull=False, withdrawn_at__isnull=True, seated_at__isnull=False)
        return here.filter(seated | Q(recorded)).order_by("family_name", "given_name", "pk")

    def _line(self, person: Registration, country: str, found: dict[int, Presence]) -> list[Cell]:
        cells: list[Cell] = [
            person.printed_name,
            person.email,
            country,
            person.organisation,
            str(person.status.label),
        ]
        for session in self.sessions:
            presence = found.get(session.pk)
            cells += [presence.minutes, str(Attendance.Source(presence.source).label)] if presence else [None, None]
        return [*cells, sum(presence.seconds for presence in found.values()) // 60]


def as_csv(table: AttendanceTable) -> Iterator[str]:
    """CSV line by line; cells that a spreadsheet would run are guarded (see `registrations.spreadsheet`)."""
    return csv_lines(table.heads, (["" if cell is None else str(cell) for cell in line] for line in table.lines()))


def as_xlsx(table: AttendanceTable) -> IO[bytes]:
    """A workbook in a temporary file, at its beginning. Texts are string cells, which nothing runs; minutes are numbers."""
    book = openpyxl().Workbook(write_only=True)
    sheet = book.create_sheet(_("Attendance")[:31])
    sheet.append([text_cell(sheet, head) for head in table.heads])
    for line in table.lines():
        sheet.append([text_cell(sheet, cell) if isinstance(cell, str) else cell for cell in line])
    agenda = book.create_sheet(_("Sessions")[:31])
    for row in _agenda(table.programme, table.sessions):
        agenda.append([text_cell(agenda, cell) if isinstance(cell, str) else cell for cell in row])
    file = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 -- whoever sends it closes it
    book.save(file)
    file.seek(0)
    return file


def _agenda(programme: Programme, sessions: Sequence[TrainingSession]) -> Iterator[list[Cell]]:
    """What the numbers of the sessions stand for; times are the programme's."""
    yield [_("Number"), _("Theme"), _("Starts"), _("Ends"), _("Time zone"), _("Minutes")]
    for session in sessions:
        starts, ends = (moment.astimezone(programme.zone) for moment in (session.starts_at, session.ends_at))
        times = [f"{moment:%Y-%m-%d %H:%M}" for moment in (starts, ends)]
        yield [session.number, session.theme, *times, programme.time_zone, session.minutes]
