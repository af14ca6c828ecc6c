"""The workspace of one programme: its stages with figures and links, its sessions, and the work that is under way."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _

from certificates.actions.rules import IssuePreview
from certificates.models import CompletionRule, IssueRun
from certificates.tallies import NUMBERS, standing
from certificates.tallies import TASK as COMPLETION_TASK
from registrations import kept
from registrations.models import Programme
from reports.cards import Card, Desk
from reports.dates import date_range
from reports.guidance import Guidance, day, guidance
from reports.stages import Step, next_step, stages
from reports.standing import KIND, NAMES, TASK, names_by_session, precisely, standings
from sessions.models import AttendanceImport, AudienceFigure, TrainingSession
from sessions.tallies import KIND as ATTENDANCE
from sessions.tallies import TASK as ATTENDANCE_TASK
from sessions.tallies import Presences, presences
from surveys.wording import number_text


@dataclass(frozen=True, slots=True)
class SessionLine:
    """A session with how many of those with a seat were present, and how many names in files wait for a decision.

    `is_missing`: it is over, and neither attendance nor an audience is recorded.
    """

    session: TrainingSession
    starts_at: str
    present: str
    to_decide: int
    is_missing: bool
    address: str
    review: str


@dataclass(frozen=True, slots=True)
class Work:
    """Something that runs in the background. No total: it has not begun."""

    title: str
    done: int
    total: int | None
    address: str


@dataclass(frozen=True, slots=True)
class Workspace:
    """Everything that the page shows."""

    programme: Programme
    dates: str
    is_organiser: bool
    guidance: Guidance
    is_waiting: bool
    cards: tuple[Card, ...]
    sessions: tuple[SessionLine, ...]
    work: tuple[Work, ...]
    stuck_mails: int
    undeliverable: int
    age: kept.Age | None  # of the figures; None: counted for this page

    @property
    def has_names_to_decide(self) -> bool:
        """Whether any name in a file waits for somebody to say who it is."""
        return any(line.to_decide for line in self.sessions)


WAITS = {
    Step.WAIT_FOR_OPENING,
    Step.WAIT_FOR_REGISTRATIONS,
    Step.WAIT_FOR_SESSIONS,
    Step.WAIT_FOR_WORK,
    Step.WAIT_FOR_COUNT,
    Step.WAIT_FOR_SURVEY,
    Step.NOTHING,
}


def workspace(programme: Programme, *, is_organiser: bool, now: dt.datetime) -> Workspace:
    """Gather the workspace. Whoever is no organiser gets figures and the dashboards, and no way to a person."""
    rule = CompletionRule.objects.in_force(programme)
    done = _done(programme, rule, now)
    facts = standings([programme], now=now)[programme.pk]
    if rule:
        facts = precisely(facts, done)
    step = next_step(facts)
    desk = Desk(programme, facts, done, is_organiser, rule)
    return Workspace(
        programme=programme,
        dates=date_range(programme.start_date, programme.end_date),
        is_organiser=is_organiser,
        guidance=guidance(step, programme, facts),
        is_waiting=step in WAITS,
        cards=tuple(desk.card(stage) for stage in stages(facts)),
        sessions=_session_lines(programme, now),
        work=_work(programme) if facts.is_work_running else (),
        stuck_mails=programme.mails.stuck().count(),
        undeliverable=programme.registrations.undeliverable().filter(withdrawn_at__isnull=True).count(),
        age=kept.Age.of(programme, now=now),
    )


def _done(programme: Programme, rule: CompletionRule | None, now: dt.datetime) -> IssuePreview | None:
    """What the rule says of everybody. All that is kept of a large programme is looked up; it is never counted here."""
    if kept.is_large(programme):
        judged = {kept.named(NUMBERS, rule.version): COMPLETION_TASK} if rule else {}
        of_everybody = {kept.named(KIND): TASK, kept.named(NAMES): TASK, kept.named(ATTENDANCE): ATTENDANCE_TASK}
        kept.look_up([programme], {**of_everybody, **judged}, now=now)
    found = standing(programme, rule, now=now) if rule else None
    return found.preview if found else None


def _session_lines(programme: Programme, now: dt.datetime) -> tuple[SessionLine, ...]:
    """Three queries, whatever the number of sessions."""
    to_decide = names_by_session(programme)
    queue = reverse("admin:training_sessions_review", args=[programme.pk])
    audience = Exists(AudienceFigure.objects.filter(session=OuterRef("pk")))
    sessions = TrainingSession.objects.for_programme(programme).annotate(has_audience=audience)
    counted = presences(programme, now=now)
    return tuple(
        SessionLine(
            session=session,
            starts_at=day(session.starts_at, programme),
            present=_present(counted, session),
            to_decide=to_decide.get(str(session.pk), 0),
            is_missing=session.ends_at <= now and not session.has_audience,
            address=reverse("admin:training_sessions_trainingsession_attendance", args=[session.pk]),
            review=f"{queue}?session={session.number}",
        )
        for session in sessions
    )


def _present(counted: Presences | None, session: TrainingSession) -> str:
    if counted is None:
        return _("being counted")
    return number_text(present) if (present := counted.present(session.pk)) else ""


def _work(programme: Programme) -> tuple[Work, ...]:
    imports = AttendanceImport.objects.for_programme(programme).unfinished().select_related("session")
    runs = IssueRun.objects.unfinished().filter(programme=programme)
    return (
        *(
            Work(
                _attendance_title(one),
                one.done,
                one.total,
                reverse("admin:training_sessions_file", args=[one.pk]),
            )
            for one in imports
        ),
        *(
            Work(
                _("Issuing certificates"),
                run.done,
                run.total,
                reverse("admin:certificates_issuerun_change", args=[run.pk]),
            )
            for run in runs
        ),
    )


def _attendance_title(upload: AttendanceImport) -> str:
    if upload.session is None:
        return _("Attendance: %(file)s") % {"file": upload.file_name}
    return _("Attendance of session %(number)s: %(file)s") % {
        "number": upload.session.number,
        "file": upload.file_name,
    }
