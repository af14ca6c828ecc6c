"""Asking people to answer: whom, when, how often; and leaving those alone who do not want to be asked."""

import datetime as dt
from collections.abc import Sequence
from typing import TypeVar

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from registrations import mail
from registrations.models import Registration, User
from registrations.wordings import EditedTexts
from sessions.chunks import in_chunks
from surveys import letters
from surveys.audience import asked, plan_of
from surveys.errors import Refused
from surveys.inviting import reminders_due
from surveys.models import AnsweredMark, Invitation, InvitationPlan, Survey

CHUNK = 200
THANKS_END = dt.timedelta(days=7)

Row = TypeVar("Row")


@transaction.atomic
def plan_invitations(
    survey: Survey, *, audience: str, least_sessions: int, reminder_days: Sequence[int], sends_thanks: bool
) -> InvitationPlan:
    """Say whom a survey asks and when they are reminded. Raises Refused for what cannot be, in words."""
    if audience == InvitationPlan.Audience.CAME and survey.session_id is None:
        raise Refused(_("Only a survey about one session can ask those who came to it."))
    plan = plan_of(survey)
    plan.audience, plan.least_sessions = audience, least_sessions
    plan.reminder_days, plan.sends_thanks = list(reminder_days), sends_thanks
    try:
        plan.full_clean(exclude=["survey"], validate_unique=False)
    except ValidationError as problem:
        raise Refused(" ".join(problem.messages)) from None
    values = {"audience": audience, "least_sessions": least_sessions}
    values |= {"reminder_days": plan.reminder_days, "sends_thanks": sends_thanks}
    stored, _made = InvitationPlan.objects.update_or_create(survey=survey, defaults=values)
    return stored


@transaction.atomic
def start_inviting(survey: Survey, *, by: User | None, now: dt.datetime) -> InvitationPlan:
    """From now on those whom the survey asks get mail while it is open. Twice is as good as once.

    Raises Refused for a survey that is over or asks nothing.
    """
    if survey.has_closed(now):
        raise Refused(_("This survey is over. Give it a later end first."))
    if not survey.questions.exists():
        raise Refused(_("This survey has no questions yet."))
    plan, _made = InvitationPlan.objects.get_or_create(survey=survey, defaults={"audience": plan_of(survey).audience})
    if not plan.is_running:
        plan.started_at, plan.started_by = now, by
        plan.save(update_fields=["started_at", "started_by"])
    return plan


@transaction.atomic
def stop_inviting(survey: Survey, *, by: User | None, now: dt.datetime) -> InvitationPlan:
    """Send no more invitations and reminders. Twice is as good as once; raises Refused where none were started."""
    plan = plan_of(survey)
    if plan.started_at is None:
        raise Refused(_("Nobody is being invited."))
    if plan.is_running:
        plan.stopped_at, plan.stopped_by = max(now, plan.started_at + dt.timedelta(microseconds=1)), by
        plan.save(update_fields=["stopped_at", "stopped_by"])
    return plan


def decline(survey: Survey, registration: Registration, *, now: dt.datetime) -> Invitation:
    """Leave somebody alone who does not want to be asked again. They may answer all the same."""
    invitation, _made = Invitation.objects.get_or_create(survey=survey, registration=registration)
    Invitation.objects.filter(pk=invitation.pk, declined_at__isnull=True).update(declined_at=now)
    invitation.refresh_from_db()
    return invitation


def write_to_people(*, now: dt.datetime) -> int:
    """Send every invitation, reminder and mail of thanks that is due; the number queued. Safe to run twice at once."""
    plans = InvitationPlan.objects.running().filter(survey__opens_at__lte=now, survey__closes_at__gt=now - THANKS_END)
    queued = 0
    for plan in plans.select_related("survey__programme", "survey__session").order_by("pk"):
        if plan.survey.is_open(now):
            queued += _invite(plan, now=now) + _remind(plan, now=now)
        if plan.sends_thanks:
            queued += _thank(plan, now=now)
    return queued


