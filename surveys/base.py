"""The base of every figure: which responses are valid, decided in one place.

A definition is data in versions; ``exclusion`` is the only rule. A response is left out for its first reason in the
order of ``REASONS``, so that the counts by reason and the valid ones add up to all responses. What is no answer of a
participant at all comes first, then how it was given, then whose it is, then what is missing.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

TEST = "test"
DUPLICATE = "duplicate"
UNFINISHED = "unfinished"
TOO_FAST = "too_fast"
SECTOR = "sector"
LANGUAGE = "language"
INCOMPLETE = "incomplete"
REASONS = (TEST, DUPLICATE, UNFINISHED, TOO_FAST, SECTOR, LANGUAGE, INCOMPLETE)
ALWAYS_TOLD = (SECTOR, INCOMPLETE)
"""Reasons that are printed with their count even where it is 0."""


@dataclass(frozen=True, slots=True)
class Definition:
    """Which responses are valid. No sectors or languages means all of them; ``least_seconds`` 0 means no limit.

    Version 0 is the unwritten one: all responses but tests.
    """

    version: int = 0
    name: str = ""
    sectors: tuple[str, ...] = ()
    must_be_complete: bool = False
    must_be_finished: bool = False
    leaves_out_tests: bool = True
    leaves_out_duplicates: bool = False
    least_seconds: int = 0
    languages: tuple[str, ...] = ()

    @property
    def conditions(self) -> tuple[str, ...]:
        """The reasons for which it can leave a response out, in their order."""
        is_asked = {
            TEST: self.leaves_out_tests,
            DUPLICATE: self.leaves_out_duplicates,
            UNFINISHED: self.must_be_finished,
            TOO_FAST: self.least_seconds > 0,
            SECTOR: bool(self.sectors),
            LANGUAGE: bool(self.languages),
            INCOMPLETE: self.must_be_complete,
        }
        return tuple(reason for reason in REASONS if is_asked[reason])

    def without(self, reason: str) -> "Definition":
        """The same definition without one of its conditions."""
        return replace(self, **_OFF[reason])

    def having(self, reason: str) -> "Definition | None":
        """The same definition with one more condition; None where that takes a choice, or the condition is there."""
        return replace(self, **_ON[reason]) if reason in _ON and reason not in self.conditions else None


_OFF: Mapping[str, Mapping[str, Any]] = {
    TEST: {"leaves_out_tests": False},
    DUPLICATE: {"leaves_out_duplicates": False},
    UNFINISHED: {"must_be_finished": False},
    TOO_FAST: {"least_seconds": 0},
    SECTOR: {"sectors": ()},
    LANGUAGE: {"languages": ()},
    INCOMPLETE: {"must_be_complete": False},
}
_ON: Mapping[str, Mapping[str, Any]] = {
    TEST: {"leaves_out_tests": True},
    DUPLICATE: {"leaves_out_duplicates": True},
    UNFINISHED: {"must_be_finished": True},
    INCOMPLETE: {"must_be_complete": True},
}


@dataclass(frozen=True, slots=True)
class ResponseFacts:
    """What a definition looks at. ``seconds`` is how long the answering took, None where nobody knows."""

    sector: str
    unanswered_counting_questions: int
    language: str = ""
    seconds: int | None = None
    is_finished: bool = True
    is_test: bool = False
    is_duplicate: bool = False


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

    @property
    def told(self) -> tuple[tuple[str, int], ...]:
        """The reasons to print: those that left out somebody, and sector and completeness always."""
        return tuple((reason, count) for reason, count in self.excluded if count or reason in ALWAYS_TOLD)

    def __add__(self, other: "Base") -> "Base":
        """The base of both groups of responses together."""
        both = zip(self.excluded, other.excluded, strict=True)
        excluded = tuple((reason, count + more) for (reason, count), (_reason, more) in both)
        return Base(self.responses + other.responses, excluded)


def exclusion(definition: Definition, facts: ResponseFacts) -> str | None:
    """Return the reason why a response is left out, or None for a valid one."""
    has = {
        TEST: facts.is_test,
        DUPLICATE: facts.is_duplicate,
        UNFINISHED: not facts.is_finished,
        TOO_FAST: has_too_few_seconds(definition, facts.seconds),
        SECTOR: facts.sector not in definition.sectors,
        LANGUAGE: facts.language not in definition.languages,
        INCOMPLETE: facts.unanswered_counting_questions > 0,
    }
    return next((reason for reason in definition.conditions if has[reason]), None)


def has_too_few_seconds(definition: Definition, seconds: int | None) -> bool:
    """Whether the answering took less time than a definition asks for; nobody is too fast whose time is not known."""
    return seconds is not None and seconds < definition.least_seconds


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
