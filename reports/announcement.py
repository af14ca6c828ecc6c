"""How a programme presents itself: its card in the list, and its call to register."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from django.conf import settings

from registrations.models import Programme
from registrations.two_zones import SpanOnBoth, TwoZones
from reports.dates import date_range


def language_names(codes: Iterable[str]) -> list[str]:
    """The names of languages in the reader's own."""
    names = dict(settings.LANGUAGES)
    return [str(names[code]) for code in codes]


@dataclass(frozen=True, slots=True)
class RegistrationCall:
    """Whether and until when one can register, at one moment."""

    opens: SpanOnBoth
    closes: SpanOnBoth
    is_ahead: bool
    is_open: bool
    is_over: bool
    has_free_seat: bool
    free_seats: int | None
    capacity: int | None

    @classmethod
    def of(cls, programme: Programme, zones: TwoZones, now: dt.datetime) -> Self:
        """The call of `programme` at the moment `now`."""
        return cls(
            opens=zones.moment(programme.registration_opens_at),
            closes=zones.moment(programme.registration_closes_at),
            is_ahead=not programme.has_registration_opened(now),
            is_open=programme.is_registration_open(now),
            is_over=programme.has_registration_closed(now),
            has_free_seat=programme.has_free_seat,
            free_seats=programme.free_seats,
            capacity=programme.capacity,
        )


@dataclass(frozen=True, slots=True)
class ProgrammeCard:
    """A programme in the list."""

    programme: Programme
    dates: str
    languages: list[str]
    is_registration_open: bool
    is_running: bool
    is_past: bool

    @classmethod
    def of(cls, programme: Programme, now: dt.datetime) -> Self:
        """The card of `programme` at the moment `now`, by the programme's own calendar."""
        today = now.astimezone(programme.zone).date()
        return cls(
            programme=programme,
            dates=date_range(programme.start_date, programme.end_date),
            languages=language_names([*programme.teaching_languages, *programme.interpretation_languages]),
            is_registration_open=programme.is_registration_open(now),
            is_running=programme.start_date <= today <= programme.end_date,
            is_past=programme.end_date < today,
        )
