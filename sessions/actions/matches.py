"""Identities of files against the people of a programme: the database's side of `sessions.matching`."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db import transaction

from registrations.models import Programme, Registration
from sessions.chunks import in_chunks
from sessions.matching import Candidate, Decision, Identity, Match, Roster
from sessions.models import AttendanceIdentity

CHUNK = 200


@dataclass(frozen=True, slots=True)
class Found:
    """What matching says of an identity, as the ledger keeps it. `registration` only where it is certain."""

    decision: str = "none"
    because: str = ""
    registration: int | None = None
    suggestions: tuple[tuple[int, tuple[str, ...]], ...] = ()


def found_for(programme: Programme, identities: Collection[Identity]) -> dict[Identity, Found]:
    """Every identity with what matching says of it, among those who have not withdrawn. Two queries."""
    if not identities:
        return {}
    matches = Roster(candidates(programme)).match_all(identities)
    return {identity: _found(match) for identity, match in matches.items()}


def candidates(programme: Programme) -> list[Candidate]:
    """The programme's people who have not withdrawn, with addresses that a person said are theirs."""
    people = Registration.objects.for_programme(programme).filter(withdrawn_at__isnull=True).order_by()
    known = known_addresses(programme)
    return [
        Candidate(key, email.lower(), (f"{given} {family}".strip(), printed), known.get(key, ()))
        for key, email, given, family, printed in people.values_list(
            "pk", "email", "given_name", "family_name", "printed_name"
        )
    ]


def taking(identity: AttendanceIdentity, found: Found) -> AttendanceIdentity:
    """The identity with what matching says of it; not saved."""
    identity.registration_id = found.registration
    identity.decision, identity.because = found.decision, found.because
    identity.suggestions = [[key, list(because)] for key, because in found.suggestions]
    return identity


def write_matches(identities: Sequence[AttendanceIdentity]) -> None:
    """Keep what matching says of identities that were unknown, unless a person was faster. In chunks."""
    for chunk in in_chunks(identities, CHUNK):
        with transaction.atomic():
            rows = AttendanceIdentity.objects.select_for_update().filter(pk__in=[each.pk for each in chunk])
            still = set(rows.unknown().order_by("pk").values_list("pk", flat=True))
            AttendanceIdentity.objects.bulk_update(
                [each for each in chunk if each.pk in still], ["registration", "decision", "because", "suggestions"]
            )


def known_addresses(programme: Programme) -> dict[int, tuple[str, ...]]:
    """Addresses by registration that a person decided on in any of the programme's sessions."""
    decided = AttendanceIdentity.objects.for_programme(programme).filter(
        decided_at__isnull=False, registration__isnull=False, session__isnull=True
    )
    found: dict[int, set[str]] = defaultdict(set)
    for person, email in decided.exclude(email="").order_by().values_list("registration", "email"):
        if person is not None:
            found[person].add(email)
    return {person: tuple(sorted(emails)) for person, emails in found.items()}


def _found(match: Match) -> Found:
    return Found(
        decision=match.decision.value,
        because=match.because.value,
        registration=match.key if match.decision is Decision.AUTO else None,
        suggestions=tuple(
            (suggestion.key, tuple(because.value for because in suggestion.because)) for suggestion in match.suggestions
        ),
    )
