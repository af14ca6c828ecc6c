"""When a survey is usually open, from the days of its programme."""

import datetime as dt

from sessions.models import TrainingSession
from surveys.models import Survey

AFTER_TRAINING = dt.timedelta(days=14)
AFTER_SESSION = dt.timedelta(days=3)


def usual_times(survey: Survey) -> tuple[dt.datetime, dt.datetime]:
    """When it opens and closes unless somebody says otherwise.

    After the training: from the end of the last session, for two weeks. Before it: from the opening of registration to
    the beginning of the first session. About one session: from its end, for three days.
    """
    if survey.kind == Survey.Kind.SESSION_PULSE and survey.session:
        return survey.session.ends_at, survey.session.ends_at + AFTER_SESSION
    programme = survey.programme
    sessions = list(TrainingSession.objects.for_programme(programme))
    begins = min((each.starts_at for each in sessions), default=_midnight(survey, programme.start_date))
    last_day = _midnight(survey, programme.end_date + dt.timedelta(days=1))
    ends = max((each.ends_at for each in sessions), default=last_day)
    if survey.kind != Survey.Kind.PRE_TRAINING:
        return ends, ends + AFTER_TRAINING
    opens = programme.registration_opens_at
    return (opens, begins) if opens < begins else (begins - AFTER_TRAINING, begins)


def _midnight(survey: Survey, day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), survey.programme.zone)
