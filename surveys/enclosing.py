"""Which larger groups a group belongs to by definition: a country to its region, and to every other group of countries."""

from collections.abc import Iterator, Mapping
from functools import cache

from registrations.geography import COUNTRIES
from surveys.disclosure import Wider
from surveys.variables import PERSON, Variable, region_of

COUNTRY, SUBREGION, REGION = "country", "subregion", "region"


def wider_of(variables: Mapping[str, Variable]) -> Wider:
    """What `surveys.disclosure` asks for, by the variables of a survey."""

    @cache  # asked 20,000 times for a page, of a few hundred groups
    def wider(name: str, value: str) -> tuple[tuple[str, str], ...]:
        return tuple(_enclosing(variables, name, value))

    return wider


def _enclosing(variables: Mapping[str, Variable], name: str, value: str) -> Iterator[tuple[str, str]]:
    if name == COUNTRY and value in COUNTRIES:
        yield REGION, region_of(value)
        for other in variables.values():
            if other.section == PERSON and other.column == COUNTRY and other.name != COUNTRY:
                yield other.name, other.group_of(value)
    if name == SUBREGION:
        regions = {country.region for country in COUNTRIES.values() if country.subregion == value}
        yield from ((REGION, region) for region in regions)
