"""The base of every figure: which responses are valid, decided in one place.

A definition is data in versions; ``exclusion`` is the only rule. A response is left out for its first reason in the
order of ``REASONS``, so that the counts by reason and the valid ones add up to all responses.
"""

from collections.abc import Iterable
from dataclasses import dataclass

SECTOR = "sector"
INCOMPLETE = "incomplete"
REASONS = (SECTOR, INCOMPLETE)


@dataclass(frozen=True, slots=True)
class Definition:
    """Which responses are valid. No sectors means every sector. Version 0 is the unwritten one: all responses."""

    version: int = 0
    name: str = ""
    sectors: tuple[str, ...] = ()
    must_be_complete: bool = False


@dataclass(frozen=True, slots=True)
class ResponseFacts:
    """What a definition looks at: the respondent's sector and how many questions that count were left unanswered."""

    sector: str
    unanswered_counting_questions: int


@dataclass(frozen=True, slots=True)
class Base:
    """How many responses there are, how many were left out and why (every reason, in the order of REASONS), and n."""

    responses: int
    excluded: tuple[tuple[str, int], ...]

    @property
    def n(self) -> int:
        """The valid responses."""
        return self.responses - self.excluded_total

    @property
    def excluded_total(self) -> int:
        """All that were left out, whatever the reason."""
        return sum(count for _reason, count in self.excluded)


def exclusion(definition: Definition, facts: ResponseFacts) -> str | None:
    """Return the reason why a response is left out, or None for a valid one."""
    if definition.sectors and facts.sector not in definition.sectors:
        return SECTOR
    if definition.must_be_complete and facts.unanswered_counting_questions:
        return INCOMPLETE
    return None


def base_of(definition: Definition, facts: Iterable[tuple[ResponseFacts, int]]) -> Base:
    """Count responses, given as facts with how many responses share them."""
    counts = dict.fromkeys(REASONS, 0)
    responses = 0
    for common, count in facts:
        responses += count
        reason = exclusion(definition, common)
        if reason:
            counts[reason] += count
    return Base(responses=responses, excluded=tuple(counts.items()))
