"""What can still become of somebody's certificate: met, still to be reached, in the organisers' hands, out of reach.

`certificates.completion` says what is missing now; here it meets what is still to come. Everything that a rule asks for
grows with what a person does, so a requirement is out of reach exactly when doing all that is left would not meet it.
"""

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field

from certificates.completion import Evaluation, Result
from certificates.requirements import (
    AssignmentAccepted,
    Group,
    Minutes,
    OrganisersYes,
    Sessions,
    SurveyAnswered,
    TheseSessions,
)


class Outlook(enum.StrEnum):
    """Where a requirement stands for a person."""

    MET = "met"
    REACHABLE = "reachable"
    AWAITED = "awaited"  # nothing is left to do for the person, but the organisers have not recorded or decided it yet
    LOST = "lost"


class Window(enum.StrEnum):
    """Where something that opens and closes stands."""

    AHEAD = "ahead"
    OPEN = "open"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Prospects:
    """What is still to come in a programme at one moment, by key.

    `to_come`: sessions that are not over; `unrecorded`: sessions that are over and have no attendance of anybody.
    `assignments`: open until they are due.
    """

    to_come: frozenset[int] = frozenset()
    unrecorded: frozenset[int] = frozenset()
    surveys: Mapping[int, Window] = field(default_factory=dict)
    assignments: Mapping[int, Window] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Prospect:
    """A result and its outlook; `to_come` and `unrecorded` count the sessions that may still add to it."""

    result: Result
    outlook: Outlook
    to_come: int = 0
    unrecorded: int = 0
    window: Window | None = None
    members: tuple["Prospect", ...] = ()


def prospect(evaluation: Evaluation, prospects: Prospects) -> Prospect:
    """The outlook of a whole rule, requirement by requirement."""
    return _prospect(evaluation.result, _Open(evaluation, prospects))


def outlook(evaluation: Evaluation, prospects: Prospects) -> Outlook:
    """The outlook of the certificate: an exception is as good as the rule."""
    return Outlook.MET if evaluation.is_complete else prospect(evaluation, prospects).outlook


def attendance_outlook(evaluation: Evaluation, prospects: Prospects) -> Outlook:
    """The outlook of what the rule asks for in presence, as though all else were done."""
    return _attendance(prospect(evaluation, prospects))


def _attendance(found: Prospect) -> Outlook:
    node = found.result.node
    if isinstance(node, Group):
        return _combined(node, [_attendance(member) for member in found.members])
    return found.outlook if isinstance(node, Sessions | Minutes | TheseSessions) else Outlook.MET


@dataclass(frozen=True, slots=True)
class _Open:
    """A person's sessions that may still count: not attended yet, and to come or unrecorded."""

    evaluation: Evaluation
    prospects: Prospects

    def sessions(self, keys: frozenset[int], among: tuple[int, ...] | None = None) -> list[int]:
        """Seconds that each of the sessions of `keys` that are not attended yet could still add."""
        rule, pairs = self.evaluation.rule, zip(self.evaluation.held, self.evaluation.seconds, strict=True)
        return [
            session.length_seconds - min(seconds, session.length_seconds)
            for session, seconds in pairs
            if session.key in keys
            and (among is None or session.key in among)
            and not (among is not None and rule.is_attended(session, seconds))
        ]

    def counted(self, among: tuple[int, ...] | None = None) -> tuple[int, int]:
        """How many sessions, of `among` or of all, are not attended yet and still to come, or over and unrecorded."""
        chosen = tuple(session.key for session in self.evaluation.held) if among is None else among
        return len(self.sessions(self.prospects.to_come, chosen)), len(self.sessions(self.prospects.unrecorded, chosen))


def _prospect(result: Result, open_: _Open) -> Prospect:
    match result.node:
        case Group():
            members = tuple(_prospect(member, open_) for member in result.members)
            return Prospect(result, _combined(result.node, [each.outlook for each in members]), members=members)
        case Sessions():
            return _of_sessions(result, *open_.counted())
        case TheseSessions(keys):
            return _of_sessions(result, *open_.counted(keys))
        case Minutes(at_least):
            return _of_minutes(result, at_least, open_)
        case SurveyAnswered(survey):
            return _of_survey(result, survey, open_.prospects.surveys)
        case AssignmentAccepted(assignment):
            window = open_.prospects.assignments.get(assignment, Window.CLOSED)
            left = Outlook.REACHABLE if window is not Window.CLOSED else Outlook.AWAITED
            return Prospect(result, Outlook.MET if result.is_met else left, window=window)
        case OrganisersYes():
            return Prospect(result, Outlook.MET if result.is_met else Outlook.AWAITED)


def _of_sessions(result: Result, to_come: int, unrecorded: int) -> Prospect:
    found = _left(result, to_come + unrecorded >= result.missing, is_to_come=to_come > 0)
    return Prospect(result, found, to_come, unrecorded)


def _of_minutes(result: Result, at_least: int, open_: _Open) -> Prospect:
    to_come = open_.sessions(open_.prospects.to_come)
    unrecorded = open_.sessions(open_.prospects.unrecorded)
    possible = open_.evaluation.seconds_present + sum(to_come) + sum(unrecorded)
    found = _left(result, possible >= at_least * 60, is_to_come=bool(to_come))
    return Prospect(result, found, len(to_come), len(unrecorded))


def _of_survey(result: Result, survey: int | None, surveys: Mapping[int, Window]) -> Prospect:
    windows = set(surveys.values()) if survey is None else {surveys[survey]} if survey in surveys else set()
    window = next((each for each in (Window.OPEN, Window.AHEAD, Window.CLOSED) if each in windows), None)
    if result.is_met:
        return Prospect(result, Outlook.MET, window=window)
    # A survey that does not exist yet may come; one that was asked for by name and is gone will not.
    states = {Window.OPEN: Outlook.REACHABLE, Window.AHEAD: Outlook.REACHABLE, Window.CLOSED: Outlook.LOST}
    return Prospect(result, states[window] if window else Outlook.AWAITED, window=window)


def _left(result: Result, is_possible: bool, *, is_to_come: bool) -> Outlook:
    if result.is_met:
        return Outlook.MET
    if not is_possible:
        return Outlook.LOST
    return Outlook.REACHABLE if is_to_come else Outlook.AWAITED


def _combined(node: Group, outlooks: list[Outlook]) -> Outlook:
    """Met by enough members; lost when too few are left; reachable while the person can do something about it."""
    met = outlooks.count(Outlook.MET)
    if met >= node.needed:
        return Outlook.MET
    if len(outlooks) - outlooks.count(Outlook.LOST) < node.needed:
        return Outlook.LOST
    return Outlook.REACHABLE if Outlook.REACHABLE in outlooks else Outlook.AWAITED
