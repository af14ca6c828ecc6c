"""The mails about check-ins and corrections, in the language of whoever reads them."""

import datetime as dt
from dataclasses import replace

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from registrations import mail
from registrations.isolation import isolated
from registrations.letters import PERSONAL_LINK, usual_values
from registrations.models import Mail, Programme, Registration, Topic
from registrations.reader_zone import UTC, zones_of
from registrations.team import language_of_team
from registrations.two_zones import Span, SpanOnBoth, TwoZones
from registrations.wordings import EditedTexts, Values, Wording
from sessions.models import CheckIn, CorrectionRequest, SessionChange, TrainingSession

FOLDER = "training_sessions/mail"
HOURS_OF_A_DAY = 24

REMINDER = Wording(
    name="session_reminder",
    label=gettext_lazy("Reminder, a day before"),
    occasion=gettext_lazy("A day before each session, to everybody with a seat who wants reminders."),
    subject=gettext_lazy("%(when)s: %(session)s"),
    template=f"{FOLDER}/reminder.txt",
    placeholders=("name", "programme", "session", "when", "personal_link"),
    required=("session", "when", "personal_link"),
    topic=Topic.REMINDERS,
    options={"is_tomorrow": True},
)
LAST_REMINDER = replace(
    REMINDER,
    name="session_reminder_hour",
    label=gettext_lazy("Reminder, an hour before"),
    occasion=gettext_lazy("An hour before each session, to everybody with a seat who wants reminders."),
    options={"is_tomorrow": False},
)
MOVED = Wording(
    name="session_moved",
    label=gettext_lazy("New time of a session"),
    occasion=gettext_lazy("Some minutes after a session was moved, to everybody with a seat."),
    subject=gettext_lazy("New time: %(session)s"),
    template=f"{FOLDER}/changed.txt",
    placeholders=("name", "programme", "session", "when", "before", "personal_link"),
    required=("session", "when"),
)
CANCELLED = Wording(
    name="session_cancelled",
    label=gettext_lazy("Session cancelled"),
    occasion=gettext_lazy("Some minutes after a session was cancelled, to everybody with a seat."),
    subject=gettext_lazy("Cancelled: %(session)s"),
    template=f"{FOLDER}/changed.txt",
    placeholders=("name", "programme", "session", "before", "personal_link"),
    required=("session", "before"),
    options={"is_cancelled": True},
)
WORDINGS = (REMINDER, LAST_REMINDER, MOVED, CANCELLED)


def to_confirm(check_in: CheckIn, *, now: dt.datetime) -> Mail:
    """To whoever scanned a code in a browser that did not know them: where to confirm it. One per person and session."""
    session, registration = check_in.session, check_in.registration
    with translation.override(registration.language):
        return mail.draft(
            "check_in",
            registration=registration,
            subject=_("Confirm that you are here: %(session)s") % {"session": session},
            body=_body(
                "check_in",
                registration=registration,
                session=session,
                came=in_words(check_in.came_at, session.programme),
                until=in_words(session.ends_at, session.programme),
            ),
            key=f"check-in:{session.pk}:{registration.pk}",
            now=now,
        )


def answered(request: CorrectionRequest, *, now: dt.datetime) -> Mail:
    """To the participant: what the organisers made of the request."""
    session, registration = request.session, request.registration
    with translation.override(registration.language):
        return mail.draft(
            "correction_answered",
            registration=registration,
            subject=_("Your attendance: an answer to your request about session %(number)s")
            % {"number": session.number},
            body=_body("correction_answered", registration=registration, session=session, request=request),
            key=f"correction:{request.pk}",
            now=now,
        )


