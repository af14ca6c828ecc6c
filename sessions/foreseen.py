"""What a file would change for whom, from its rows, and the version of the facts that this follows from."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import BigIntegerField, Count, F, Max, Q, QuerySet, Sum

from sessions.chunks import in_chunks
from sessions.models import Attendance, AttendanceIdentity, AttendanceImport, AttendanceRow, TrainingSession
from sessions.presence import Presence, Stay, counted_seconds

Pair = tuple[int, int]  # session, registration
Stays = Mapping[Pair, list[Stay]]

AT_ONCE = 2_000  # people looked up in one query
COUNTS = Q(attendance_import__approved_at__isnull=False, attendance_import__undone_at__isnull=True)
LIKELY = Count("pk", filter=Q(decision=AttendanceIdentity.Decision.CONFIRM))
EVIDENCE = ("session_id", "registration_id", "seconds")


class Change(NamedTuple):
    """What files say of one person in one session, in seconds; `None` where they say nothing."""

    session: int
    registration: int
    before: int | None
    after: int | None


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
class Figures:
    """A file in numbers: of identities, and of lines that count for nobody."""

    certain: int
    likely: int
    unknown: int
    decided: int  # of all, those that a person decided
    in_no_session: int
    left_out: int  # for another reason


def figures(found: AttendanceImport) -> Figures:
    """What matching makes of the identities of a file, and lines that count for nobody. Two queries."""
    rows = found.rows.filter(excluded_because="").order_by()
    identities = AttendanceIdentity.objects.filter(pk__in=rows.values("identity")).order_by()
    known, undecided = Q(registration__isnull=False), Q(decided_at__isnull=True)
    counted = identities.aggregate(
        certain=Count("pk", filter=known),
        likely=Count("pk", filter=~known & undecided & Q(decision=AttendanceIdentity.Decision.CONFIRM)),
        unknown=Count("pk", filter=~known & undecided & Q(decision=AttendanceIdentity.Decision.NONE)),
        decided=Count("pk", filter=~undecided),
    )
    outside = found.rows.order_by().aggregate(
        in_no_session=Count("pk", filter=Q(session__isnull=True)), left_out=Count("pk", filter=~Q(excluded_because=""))
    )
    return Figures(**counted, **outside)


def sessions_of(found: AttendanceImport) -> list[int]:
    """The sessions that a file has lines in, in the order of their keys. One query."""
    rows = found.rows.filter(session__isnull=False).order_by()
    return sorted(key for key in rows.values_list("session", flat=True).distinct() if key)


def pairs_of(upload: AttendanceImport) -> list[Pair]:
    """Sessions and registrations that a file is about, in order. One query."""
    rows = upload.rows.filter(session__isnull=False, excluded_because="", identity__registration__isnull=False)
    found = rows.order_by().values_list("session", "identity__registration").distinct()
    return sorted((session, person) for session, person in found if session and person)


def changed(upload: AttendanceImport, pairs: Sequence[Pair]) -> list[Change]:
    """What applying a file that was read would change of these; of one that counts, what undoing it would change.

    In the order of the pairs, without those for whom nothing changes. Three queries, whatever their number.
    """
    sessions, people = {session for session, _person in pairs}, {person for _session, person in pairs}
    rows = AttendanceRow.objects.filter(session__in=sessions, identity__registration__in=people)
    if upload.is_counting:
        rows = rows.counting().exclude(attendance_import=upload)
    else:
        rows = rows.filter(Q(attendance_import=upload) | COUNTS)
    return compared(pairs, stays(rows.known()), people)


def stays(rows: Iterable[tuple[int, int, Stay]]) -> dict[Pair, list[Stay]]:
    """Rows by whom they are about."""
    found: dict[Pair, list[Stay]] = defaultdict(list)
    for session, person, stay in rows:
        found[session, person].append(stay)
    return found


def compared(pairs: Iterable[Pair], after: Stays, people: Collection[int] | None = None) -> list[Change]:
    """What files say now against what they would say. Evidence of these `people` only, where they are few. Two queries."""
    sessions = TrainingSession.objects.in_bulk({session for session, _person in pairs})
    evidence = Attendance.objects.filter(session__in=sessions, source=Attendance.Source.FILE).order_by()
    if people is not None:
        evidence = evidence.filter(registration__in=people)
    before = {(session, person): spent for session, person, spent in evidence.values_list(*EVIDENCE)}
    found = []
    for session, person in pairs:
        own = after.get((session, person))
        seconds = counted_seconds(own, sessions[session].window) if own else None
        if seconds != before.get((session, person)):
            found.append(Change(session, person, before.get((session, person)), seconds))
    return found


def prevailing(changes: Sequence[Change]) -> list[Difference]:
    """Changes of what files say as changes of what counts: entries of people and check-ins prevail. One query for 2,000."""
    return [each for chunk in in_chunks(changes, AT_ONCE) for each in _prevailing(chunk)]


def _prevailing(changes: Sequence[Change]) -> Iterator[Difference]:
    sessions, people = {each.session for each in changes}, {each.registration for each in changes}
    evidence = Attendance.objects.filter(session__in=sessions, registration__in=people)
    kept = evidence.exclude(source=Attendance.Source.FILE).prevailing()
    return (_difference(each, kept.get(each.registration, {}).get(each.session)) for each in changes)


def _difference(change: Change, kept: Presence | None) -> Difference:
    if kept is None:
        return Difference(change.registration, change.session, change.before, change.after)
    return Difference(change.registration, change.session, kept.seconds, kept.seconds, kept.source)


# Versions -------------------------------------------------------------------------------------------------------------


def last_identity_of(upload: AttendanceImport) -> int:
    """The newest identity in the files of the programme; 0 where there is none. One query."""
    return AttendanceIdentity.objects.filter(programme=upload.programme_id).aggregate(last=Max("pk"))["last"] or 0


def version_of(upload: AttendanceImport, sessions: Sequence[int], last_identity: int) -> str:
    """A hash of all that what a file would change follows from; `sessions` are those that it has lines in. Four queries.

    Which files count in these sessions, when sessions are, whose each name in the programme's files is up to the last
    identity, and what is recorded from files in these sessions. Names that only files read later hold are in no line of
    this one. It is taken from the facts themselves, so that nothing that changes them can be forgotten here. Entries
    of people and check-ins are no part of it: what prevails is looked up for the page that is shown.
    """
    identities = AttendanceIdentity.objects.filter(programme=upload.programme_id, pk__lte=last_identity)
    facts = [
        upload.pk,
        _files(upload, sessions),
        _windows(upload),
        _summed(identities, "pk", "decided_at", likely=LIKELY),
        _summed(_by_file(sessions), "seconds", "recorded_at"),
    ]
    return hashlib.sha256(json.dumps(facts, cls=DjangoJSONEncoder).encode()).hexdigest()


def _files(upload: AttendanceImport, sessions: Sequence[int]) -> list[Any]:
    """Which files count in these sessions, and when this one was read. A session's file has lines in no other."""
    programme = AttendanceImport.objects.filter(programme=upload.programme_id)
    here = programme.filter(Q(session__isnull=True) | Q(session__in=sessions)).counting()
    files = here | programme.filter(pk=upload.pk)
    return list(files.order_by("pk").values_list("pk", "read_at", "approved_at", "undone_at"))


def _windows(upload: AttendanceImport) -> list[Any]:
    """When the sessions are in which the file may have lines: a line that was in none finds its place when they move."""
    sessions = TrainingSession.objects.filter(programme=upload.programme_id).order_by("pk")
    if upload.session_id:
        sessions = sessions.filter(pk=upload.session_id)
    return list(sessions.values_list("pk", "starts_at", "ends_at", "margin_minutes"))


def _by_file(sessions: Sequence[int]) -> QuerySet[Attendance]:
    return Attendance.objects.filter(session__in=sessions, source=Attendance.Source.FILE)


def _summed(rows: QuerySet[Any], number: str, moment: str, **more: Count) -> dict[str, Any]:
    """Sums in which each row that comes, goes, or is another person's shows."""
    return rows.order_by().aggregate(
        rows=Count("pk"),
        people=Count("registration"),
        whose=Sum("registration"),
        what=Sum(F(number) * F("registration"), output_field=BigIntegerField()),
        marked=Count(moment),
        latest=Max(moment),
        **more,
    )
