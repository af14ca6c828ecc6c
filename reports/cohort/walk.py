"""Sends a planned cohort through the doors of the product: the actions and tasks that real people and staff use."""

import datetime as dt
import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TypeVar

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from certificates.actions import request_issue
from certificates.tasks import continue_issue_run
from registrations.actions import RegistrationDetails, confirm, register
from registrations.models import PrivacyText, Programme, Registration
from reports.actions import publish_results
from reports.cohort.claim import Clock, Progress, claimed, silent
from reports.cohort.plan import Figures, Participant, audience_counts, plan_course, plan_webinars
from reports.cohort.removal import remove_people
from reports.errors import Refused
from reports.models import CohortWalk
from reports.reference import load_reference, published_figures, reference_data
from sessions.actions import approve_import, upload_report
from sessions.models import Appearance, AudienceFigure, Speaker, TrainingSession
from sessions.readers.zoom_writer import ReportLine, write_meeting_report
from sessions.tasks import carry_on_import
from surveys.actions import respond
from surveys.models import Survey

Item = TypeVar("Item")

AUDIENCE = {"live_views": "live_views", "playbacks": "playback_views", "slide_downloads": "slide_downloads"}


def walk(
    slug: str, seed: int, *, now: dt.datetime, progress: Progress = silent, clock: Clock = timezone.now
) -> Programme:
    """Take a reference programme through its whole journey with a synthetic cohort made from `seed`.

    A synthetic cohort that is there already is removed first; real people never are: then it raises `Refused`, as it
    does while another walk of the same programme is under way.
    """
    programme, _is_new = load_reference(slug, now=now)
    with claimed(programme, clock=clock) as claim:
        remove_people(programme)
        Programme.objects.filter(pk=programme.pk).update(synthetic_seed=seed)
        programme.refresh_from_db()
        figures = Figures.of(next(entry for entry in published_figures() if entry["programme"] == slug))
        step = claim.kept_by(progress)
        if "certificates" in figures.by_id:
            _walk_course(programme, figures, seed, now, step)
        else:
            _walk_webinars(programme, figures, seed, now, step)
        publish_results(programme, by=None, now=now)
        claim.finish()
    return programme


def is_walked(programme: Programme, seed: int | None) -> bool:
    """Whether the programme's cohort has been all the way, with this seed (`None`: with any)."""
    is_finished = CohortWalk.objects.filter(programme=programme, finished_at__isnull=False).exists()
    return programme.is_synthetic and is_finished and seed in (None, programme.synthetic_seed)


def _walk_course(programme: Programme, figures: Figures, seed: int, now: dt.datetime, progress: Progress) -> None:
    sessions = list(TrainingSession.objects.for_programme(programme))
    lengths = [int(session.length.total_seconds()) for session in sessions]
    rule = reference_data(programme.slug, "survey")["completion_rule"]
    participants = plan_course(figures, lengths, rule, seed)
    registrations = _register_all(programme, participants, seed, progress)
    _attend(sessions, participants, seed, now, progress)
    _respond_all(programme, participants, registrations, progress)
    _issue(programme, now, progress)


def _walk_webinars(programme: Programme, figures: Figures, seed: int, now: dt.datetime, progress: Progress) -> None:
    participants = plan_webinars(figures, seed)
    registrations = _register_all(programme, participants, seed, progress)
    _respond_all(programme, participants, registrations, progress)
    _add_unnamed_speakers(programme, figures)
    _count_audience(programme, figures, seed)


def _counted(what: str, items: Sequence[Item], progress: Progress) -> Iterator[Item]:
    for done, item in enumerate(items):
        if done % 25 == 0:
            progress(what, done, len(items))
        yield item
    progress(what, len(items), len(items))


def _register_all(
    programme: Programme, participants: Sequence[Participant], seed: int, progress: Progress
) -> list[Registration]:
    chance = random.Random(seed)  # noqa: S311 - reproducible on purpose
    window = int((programme.registration_closes_at - programme.registration_opens_at).total_seconds()) - 7200
    moments = sorted(chance.randint(0, window) for _participant in participants)
    privacy_text = PrivacyText.objects.current()
    registrations = []
    pairs = list(zip(participants, moments, strict=True))
    for participant, seconds in _counted(_("Registering"), pairs, progress):
        now = programme.registration_opens_at + dt.timedelta(seconds=seconds)
        details = RegistrationDetails(**asdict(participant.person), sector_other="")
        registration = register(programme, details, privacy_text=privacy_text, now=now)
        registrations.append(confirm(registration, now=now + dt.timedelta(minutes=chance.randint(1, 90))))
    return registrations


def reports_dir(programme: Programme) -> Path:
    """Where the meeting platform's files of a synthetic cohort are written."""
    return Path(settings.DATA_DIR) / "synthetic" / programme.slug


