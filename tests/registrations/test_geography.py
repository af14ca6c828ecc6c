import datetime as dt
from collections import Counter

import pytest
from django_countries.data import COUNTRIES as ISO_NAMES

from registrations.geography import COUNTRIES, EDITIONS, LDC_LEAVES, Country, is_ldc_on, region_of


def test_countries_are_those_of_iso_3166():
    assert set(COUNTRIES) == set(ISO_NAMES)
    assert len(COUNTRIES) == 249


def test_country_carries_its_groups_and_its_place():
    assert COUNTRIES["NP"] == Country(
        code="NP",
        region="Asia",
        subregion="Southern Asia",
        is_ldc=True,
        is_lldc=True,
        is_sids=False,
        latitude=28.2,
        longitude=83.9,
    )


def test_regions_have_as_many_members_as_m49_says():
    assert Counter((country.region, country.subregion) for country in COUNTRIES.values()) == {
        ("Africa", "Northern Africa"): 7,
        ("Africa", "Sub-Saharan Africa"): 53,
        ("Americas", "Latin America and the Caribbean"): 52,
        ("Americas", "Northern America"): 5,
        ("Antarctica", "Antarctica"): 1,
        ("Asia", "Central Asia"): 5,
        ("Asia", "Eastern Asia"): 8,
        ("Asia", "South-eastern Asia"): 11,
        ("Asia", "Southern Asia"): 9,
        ("Asia", "Western Asia"): 18,
        ("Europe", "Eastern Europe"): 10,
        ("Europe", "Northern Europe"): 16,
        ("Europe", "Southern Europe"): 16,
        ("Europe", "Western Europe"): 9,
        ("Oceania", "Australia and New Zealand"): 6,
        ("Oceania", "Melanesia"): 5,
        ("Oceania", "Micronesia"): 8,
        ("Oceania", "Polynesia"): 10,
    }


def test_groups_have_as_many_members_as_the_united_nations_list():
    countries = COUNTRIES.values()
    assert sum(country.is_ldc for country in countries) == 44
    assert sum(country.is_lldc for country in countries) == 32
    assert sum(country.is_sids for country in countries) == 53


def test_groups_leave_out_the_countries_that_graduated():
    assert [code for code in ("BT", "BW", "CV", "GQ", "MV", "ST", "VU", "WS") if COUNTRIES[code].is_ldc] == []


def test_places_are_on_the_globe():
    strays = [
        country.code
        for country in COUNTRIES.values()
        if not (-90 <= country.latitude <= 90 and -180 <= country.longitude <= 180)
    ]
    assert strays == []


@pytest.mark.parametrize(
    ("code", "south", "north", "west", "east"),
    [
        ("AU", -39, -11, 113, 154),
        ("BR", -34, 5, -74, -34),
        ("CL", -56, -17, -76, -66),
        ("CN", 18, 54, 73, 135),
        ("FJ", -20, -16, 177, 180),
        ("FR", 42, 51, -5, 8),
        ("KE", -5, 5, 34, 42),
        ("NZ", -47, -34, 166, 179),
        ("PT", 37, 42, -10, -6),
        ("US", 25, 49, -125, -67),
        ("WS", -14, -13, -173, -171),
    ],
)
def test_places_lie_in_their_country(code, south, north, west, east):
    country = COUNTRIES[code]
    assert south <= country.latitude <= north
    assert west <= country.longitude <= east


def test_region_of_answers_the_m49_region():
    assert [region_of(code) for code in ("KE", "BR", "JP", "CH", "TO", "AQ")] == [
        "Africa",
        "Americas",
        "Asia",
        "Europe",
        "Oceania",
        "Antarctica",
    ]


def test_region_of_refuses_an_unknown_code():
    with pytest.raises(KeyError):
        region_of("XX")


def test_a_country_leaves_the_least_developed_on_its_day():
    eve, day = dt.date(2026, 11, 23), dt.date(2026, 11, 24)

    assert [is_ldc_on(code, eve) for code in ("BD", "LA", "NP", "BT", "SB", "KE", "AF")] == [
        True,
        True,
        True,
        False,
        True,
        False,
        True,
    ]
    assert [is_ldc_on(code, day) for code in ("BD", "LA", "NP", "SB")] == [False, False, False, True]
    assert is_ldc_on("BT", dt.date(2023, 12, 12))


def test_the_list_counts_as_many_as_the_united_nations_did():
    def members(day):
        return sum(is_ldc_on(code, day) for code in COUNTRIES)

    assert [members(dt.date(*day)) for day in ((2020, 6, 1), (2022, 6, 1), (2024, 1, 1), (2025, 1, 1))] == [
        47,
        46,
        45,
        44,
    ]
    assert set(LDC_LEAVES) <= set(COUNTRIES)
    assert all(COUNTRIES[code].is_ldc == (day > EDITIONS["ldc"].day) for code, day in LDC_LEAVES.items())
