"""Zones to choose from."""

from zoneinfo import ZoneInfo

import pytest

from registrations.zone_choice import regions, todays_name


def test_regions_offer_every_place_once_under_todays_name():
    offered = [name for _region, zones in regions() for name, _place in zones]
    assert len(offered) == len(set(offered)) == len([ZoneInfo(name) for name in offered])
    assert {name: name in offered for name in ("Asia/Kolkata", "Asia/Calcutta", "US/Eastern", "Africa/Asmara")} == {
        "Asia/Kolkata": True,
        "Asia/Calcutta": False,
        "US/Eastern": False,
        "Africa/Asmara": True,
    }
    assert [region for region, _zones in regions()] == [
        "Africa",
        "Americas",
        "Antarctica",
        "Arctic",
        "Asia",
        "Atlantic Ocean",
        "Australia",
        "Europe",
        "Indian Ocean",
        "Pacific Ocean",
    ]


def test_regions_name_places_in_plain_words():
    americas = dict(dict(regions())["Americas"])
    assert americas["America/Argentina/Buenos_Aires"] == "Argentina, Buenos Aires"


@pytest.mark.parametrize(
    "name, expected",
    [
        ("Asia/Calcutta", "Asia/Kolkata"),
        ("Europe/Kiev", "Europe/Kyiv"),
        ("Africa/Accra", "Africa/Accra"),
        ("UTC", "UTC"),
    ],
)
def test_todays_name_replaces_old_ones(name, expected):
    assert todays_name(name) == expected
