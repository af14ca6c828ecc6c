"""What a file would change, before it does: worked out at once, and for a dry run that writes nothing."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from sessions.actions.parsing import Asked, FileFacts, Unusable
from sessions.actions.reading import Reading, Resolved, read_file, resolve
from sessions.chunks import in_chunks
from sessions.foreseen import AT_ONCE, Difference, Pair, Stays, changed, compared, pairs_of, prevailing, stays
from sessions.models import AttendanceImport, AttendanceRow
from sessions.models.rows import HOSTS
from sessions.presence import Stay


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

    By session and registration; empty where it would change nothing. Five queries for up to 2,000 people.
    """
    chunks = in_chunks(pairs_of(attendance_import), AT_ONCE)
    return prevailing([each for chunk in chunks for each in changed(attendance_import, chunk)])


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
    others = stays(AttendanceRow.objects.filter(session__in={session for session, _person in new}).counting().known())
    changes = compared(sorted(new), _together(others, new))
    return _trial(reading, resolved, prevailing(changes))


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


def _together(others: Stays, new: Stays) -> Stays:
    return {pair: [*others.get(pair, ()), *stays] for pair, stays in new.items()}
