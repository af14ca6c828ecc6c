"""The files of an edition, made in the background from what was frozen, and kept with their size and hash."""

import datetime as dt
import hashlib
import logging
from collections.abc import Callable

from django.utils import timezone, translation

from reports.edition import Edition, frozen
from reports.models import ReportFile, ResultsReport
from reports.typesetting import pdf
from reports.word import document

logger = logging.getLogger(__name__)

LEASE = dt.timedelta(minutes=5)
LONGEST_PROBLEM = 500

Clock = Callable[[], dt.datetime]


def make_waiting(*, now: dt.datetime, clock: Clock = timezone.now) -> int:
    """Make every file that is due and not in another worker's hands. Returns how many were made."""
    waiting = ReportFile.objects.waiting().values_list("pk", flat=True)
    return sum(make(pk, now=now, clock=clock) for pk in list(waiting))


def make(pk: int, *, now: dt.datetime, clock: Clock = timezone.now) -> bool:
    """Make one file, unless it is made or claimed. A failure is written down and tried again after the lease."""
    if not ReportFile.objects.waiting().filter(pk=pk).claim(at=clock(), lease=LEASE):
        return False
    file = ReportFile.objects.select_related("report__programme").get(pk=pk)
    try:
        content = render(file.report, file.format, file.language)
    except Exception as problem:
        logger.exception("A file of a results report could not be made: %s", file)
        words = f"{type(problem).__name__}: {problem}"[:LONGEST_PROBLEM]
        ReportFile.objects.filter(pk=pk, sha256="").update(problem=words)
        return False
    sha256 = hashlib.sha256(content).hexdigest()
    made = ReportFile.objects.filter(pk=pk, sha256="").update(
        content=content, size=len(content), sha256=sha256, made_at=now, problem=""
    )
    return made == 1


def render(report: ResultsReport, kind: str, language: str) -> bytes:
    """An edition as a file: of the same edition always the same bytes, whenever and wherever it is made."""
    with translation.override(language):
        return RENDERERS[kind](frozen(report), report)


RENDERERS: dict[str, Callable[[Edition, ResultsReport], bytes]] = {
    ReportFile.Format.PDF.value: pdf,
    ReportFile.Format.DOCX.value: document,
}
