"""Everything that an organiser looks at to say who an identity is: what files saw of it, and who it may be."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from registrations.models import Programme, Registration
from sessions.models import Attendance, AttendanceIdentity, AttendanceImport, AttendanceRow, TrainingSession
from sessions.presence import Presence, Stay, counted_seconds
from sessions.reasons import in_words

KEYS = "123456789"
FOUND_AT_MOST = 20


@dataclass(frozen=True, slots=True)
class Sighting:
    """What one file saw of an identity in one session; `seconds` are those that its lines are worth there."""

    session: TrainingSession
    file: AttendanceImport
    lines: int
    joined: dt.datetime | None
    left: dt.datetime | None
    seconds: int

    @property
    def minutes(self) -> int:
        """Full minutes."""
        return self.seconds // 60


@dataclass(frozen=True, slots=True)
class Recorded:
    """Minutes that a candidate has already in a session where the identity was seen."""

    session: TrainingSession
    presence: Presence | None


@dataclass(frozen=True, slots=True)
class Possible:
    """Somebody whom an identity may be. `key` picks them; "" where the keys ran out. `sessions` with any presence."""

    registration: Registration
    key: str
    reasons: tuple[str, ...]
    minutes: int
    sessions: int
    recorded: tuple[Recorded, ...]


@dataclass(frozen=True, slots=True)
class Dossier:
    """An identity, why it waits, where it was seen, who is proposed, and who was searched for."""

    identity: AttendanceIdentity
    reason: str
    sightings: tuple[Sighting, ...]
    proposed: tuple[Possible, ...]
    found: tuple[Possible, ...]

    @property
    def is_for_one_session(self) -> bool:
        """Whether the name says nothing of who it is, so that a decision holds for its session only."""
        return self.identity.session_id is not None

    @property
    def says_more(self) -> bool:
        """Whether the reason why it waits is another one than those that stand beside the people proposed."""
        return bool(self.reason) and all(self.reason not in each.reasons for each in self.proposed)

    @property
    def is_several(self) -> bool:
        """Whether several people could be meant and nothing tells them apart."""
        return self.identity.decision == AttendanceIdentity.Decision.NONE and len(self.proposed) > 1


def dossier(identity: AttendanceIdentity, *, search: str = "") -> Dossier:
    """The dossier of one identity. Three queries, four with a search, whatever there is to show."""
    sightings = _sightings(identity)
    sessions = {each.session.pk: each.session for each in sightings}
    reasons = {key: tuple(filter(None, map(in_words, because))) for key, because in identity.suggestions}
    here = Registration.objects.filter(programme=identity.programme_id, withdrawn_at__isnull=True)
    by_key = here.in_bulk(reasons)
    proposed = [by_key[key] for key in reasons if key in by_key]
    found = [person for person in registered(identity.programme, search)[:FOUND_AT_MOST] if person.pk not in by_key]
    people = [*proposed, *found]
    presences = Attendance.objects.filter(registration__in=people).prevailing() if people else {}
    possible = [
        _possible(person, number, reasons.get(person.pk, ()), presences.get(person.pk, {}), sessions)
        for number, person in enumerate(people)
    ]
    return Dossier(
        identity=identity,
        reason=in_words(identity.because),
        sightings=sightings,
        proposed=tuple(possible[: len(proposed)]),
        found=tuple(possible[len(proposed) :]),
    )


def registered(programme: Programme, search: str) -> QuerySet[Registration]:
    """Who has not withdrawn and whose name or address contains every word; nobody where there is no word."""
    words = search.split()
    if not words:
        return Registration.objects.none()
    found = Registration.objects.for_programme(programme).filter(withdrawn_at__isnull=True)
    for word in words:
        found = found.filter(
            Q(printed_name__icontains=word)
            | Q(given_name__icontains=word)
            | Q(family_name__icontains=word)
            | Q(email__icontains=word)
        )
    return found.order_by("family_name", "given_name", "pk")


def _sightings(identity: AttendanceIdentity) -> tuple[Sighting, ...]:
    rows = (
        AttendanceRow.objects.filter(
            identity=identity,
            excluded_because="",
            session__isnull=False,
            attendance_import__undone_at__isnull=True,
        )
        .select_related("session__programme", "attendance_import")
        .defer("attendance_import__content")
        .order_by("session__number", "attendance_import", "position")
    )
    seen: dict[tuple[int, int], list[AttendanceRow]] = defaultdict(list)
    for row in rows:
        if row.session_id is not None:
            seen[row.session_id, row.attendance_import_id].append(row)
    return tuple(filter(None, map(_sighting, seen.values())))


def _sighting(rows: Sequence[AttendanceRow]) -> Sighting | None:
    session = rows[0].session
    if session is None:
        return None
    stays = [Stay(row.joined_at, row.left_at, row.seconds, row.is_open, row.attendance_import_id) for row in rows]
    return Sighting(
        session=session,
        file=rows[0].attendance_import,
        lines=len(rows),
        joined=min((row.joined_at for row in rows if row.joined_at), default=None),
        left=max((row.left_at for row in rows if row.left_at), default=None),
        seconds=counted_seconds(stays, session.window),
    )


def _possible(
    person: Registration,
    number: int,
    reasons: tuple[str, ...],
    presences: dict[int, Presence],
    sessions: dict[int, TrainingSession],
) -> Possible:
    return Possible(
        registration=person,
        key=KEYS[number] if number < len(KEYS) else "",
        reasons=reasons,
        minutes=sum(presence.minutes for presence in presences.values()),
        sessions=sum(presence.seconds > 0 for presence in presences.values()),
        recorded=tuple(Recorded(session, presences.get(pk)) for pk, session in sessions.items()),
    )
