"""What became of everybody who was asked, and the rates that follow, in AAPOR's terms.

American Association for Public Opinion Research, Standard Definitions (10th edition, 2023), internet surveys of
specifically named persons. The list is ours and everybody on it has a seat, so that nobody's eligibility is unknown:
RR1, RR3 and RR5 are one number, and RR2, RR4 and RR6 another. A survey brought from elsewhere may have unknown cases.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from surveys.statistics import share_of

LEAST_RATE = Fraction(80, 100)
"""Below this rate nonresponse bias is to be analysed (US Office of Management and Budget, 2006, guideline 3.2.9)."""


class Disposition(StrEnum):
    """How it ended with one person, with AAPOR's codes."""

    COMPLETE = "complete"  # 1.1
    PARTIAL = "partial"  # 1.2: sent in, and marked as not finished
    REFUSED = "refused"  # 2.11: asked not to be written to
    BROKEN_OFF = "broken_off"  # 2.12: began and did not send in
    NOT_REACHED = "not_reached"  # 2.20: no mail to the person has left, or all came back
    SILENT = "silent"  # 2.20: could answer, and nothing was heard
    UNKNOWN = "unknown"  # 3: whether the person belonged to those asked is not known


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """What is known of one person who was asked.

    ``has_mail_left`` and has not come back; None where people are not asked by mail.
    """

    has_answered: bool = False
    is_finished: bool = True
    has_declined: bool = False
    has_begun: bool = False
    has_mail_left: bool | None = None


def disposition_of(facts: PersonFacts) -> Disposition:
    """The one disposition of a person; an answer counts more than what was said or left before it."""
    if facts.has_answered:
        return Disposition.COMPLETE if facts.is_finished else Disposition.PARTIAL
    if facts.has_declined:
        return Disposition.REFUSED
    if facts.has_begun:
        return Disposition.BROKEN_OFF
    return Disposition.NOT_REACHED if facts.has_mail_left is False else Disposition.SILENT


@dataclass(frozen=True, slots=True)
class Outcome:
    """How many people there are of each disposition. Rates are exact, and None where nobody was asked."""

    complete: int = 0
    partial: int = 0
    refused: int = 0
    broken_off: int = 0
    not_reached: int = 0
    silent: int = 0
    unknown: int = 0

    @classmethod
    def of(cls, facts: Iterable[tuple[PersonFacts, int]]) -> "Outcome":
        """Count people, given as facts with how many share them."""
        counts: Counter[Disposition] = Counter()
        for common, count in facts:
            counts[disposition_of(common)] += count
        return cls(**{disposition.value: counts[disposition] for disposition in Disposition})

    def __add__(self, other: "Outcome") -> "Outcome":
        """The outcome of two surveys, or of two groups, together."""
        return Outcome(**{name: getattr(self, name) + getattr(other, name) for name in self.__slots__})

    @property
    def asked(self) -> int:
        """Everybody."""
        return sum(getattr(self, name) for name in self.__slots__)

    @property
    def interviews(self) -> int:
        """AAPOR's I + P."""
        return self.complete + self.partial

    @property
    def refusals(self) -> int:
        """AAPOR's R: refusals and break-offs."""
        return self.refused + self.broken_off

    @property
    def non_contacts(self) -> int:
        """AAPOR's NC."""
        return self.not_reached + self.silent

    @property
    def rr1(self) -> Fraction | None:
        """Complete responses of everybody: I / ((I + P) + (R + NC) + U). The lowest rate, and the one to print."""
        return share_of(self.complete, self.asked)

    @property
    def rr2(self) -> Fraction | None:
        """Complete and partial responses of everybody."""
        return share_of(self.interviews, self.asked)

    def rr3(self, eligible: Fraction) -> Fraction | None:
        """As RR1, with the given share of the unknown cases taken to be eligible. Raises ValueError outside 0..1."""
        return self._of_eligible(self.complete, eligible)

    def rr4(self, eligible: Fraction) -> Fraction | None:
        """As RR2, with the given share of the unknown cases taken to be eligible. Raises ValueError outside 0..1."""
        return self._of_eligible(self.interviews, eligible)

    @property
    def rr5(self) -> Fraction | None:
        """As RR1, without the unknown cases."""
        return self.rr3(Fraction(0))

    @property
    def rr6(self) -> Fraction | None:
        """As RR2, without the unknown cases."""
        return self.rr4(Fraction(0))

    @property
    def cooperation(self) -> Fraction | None:
        """COOP1: complete responses of those who were heard of, I / ((I + P) + R)."""
        return share_of(self.complete, self.interviews + self.refusals)

    @property
    def refusal(self) -> Fraction | None:
        """REF1: refusals and break-offs of everybody."""
        return share_of(self.refusals, self.asked)

    @property
    def contact(self) -> Fraction | None:
        """CON1: those who were heard of, of everybody."""
        return share_of(self.interviews + self.refusals, self.asked)

    @property
    def needs_bias_analysis(self) -> bool:
        """Whether so few answered that respondents are to be compared with everybody: below LEAST_RATE by RR1."""
        return self.rr1 is not None and self.rr1 < LEAST_RATE

    def _of_eligible(self, count: int, eligible: Fraction) -> Fraction | None:
        if not 0 <= eligible <= 1:
            raise ValueError(f"{eligible} is no share")
        base = self.asked - self.unknown + eligible * self.unknown
        return count / base if base else None


class Design(StrEnum):
    """How those who were asked were chosen."""

    ATTEMPTED_CENSUS = "attempted_census"
    OPEN_LINK = "open_link"


@dataclass(frozen=True, slots=True)
class NoMarginOfError:
    """That there is no margin of error, and for which design; print the response rate and who answered instead."""

    design: Design


def margin_of_error(design: Design) -> NoMarginOfError:
    """None of our designs has one: it measures the chance of drawing a sample, and everybody, or anybody, was asked.

    Whoever prints results asks here instead of computing, so that a formula for random samples is never applied.
    """
    return NoMarginOfError(design)
