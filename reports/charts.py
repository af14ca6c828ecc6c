"""The charts that a results document can show, each by its id, in the reader's language."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from reports import words
from reports.exhibits import Exhibit, bars, row
from reports.figures import AudienceFigures, Breakdown, Cell, Figure, Results
from reports.naming import cells_of
from reports.survey_telling import survey_charts
from surveys.wording import number_text

PEOPLE = "registrations"


def charts(results: Results) -> dict[str, Exhibit]:
    """Every chart that has something to show, in the order of the document."""
    return {chart.id: chart for chart in _all(results)}


def regions_chart(results: Results) -> Exhibit | None:
    """Registrations by region; None where geography is withheld or nobody registered."""
    if not results.regions:
        return None
    k = results.smallest_cell
    rows = [row(words.region_name(region.names), region.figure, k=k) for region in results.regions]
    return bars(
        "registrations.region",
        _("By region of the United Nations"),
        rows,
        base=_everybody(results),
        base_id=PEOPLE,
    )


def attendance_note(threshold: int) -> str:
    """When somebody counts as present."""
    if not threshold:
        return _("Present is who was there at any time of the session.")
    return _(
        "Present is who was there for at least %(share)s%% of the session’s minutes, as the completion rule says."
    ) % {"share": number_text(threshold)}


def _all(results: Results) -> Iterator[Exhibit]:
    found = [
        regions_chart(results),
        _breakdown("registrations.gender", _("Gender"), results.gender, words.gender_label, results),
        _breakdown("registrations.sector", _("Where they work"), results.sector, words.sector_label, results),
        _journey(results),
        _sessions(results),
    ]
    yield from (chart for chart in found if chart)
    for audience in results.audience:
        yield from _audience(audience)
    for survey in results.surveys:
        yield from survey_charts(survey, k=results.smallest_cell)


def _everybody(results: Results) -> str:
    return words.base_text(PEOPLE, results.registrations.numerator or 0)


def _breakdown(chart_id: str, title: str, breakdown: Breakdown, label: words.Label, results: Results) -> Exhibit | None:
    cells, k = cells_of(breakdown), results.smallest_cell
    if not cells:
        return None
    rows = [row(label(cell.keys), cell.figure, k=k) for cell in cells]
    note = words.withheld_note(k) if breakdown.is_withheld else ""
    return bars(chart_id, title, rows, base=_everybody(results), base_id=PEOPLE, note=note)


def _journey(results: Results) -> Exhibit | None:
    """From registration to certificate; None where nobody could be present or certified."""
    if not results.attended and not results.certificates.numerator:
        return None
    n = results.registrations.numerator or 0
    steps: list[tuple[str, Figure | None]] = [
        (_("Registered"), Figure(PEOPLE, PEOPLE, n, n)),
        (_("Present in at least one session"), results.attended),
        (_("Met every requirement"), results.completed),
        (_("Certificate issued"), results.certificates),
    ]
    rows = [row(label, figure, k=0) for label, figure in steps if figure]
    return bars("journey", _("From registration to certificate"), rows, base=_everybody(results), base_id=PEOPLE)


def _sessions(results: Results) -> Exhibit | None:
    recorded = [session for session in results.agenda if session.present]
    if not recorded:
        return None
    k = results.smallest_cell
    rows = [row(f"{number_text(s.number)}. {s.theme}", s.present, k=k) for s in recorded if s.present]
    return bars(
        "sessions.present",
        _("Present in each session"),
        rows,
        base=_everybody(results),
        base_id=PEOPLE,
        note=attendance_note(results.threshold),
    )


def _audience(audience: AudienceFigures) -> Iterator[Exhibit]:
    """By session and by channel, where there is more than one."""
    what = words.audience_label(audience.kind).capitalize()
    stem, base = audience.total.id, words.base_text(audience.kind, audience.total.numerator or 0)
    parts: list[tuple[str, str, tuple[Cell, ...]]] = [
        ("session", _("%(what)s by session") % {"what": what}, audience.by_session),
        ("channel", _("%(what)s by channel") % {"what": what}, audience.by_channel),
    ]
    for part, title, cells in parts:
        if len(cells) > 1:
            rows = [row(_part_label(part, cell), cell.figure, k=0) for cell in cells]
            yield bars(f"{stem}.{part}", title, rows, base=base, base_id=stem)


def _part_label(part: str, cell: Cell) -> str:
    key = cell.keys[0]
    return _("Session %(number)s") % {"number": number_text(int(key))} if part == "session" else key
