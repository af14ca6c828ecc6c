"""What stands beside an edition: its files, the other editions, and what changed since the one before."""

from dataclasses import dataclass

from django.template.defaultfilters import filesizeformat
from django.utils.translation import get_language, get_language_info

from reports.changes import changes
from reports.figures import Results
from reports.models import ReportFile, ResultsReport


@dataclass(frozen=True, slots=True)
class Download:
    """A file: its language in its own words, and its size in words."""

    language: str
    language_name: str
    format: str
    label: str
    size: str
    sha256: str
    is_own: bool


@dataclass(frozen=True, slots=True)
class Shelf:
    """Beside an edition. `waiting`: how many files are still being made; `changed`: figures since the edition before."""

    downloads: tuple[Download, ...]
    waiting: int
    editions: tuple[ResultsReport, ...]
    before: ResultsReport | None
    changed: int

    @property
    def has_others(self) -> bool:
        """Whether there is more than one edition."""
        return len(self.editions) > 1


def shelf(report: ResultsReport) -> Shelf:
    """Three queries, whatever the number of editions; the figures of one earlier edition are read."""
    editions = list(ResultsReport.objects.for_programme(report.programme).defer("figures", "content"))
    before = ResultsReport.objects.standing_before(report) if len(editions) > 1 and not report.is_withdrawn else None
    files = [] if report.is_withdrawn else list(ReportFile.objects.filter(report=report).listed())
    return Shelf(
        downloads=tuple(sorted((_download(file) for file in files if file.is_made), key=_own_first)),
        waiting=sum(not file.is_made and file.attempts < ReportFile.MOST_ATTEMPTS for file in files),
        editions=tuple(editions),
        before=before,
        changed=_changed(before, report) if before else 0,
    )


def _changed(before: ResultsReport, report: ResultsReport) -> int:
    return changes(Results.from_dict(before.figures), Results.from_dict(report.figures)).total


def _download(file: ReportFile) -> Download:
    return Download(
        language=file.language,
        language_name=get_language_info(file.language)["name_local"],
        format=file.format,
        label=file.format.upper(),
        size=filesizeformat(file.size),
        sha256=file.sha256,
        is_own=file.language == get_language(),
    )


def _own_first(download: Download) -> tuple[bool, str, str]:
    return not download.is_own, download.language, download.format
