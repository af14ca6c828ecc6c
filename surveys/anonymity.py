"""What an anonymous response says of its author, from the rows of the programme."""

from dataclasses import dataclass
from hashlib import blake2b

from django.conf import settings

from registrations.geography import COUNTRIES
from registrations.models import Registration
from sessions.models import Attendance
from surveys.coarsening import attendance_class, coarse_classes

VARIABLES = ("gender", "sector", "country", "attendance", "language")
"""What the classes are made of, the most important first; of the country the world region is taken."""


@dataclass(frozen=True, slots=True)
class Classes:
    """What is kept of somebody: "" or None for what too few people share. Sessions: 0, 1 (to 2) or 3 (or more)."""

    gender: str
    sector: str
    region: str
    sessions_attended: int | None
    language: str


def classes_of(registration: Registration) -> Classes:
    """The classes of one person among all who have a seat in the programme now; two queries."""
    programme = registration.programme
    presences = Attendance.objects.presences(programme)
    attended = {
        person: sum(presence.seconds > 0 for presence in sessions.values()) for person, sessions in presences.items()
    }
    seated = Registration.objects.for_programme(programme).seated().order_by()
    people = {
        pk: (gender, sector, _region(str(country)), attendance_class(attended.get(pk, 0)), language)
        for pk, gender, sector, country, language in seated.values_list("pk", "gender", "sector", "country", "language")
    }
    drawn = {pk: people[pk] for pk in sorted(people, key=_lot)}
    gender, sector, region, attendance, language = coarse_classes(drawn, registration.pk) or ("",) * len(VARIABLES)
    return Classes(gender, sector, region, int(attendance) if attendance else None, language)


def _region(country: str) -> str:
    return COUNTRIES[country].region if country in COUNTRIES else ""


def _lot(pk: int) -> bytes:
    """A place in an order that nobody can foretell and that stays the same."""
    return blake2b(str(pk).encode(), key=settings.SECRET_KEY.encode()[:64], digest_size=8).digest()
