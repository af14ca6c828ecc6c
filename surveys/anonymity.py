"""What an anonymous response says of its author, from the rows of the programme."""

from dataclasses import dataclass
from hashlib import blake2b

from django.conf import settings

from registrations.geography import COUNTRIES
from registrations.models import Registration
from sessions.interpretation import languages_followed
from sessions.models import Attendance
from surveys.coarsening import attendance_class, coarse_classes

VARIABLES = ("gender", "sector", "country", "attendance", "language", "language_followed")
"""What the classes are made of, the most important first; of the country the world region is taken."""


@dataclass(frozen=True, slots=True)
class Classes:
    """What is kept of somebody: "" or None for what too few people share. Sessions: 0, 1 (to 2) or 3 (or more)."""

    gender: str
    sector: str
    region: str
    sessions_attended: int | None
    language: str
    language_followed: str


def classes_of(registration: Registration, *, session: int | None = None) -> Classes:
    """The classes of one person among all who have a seat in the programme now; four queries.

    The language followed is that of one session, where the survey is about one.
    """
    programme = registration.programme
    attended = {
        person: {key for key, presence in sessions.items() if presence.seconds}
        for person, sessions in Attendance.objects.presences(programme).items()
    }
    followed = languages_followed(programme, attended, session=session)
    seated = Registration.objects.for_programme(programme).seated().order_by()
    rows = seated.values_list("pk", "gender", "sector", "country", "language")
    people = {
        pk: (
            *(gender, sector, _region(str(country)), attendance_class(len(attended.get(pk, ())))),
            *(language, followed.get(pk, "")),
        )
        for pk, gender, sector, country, language in rows
    }
    drawn = {pk: people[pk] for pk in sorted(people, key=_lot)}
    kept = coarse_classes(drawn, registration.pk) or ("",) * len(VARIABLES)
    gender, sector, region, attendance, language, heard = kept
    return Classes(gender, sector, region, int(attendance) if attendance else None, language, heard)


def _region(country: str) -> str:
    return COUNTRIES[country].region if country in COUNTRIES else ""


def _lot(pk: int) -> bytes:
    """A place in an order that nobody can foretell and that stays the same."""
    return blake2b(str(pk).encode(), key=settings.SECRET_KEY.encode()[:64], digest_size=8).digest()
