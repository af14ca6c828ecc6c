"""The review queue: likely matches and unknown names, each with candidates, reasons and evidence side by side."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Exists, F, Max, Min, OuterRef, QuerySet

from registrations.models import Programme, Registration
from sessions.models import AttendanceIdentity, AttendanceRow, TrainingSession
from sessions.reasons import in_words

Facts = tuple[int, dt.datetime | None, dt.datetime | None, tuple[int, ...]]


@dataclass(frozen=True)
class Candidate:
    """Somebody whom an identity may be, and why, in words; the weightiest reason first."""

    registration: Registration
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class ReviewItem:
    """An identity that waits for a decision; `lines`, `joined` and `left` are of its rows, in the sessions `numbers`."""

    identity: AttendanceIdentity
    reason: str
    candidates: tuple[Candidate, ...]
    lines: int
    joined: dt.datetime | None
    left: dt.datetime | None
    numbers: tuple[int, ...]

    @property
    def is_likely(self) -> bool:
        """Whether one candidate is proposed: a person confirms."""
        return self.identity.decision == AttendanceIdentity.Decision.CONFIRM


def waiting(programme: Programme, session: TrainingSession | None = None) -> QuerySet[AttendanceIdentity]:
    """Identities that wait for a decision: of a session, or of all the programme's sessions.

    Likely ones come first, and last those whose name says nothing of who it is.
    """
    rows = AttendanceRow.objects.countable().filter(
        identity=OuterRef("pk"), attendance_import__undone_at__isnull=True, session__isnull=False
    )
    if session is not None:
        rows = rows.filter(session=session)
    here = AttendanceIdentity.objects.for_programme(programme).unknown().filter(Exists(rows))
    return here.order_by(F("session").asc(nulls_first=True), "decision", "name", "email", "pk")


def decided(programme: Programme) -> QuerySet[AttendanceIdentity]:
    """Identities of which a person said who they are, be it nobody; the latest first."""
    found = AttendanceIdentity.objects.for_programme(programme).filter(decided_at__isnull=False)
    return found.select_related("registration", "decided_by", "session").order_by("-decided_at", "-pk")


def review_items(identities: Sequence[AttendanceIdentity]) -> list[ReviewItem]:
    """These identities as they are shown, in their order. Two queries, whatever their number."""
    wanted = {key for identity in identities for key, _because in identity.suggestions}
    people = Registration.objects.filter(withdrawn_at__isnull=True).in_bulk(wanted)
    facts = _facts(identities)
    return [
        ReviewItem(identity, in_words(identity.because), _candidates(identity, people), *facts[identity.pk])
        for identity in identities
    ]


def _facts(identities: Sequence[AttendanceIdentity]) -> dict[int, Facts]:
    """Lines, first and last moment, and session numbers of each identity's rows. One query."""
    rows = AttendanceRow.objects.filter(
        identity__in=[identity.pk for identity in identities],
        excluded_because="",
        attendance_import__undone_at__isnull=True,
        session__isnull=False,
    )
    by_session = (
        rows.order_by("session__number")
        .values_list("identity", "session__number")
        .annotate(lines=Count("pk"), joined=Min("joined_at"), left=Max("left_at"))
    )
    found: dict[int, Facts] = {identity.pk: (0, None, None, ()) for identity in identities}
    for identity, number, lines, joined, left in by_session:
        known = found[identity]
        found[identity] = (
            known[0] + lines,
            min(filter(None, (known[1], joined)), default=None),
            max(filter(None, (known[2], left)), default=None),
            (*known[3], number),
        )
    return found


def _candidates(identity: AttendanceIdentity, people: dict[int, Registration]) -> tuple[Candidate, ...]:
    return tuple(
        Candidate(people[key], tuple(filter(None, map(in_words, because))))
        for key, because in identity.suggestions
        if key in people
    )
