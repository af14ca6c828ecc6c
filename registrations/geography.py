"""Countries and areas with their United Nations groupings and a point on the map.

``data/countries.csv`` holds one row for each of the 249 codes of ISO 3166-1, with

* ``numeric``, ``region`` and ``subregion`` of the UN Statistics Division's "Standard country or area codes for
  statistical use" (M49, edition of 2024). M49 gives Antarctica no region and does not list TW: the former is its
  own region here, the latter stands in Eastern Asia.
* ``ldc``: the 44 least developed countries, list of the Committee for Development Policy as of 13 December 2024,
  the day Sao Tome and Principe graduated. Graduations scheduled after that day are not in it.
* ``lldc``: the 32 landlocked developing countries (UN-OHRLLS, unchanged since 2012), as flagged by M49.
* ``sids``: the 53 small island developing States and territories flagged by M49 (39 States and 14 territories).
* ``latitude``, ``longitude``: degrees north and east, one decimal, computed as the middle of the largest piece of
  land in Natural Earth (public domain), or the capital where that says more, as in archipelagos. A place for a
  symbol; it states nothing about boundaries.
"""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

_TABLE = Path(__file__).parent / "data" / "countries.csv"


@dataclass(frozen=True, slots=True)
class Country:
    """One country or area: ISO alpha-2 code, M49 English region names, UN groups, and degrees north and east."""

    code: str
    region: str
    subregion: str
    is_ldc: bool
    is_lldc: bool
    is_sids: bool
    latitude: float
    longitude: float


def region_of(code: str) -> str:
    """The English M49 region of an ISO alpha-2 code, such as "Africa". Raises KeyError for an unknown code."""
    return COUNTRIES[code].region


def _read(lines: Iterable[str]) -> Mapping[str, Country]:
    rows = csv.DictReader(lines)
    return MappingProxyType({row["alpha2"]: _country(row) for row in rows})


def _country(row: Mapping[str, str]) -> Country:
    return Country(
        code=row["alpha2"],
        region=row["region"],
        subregion=row["subregion"],
        is_ldc=row["ldc"] == "1",
        is_lldc=row["lldc"] == "1",
        is_sids=row["sids"] == "1",
        latitude=float(row["latitude"]),
        longitude=float(row["longitude"]),
    )


COUNTRIES: Mapping[str, Country] = _read(_TABLE.read_text(encoding="utf-8").splitlines())
