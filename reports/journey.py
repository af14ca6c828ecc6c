"""A participant's way through a programme: which steps are done, and what is next. Plain Python."""

import datetime as dt
import enum
from dataclasses import dataclass

from certificates.prospects import Outlook

JOINING_OPENS = dt.timedelta(minutes=30)  # the link to join is shown this long before a session starts


class Status(enum.StrEnum):
    """Where the registration stands."""

    PENDING = "pending"
    SEATED = "seated"
    WAITING = "waiting"
    WITHDRAWN = "withdrawn"


class SurveyState(enum.StrEnum):
    """Where the programme's survey stands for this person."""

    NONE = "none"
    AHEAD = "ahead"
    OPEN = "open"
    CLOSED = "closed"
    ANSWERED = "answered"


class CertificateState(enum.StrEnum):
    """Where the person's certificate stands."""

    NONE = "none"
    IN_THE_MAKING = "in_the_making"
    ISSUED = "issued"
    REVOKED = "revoked"


class Next(enum.StrEnum):
    """What is next; each has its card in `templates/reports/next/`."""

    CONFIRM = "confirm"
    SEAT = "seat"
    JOIN = "join"
    ATTEND = "attend"
    ANSWER = "answer"
    SURVEY_AHEAD = "survey_ahead"
    ATTENDANCE = "attendance"
    CERTIFICATE = "certificate"
    UNDECIDED = "undecided"
    RECORDED = "recorded"
    DOWNLOAD = "download"
    FALLEN_SHORT = "fallen_short"
    OVER = "over"
    REVOKED = "revoked"
    WITHDRAWN = "withdrawn"


class StepState(enum.StrEnum):
    """How far a step is."""

    DONE = "done"
    CURRENT = "current"
    AHEAD = "ahead"
    MISSED = "missed"


@dataclass(frozen=True, slots=True)
class SessionTime:
    """When a session starts and ends (aware)."""

    starts_at: dt.datetime
    ends_at: dt.datetime

    def is_over(self, now: dt.datetime) -> bool:
        """Whether it has ended."""
        return now >= self.ends_at

    def is_joinable(self, now: dt.datetime) -> bool:
        """Whether one can enter: from half an hour before the start to the end."""
        return self.starts_at - JOINING_OPENS <= now < self.ends_at


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a participant. What concerns the rule is `None` where the programme has none.

    `outlook` is that of the certificate, `attendance` that of the presence which the rule asks for; `lacks_survey`: the
    rule asks for an answer that was not given.
    """

    status: Status
    sessions: tuple[SessionTime, ...]
    outlook: Outlook | None
    attendance: Outlook | None
    lacks_survey: bool
    survey: SurveyState
    certificate: CertificateState

    @property
    def has_rule(self) -> bool:
        """Whether a certificate can be earned."""
        return self.outlook is not None


@dataclass(frozen=True, slots=True)
class Journey:
    """The steps' states and what is next."""

    next: Next
    address: StepState
    sessions: StepState
    survey: StepState
    certificate: StepState


def journey(facts: Facts, now: dt.datetime) -> Journey:
    """Where somebody of these facts stands at the moment `now`."""
    takes_part = facts.status == Status.SEATED
    return Journey(
        next=_next(facts, now),
        address=_address(facts),
        sessions=_sessions(facts, now) if takes_part else StepState.AHEAD,
        survey=_survey(facts) if takes_part else StepState.AHEAD,
        certificate=_certificate(facts) if takes_part else StepState.AHEAD,
    )


def _next(facts: Facts, now: dt.datetime) -> Next:
    before_a_seat = {
        Status.WITHDRAWN: Next.WITHDRAWN,
        Status.PENDING: Next.CONFIRM,
        Status.WAITING: Next.SEAT,
    }
    if facts.status in before_a_seat:
        return before_a_seat[facts.status]
    after_issue = {
        CertificateState.IN_THE_MAKING: Next.RECORDED,
        CertificateState.ISSUED: Next.DOWNLOAD,
        CertificateState.REVOKED: Next.REVOKED,
    }
    if facts.certificate in after_issue:
        return after_issue[facts.certificate]
    if any(session.is_joinable(now) for session in facts.sessions):
        return Next.JOIN
    if not _is_over(facts, now):
        return Next.ATTEND
    return _next_after_the_sessions(facts)


def _next_after_the_sessions(facts: Facts) -> Next:
    if facts.survey == SurveyState.OPEN:
        return Next.ANSWER
    if not facts.has_rule:
        return Next.SURVEY_AHEAD if facts.survey == SurveyState.AHEAD else Next.OVER
    ends = {Outlook.MET: Next.CERTIFICATE, Outlook.LOST: Next.FALLEN_SHORT}
    if facts.outlook in ends:
        return ends[facts.outlook]
    if facts.attendance == Outlook.AWAITED:
        return Next.ATTENDANCE
    is_to_come = facts.survey in {SurveyState.AHEAD, SurveyState.NONE}
    return Next.SURVEY_AHEAD if facts.lacks_survey and is_to_come else Next.UNDECIDED


def _is_over(facts: Facts, now: dt.datetime) -> bool:
    return bool(facts.sessions) and all(session.is_over(now) for session in facts.sessions)


def _address(facts: Facts) -> StepState:
    return StepState.CURRENT if facts.status == Status.PENDING else StepState.DONE


def _sessions(facts: Facts, now: dt.datetime) -> StepState:
    if facts.attendance == Outlook.MET or (not facts.has_rule and _is_over(facts, now)):
        return StepState.DONE
    return StepState.MISSED if facts.attendance == Outlook.LOST else StepState.CURRENT


def _survey(facts: Facts) -> StepState:
    states = {
        SurveyState.ANSWERED: StepState.DONE,
        SurveyState.OPEN: StepState.CURRENT,
        SurveyState.CLOSED: StepState.MISSED,
    }
    return states.get(facts.survey, StepState.AHEAD)


def _certificate(facts: Facts) -> StepState:
    if facts.certificate == CertificateState.ISSUED:
        return StepState.DONE
    if facts.certificate == CertificateState.REVOKED:
        return StepState.MISSED
    if facts.outlook == Outlook.MET or facts.certificate == CertificateState.IN_THE_MAKING:
        return StepState.CURRENT
    return StepState.MISSED if facts.outlook == Outlook.LOST else StepState.AHEAD
