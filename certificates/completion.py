"""Whether a person has completed a programme. The one place that decides; issue, explanation and funnel all ask here."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from certificates.requirements import (
    AssignmentAccepted,
    Group,
    Minutes,
    Node,
    OrganisersYes,
    Requirement,
    Sessions,
    SurveyAnswered,
    TheseSessions,
    leaves,
    simple,
)


@dataclass(frozen=True, slots=True)
class SessionFact:
    """One session of the programme: its key, its number, its length in whole seconds."""

    key: int
    number: int
    length_seconds: int


@dataclass(frozen=True, slots=True)
class OverrideFact:
    """That the organisers made an exception for a person, and why."""

    key: int
    reason: str


@dataclass(frozen=True, slots=True)
class Person:
    """What is known of a person: seconds of presence by session key, keys of surveys answered and assignments accepted."""

    seconds: Mapping[int, int] = field(default_factory=dict)
    surveys: frozenset[int] = frozenset()
    assignments: frozenset[int] = frozenset()
    has_yes: bool = False
    override: OverrideFact | None = None


@dataclass(frozen=True, slots=True)
class SessionVerdict:
    """Whether a session counts as attended, and how many seconds of presence it takes."""

    number: int
    seconds: int
    seconds_needed: int
    is_attended: bool


@dataclass(frozen=True, slots=True)
class Result:
    """What one requirement or group says of a person.

    `have` is what there is of what it asks for: sessions, whole minutes, members met, or 1 for a thing that is done.
    `missing` is the smallest number of things (a session, a survey, the minutes together ...) that would meet it.
    """

    node: Node
    have: int
    missing: int
    members: tuple["Result", ...] = ()

    @property
    def is_met(self) -> bool:
        """Whether nothing is missing."""
        return self.missing == 0

    def leaves(self) -> Iterable["Result"]:
        """The results of the requirements, in reading order, without those of groups."""
        if not isinstance(self.node, Group):
            yield self
        for member in self.members:
            yield from member.leaves()

    def last_things(self) -> Iterable["Result"]:
        """Where one thing is missing: the requirements each of which alone would close the gap."""
        if self.missing == 1 and not isinstance(self.node, Group):
            yield self
        elif self.missing == 1:
            for member in self.members:
                yield from member.last_things()


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What the rule says about one person. `seconds` holds the presence in each of `held`, in the same order."""

    rule: "Rule"
    held: tuple[SessionFact, ...]
    seconds: tuple[int, ...]
    result: Result
    override: OverrideFact | None = None

    @property
    def sessions(self) -> tuple[SessionVerdict, ...]:
        """Session by session, in the order of their numbers."""
        return tuple(map(self.rule.verdict, self.held, self.seconds))

    @property
    def sessions_attended(self) -> int:
        """How many sessions count as attended."""
        return sum(map(self.rule.is_attended, self.held, self.seconds))

    @property
    def sessions_total(self) -> int:
        """How many sessions there are."""
        return len(self.held)

    @property
    def seconds_present(self) -> int:
        """Presence in all sessions together, in seconds."""
        return sum(self.seconds)

    @property
    def is_met(self) -> bool:
        """Whether the rule itself is met, exception or not."""
        return self.result.is_met

    @property
    def is_complete(self) -> bool:
        """Whether the person has earned the certificate, by the rule or by an exception."""
        return self.is_met or self.override is not None

    @property
    def is_by_exception(self) -> bool:
        """Whether only an exception makes it complete."""
        return self.override is not None and not self.is_met

    @property
    def is_one_thing_short(self) -> bool:
        """Whether one thing would complete it: one more session, or only the survey, say."""
        return not self.is_complete and self.result.missing == 1

    @property
    def last_things(self) -> tuple[Requirement, ...]:
        """What would complete it, where one thing is missing; several where one of them is enough."""
        if self.is_complete:
            return ()
        return tuple(each.node for each in self.result.last_things() if not isinstance(each.node, Group))


