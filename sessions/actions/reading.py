"""From a file to rows: read, its open questions settled against the sessions' days or asked, matched, written in chunks."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from registrations.models import Programme
from sessions.actions.matches import Found, found_for, taking, write_matches
from sessions.actions.parsing import Asked, FileFacts, Unusable, parse
from sessions.chunks import in_chunks
from sessions.collecting import uncollected
from sessions.matching import Identity, is_generic
from sessions.models import AttendanceIdentity, AttendanceImport, TrainingSession
from sessions.placing import Place, Placed, may_be_another_zone, place, span
from sessions.readers import Order, Report

Key = tuple[int | None, str, str]  # session that binds it, name, address
CHUNK = 500


@dataclass(frozen=True)
class Reading:
    """What a file says, line by line, each in its session."""

    report: Report
    rows: Sequence[Placed]

    @property
    def fits(self) -> bool:
        """Whether anybody was there during a session."""
        return any(row.is_countable for row in self.rows)


@uncollected()
def read_file(file: FileFacts) -> Reading:
    """Read a file and settle what it leaves open. Raises `Asked`, or `Unusable`. Three queries at most."""
    places = _places(file)
    reading = _read(file, places)
    if reading.report.order is not None and file.order is None:
        other = _read(replace(file, order=_other(reading.report.order)), places)
        if other.fits and reading.fits:
            raise Asked(AttendanceImport.Question.DATE_ORDER)
        reading = other if other.fits else reading
    if reading.fits or not places:
        return reading
    found = span(reading.rows)
    if found is None:
        return reading
    if may_be_another_zone(found, places):
        raise Asked(AttendanceImport.Question.ZONE)
    first, last = (f"{moment.astimezone(file.zone):%Y-%m-%d %H:%M}" for moment in found)
    raise Unusable("other_meeting", {"first": first, "last": last})


def _other(order: Order) -> Order:
    return Order.DAY_FIRST if order == Order.MONTH_FIRST else Order.MONTH_FIRST


def _places(file: FileFacts) -> list[Place]:
    if file.session is not None:
        return [Place(file.session.pk, file.session.window)]
    sessions = TrainingSession.objects.for_programme(file.programme).order_by("starts_at", "pk")
    return [Place(session.pk, session.window) for session in sessions]


def _read(file: FileFacts, places: Sequence[Place]) -> Reading:
    near = places[0].window.starts.astimezone(file.zone).date() if len(places) == 1 else None
    report = parse(file, near)
    return Reading(report, place(report, file.zone, places))


def known_identities(programme: Programme) -> dict[Key, AttendanceIdentity]:
    """Everybody whom files of the programme have named before. One query."""
    found = AttendanceIdentity.objects.for_programme(programme).order_by()
    return {(identity.session_id, identity.name, identity.email): identity for identity in found}


@dataclass(frozen=True)
class Resolved:
    """Who the rows of a file are: the key of each row's identity, those known before, and matches for the others."""

    keys: Sequence[Key]
    known: dict[Key, AttendanceIdentity]
    found: dict[Key, Found]

    def registration_of(self, key: Key) -> int | None:
        """Whom an identity counts for."""
        if key in self.found:
            return self.found[key].registration
        return self.known[key].registration_id


@uncollected()
def resolve(programme: Programme, rows: Sequence[Placed]) -> Resolved:
    """Match whoever is neither decided by a person nor matched before. Three queries, whatever the number of rows."""
    known = known_identities(programme)
    bound = {identity for identity in {Identity(row.name, row.email) for row in rows} if is_generic(identity)}
    keys = [_key(row, known, bound) for row in rows]
    open_keys = {key for key in set(keys) if key not in known or known[key].is_unknown}
    matchable = {key for key, row in zip(keys, rows, strict=True) if not row.excluded_because} & open_keys
    matches = found_for(programme, {Identity(name, email) for _session, name, email in matchable})
    found = {key: matches[Identity(key[1], key[2])] if key in matchable else Found() for key in open_keys}
    return Resolved(keys, known, found)


def _key(row: Placed, known: dict[Key, AttendanceIdentity], bound: set[Identity]) -> Key:
    """A name that says nothing is another in each session; so is one on which a decision was made for a session only."""
    here = (row.session, row.name, row.email)
    if here in known or (row.name, row.email) in bound:
        return here
    return (None, row.name, row.email)


def write_identities(programme: Programme, resolved: Resolved) -> dict[Key, int]:
    """Keep every identity with its match, in chunks; returns their ids. Safe to do twice and by two workers at once."""
    new = [
        taking(AttendanceIdentity(programme=programme, session_id=key[0], name=key[1], email=key[2]), found)
        for key, found in resolved.found.items()
        if key not in resolved.known
    ]
    for chunk in in_chunks(new, CHUNK):
        AttendanceIdentity.objects.bulk_create(chunk, ignore_conflicts=True)
    again = [taking(identity, resolved.found[key]) for key, identity in resolved.known.items() if key in resolved.found]
    write_matches(again)
    wanted = set(resolved.keys)
    return {key: identity.pk for key, identity in known_identities(programme).items() if key in wanted}