def reminder(
    session: TrainingSession,
    registration: Registration,
    *,
    hours: int,
    now: dt.datetime,
    edited: EditedTexts | None = None,
) -> Mail:
    """To a participant, so many hours before a session; once for each start that it has or had."""
    wording = REMINDER if hours >= HOURS_OF_A_DAY else LAST_REMINDER
    key = f"session-reminder:{session.pk}:{session.starts_at:%Y%m%dT%H%M}:{hours}:{registration.pk}"
    with translation.override(registration.language):
        values = reminder_values(session, registration)
        return mail.draft_worded(
            "session_reminder", wording, values, registration=registration, key=key, now=now, edited=edited
        )


def changed(
    first: SessionChange,
    last: SessionChange,
    registration: Registration,
    *,
    now: dt.datetime,
    edited: EditedTexts | None = None,
) -> Mail:
    """To a participant: a session was moved from what ``first`` says to what it is now, or is ``last`` cancelled."""
    programme, key = last.programme, f"session-changed:{last.pk}:{registration.pk}"
    with translation.override(registration.language):
        values = {
            **usual_values(registration),
            "session": last.session.text("theme") if last.session else last.theme,
            "before": in_words(first.started_at, programme, registration),
            "when": in_words(last.session.starts_at, programme, registration) if last.session else "",
        }
        wording = CANCELLED if last.is_cancelled else MOVED
        return mail.draft_worded(
            "session_changed", wording, values, registration=registration, key=key, now=now, edited=edited
        )


def reminder_values(session: TrainingSession, registration: Registration) -> Values:
    """What stands for the placeholders of a reminder, in the language in use."""
    when = in_words(session.starts_at, session.programme, registration)
    return {**usual_values(registration), "session": str(session), "when": when}


def specimen_values(wording: Wording, registration: Registration, *, now: dt.datetime) -> Values:
    """Values of a mail as it could read: about the next session, the last one, or one that is made up."""
    programme = registration.programme
    sessions = TrainingSession.objects.for_programme(programme).order_by("starts_at")
    session = sessions.filter(starts_at__gt=now).first() or sessions.last()
    if session is None:
        starts_at = dt.datetime.combine(programme.start_date, dt.time(14), programme.zone)
        session = TrainingSession(programme=programme, number=1, theme=_("An example"), starts_at=starts_at)
    earlier = in_words(session.starts_at - dt.timedelta(days=1), programme, registration)
    values = {**reminder_values(session, registration), "before": earlier}
    return values if wording.topic else {**values, "session": session.text("theme")}


def waiting(oldest: CorrectionRequest, *, now: dt.datetime) -> list[Mail]:
    """To each organiser: that requests wait. The oldest one is the key, so there is no other mail until it is answered.

    No person is named: the queue shows them to whoever signs in. Where no organiser has an address, the programme's
    contact gets the mail.
    """
    programme = oldest.session.programme
    language = language_of_team(programme)
    address = settings.SITE_URL + reverse("admin:training_sessions_corrections", args=[programme.pk])
    with translation.override(language):
        subject = _("Requests for correction wait for you: %(title)s") % {"title": programme.text("title")}
        body = _body("corrections_wait", programme=programme, address=address)
    key = f"corrections:{oldest.pk}"
    return mail.drafts_to_team(
        "corrections_wait", programme=programme, language=language, subject=subject, body=body, key=key, now=now
    )


def in_words(moment: dt.datetime, programme: Programme, registration: Registration | None = None) -> str:
    """A moment on the programme's clock and, where it differs, on the person's own; UTC where that is not known."""
    zones = zones_of(registration) if registration else TwoZones(programme.zone, UTC, is_chosen=False)
    span = zones.moment(moment)
    form = pgettext("date format", "j F Y, H:i")
    clocks = [one for one in (span.reader, span.programme) if one] if zones.is_chosen else _both(span)
    return " = ".join(f"{date_format(one.start, form)} {isolated(one.clock.place)}" for one in clocks)


def _both(span: SpanOnBoth) -> list[Span]:
    return [one for one in (span.programme, span.reader) if one]


def _body(name: str, **context: object) -> str:
    return render_to_string(f"{FOLDER}/{name}.txt", {**context, "personal_link": PERSONAL_LINK}).strip() + "\n"