@dataclass(frozen=True, slots=True)
class Rule:
    """What is asked for, and the share (whole percent) of its length from which a session counts as attended."""

    share_required: int
    root: Group

    @classmethod
    def simple(cls, sessions_required: int, share_required: int, *, is_survey_required: bool) -> "Rule":
        """So many sessions and perhaps the survey."""
        root = simple(sessions_required=sessions_required, is_survey_required=is_survey_required)
        return cls(share_required, root)

    def asks_for(self, kind: type[Requirement]) -> bool:
        """Whether any requirement is of this kind."""
        return any(isinstance(each, kind) for each in leaves(self.root))

    @property
    def sessions_of_all(self) -> int:
        """How many sessions everybody must attend; 0 where the rule leaves another way, or asks for none."""
        return max((each.at_least for each in self._musts() if isinstance(each, Sessions)), default=0)

    @property
    def is_survey_for_all(self) -> bool:
        """Whether everybody must answer a survey."""
        return any(isinstance(each, SurveyAnswered) for each in self._musts())

    def _musts(self) -> tuple[Node, ...]:
        return self.root.members if self.root.needed == len(self.root.members) else ()

    def evaluate(self, sessions: Iterable[SessionFact], person: Person) -> Evaluation:
        """Judge a person by the sessions of the programme and what is known of the person."""
        held = tuple(sorted(sessions, key=lambda session: session.number))
        return self.judge(held, person)

    def judge(self, held: tuple[SessionFact, ...], person: Person) -> Evaluation:
        """As `evaluate`, of sessions that are sorted by number already: for thousands of people."""
        seconds = tuple(person.seconds.get(session.key, 0) for session in held)
        attended = {s.key for s, present in zip(held, seconds, strict=True) if self.is_attended(s, present)}
        result = _result(self.root, _Case(attended, sum(seconds), person))
        return Evaluation(self, held, seconds, result, person.override)

    def is_attended(self, session: SessionFact, seconds: int) -> bool:
        """In whole numbers: 80 % of 3 hours is 8,640 seconds and 8,639 are too few."""
        return seconds * 100 >= self.share_required * session.length_seconds

    def verdict(self, session: SessionFact, seconds: int) -> SessionVerdict:
        """What a presence of so many seconds is worth."""
        needed = -(-self.share_required * session.length_seconds // 100)
        return SessionVerdict(session.number, seconds, needed, self.is_attended(session, seconds))


@dataclass(frozen=True, slots=True)
class _Case:
    """A person before the judge: keys of the sessions attended, seconds in all, and the rest."""

    attended: set[int]
    seconds: int
    person: Person


def _result(node: Node, case: _Case) -> Result:
    if isinstance(node, Group):
        members = tuple(_result(member, case) for member in node.members)
        return group_result(node, members)
    have, missing = _LEAVES[type(node)](node, case)
    return Result(node, have, missing)


def group_result(node: Group, members: Sequence[Result]) -> Result:
    """A group lacks what its nearest members lack, as many of them as it needs."""
    nearest = sorted(member.missing for member in members)[: node.needed]
    return Result(node, sum(member.is_met for member in members), sum(nearest), tuple(members))


def _sessions(node: Sessions, case: _Case) -> tuple[int, int]:
    return len(case.attended), max(0, node.at_least - len(case.attended))


def _minutes(node: Minutes, case: _Case) -> tuple[int, int]:
    return case.seconds // 60, int(case.seconds < node.at_least * 60)


def _these(node: TheseSessions, case: _Case) -> tuple[int, int]:
    have = sum(key in case.attended for key in node.keys)
    return have, len(node.keys) - have


def _survey(node: SurveyAnswered, case: _Case) -> tuple[int, int]:
    answered = case.person.surveys
    return _done(bool(answered) if node.survey is None else node.survey in answered)


def _assignment(node: AssignmentAccepted, case: _Case) -> tuple[int, int]:
    return _done(node.assignment in case.person.assignments)


def _yes(node: OrganisersYes, case: _Case) -> tuple[int, int]:
    return _done(case.person.has_yes)


def _done(is_done: bool) -> tuple[int, int]:
    return (1, 0) if is_done else (0, 1)


_LEAVES: dict[type, Callable[..., tuple[int, int]]] = {
    Sessions: _sessions,
    Minutes: _minutes,
    TheseSessions: _these,
    SurveyAnswered: _survey,
    AssignmentAccepted: _assignment,
    OrganisersYes: _yes,
}
