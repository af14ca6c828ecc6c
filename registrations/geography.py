"""Countries and areas with their United Nations groupings and a point on the map.

``data/countries.csv`` holds one row for each of the 249 codes of ISO 3166-1, with

* ``numeric``, ``region`` and ``subregion`` of the UN Statistics Division's "Standard country or area codes for
  statistical use" (M49, edition of 2024). M49 gives Antarctica no region and does not list TW: the former is its
  own region here, the latter stands in Eastern Asia.
* ``ldc``: the 44 least developed countries, list of the Committee for Development Policy as of 13 December 2024,
  the day Sao Tome and Principe graduated. ``data/ldc_changes.csv`` has the days on which countries leave the category,
  those since 2020 and those that the General Assembly has set, with its resolution. Bangladesh has asked for its day
  (24 November 2026) to be put off to 24 November 2029; until a resolution says so, the one in force stands here.
* ``lldc``: the 32 landlocked developing countries (UN-OHRLLS, unchanged since 2012), as flagged by M49.
* ``sids``: the 53 small island developing States and territories flagged by M49 (39 States and 14 territories).
* ``latitude``, ``longitude``: degrees north and east, one decimal, computed as the middle of the largest piece of
  land in Natural Earth (public domain), or the capital where that says more, as in archipelagos. A place for a
  symbol; it states nothing about boundaries.
"""

import csv
import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

_DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class Edition:
    """Which state of a classification this is: its name, the day of its content, and where it is published."""

    name: str
    day: dt.date
    source: str


EDITIONS: Mapping[str, Edition] = MappingProxyType(
    {
        "m49": Edition(
            "UN M49, standard country or area codes for statistical use",
            dt.date(2024, 1, 1),
            "https://unstats.un.org/unsd/methodology/m49/",
        ),
        "ldc": Edition(
            "List of least developed countries, Committee for Development Policy",
            dt.date(2024, 12, 13),
            "https://www.un.org/development/desa/dpad/least-developed-country-category.html",
        ),
        "lldc": Edition(
            "Landlocked developing countries, UN-OHRLLS",
            dt.date(2024, 1, 1),
            "https://unstats.un.org/unsd/methodology/m49/",
        ),
        "sids": Edition(
            "Small island developing States, as flagged by UN M49",
            dt.date(2024, 1, 1),
            "https://unstats.un.org/unsd/methodology/m49/",
        ),
    }
)
"""The classifications that COUNTRIES holds, so that whoever prints a figure by one of them can name it."""


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


def is_ldc_on(code: str, day: dt.date) -> bool:
    """Whether a country was, is or will be a least developed country on a day since July 2017.

    Raises KeyError for an unknown code.
    """
    leaves_on = LDC_LEAVES.get(code)
    return day < leaves_on if leaves_on else COUNTRIES[code].is_ldc


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


def _lines(name: str) -> list[str]:
    return (_DATA / name).read_text(encoding="utf-8").splitlines()


COUNTRIES: Mapping[str, Country] = _read(_lines("countries.csv"))
LDC_LEAVES: Mapping[str, dt.date] = MappingProxyType(
    {row["alpha2"]: dt.date.fromisoformat(row["leaves_on"]) for row in csv.DictReader(_lines("ldc_changes.csv"))}
)
"""When a country leaves the category of least developed countries, by its code."""
