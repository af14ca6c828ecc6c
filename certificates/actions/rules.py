"""Setting the rule, and what it says about everybody."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from certificates.completion import Evaluation, Rule, SessionFact
from certificates.errors import Refused
from certificates.models import Certificate, CompletionRule
from registrations.models import Programme, Registration, User
from sessions.models import Attendance, TrainingSession
from sessions.presence import Presence
from surveys.models import Response


@transaction.atomic
def set_rule(
    programme: Programme,
    *,
    sessions_required: int,
    share_required: int,
    is_survey_required: bool,
    by: User | None,
    now: dt.datetime,
) -> CompletionRule:
    """Put a new version of the rule in force; the same rule again changes nothing. Earlier versions stay as they were."""
    _refuse_impossible(programme, sessions_required, share_required)
    # The programme's row is the lock under which version numbers are taken.
    Programme.objects.select_for_update().get(pk=programme.pk)
    current = CompletionRule.objects.in_force(programme)
    rule = Rule(sessions_required, share_required, is_survey_required)
    if current and current.rule == rule:
        return current
    return CompletionRule.objects.create(
        programme=programme,
        version=current.version + 1 if current else 1,
        sessions_required=sessions_required,
        share_required=share_required,
        is_survey_required=is_survey_required,
        created_at=now,
        created_by=by,
    )


def _refuse_impossible(programme: Programme, sessions_required: int, share_required: int) -> None:
    if not 1 <= share_required <= 100:
        raise Refused(_("The share must be between 1 and 100 percent."))
    total = TrainingSession.objects.for_programme(programme).count()
    if sessions_required and not total:
        raise Refused(_("The programme has no sessions yet. Enter them first, then say how many are to be attended."))
    if not 0 <= sessions_required <= total:
        raise Refused(
            ngettext(
                "The programme has %(count)d session; nobody could attend as many as that.",
                "The programme has %(count)d sessions; nobody could attend as many as that.",
                total,
            )
            % {"count": total}
        )


def evaluations(programme: Programme, *, rule: Rule | None = None) -> dict[int, Evaluation]:
    """What the rule in force (or `rule`, to try one out) says about everybody who has a seat, by registration id.

    Empty where the programme has no rule. The number of queries does not depend on the number of people.
    """
    rule = rule or _rule_in_force(programme)
    if rule is None:
        return {}
    sessions = list(TrainingSession.objects.for_programme(programme))
    presences = Attendance.objects.presences(programme)
    answered = Response.objects.answered_ids(programme)
    seated = Registration.objects.for_programme(programme).seated().values_list("pk", flat=True)
    return {
        pk: rule.evaluate(_facts(sessions, presences.get(pk, {})), has_answered=pk in answered)
        for pk in seated.order_by("pk")
    }


def evaluation_of(registration: Registration) -> Evaluation | None:
    """What the rule in force says about one person; `None` where there is no rule."""
    programme = registration.programme
    rule = _rule_in_force(programme)
    if rule is None:
        return None
    sessions = list(TrainingSession.objects.for_programme(programme))
    presences = Attendance.objects.presences(programme, registration=registration)
    has_answered = Response.objects.filter(survey__programme=programme, registration=registration).exists()
    return rule.evaluate(_facts(sessions, presences.get(registration.pk, {})), has_answered=has_answered)


def _rule_in_force(programme: Programme) -> Rule | None:
    current = CompletionRule.objects.in_force(programme)
    return current.rule if current else None


def _facts(sessions: list[TrainingSession], presences: Mapping[int, Presence]) -> list[SessionFact]:
    nobody = Presence(0, "")
    return [
        SessionFact(session.number, int(session.length.total_seconds()), presences.get(session.pk, nobody).seconds)
        for session in sessions
    ]


@dataclass(frozen=True, slots=True)
class IssuePreview:
    """What issuing certificates now would do, in numbers of people."""

    seated: int
    complete: int
    issued: int
    due: int
    unrendered: int
    lacking_survey_only: int
    lacking_one_session_only: int
    lacking_more: int

    @property
    def is_anything_due(self) -> bool:
        """Whether a run would do anything."""
        return self.due + self.unrendered > 0


def preview(programme: Programme) -> IssuePreview:
    """Who is due and who misses by how much; the four groups issued or complete, and the three lacking, add up."""
    judged = evaluations(programme)
    issued = set(
        Certificate.objects.for_programme(programme).latest_of_each().values_list("registration_id", flat=True)
    )
    complete = {pk for pk, evaluation in judged.items() if evaluation.is_complete}
    lacking = [evaluation for pk, evaluation in judged.items() if pk not in complete]
    one_short = [evaluation for evaluation in lacking if evaluation.is_one_thing_short]
    survey_only = sum(evaluation.is_attendance_met for evaluation in one_short)
    return IssuePreview(
        seated=len(judged),
        complete=len(complete),
        issued=len(issued),
        due=len(complete - issued),
        unrendered=Certificate.objects.for_programme(programme).unrendered().count(),
        lacking_survey_only=survey_only,
        lacking_one_session_only=len(one_short) - survey_only,
        lacking_more=len(lacking) - len(one_short),
    )
