"""Publishing: a programme, and its results in editions (computed, made safe to tell, frozen)."""

import datetime as dt
import hashlib

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from registrations.doorbell import ring
from registrations.models import Programme, User
from reports.counting import counted_at_hand
from reports.disclosure import public
from reports.edition import Edition, content_digest, drafted, is_same
from reports.errors import Hindered, Hindrance, Refused
from reports.figures import Results
from reports.method import NotDisclosed, missing
from reports.models import ReportDraft, ReportFile, ResultsReport
from reports.results import compute_results
from reports.tasks import make_report_files
from sessions.models import TrainingSession


@transaction.atomic
def publish_programme(programme: Programme, *, by: User | None, now: dt.datetime) -> Programme:
    """Show a programme to the public. Twice is as good as once; raises `Refused` for one without sessions."""
    if not TrainingSession.objects.for_programme(programme).exists():
        raise Refused(_("Enter the sessions first: a programme without them has nothing to announce."))
    Programme.objects.filter(pk=programme.pk, published_at__isnull=True).update(published_at=now)
    programme.refresh_from_db()
    return programme


def public_results(programme: Programme) -> Results:
    """The results as they would be published now. Raises `Refused` where there is nothing to publish."""
    return made_public(compute_results(programme))


def public_results_at_hand(programme: Programme, *, now: dt.datetime) -> Results | None:
    """The same for a page, of what is kept where the programme is large; `None` while that is counted at first."""
    found = counted_at_hand(programme, now=now)
    return made_public(found.results) if found else None


def made_public(results: Results) -> Results:
    """Exact results as they may be told. Raises `Hindered` where there is nothing to publish."""
    if not results.registrations.numerator and not results.audience:
        raise Hindered(Hindrance.NOBODY)
    return public(results)


@transaction.atomic
def publish_results(
    programme: Programme, *, by: User | None, now: dt.datetime, results: Results | None = None
) -> ResultsReport:
    """Freeze the results as a new edition; where nothing has changed since, the latest edition is returned.

    They are counted here unless they are given, as `public_results` gives them. Raises `Hindered` for a programme that is
    not public itself, before its last day is over, where there is nothing to publish, and while the method of a survey is
    not disclosed (`NotDisclosed`). The files are made in the background. An earlier wish to publish is answered by it.
    """
    programme = Programme.objects.select_for_update().get(pk=programme.pk)
    refuse_before_its_end(programme, now=now)
    edition = drafted(programme, results or public_results(programme))
    refuse_unless_disclosed(programme, edition)
    ReportDraft.objects.filter(programme=programme).update(**ReportDraft.NO_WISH)
    latest = ResultsReport.objects.for_programme(programme).first()
    if latest and not latest.is_withdrawn and is_on_show(latest, edition):
        return latest
    report = _freeze(programme, edition, latest.edition + 1 if latest else 1, by=by, now=now)
    ReportFile.objects.bulk_create(
        ReportFile(report=report, format=kind, language=language)
        for language, _name in settings.LANGUAGES
        for kind in ReportFile.Format.values
    )
    ring(make_report_files)
    return report


def _freeze(programme: Programme, edition: Edition, number: int, *, by: User | None, now: dt.datetime) -> ResultsReport:
    sha256 = digest(edition.results)
    content = edition.content(sha256)
    return ResultsReport.objects.create(
        programme=programme,
        edition=number,
        figures=edition.results.as_dict(),
        sha256=sha256,
        content=content,
        content_sha256=content_digest(content),
        published_at=now,
        published_by=by,
    )


def refuse_before_its_end(programme: Programme, *, now: dt.datetime) -> None:
    """Raise `Hindered` for a programme that is not public itself, and before its last day is over."""
    if programme.published_at is None:
        raise Hindered(Hindrance.NOT_PUBLIC)
    if not programme.has_ended(now):
        raise Hindered(Hindrance.NOT_OVER)


def is_on_show(report: ResultsReport, edition: Edition) -> bool:
    """Whether an edition says just what would be published now."""
    sha256 = digest(edition.results)
    return report.sha256 == sha256 and is_same(report, edition.content(sha256))


def refuse_unless_disclosed(programme: Programme, edition: Edition) -> None:
    """Raise `NotDisclosed` while something is missing that every report of a survey must say."""
    fields = missing(edition.results, edition.words)
    if fields:
        raise NotDisclosed(fields)


@transaction.atomic
def take_back(report: ResultsReport, *, by: User | None, now: dt.datetime) -> ResultsReport:
    """Take an edition off the public page; the edition before it does not come back by itself.

    Raises `Refused` for an edition that is not the latest. Twice is as good as once.
    """
    latest = ResultsReport.objects.for_programme(report.programme).first()
    if latest is None or latest.pk != report.pk:
        raise Refused(_("Only the latest edition can be taken back."))
    ResultsReport.objects.filter(pk=report.pk, withdrawn_at__isnull=True).update(withdrawn_at=now, withdrawn_by=by)
    report.refresh_from_db()
    return report


def digest(document: Results) -> str:
    """The SHA-256 of the canonical JSON, in hexadecimal digits."""
    return hashlib.sha256(document.as_json().encode()).hexdigest()
