"""Identities of files against the people of a programme: the database's side of `sessions.matching`."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db import transaction

from registrations.models import Programme, Registration
from sessions.chunks import in_chunks
from sessions.matching import Because, Candidate, Decision, Identity, Match, Roster
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
    """Every identity with what matching says of it. Two queries.

    Whoever has withdrawn is looked for too, and never found: their lines are nobody's, not those of a namesake who stayed.
    """
    if not identities:
        return {}
    people, gone = candidates(programme)
    matches = Roster(people).match_all(identities)
    return {identity: _found(match, gone) for identity, match in matches.items()}


def candidates(programme: Programme) -> tuple[list[Candidate], set[int]]:
    """All who ever registered for the programme, with addresses that a person said are theirs; and who has withdrawn."""
    known = known_addresses(programme)
    people, gone = [], set()
    facts = Registration.objects.for_programme(programme).order_by()
    for key, email, given, family, printed, withdrawn_at in facts.values_list(
        "pk", "email", "given_name", "family_name", "printed_name", "withdrawn_at"
    ):
        people.append(Candidate(key, email.lower(), (f"{given} {family}".strip(), printed), known.get(key, ())))
        if withdrawn_at is not None:
            gone.add(key)
    return people, gone


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


def _found(match: Match, gone: Collection[int]) -> Found:
    suggestions = tuple(
        (suggestion.key, tuple(because.value for because in suggestion.because))
        for suggestion in match.suggestions
        if suggestion.key not in gone
    )
    is_gone = match.key in gone if match.decision is Decision.AUTO else bool(match.suggestions) and not suggestions
    if is_gone:
        return Found(because=Because.NOT_IN_ROSTER.value)
    return Found(
        decision=match.decision.value,
        because=match.because.value,
        registration=match.key if match.decision is Decision.AUTO else None,
        suggestions=suggestions,
    )