def to_invite(plan: InvitationPlan) -> QuerySet[Registration]:
    """Those whom the survey asks who were not invited, have not answered, have not declined and get mail about surveys."""
    own = {"survey": plan.survey_id, "registration": OuterRef("pk")}
    return (
        asked(plan.survey, plan)
        .filter(wants_surveys=True)
        .exclude(Exists(Invitation.objects.filter(**own)))
        .exclude(Exists(AnsweredMark.objects.filter(**own)))
    )


def _invite(plan: InvitationPlan, *, now: dt.datetime) -> int:
    queued, edited = 0, EditedTexts()
    for people in in_chunks(list(to_invite(plan).select_related("programme").order_by("pk")), CHUNK):
        with transaction.atomic():
            rows = [Invitation(survey=plan.survey, registration=person, invited_at=now) for person in people]
            Invitation.objects.bulk_create(rows, ignore_conflicts=True)
            mail.queue_many(letters.invitation(plan.survey, person, now=now, edited=edited) for person in people)
        queued += len(people)
    return queued


def _remind(plan: InvitationPlan, *, now: dt.datetime) -> int:
    """One mail for each person who should have had more reminders by now than were sent."""
    first_day = min(plan.reminder_days, default=0)
    if not first_day:
        return 0
    waiting = plan.survey.invitations.unanswered().filter(
        invited_at__lte=now - dt.timedelta(days=first_day), reminders__lt=len(plan.reminder_days)
    )
    still_seated = Registration.objects.seated().filter(wants_surveys=True).order_by()
    rows = list(waiting.filter(registration__in=still_seated).select_related("registration__programme").order_by("pk"))
    due = [(row, _reminders(plan, row, now)) for row in rows]
    return sum(
        _send_reminders(plan, part, now)
        for part in in_chunks([each for each in due if each[1] > each[0].reminders], CHUNK)
    )


def _reminders(plan: InvitationPlan, invitation: Invitation, now: dt.datetime) -> int:
    assert invitation.invited_at is not None  # noqa: S101 - the query asks for it
    return reminders_due(
        plan.reminder_days,
        invited_at=invitation.invited_at,
        reminders=invitation.reminders,
        now=now,
        closes_at=plan.survey.closes_at,
    )


@transaction.atomic
def _send_reminders(plan: InvitationPlan, due: Sequence[tuple[Invitation, int]], now: dt.datetime) -> int:
    """The key of a reminder is its number, so that two sweeps at once queue one mail."""
    for invitation, number in due:
        invitation.reminders, invitation.reminded_at = number, now
    Invitation.objects.bulk_update([invitation for invitation, _number in due], ["reminders", "reminded_at"])
    edited = EditedTexts()
    mail.queue_many(
        letters.reminder(plan.survey, invitation.registration, number=number, now=now, edited=edited)
        for invitation, number in due
    )
    return len(due)


def _thank(plan: InvitationPlan, *, now: dt.datetime) -> int:
    """Thank those invited who have answered; in an anonymous survey all at once when it is over, since a mail has a time."""
    if plan.survey.is_anonymous and not plan.survey.has_closed(now):
        return 0
    answered = AnsweredMark.objects.filter(survey=plan.survey, registration=OuterRef("registration"))
    rows = plan.survey.invitations.filter(Exists(answered), is_thanked=False, registration__wants_surveys=True)
    queued, edited = 0, EditedTexts()
    for part in in_chunks(list(rows.select_related("registration__programme").order_by("registration")), CHUNK):
        with transaction.atomic():
            Invitation.objects.filter(pk__in=[row.pk for row in part]).update(is_thanked=True)
            mail.queue_many(letters.thanks(plan.survey, row.registration, now=now, edited=edited) for row in part)
        queued += len(part)
    return queued
