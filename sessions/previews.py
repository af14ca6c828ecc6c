"""What a file would change, before it does: for the preview of an import, and for a dry run that writes nothing."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sessions.actions.parsing import Asked, FileFacts, Unusable
from sessions.actions.reading import Reading, Resolved, read_file, resolve
from sessions.models import Attendance, AttendanceImport, AttendanceRow, TrainingSession
from sessions.models.rows import HOSTS
from sessions.presence import Presence, Stay, counted_seconds

Pair = tuple[int, int]  # session, registration
Stays = Mapping[Pair, list[Stay]]


@dataclass(frozen=True, slots=True)
class Difference:
    """What would count for one person in one session, in seconds; `None` where nothing is recorded.

    Where a person's entry or a check-in prevails, nothing changes but the evidence behind it: `kept_because` says which.
    """

    registration: int
    session: int
    before: int | None
    after: int | None
    kept_because: str = ""


@dataclass(frozen=True, slots=True)
class Trial:
    """What a file holds and would do. Lines are rows: a line that reaches into two sessions is two."""

    platform: str = ""
    variant: str = ""
    notes: tuple[str, ...] = ()
    asks: str = ""  # a question; then nothing else is known
    refusal: str = ""  # a code, with the details of its sentence
    refusal_details: Mapping[str, object] | None = None
    lines: int = 0
    by_session: Mapping[int, int] | None = None  # lines by session
    in_no_session: int = 0
    people: int = 0  # registrations
    to_review: int = 0  # identities: likely, a person confirms
    unknown: int = 0  # identities: nobody found
    hosts: int = 0  # lines of hosts who are not registered
    left_out: int = 0  # lines
    differences: tuple[Difference, ...] = ()


def differences(attendance_import: AttendanceImport) -> list[Difference]:
    """What applying a file that was read would change; of one that counts, what undoing it would change.

    By session and registration; empty where it would change nothing. Three queries, whatever the number of rows.
    """
    own = AttendanceRow.objects.filter(attendance_import=attendance_import)
    pairs = _stays(own.known())
    others = _others(attendance_import, {session for session, _person in pairs})
    after = others if attendance_import.is_counting else _together(others, pairs)
    return _differences(pairs, after)


def try_file(file: FileFacts) -> Trial:
    """What a file would do if it were uploaded and applied now. Reads only."""
    try:
        reading = read_file(file)
    except Asked as asked:
        return Trial(asks=asked.question)
    except Unusable as unusable:
        return Trial(refusal=unusable.code, refusal_details=unusable.details)
    resolved = resolve(file.programme, reading.rows)
    new: dict[Pair, list[Stay]] = defaultdict(list)
    for key, row in zip(resolved.keys, reading.rows, strict=True):
        person = resolved.registration_of(key)
        if row.is_countable and row.session is not None and person is not None:
            new[row.session, person].append(Stay(row.joined, row.left, row.seconds, row.is_open))
    others = _others(None, {session for session, _person in new})
    return _trial(reading, resolved, _differences(new, _together(others, new)))


def _trial(reading: Reading, resolved: Resolved, changes: list[Difference]) -> Trial:
    keyed = [(key, row, resolved.registration_of(key)) for key, row in zip(resolved.keys, reading.rows, strict=True)]
    counted = [(key, row) for key, row, person in keyed if not row.excluded_because and person is None]
    waiting = {key for key, row in counted if row.role not in HOSTS and key in resolved.found}
    likely = {key for key in waiting if resolved.found[key].decision == "confirm"}
    return Trial(
        platform=reading.report.platform,
        variant=reading.report.variant,
        notes=tuple(reading.report.notes),
        lines=len(reading.rows),
        by_session=Counter(row.session for row in reading.rows if row.session is not None),
        in_no_session=sum(row.session is None for row in reading.rows),
        people=len({person for _key, row, person in keyed if row.is_countable and person is not None}),
        to_review=len(likely),
        unknown=len(waiting - likely),
        hosts=sum(row.role in HOSTS for _key, row in counted),
        left_out=sum(bool(row.excluded_because) for row in reading.rows),
        differences=tuple(changes),
    )


def _stays(rows: Iterable[tuple[int, int, Stay]]) -> dict[Pair, list[Stay]]:
    found: dict[Pair, list[Stay]] = defaultdict(list)
    for session, person, stay in rows:
        found[session, person].append(stay)
    return found


def _others(attendance_import: AttendanceImport | None, sessions: set[int]) -> Stays:
    """What every other file says in these sessions. One query."""
    rows = AttendanceRow.objects.filter(session__in=sessions).counting()
    if attendance_import is not None:
        rows = rows.exclude(attendance_import=attendance_import)
    return _stays(rows.known())


def _together(others: Stays, new: Stays) -> Stays:
    return {pair: [*others.get(pair, ()), *stays] for pair, stays in new.items()}


def _differences(pairs: Iterable[Pair], after: Stays) -> list[Difference]:
    """For each of these, what counts now against what would count. Two queries."""
    sessions = TrainingSession.objects.in_bulk({session for session, _person in pairs})
    evidence = Attendance.objects.filter(session__in=sessions).order_by()
    by_file = {
        (session, person): seconds
        for session, person, seconds in evidence.filter(source=Attendance.Source.FILE).values_list(
            "session_id", "registration_id", "seconds"
        )
    }
    prevails = evidence.exclude(source=Attendance.Source.FILE).prevailing()
    found = []
    for session, person in sorted(pairs):
        stays, before = after.get((session, person)), by_file.get((session, person))
        seconds = counted_seconds(stays, sessions[session].window) if stays else None
        if seconds != before:
            found.append(_difference(session, person, before, seconds, prevails.get(person, {}).get(session)))
    return found


def _difference(session: int, person: int, before: int | None, after: int | None, kept: Presence | None) -> Difference:
    if kept is None:
        return Difference(person, session, before, after)
    return Difference(person, session, kept.seconds, kept.seconds, kept.source)
