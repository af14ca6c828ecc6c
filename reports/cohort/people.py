"""Made-up persons, as they would fill the registration form in."""

import random
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from registrations.geography import COUNTRIES
from reports.cohort.names import CITY_SYLLABLES, ORGANISATIONS, POSITIONS, pool_of

MADE_UP = "@example.org"  # a domain reserved for examples: it never receives mail
# Without inhabitants, or with so few that a made-up crowd from there would look odd.
LEFT_OUT = frozenset({"AQ", "BV", "GS", "HM", "IO", "TF", "UM", "AI", "AS", "BL", "BQ", "CC", "CX", "EH", "FK", "GF"})
LEFT_OUT |= {"GP", "GU", "KY", "MF", "MP", "MQ", "MS", "NC", "NF", "NU", "PF", "PN", "RE", "SH", "SX", "TC", "TK"}
LEFT_OUT |= {"VG", "VI", "WF", "YT"}
HOME_REGIONS = frozenset({"Africa", "Asia", "Oceania"})
HOME_SUBREGIONS = frozenset({"Latin America and the Caribbean", "Eastern Europe"})


@dataclass(frozen=True)
class Person:
    """What one made-up person types into the registration form."""

    email: str
    given_name: str
    family_name: str
    printed_name: str
    gender: str
    country: str
    city: str
    organisation: str
    position: str
    sector: str
    language: str


def home_countries(count: int, chance: random.Random) -> list[str]:
    """Codes of `count` different countries and territories, most in the global South, small islands at the end."""
    homes = [
        code
        for code, country in sorted(COUNTRIES.items())
        if code not in LEFT_OUT and (country.region in HOME_REGIONS or country.subregion in HOME_SUBREGIONS)
    ]
    return sorted(chance.sample(homes, count), key=lambda code: COUNTRIES[code].is_sids)


def spread(values: Sequence[str], n: int, chance: random.Random) -> list[str]:
    """n values in random order: each at least once, the earlier ones more often."""
    weights = [1 / (rank + 4) for rank in range(len(values))]
    drawn = list(values) + chance.choices(values, weights, k=n - len(values))
    chance.shuffle(drawn)
    return drawn


def city_names(count: int, chance: random.Random) -> list[str]:
    """Different names of cities that do not exist."""
    names: set[str] = set()
    while len(names) < count:
        names.add("".join(chance.choices(CITY_SYLLABLES, k=chance.choice((2, 3, 3)))).capitalize())
    return sorted(names)


def home_towns(countries: Sequence[str], count: int, chance: random.Random) -> list[str]:
    """A town for each person whose country is given: `count` towns in all, each in one country, each with somebody.

    There must be at least as many towns as countries, and no more than people.
    """
    names = city_names(count, chance)
    chance.shuffle(names)
    owners = [*dict.fromkeys(countries)]
    sizes = Counter(countries)
    room = [country for country, size in sorted(sizes.items()) for _person in range(size - 1)]
    towns: dict[str, list[str]] = {}
    for name, country in zip(names, owners + chance.sample(room, count - len(owners)), strict=True):
        towns.setdefault(country, []).append(name)
    unused = {country: list(own) for country, own in towns.items()}
    return [unused[country].pop() if unused[country] else chance.choice(towns[country]) for country in countries]


def make_person(number: int, *, gender: str, sector: str, country: str, city: str, chance: random.Random) -> Person:
    """One person; the address is in a domain that is reserved for examples and never receives mail."""
    place = COUNTRIES[country]
    pool = pool_of(place.region, place.subregion)
    given = chance.choice(pool.men if gender == "male" else pool.women)
    family = chance.choice(pool.families)
    if chance.random() < 0.02:  # names of one part are common in some countries
        family = ""
    parts = [family, given] if pool.family_first else [given, family]
    glue = "" if pool.family_first and not "".join(parts).isascii() and all(map(_is_ideographic, parts)) else " "
    return Person(
        email=f"participant-{number:04d}{MADE_UP}",
        given_name=given,
        family_name=family,
        printed_name=glue.join(part for part in parts if part),
        gender=gender,
        country=country,
        city=city,
        organisation=chance.choice(ORGANISATIONS[sector]),
        position=chance.choice(POSITIONS),
        sector=sector,
        language=chance.choice(pool.languages),
    )


def _is_ideographic(text: str) -> bool:
    return all("CJK" in unicodedata.name(letter, "") for letter in text)
