"""Where participants live, in words: the map, and each region with its countries."""

from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from registrations.geography import COUNTRIES
from reports import words
from reports.charts import regions_chart
from reports.exhibits import Exhibit, Row, row
from reports.figures import Cell, Region, Results
from surveys.charts.world import Bubble, world_map
from surveys.wording import number_text

DOT = 3
"""Countries that are told together are drawn as if they had this many people, all alike."""


@dataclass(frozen=True, slots=True)
class ToldRegion:
    """A region with its countries, largest first, and the others together."""

    name: str
    total: Row
    countries: tuple[Row, ...]
    others: Row | None
    others_names: str


@dataclass(frozen=True, slots=True)
class Places:
    """The map, the regions as a chart, and their countries. `has_dots`: some countries are told together."""

    map: SafeString
    map_text: str
    has_dots: bool
    chart: Exhibit | None
    regions: tuple[ToldRegion, ...]
    is_withheld: bool
    smallest_cell: int


def places(results: Results) -> Places | None:
    """Turn the geography into words; None where nobody registered."""
    if not results.regions and not results.is_geography_withheld:
        return None
    k = results.smallest_cell
    return Places(
        map=_map(results),
        map_text=_description(),
        has_dots=any(region.others for region in results.regions),
        chart=regions_chart(results),
        regions=tuple(_region(region, k=k) for region in results.regions),
        is_withheld=results.is_geography_withheld,
        smallest_cell=k,
    )


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


def _description() -> str:
    return _("A world map with one circle for each country or territory; its area shows how many registered.")


def _map(results: Results) -> SafeString:
    """One bubble for each country; those told together are dots of one size, without a number."""
    if not results.regions:
        return SafeString("")
    bubbles = [_bubble(cell) for region in results.regions for cell in region.countries]
    dots = [code for region in results.regions if region.others for code in region.others.keys]
    bubbles += [_dot(code) for code in dots]
    drawn = world_map(bubbles, title=_("Where the participants live"), description=_description())
    return mark_safe(drawn)  # noqa: S308 (escapes every text)


def _bubble(cell: Cell) -> Bubble:
    country, count = COUNTRIES[cell.keys[0]], cell.figure.numerator or 0
    label = _("%(country)s: %(count)s") % {"country": words.country_name(country.code), "count": number_text(count)}
    return Bubble(label, count, country.longitude, country.latitude)


def _dot(code: str) -> Bubble:
    country = COUNTRIES[code]
    return Bubble(words.country_name(code), DOT, country.longitude, country.latitude)
