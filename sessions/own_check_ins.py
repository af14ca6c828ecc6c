"""The check-ins that one person can do now, or has done."""

import datetime as dt
from dataclasses import dataclass

from registrations.models import Registration
from sessions.models import CheckIn, CheckInDesk, TrainingSession


@dataclass(frozen=True, slots=True)
class OwnCheckIn:
    """A session whose check-in is open, and the person's own one, if there is any."""

    session: TrainingSession
    check_in: CheckIn | None


def own_check_ins(registration: Registration, now: dt.datetime) -> list[OwnCheckIn]:
    """Those of sessions whose check-in is open at this moment. One query, and one more while any is open."""
    if not registration.is_seated:
        return []
    desks = CheckInDesk.objects.staffed().filter(session__programme=registration.programme_id)
    sessions = [desk.session for desk in desks.order_by("session__starts_at", "pk") if desk.is_open(now)]
    if not sessions:
        return []
    own = {
        one.session_id: one
        for one in CheckIn.objects.filter(registration=registration, session__in=sessions).order_by()
    }
    return [OwnCheckIn(session, own.get(session.pk)) for session in sessions]