def _attend(
    sessions: Sequence[TrainingSession],
    participants: Sequence[Participant],
    seed: int,
    now: dt.datetime,
    progress: Progress,
) -> None:
    folder = reports_dir(sessions[0].programme)
    folder.mkdir(parents=True, exist_ok=True)
    for session in _counted(_("Importing attendance"), sessions, progress):
        path = folder / f"zoom-session-{session.number}.csv"
        path.write_bytes(write_meeting_report(list(_report_lines(session, participants, seed))))
        upload = upload_report(
            session,
            file_name=path.name,
            content=path.read_bytes(),
            time_zone=session.programme.time_zone,
            by=None,
            now=now,
        )
        carry_on_import.apply(args=(upload.pk,), throw=True)
        approve_import(upload, by=None, now=now)
        carry_on_import.apply(args=(upload.pk,), throw=True)


def _report_lines(session: TrainingSession, participants: Iterable[Participant], seed: int) -> Iterator[ReportLine]:
    """The lines of Zoom's report in the order of joining, with what real reports have: the host, and a stranger."""
    start = session.starts_at.astimezone(session.programme.zone).replace(tzinfo=None)
    end = start + session.length
    lines = [
        ReportLine(
            name=participant.person.printed_name,
            email=participant.person.email if participant.is_signed_in else "",
            joined=start + dt.timedelta(seconds=joined),
            left=start + dt.timedelta(seconds=left),
            is_guest=True,
        )
        for participant in participants
        for joined, left in participant.presence.get(session.number, [])
    ]
    chance = random.Random(seed + session.number)  # noqa: S311 - reproducible on purpose
    lines.append(
        ReportLine("Organising team", "host@example.org", start - dt.timedelta(minutes=30), end, is_guest=False)
    )
    for number in range(chance.randint(2, 6)):
        lines.append(ReportLine(f"iPhone ({number + 1})", "", start + dt.timedelta(minutes=number), end, is_guest=True))
    yield from sorted(lines, key=lambda line: (line.joined, line.name))


def _respond_all(
    programme: Programme, participants: Sequence[Participant], registrations: Sequence[Registration], progress: Progress
) -> None:
    survey = Survey.objects.for_programme(programme).with_questions().get()
    answered = [
        (participant.answers, registration)
        for participant, registration in zip(participants, registrations, strict=True)
        if participant.answers is not None
    ]
    moments = int((survey.closes_at - survey.opens_at).total_seconds()) // (len(answered) + 1)
    for number, (answers, registration) in enumerate(_counted(_("Answering the survey"), answered, progress), start=1):
        now = survey.opens_at + dt.timedelta(seconds=number * moments)
        respond(survey, registration, answers, language=registration.language, now=now)


def _issue(programme: Programme, now: dt.datetime, progress: Progress) -> None:
    what = _("Issuing certificates")
    progress(what, 0, 1)
    run = request_issue(programme, by=None, now=now)
    continue_issue_run.apply(args=(run.pk,), throw=True)
    run.refresh_from_db()
    if run.refusal or run.finished_at is None:
        raise Refused(run.refusal or _("The certificates are not finished. Run this command again."))
    progress(what, run.done, run.total or run.done)


def _add_unnamed_speakers(programme: Programme, figures: Figures) -> None:
    """The document counts more speakers than it names: the others are put in as what they are, unnamed."""
    sessions = list(TrainingSession.objects.for_programme(programme))
    named = Speaker.objects.filter(programme=programme, is_synthetic=False).count()
    for number in range(1, figures.count("speakers") - named + 1):
        speaker = Speaker.objects.create(
            programme=programme, name=f"Speaker {number} (not named in the document)", is_synthetic=True
        )
        Appearance.objects.create(session=sessions[number % len(sessions)], speaker=speaker, position=100 + number)


def _count_audience(programme: Programme, figures: Figures, seed: int) -> None:
    """The document prints totals; how they spread over sessions and channels is made up."""
    chance = random.Random(seed)  # noqa: S311 - reproducible on purpose
    printed = reference_data(programme.slug)["audience_figures"]
    channels = [f"Live platform {number}" for number in range(1, printed["live_platforms"] + 1)]
    channels += [f"Media outlet {number}" for number in range(1, printed["media_outlets"] + 1)]
    sessions = list(TrainingSession.objects.for_programme(programme))
    for kind, figure_id in AUDIENCE.items():
        places = channels if kind == "live_views" else ["All recordings" if kind == "playbacks" else "All slides"]
        total = figures.count(figure_id) + (chance.randint(1, 9999) if kind == "playbacks" else 0)
        cells = [(session, channel) for session in sessions for channel in places]
        counts = audience_counts(total, len(cells), chance)
        AudienceFigure.objects.bulk_create(
            AudienceFigure(session=session, kind=kind, channel=channel, count=count)
            for (session, channel), count in zip(cells, counts, strict=True)
        )
