"""The results page: a frozen document turned into words, charts and tables in the reader's language. No row is read."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from registrations.geography import COUNTRIES
from reports import words
from reports.dates import date_range
from reports.exhibits import Exhibit, Row, bars, row
from reports.figures import AudienceFigures, Breakdown, Cell, Figure, Region, Results
from reports.survey_telling import ToldSurvey, told_survey
from reports.worldmap import Bubble, world_map
from surveys.wording import number_text

DOT = 3
"""Countries that are told together are drawn as if they had this many people, all alike."""


@dataclass(frozen=True, slots=True)
class Headline:
    """A number that stands out, with what it counts and over what."""

    id: str
    number: str
    what: str
    beside: str = ""


@dataclass(frozen=True, slots=True)
class ToldRegion:
    """A region with its countries, largest first, and the others together."""

    name: str
    total: Row
    countries: tuple[Row, ...]
    others: Row | None
    others_names: str


@dataclass(frozen=True, slots=True)
class Page:
    """Everything that the page shows."""

    title: str
    dates: str
    is_synthetic: bool
    headlines: tuple[Headline, ...]
    map: SafeString
    has_dots: bool
    regions_chart: Exhibit | None
    regions: tuple[ToldRegion, ...]
    is_geography_withheld: bool
    gender: Exhibit | None
    sector: Exhibit | None
    journey: Exhibit | None
    sessions: Exhibit | None
    attendance_note: str
    audience: tuple[Exhibit, ...]
    surveys: tuple[ToldSurvey, ...]
    smallest_cell: int

    @property
    def has_people(self) -> bool:
        """Whether anything is told of who registered."""
        return bool(self.gender or self.sector)


def told(results: Results) -> Page:
    """Turn a published document into what its page shows."""
    first = dt.date.fromisoformat(results.programme.start_date)
    last = dt.date.fromisoformat(results.programme.end_date)
    k = results.smallest_cell
    return Page(
        title=results.programme.title,
        dates=date_range(first, last),
        is_synthetic=results.programme.is_synthetic,
        headlines=tuple(_headlines(results)),
        map=_map(results),
        has_dots=any(region.others for region in results.regions),
        regions_chart=_regions_chart(results),
        regions=tuple(_region(region, k=k) for region in results.regions),
        is_geography_withheld=results.is_geography_withheld,
        gender=_breakdown(_("Gender"), results.gender, words.gender_label, k=k),
        sector=_breakdown(_("Where they work"), results.sector, words.sector_label, k=k),
        journey=_journey(results),
        sessions=_sessions(results),
        attendance_note=attendance_note(results.threshold),
        audience=tuple(exhibit for kind in results.audience for exhibit in _audience(kind)),
        surveys=tuple(told_survey(survey, k=k) for survey in results.surveys if survey.responses.numerator),
        smallest_cell=k,
    )


def attendance_note(threshold: int) -> str:
    """When somebody counts as present."""
    if not threshold:
        return _("Present is who was there at any time of the session.")
    return _(
        "Present is who was there for at least %(share)s%% of the session’s minutes, as the completion rule says."
    ) % {"share": number_text(threshold)}


def _headlines(results: Results) -> Iterable[Headline]:
    registrations = results.registrations
    if registrations.numerator:
        yield Headline("registrations", number_text(registrations.numerator), _("people registered"))
        yield _headline(results.countries, _("countries and territories"))
    if results.certificates.numerator:
        beside = _("%(share)s of those registered") % {"share": words.percent_text(results.certificates)}
        yield _headline(results.certificates, _("certificates of completion"), beside)
    for audience in results.audience:
        yield _headline(audience.total, words.audience_label(audience.kind))
    yield _headline(results.sessions, _("live sessions"))
    if results.speakers.numerator:
        yield _headline(results.speakers, _("speakers"))
    for survey in results.surveys:
        if survey.valid.numerator:
            beside = _("of %(responses)s") % {
                "responses": words.base_text("responses", survey.responses.numerator or 0)
            }
            yield _headline(survey.valid, _("valid survey responses"), beside)


def _headline(figure: Figure, what: str, beside: str = "") -> Headline:
    return Headline(figure.id, number_text(figure.numerator or 0), what, beside)


def _breakdown(title: str, breakdown: Breakdown, label: words.Label, *, k: int) -> Exhibit | None:
    cells = [cell for cell in breakdown.cells if cell.figure.numerator or cell.figure.percent]
    if not cells:
        return None
    rows = [row(label(cell.keys), cell.figure, k=k) for cell in cells]
    n = cells[0].figure.denominator or 0
    note = words.withheld_note(k) if breakdown.is_withheld else ""
    return bars(cells[0].figure.id.rpartition(".")[0], title, rows, base=words.base_text("registrations", n), note=note)


def _regions_chart(results: Results) -> Exhibit | None:
    if not results.regions:
        return None
    k = results.smallest_cell
    rows = [row(words.region_name(region.names), region.figure, k=k) for region in results.regions]
    base = words.base_text("registrations", results.registrations.numerator or 0)
    return bars("registrations.region", _("By region of the United Nations"), rows, base=base)


def _region(region: Region, *, k: int) -> ToldRegion:
    others = None
    names: list[str] = []
    if region.others:
        names = sorted(words.country_name(code) for code in region.others.keys)
        label = _("%(count)s others together") % {"count": number_text(len(names))}
        others = row(label, region.others.figure, k=k)
    return ToldRegion(
        name=words.region_name(region.names),
        total=row(words.region_name(region.names), region.figure, k=k),
        countries=tuple(row(words.country_name(cell.keys[0]), cell.figure, k=k) for cell in region.countries),
        others=others,
        others_names=words.listed(names),
    )


def _map(results: Results) -> SafeString:
    """One bubble for each country; those told together are dots of one size, without a number."""
    if not results.regions:
        return SafeString("")
    bubbles = [_bubble(cell) for region in results.regions for cell in region.countries]
    dots = [code for region in results.regions if region.others for code in region.others.keys]
    bubbles += [_dot(code) for code in dots]
    title = _("Where the participants live")
    description = _("A world map with one circle for each country or territory; its area shows how many registered.")
    return mark_safe(world_map(bubbles, title=title, description=description))  # noqa: S308 (escapes every text)


def _bubble(cell: Cell) -> Bubble:
    country, count = COUNTRIES[cell.keys[0]], cell.figure.numerator or 0
    label = _("%(country)s: %(count)s") % {"country": words.country_name(country.code), "count": number_text(count)}
    return Bubble(label, count, country.longitude, country.latitude)


def _dot(code: str) -> Bubble:
    country = COUNTRIES[code]
    return Bubble(words.country_name(code), DOT, country.longitude, country.latitude)


def _journey(results: Results) -> Exhibit | None:
    """From registration to certificate; None where nobody could be present or certified."""
    if not results.attended and not results.certificates.numerator:
        return None
    n = results.registrations.numerator or 0
    everybody = Figure("registered", "registrations", n, n)
    steps: list[tuple[str, Figure | None]] = [
        (_("Registered"), everybody),
        (_("Present in at least one session"), results.attended),
        (_("Met every requirement"), results.completed),
        (_("Certificate issued"), results.certificates),
    ]
    rows = [row(label, figure, k=0) for label, figure in steps if figure]
    return bars("journey", _("From registration to certificate"), rows, base=words.base_text("registrations", n))


def _sessions(results: Results) -> Exhibit | None:
    recorded = [session for session in results.agenda if session.present]
    if not recorded:
        return None
    k = results.smallest_cell
    rows = [row(f"{s.number}. {s.theme}", s.present, k=k) for s in recorded if s.present]
    base = words.base_text("registrations", results.registrations.numerator or 0)
    return bars("sessions.present", _("Present in each session"), rows, base=base)


def _audience(audience: AudienceFigures) -> Iterable[Exhibit]:
    """By session and by channel, where there is more than one."""
    what = words.audience_label(audience.kind)
    base = words.base_text(audience.kind, audience.total.numerator or 0)
    parts: Sequence[tuple[str, str, tuple[Cell, ...]]] = [
        ("session", _("%(what)s by session") % {"what": what.capitalize()}, audience.by_session),
        ("channel", _("%(what)s by channel") % {"what": what.capitalize()}, audience.by_channel),
    ]
    for part, title, cells in parts:
        if len(cells) > 1:
            rows = [row(_part_label(part, cell), cell.figure, k=0) for cell in cells]
            yield bars(f"{audience.total.id}.{part}", title, rows, base=base)


def _part_label(part: str, cell: Cell) -> str:
    key = cell.keys[0]
    return _("Session %(number)s") % {"number": number_text(int(key))} if part == "session" else key
