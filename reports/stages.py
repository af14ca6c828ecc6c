"""The way of a programme from its first entry to its published results: facts in, stages and the next step out."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """Where a stage stands."""

    DONE = "done"
    NOW = "now"
    LATER = "later"
    COUNTING = "counting"  # nobody knows before everybody is counted


class Name(StrEnum):
    """The stages, in their order."""

    REGISTRATIONS = "registrations"
    SESSIONS = "sessions"
    ATTENDANCE = "attendance"
    COMPLETION = "completion"
    CERTIFICATES = "certificates"
    SURVEY = "survey"
    RESULTS = "results"


class Step(StrEnum):
    """What is to be done next; the last ones wait for somebody else or for a date."""

    ADD_SESSIONS = "add_sessions"
    PUBLISH_PROGRAMME = "publish_programme"
    SET_RULE = "set_rule"
    MAKE_SURVEY = "make_survey"
    LOOK_AT_FILES = "look_at_files"
    RECORD_ATTENDANCE = "record_attendance"
    CONFIRM_NAMES = "confirm_names"
    ANSWER_CORRECTIONS = "answer_corrections"
    ISSUE_CERTIFICATES = "issue_certificates"
    MEND_CERTIFICATES = "mend_certificates"
    PUBLISH_RESULTS = "publish_results"
    WAIT_FOR_OPENING = "wait_for_opening"
    WAIT_FOR_REGISTRATIONS = "wait_for_registrations"
    WAIT_FOR_SESSIONS = "wait_for_sessions"
    WAIT_FOR_WORK = "wait_for_work"
    WAIT_FOR_COUNT = "wait_for_count"
    WAIT_FOR_SURVEY = "wait_for_survey"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is known of a programme at one moment; counts are of people unless their name says otherwise.

    `certificates_broken` are certificates that are recorded while their PDF could not be made.
    `first_unrecorded` is the key of the earliest session that is over and has no attendance, `next_session` that of the
    first that is not over, `last_survey` the key of the survey that closes last, at `survey_closes_at`.
    `files_waiting` are files of attendance that a person has to answer about or to apply, `names_waiting` names in them
    of which nobody said who they are, and `names_likely` those of them for whom somebody is proposed.
    Without `has_figures` people, names, corrections and certificates are not counted yet and stand at 0; unless it
    `is_judged` the same is true of what the rule says.
    """

    is_published: bool
    has_registration_opened: bool
    has_registration_closed: bool
    seated: int = 0
    pending: int = 0
    waiting: int = 0
    sessions: int = 0
    sessions_held: int = 0
    sessions_recorded: int = 0
    first_unrecorded: int | None = None
    next_session: int | None = None
    files_waiting: int = 0
    names_waiting: int = 0
    names_likely: int = 0
    corrections_waiting: int = 0
    has_rule: bool = False
    completed: int = 0
    due: int = 0
    certificates: int = 0
    certificates_broken: int = 0
    surveys: int = 0
    is_survey_open: bool = False
    has_survey_closed: bool = False
    last_survey: int | None = None
    survey_closes_at: dt.datetime | None = None
    responses: int = 0
    edition: int = 0
    is_work_running: bool = False
    is_last_day_over: bool = True
    has_figures: bool = True
    is_judged: bool = True

    @property
    def is_counted(self) -> bool:
        """Whether everything is known that takes going through everybody."""
        return self.has_figures and self.is_judged

    @property
    def has_ended(self) -> bool:
        """Whether every session is over."""
        return 0 < self.sessions == self.sessions_held

    @property
    def is_recorded(self) -> bool:
        """Whether every session is over and has its attendance."""
        return self.has_ended and self.sessions_recorded >= self.sessions

    @property
    def has_attendance_waiting(self) -> bool:
        """Whether a file, a likely name or a request for correction waits for an organiser."""
        return bool(self.files_waiting or self.names_likely or self.corrections_waiting)

    @property
    def sessions_unrecorded(self) -> int:
        """Sessions that are over and have no attendance yet."""
        return max(0, self.sessions_held - self.sessions_recorded)


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage of the path."""

    name: Name
    state: State

    @property
    def is_done(self) -> bool:
        """Whether nothing is left to do here."""
        return self.state is State.DONE

    @property
    def is_now(self) -> bool:
        """Whether something happens, or is to be done, here."""
        return self.state is State.NOW


def stages(facts: Facts) -> tuple[Stage, ...]:
    """Every stage in order, with its state."""
    states = {
        Name.REGISTRATIONS: _state(
            done=facts.is_published and facts.has_registration_closed,
            now=not facts.is_published or facts.has_registration_opened,
        ),
        Name.SESSIONS: _state(done=facts.has_ended, now=facts.sessions == 0 or facts.sessions_held > 0),
        Name.ATTENDANCE: _state(
            done=facts.is_recorded and not facts.has_attendance_waiting,
            now=facts.sessions_held > 0 or facts.has_attendance_waiting,
        ),
        Name.COMPLETION: _state(
            done=facts.has_rule and facts.is_recorded,
            now=facts.sessions_held > 0 if facts.has_rule else facts.sessions > 0 and not facts.has_ended,
        ),
        Name.CERTIFICATES: _state(
            done=facts.certificates > 0
            and facts.due == facts.certificates_broken == 0
            and facts.is_recorded
            and not facts.is_survey_open,
            now=facts.certificates > 0 or facts.due > 0,
        ),
        Name.SURVEY: _state(
            done=facts.surveys > 0 and facts.has_survey_closed,
            now=facts.is_survey_open if facts.surveys else facts.sessions > 0 and not facts.has_ended,
        ),
        Name.RESULTS: _state(done=facts.edition > 0, now=_is_ready_for_results(facts)),
    }
    return tuple(Stage(name, states[name] if facts.is_counted else _so_far(name, states[name])) for name in Name)


def _so_far(name: Name, state: State) -> State:
    """The state while not everybody is counted: what a figure could still change is not said."""
    unsure = {(Name.ATTENDANCE, State.DONE), (Name.RESULTS, State.NOW)}
    return State.COUNTING if name is Name.CERTIFICATES or (name, state) in unsure else state


def next_step(facts: Facts) -> Step:
    """The one thing that is to be done next; what somebody can do goes before what is only waited for."""
    checks = (
        (facts.sessions == 0, Step.ADD_SESSIONS),
        (not facts.is_published, Step.PUBLISH_PROGRAMME),
        (not facts.has_rule and not facts.has_ended, Step.SET_RULE),
        (not facts.surveys and not facts.has_ended, Step.MAKE_SURVEY),
        (facts.is_work_running, Step.WAIT_FOR_WORK),
        (facts.files_waiting > 0, Step.LOOK_AT_FILES),
        (facts.sessions_unrecorded > 0, Step.RECORD_ATTENDANCE),
        (not facts.is_counted, Step.WAIT_FOR_COUNT),
        (facts.names_likely > 0, Step.CONFIRM_NAMES),
        (facts.corrections_waiting > 0, Step.ANSWER_CORRECTIONS),
        (facts.due > 0 and facts.has_ended, Step.ISSUE_CERTIFICATES),
        (facts.certificates_broken > 0, Step.MEND_CERTIFICATES),
        (facts.edition == 0 and _is_ready_for_results(facts), Step.PUBLISH_RESULTS),
        (not facts.has_registration_opened, Step.WAIT_FOR_OPENING),
        (not facts.has_registration_closed, Step.WAIT_FOR_REGISTRATIONS),
        (not facts.has_ended, Step.WAIT_FOR_SESSIONS),
        (facts.is_survey_open, Step.WAIT_FOR_SURVEY),
    )
    return next((step for applies, step in checks if applies), Step.NOTHING)


def _is_ready_for_results(facts: Facts) -> bool:
    is_everything_in = facts.is_recorded and not facts.is_survey_open and facts.due == 0
    return is_everything_in and facts.is_last_day_over and not facts.is_work_running


def _state(*, done: bool, now: bool) -> State:
    if done:
        return State.DONE
    return State.NOW if now else State.LATER
