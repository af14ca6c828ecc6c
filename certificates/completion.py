"""Whether a person has completed a programme. The one place that decides; issue, explanation and preview all ask here."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SessionFact:
    """One session that was held, its length, and how long the person was present in it; both in whole seconds."""

    number: int
    length_seconds: int
    seconds: int


@dataclass(frozen=True, slots=True)
class SessionVerdict:
    """Whether a session counts as attended, and how many seconds of presence it takes."""

    number: int
    seconds: int
    seconds_needed: int
    is_attended: bool


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What the rule says about one person."""

    rule: "Rule"
    sessions: tuple[SessionVerdict, ...]
    has_answered_survey: bool

    @property
    def sessions_attended(self) -> int:
        """How many sessions count as attended."""
        return sum(verdict.is_attended for verdict in self.sessions)

    @property
    def sessions_total(self) -> int:
        """How many sessions there are."""
        return len(self.sessions)

    @property
    def sessions_missing(self) -> int:
        """How many more sessions it takes; 0 where there are enough."""
        return max(0, self.rule.sessions_required - self.sessions_attended)

    @property
    def seconds_present(self) -> int:
        """Presence in all sessions together, in seconds."""
        return sum(verdict.seconds for verdict in self.sessions)

    @property
    def is_attendance_met(self) -> bool:
        """Whether enough sessions were attended."""
        return self.sessions_missing == 0

    @property
    def is_survey_met(self) -> bool:
        """Whether the survey is answered, or need not be."""
        return self.has_answered_survey or not self.rule.is_survey_required

    @property
    def is_complete(self) -> bool:
        """Whether the person has earned the certificate."""
        return self.is_attendance_met and self.is_survey_met

    @property
    def is_one_thing_short(self) -> bool:
        """Whether one more session, or only the survey, would complete it."""
        return self.sessions_missing + (not self.is_survey_met) == 1


@dataclass(frozen=True, slots=True)
class Rule:
    """Attend at least so many sessions, each for at least a share (whole percent) of its length, and answer the survey."""

    sessions_required: int
    share_required: int
    is_survey_required: bool

    def evaluate(self, facts: Iterable[SessionFact], *, has_answered: bool) -> Evaluation:
        """Judge a person by the sessions held, in the order of their numbers, and by the survey."""
        verdicts = tuple(self._verdict(fact) for fact in sorted(facts, key=lambda fact: fact.number))
        return Evaluation(self, verdicts, has_answered)

    def _verdict(self, fact: SessionFact) -> SessionVerdict:
        """In whole numbers: 80 % of 3 hours is 8,640 seconds and 8,639 are too few."""
        needed = -(-self.share_required * fact.length_seconds // 100)
        is_attended = fact.seconds * 100 >= self.share_required * fact.length_seconds
        return SessionVerdict(fact.number, fact.seconds, needed, is_attended)
