"""Whom a survey asks: everybody with a seat, or those of them who came."""

from registrations.models import Registration
from registrations.models.registration import RegistrationQuerySet
from sessions.models import Attendance
from surveys.models import InvitationPlan, Survey


def plan_of(survey: Survey) -> InvitationPlan:
    """The survey's plan; the usual one, not stored, where none was made."""
    return plans_of([survey])[survey.pk]


def kept_plan(survey: Survey) -> InvitationPlan:
    """As `plan_of`, read once for this object of the survey: for pages that ask again and again and change nothing."""
    return getattr(survey, "invitation_plan", None) or _usual(survey)


def asked(survey: Survey, plan: InvitationPlan | None = None) -> RegistrationQuerySet:
    """The registrations that a survey asks, by its plan. Two queries at most before the one that it returns."""
    plan = plan or plan_of(survey)
    seated = Registration.objects.for_programme(survey.programme).seated()
    if plan.audience == InvitationPlan.Audience.SEATED:
        return seated
    return seated.filter(pk__in=_who_came(survey, plan))


def is_asked(survey: Survey, plan: InvitationPlan, present: set[int]) -> bool:
    """Whether a survey asks somebody with a seat who was present in these sessions."""
    if plan.audience == InvitationPlan.Audience.SEATED:
        return True
    if plan.audience == InvitationPlan.Audience.CAME:
        return survey.session_id in present
    return len(present) >= plan.least_sessions


def plans_of(surveys: list[Survey]) -> dict[int, InvitationPlan]:
    """The plan of each survey, by its key; one query."""
    stored = InvitationPlan.objects.in_bulk([survey.pk for survey in surveys])
    return {survey.pk: stored.get(survey.pk) or _usual(survey) for survey in surveys}


def _usual(survey: Survey) -> InvitationPlan:
    is_pulse = survey.kind == Survey.Kind.SESSION_PULSE
    return InvitationPlan(
        survey=survey, audience=InvitationPlan.Audience.CAME if is_pulse else InvitationPlan.Audience.SEATED
    )


def _who_came(survey: Survey, plan: InvitationPlan) -> list[int]:
    presences = Attendance.objects.presences(survey.programme)
    return [
        person
        for person, sessions in presences.items()
        if is_asked(survey, plan, {session for session, presence in sessions.items() if presence.seconds})
    ]
