"""Time zones to choose from: one name per place as people call it today, by region.

Source: the tables `zone.tab` (places, by country) and `tzdata.zi` (old names as lines "L <name> <old name>") of the
IANA time zone database, from the package `tzdata`.
"""

import datetime as dt
import functools
import itertools
import zoneinfo
from importlib.resources import files

from django.utils.translation import pgettext

from registrations.zones import is_zone

_TABLES = files("tzdata") / "zoneinfo"
Zone = tuple[str, str]


def regions() -> list[tuple[str, list[Zone]]]:
    """[("Africa", [("Africa/Abidjan", "Abidjan"), ...]), ...], the regions under names in the reader's language."""
    by_region = itertools.groupby(sorted(_places()), key=lambda name: name.partition("/")[0])
    return [(_region(region), [(name, _place(name)) for name in names]) for region, names in by_region]


def todays_name(name: str) -> str:
    """The name in use for what browsers may still call by an old one: Asia/Calcutta is Asia/Kolkata."""
    return _old_names().get(name, name)


@functools.cache
def zone_of_country(code: str) -> str:
    """The zone of a country (ISO alpha-2) whose places all have one time today, else ""; nobody is guessed an hour off.

    Of China it is the official one.
    """
    if code == "CN":
        return "Asia/Shanghai"
    names = [name for country, name in _rows() if country == code]
    now = dt.datetime.now(dt.UTC)
    offsets = {now.astimezone(zoneinfo.ZoneInfo(name)).utcoffset() for name in names}
    return names[0] if len(offsets) == 1 else ""


@functools.cache
def _places() -> frozenset[str]:
    return frozenset(name for _country, name in _rows())


@functools.cache
def _rows() -> tuple[tuple[str, str], ...]:
    """Countries and their zones."""
    lines = (_TABLES / "zone.tab").read_text(encoding="utf-8").splitlines()
    cells = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return tuple((row[0], row[2]) for row in cells if is_zone(row[2]))


@functools.cache
def _old_names() -> dict[str, str]:
    lines = (_TABLES / "tzdata.zi").read_text(encoding="utf-8").splitlines()
    links = (line.split()[1:3] for line in lines if line.startswith("L "))
    return {old: name for name, old in links if name in _places() and old not in _places()}


def _place(name: str) -> str:
    return name.partition("/")[2].replace("_", " ").replace("/", ", ")


def _region(code: str) -> str:
    names = {
        "Africa": pgettext("region of time zones", "Africa"),
        "America": pgettext("region of time zones", "Americas"),
        "Antarctica": pgettext("region of time zones", "Antarctica"),
        "Arctic": pgettext("region of time zones", "Arctic"),
        "Asia": pgettext("region of time zones", "Asia"),
        "Atlantic": pgettext("region of time zones", "Atlantic Ocean"),
        "Australia": pgettext("region of time zones", "Australia"),
        "Europe": pgettext("region of time zones", "Europe"),
        "Indian": pgettext("region of time zones", "Indian Ocean"),
        "Pacific": pgettext("region of time zones", "Pacific Ocean"),
    }
    return names.get(code, code)
