"""Sessions that are moved, cancelled and reminded of: what calendars need to know, and who is written to."""

import datetime as dt
from collections.abc import Callable, Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from registrations import mail
from registrations.models import Mail, Registration, User
from registrations.models.registration import RegistrationQuerySet
from registrations.wordings import EditedTexts
from sessions import letters
from sessions.chunks import in_chunks
from sessions.errors import Refused
from sessions.models import Attendance, LanguageChoice, SessionChange, SessionReminder, TrainingSession

CHUNK = 200
EARLY = dt.timedelta(hours=1)  # who tries a link the day before has not chosen a language
SETTLING = dt.timedelta(minutes=5)  # whoever moves a session often moves it twice
GRACE = {24: dt.timedelta(hours=6), 1: dt.timedelta(minutes=45)}
IN_CALENDARS = ("theme", "starts_at", "ends_at", "join_link", "description")

LetterTo = Callable[[Registration], Mail]


@transaction.atomic
def note_change(before: TrainingSession, *, by: User | None, now: dt.datetime) -> SessionChange | None:
    """Record what a stored session was ``before``: a new version for calendars, and mail to come where its time changed.

    Returns the change where participants are to be told of it; a session that is over is changed without a word.
    """
    session = TrainingSession.objects.select_for_update().get(pk=before.pk)
    if all(getattr(session, name) == getattr(before, name) for name in IN_CALENDARS):
        return None
    session.sequence = before.sequence + 1
    session.save(update_fields=["sequence"])
    is_moved = (session.starts_at, session.ends_at) != (before.starts_at, before.ends_at)
    if not is_moved or max(session.ends_at, before.ends_at) <= now:
        return None
    return _record(before, session, is_cancelled=False, by=by, now=now)


@transaction.atomic
def cancel_session(session: TrainingSession, *, by: User | None, now: dt.datetime) -> SessionChange:
    """Take a session off the agenda; calendars are told, and participants where it was still to come.

    Raises Refused where somebody's attendance is recorded already.
    """
    if Attendance.objects.filter(session=session).exists():
        raise Refused(_("Attendance is recorded for this session: it cannot be taken off the agenda any more."))
    change = _record(session, None, is_cancelled=True, by=by, now=now)
    TrainingSession.objects.filter(pk=session.pk).delete()
    return change


def _record(
    before: TrainingSession, after: TrainingSession | None, *, is_cancelled: bool, by: User | None, now: dt.datetime
) -> SessionChange:
    is_past = before.ends_at <= now and is_cancelled
    return SessionChange.objects.create(
        programme=before.programme,
        session=after,
        session_key=before.pk,
        sequence=before.sequence + 1,
        theme=before.theme,
        started_at=before.starts_at,
        ended_at=before.ends_at,
        is_cancelled=is_cancelled,
        changed_at=now,
        changed_by=by,
        told_at=now if is_past or before.programme.published_at is None else None,
    )


def tell_of_changes(*, now: dt.datetime) -> int:
    """Write to everybody with a seat about sessions moved or cancelled some minutes ago; the number of mails queued.

    Several moves in a row are told as one: from what participants were last told to what is now. Safe to run twice.
    """
    untold = SessionChange.objects.untold().select_related("programme", "session").order_by("changed_at", "pk")
    by_session: dict[int, list[SessionChange]] = {}
    for change in untold:
        by_session.setdefault(change.session_key, []).append(change)
    settled = [changes for changes in by_session.values() if changes[-1].changed_at <= now - SETTLING]
    return sum(_tell(changes, now=now) for changes in settled)


def _tell(changes: list[SessionChange], *, now: dt.datetime) -> int:
    first, last = changes[0], changes[-1]
    queued = 0
    if last.is_cancelled or (last.session and last.session.starts_at != first.started_at):
        people = Registration.objects.for_programme(last.programme).seated()
        edited = EditedTexts()
        queued = _write(people, lambda person: letters.changed(first, last, person, now=now, edited=edited))
    SessionChange.objects.filter(pk__in=[change.pk for change in changes]).update(told_at=now)
    return queued


def remind_of_sessions(*, now: dt.datetime) -> int:
    """Write to everybody with a seat a day and an hour before a session, where the programme does; how many are queued.

    A reminder that is very late, because nothing ran, is left out. Safe to run twice.
    """
    near = TrainingSession.objects.filter(
        starts_at__gt=now, starts_at__lte=now + dt.timedelta(hours=24), programme__published_at__isnull=False
    ).select_related("programme")
    return sum(_remind(session, hours, now=now) for session in near for hours in _hours_due(session, now))


def _hours_due(session: TrainingSession, now: dt.datetime) -> Iterable[int]:
    wanted = {24: session.programme.reminds_a_day_before, 1: session.programme.reminds_an_hour_before}
    for hours, is_wanted in wanted.items():
        due_at = session.starts_at - dt.timedelta(hours=hours)
        if is_wanted and due_at <= now < due_at + GRACE[hours]:
            yield hours


def _remind(session: TrainingSession, hours: int, *, now: dt.datetime) -> int:
    """The record is made when all mail is queued: whoever is killed before starts again, and keys keep mail single."""
    own = {"session": session, "hours": hours, "starts_at": session.starts_at}
    if SessionReminder.objects.filter(**own).exists():
        return 0
    people = Registration.objects.for_programme(session.programme).seated().filter(wants_reminders=True)
    edited = EditedTexts()
    queued = _write(people, lambda person: letters.reminder(session, person, hours=hours, now=now, edited=edited))
    SessionReminder.objects.get_or_create(**own, defaults={"queued_at": now})
    return queued


def note_language(registration: Registration, session: TrainingSession, language: str, *, now: dt.datetime) -> None:
    """Note in which language a person joins a session; the latest choice counts, and only near the session's time."""
    if session.starts_at - EARLY <= now <= session.ends_at:
        LanguageChoice.objects.update_or_create(
            registration=registration, session=session, defaults={"language": language, "chosen_at": now}
        )


def _write(people: RegistrationQuerySet, letter: LetterTo) -> int:
    """Queue a letter to each, in chunks that are committed one by one."""
    keys = list(people.order_by("pk").values_list("pk", flat=True))
    for part in in_chunks(keys, CHUNK):
        rows = Registration.objects.select_related("programme").filter(pk__in=part).order_by("pk")
        with transaction.atomic():
            mail.queue_many([letter(person) for person in rows])
    return len(keys)
