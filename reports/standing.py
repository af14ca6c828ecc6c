"""Where programmes stand: the facts that `reports.stages` judges, in as many queries for many programmes as for one."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from django.db.models import Case, Count, Exists, OuterRef, Q, Subquery, When
from django.db.models.functions import Coalesce

from certificates.actions.rules import IssuePreview
from certificates.models import Certificate, CompletionRule, IssueRun
from registrations import kept
from registrations.models import Programme, Registration
from reports.models import ResultsReport
from reports.stages import Facts
from sessions.models import (
    Attendance,
    AttendanceIdentity,
    AttendanceImport,
    AttendanceRow,
    AudienceFigure,
    CorrectionRequest,
    TrainingSession,
)
from surveys.models import Survey

KIND, NAMES = "standing", "names by session"
TASK = "reports.tasks.count_standing"
FIGURES = {kept.named(KIND): TASK}

Kept = dict[str, Any]
ByProgramme = Mapping[int, Mapping[str, Any]]


def standings(programmes: Iterable[Programme], *, now: dt.datetime) -> dict[int, Facts]:
    """The facts of each programme by its id.

    Who has completed a programme is not worked out here, since that takes everybody's attendance: certificates count as
    due when a programme that is over has a rule, people to certify and not one certificate. `precisely` knows better.
    """
    listed = list(programmes)
    keys = [programme.pk for programme in listed]
    parts = [*_about_everybody(listed, now), _sessions(keys, now), _deeds(keys), _surveys(keys, now)]
    return {programme.pk: _facts(programme, parts, now) for programme in listed}


def count_again(programme: Programme, *, now: dt.datetime) -> None:
    """Count what goes through everybody in a large programme, and keep it; nothing where somebody has just done so."""
    if kept.is_young(programme, KIND, now=now):
        return
    kept.keep(programme, {KIND: _counted(programme), NAMES: _names_by_session(programme)}, now=now)


def names_by_session(programme: Programme) -> Mapping[str, int]:
    """How many names in files wait for a decision, by the key of the session as a text.

    Those of a large programme must have been looked up (`kept.look_up`); there are none while they are counted at first.
    """
    if not kept.is_large(programme):
        return _names_by_session(programme)
    found = kept.at_hand(programme, NAMES)
    return found or {}


def _names_by_session(programme: Programme) -> dict[str, int]:
    rows = AttendanceRow.objects.unmatched().filter(
        attendance_import__programme=programme, attendance_import__undone_at__isnull=True
    )
    counted = rows.order_by().values_list("session").annotate(names=Count("identity", distinct=True))
    return {str(session): names for session, names in counted}


def _about_everybody(programmes: list[Programme], now: dt.datetime) -> Iterable[ByProgramme]:
    """What goes through every registration, certificate and line of a file; kept where a programme is large."""
    small = [programme.pk for programme in programmes if not kept.is_large(programme)]
    large = [programme for programme in programmes if kept.is_large(programme)]
    if small:
        yield from (part(small) for part in LONG)
    if large:
        kept.look_up(large, FIGURES, now=now)
        yield {programme.pk: _at_hand(programme) for programme in large}


def _at_hand(programme: Programme) -> Mapping[str, Any]:
    found = kept.at_hand(programme, KIND)
    return {"has_figures": False} if found is None else found


def _counted(programme: Programme) -> Kept:
    found: Kept = {}
    for part in LONG:
        found |= part([programme.pk]).get(programme.pk, {})
    return found


def precisely(facts: Facts, preview: IssuePreview | None) -> Facts:
    """The facts with what the completion rule says about everybody; `None` while that is counted for the first time."""
    if preview is None:
        return replace(facts, is_judged=False)
    return replace(facts, completed=preview.complete, due=preview.due)


def _facts(programme: Programme, parts: list[ByProgramme], now: dt.datetime) -> Facts:
    known: Kept = {}
    for part in parts:
        known |= part.get(programme.pk, {})
    facts = Facts(
        is_published=programme.published_at is not None,
        has_registration_opened=programme.has_registration_opened(now),
        has_registration_closed=programme.has_registration_closed(now),
        is_last_day_over=programme.has_ended(now),
        **known,
    )
    looks_due = facts.is_recorded and facts.has_rule and not facts.is_survey_open
    if looks_due and facts.seated and not facts.certificates:
        return replace(facts, due=facts.seated)
    return facts


def _people(keys: list[int]) -> ByProgramme:
    here = Q(withdrawn_at__isnull=True)
    rows = (
        Registration.objects.filter(programme__in=keys)
        .order_by()
        .values_list("programme")
        .annotate(
            seated=Count("pk", filter=here & Q(confirmed_at__isnull=False, seated_at__isnull=False)),
            waiting=Count("pk", filter=here & Q(confirmed_at__isnull=False, seated_at__isnull=True)),
            pending=Count("pk", filter=here & Q(confirmed_at__isnull=True)),
        )
    )
    return {key: {"seated": seated, "waiting": waiting, "pending": pending} for key, seated, waiting, pending in rows}


def _sessions(keys: list[int], now: dt.datetime) -> ByProgramme:
    """A session is recorded by the attendance of anybody with a seat, or by an audience that was counted."""
    evidence = Exists(Attendance.objects.seated().filter(session=OuterRef("pk")))
    audience = Exists(AudienceFigure.objects.filter(session=OuterRef("pk")))
    rows = TrainingSession.objects.filter(programme__in=keys).annotate(is_recorded=evidence | audience)
    found: dict[int, Kept] = defaultdict(lambda: {"sessions": 0, "sessions_held": 0, "sessions_recorded": 0})
    for session in rows.order_by("starts_at", "pk"):
        known, is_held = found[session.programme_id], session.ends_at <= now
        known["sessions"] += 1
        known["sessions_held"] += is_held
        known["sessions_recorded"] += is_held and session.is_recorded
        if is_held and not session.is_recorded:
            known.setdefault("first_unrecorded", session.pk)
        if not is_held:
            known.setdefault("next_session", session.pk)
    return found


def _names(keys: list[int]) -> ByProgramme:
    """Names in files that wait for a decision, and those of them for whom somebody is proposed."""
    rows = AttendanceRow.objects.unmatched().filter(
        attendance_import__programme__in=keys, attendance_import__undone_at__isnull=True, session__isnull=False
    )
    likely = Q(identity__decision=AttendanceIdentity.Decision.CONFIRM)
    counted = (
        rows.order_by()
        .values_list("attendance_import__programme")
        .annotate(
            total=Count("identity", distinct=True),
            likely=Count("identity", distinct=True, filter=likely),
        )
    )
    return {key: {"names_waiting": total, "names_likely": some} for key, total, some in counted}


def _corrections(keys: list[int]) -> ByProgramme:
    rows = CorrectionRequest.objects.open().filter(session__programme__in=keys).order_by()
    counted = rows.values_list("session__programme").annotate(total=Count("pk"))
    return {key: {"corrections_waiting": total} for key, total in counted}


def _certificates(keys: list[int]) -> ByProgramme:
    rows = (
        Certificate.objects.filter(registration__programme__in=keys)
        .current()
        .order_by()
        .values_list("registration__programme")
        .annotate(total=Count("pk"), broken=Count("pk", filter=Q(file__isnull=True) & ~Q(render_error="")))
    )
    return {key: {"certificates": total, "certificates_broken": broken} for key, total, broken in rows}


def _surveys(keys: list[int], now: dt.datetime) -> ByProgramme:
    """A programme's surveys together: open while one of them is, closed when all are."""
    found: dict[int, Kept] = {}
    surveys = Survey.objects.filter(programme__in=keys).annotate(total=Count("responses"))
    for survey in surveys.order_by("closes_at", "pk"):
        known = found.setdefault(
            survey.programme_id, {"surveys": 0, "is_survey_open": False, "has_survey_closed": True, "responses": 0}
        )
        known["surveys"] += 1
        known["is_survey_open"] |= survey.is_open(now)
        known["has_survey_closed"] &= survey.has_closed(now)
        known["responses"] += survey.total
        known |= {"last_survey": survey.pk, "survey_closes_at": survey.closes_at}
    return found


def _deeds(keys: list[int]) -> ByProgramme:
    """What organisers have set, begun or published: a rule, files and other work, an edition. One query.

    The edition is the one on show; 0 where the latest was taken back.
    """
    here = {"programme": OuterRef("pk")}
    shown = Case(When(withdrawn_at__isnull=True, then="edition"), default=0)
    files = AttendanceImport.objects.waiting().filter(**here).order_by().values("programme")
    rows = Programme.objects.filter(pk__in=keys).annotate(
        has_rule=Exists(CompletionRule.objects.filter(**here)),
        files_waiting=Coalesce(Subquery(files.annotate(files=Count("pk")).values("files")), 0),
        is_work_running=Exists(AttendanceImport.objects.unfinished().filter(**here))
        | Exists(IssueRun.objects.unfinished().filter(**here)),
        edition=Coalesce(
            Subquery(ResultsReport.objects.filter(**here).order_by("-edition").values(shown=shown)[:1]), 0
        ),
    )
    names = ("has_rule", "files_waiting", "is_work_running", "edition")
    return {key: dict(zip(names, row, strict=True)) for key, *row in rows.order_by().values_list("pk", *names)}


LONG = (_people, _names, _corrections, _certificates)
