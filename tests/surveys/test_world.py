import gzip
import re
from math import pi
from pathlib import Path
from xml.etree import ElementTree

import pytest

from registrations.geography import COUNTRIES
from surveys.charts import world
from surveys.charts.world import HEIGHT, LARGEST_RADIUS, WIDTH, Bubble, project, world_map

SVG = "{http://www.w3.org/2000/svg}"
NAMES = {"title": "Participants", "description": "153 people from 3 countries"}
LAND = Path(world.__file__).parent.parent / "data" / "land.txt"


def bubble(label, count, code):
    return Bubble(label, count, COUNTRIES[code].longitude, COUNTRIES[code].latitude)


def circles(svg):
    return list(ElementTree.fromstring(svg).iter(f"{SVG}circle"))


def test_project_puts_the_middle_in_the_middle():
    assert project(world.CENTRAL_MERIDIAN, 0) == (WIDTH / 2, 488)


def test_project_is_symmetric():
    east, west = project(world.CENTRAL_MERIDIAN + 60, 40), project(world.CENTRAL_MERIDIAN - 60, 40)
    assert east[0] - WIDTH / 2 == pytest.approx(WIDTH / 2 - west[0])
    assert east[1] == west[1]


def test_project_keeps_areas():
    def area(longitude, latitude):
        (left, top), (right, bottom) = project(longitude, latitude + 0.05), project(longitude + 0.1, latitude - 0.05)
        middle = project(longitude + 0.1, latitude + 0.05)
        shear = project(longitude, latitude - 0.05)
        return ((middle[0] - left) + (right - shear[0])) / 2 * (bottom - top)

    sphere = 4 * pi * world._SCALE**2
    cell_at_60 = sphere / 360 / 360 * 0.01 * pi * 0.5
    assert area(world.CENTRAL_MERIDIAN, 60) == pytest.approx(cell_at_60, rel=0.001)
    assert area(100, 60) == pytest.approx(cell_at_60, rel=0.001)


def test_project_keeps_every_country_but_antarctica_on_the_map():
    places = {code: project(country.longitude, country.latitude) for code, country in COUNTRIES.items()}
    outside = [code for code, (x, y) in places.items() if not (0 <= x <= WIDTH and 0 <= y <= HEIGHT)]
    assert outside == ["AQ"]


def test_land_is_small_and_on_the_map():
    raw = LAND.read_bytes()
    points = re.findall(r"M(\d+) (\d+)", raw.decode())
    assert len(raw) <= 20_000
    assert len(gzip.compress(raw)) <= 8_000
    assert all(0 <= int(x) <= WIDTH and 0 <= int(y) <= HEIGHT for x, y in points)


def test_land_has_no_line_across_the_map():
    steps = re.findall(r"-?\d+", re.sub(r"#.*|M\d+ \d+", "", LAND.read_text()))
    assert max(abs(int(step)) for step in steps) < 100


def test_world_map_gives_areas_in_proportion_to_counts():
    svg = world_map([bubble("Kenya: 36", 36, "KE"), bubble("Fiji: 9", 9, "FJ"), bubble("Peru: 1", 1, "PE")], **NAMES)
    assert [float(circle.get("r")) for circle in circles(svg)] == [
        LARGEST_RADIUS,
        LARGEST_RADIUS / 2,
        LARGEST_RADIUS / 6,
    ]


def test_world_map_draws_large_bubbles_first_and_nobody_not_at_all():
    svg = world_map([bubble("Fiji: 2", 2, "FJ"), bubble("Peru: 0", 0, "PE"), bubble("Kenya: 41", 41, "KE")], **NAMES)
    assert [circle[0].text for circle in circles(svg)] == ["Kenya: 41", "Fiji: 2"]


def test_world_map_puts_a_bubble_where_its_country_is():
    (circle,) = circles(world_map([Bubble("Here: 1", 1, 36.8, -1.3)], **NAMES))
    x, y = project(36.8, -1.3)
    assert (circle.get("cx"), circle.get("cy")) == (f"{x:.1f}", f"{y:.1f}")


def test_world_map_shows_antarctica_on_its_lower_edge():
    (circle,) = circles(world_map([bubble("Antarctica: 1", 1, "AQ")], **NAMES))
    assert circle.get("cy") == f"{HEIGHT - 8}.0"


def test_world_map_keeps_the_texts_of_strangers_text():
    svg = world_map([Bubble("<script>: 1", 1, 0, 0)], title="<b>", description="&lt;")
    root = ElementTree.fromstring(svg)
    assert "<script" not in svg
    assert (root[0].text, root[1].text, circles(svg)[0][0].text) == ("<b>", "&lt;", "<script>: 1")


def test_world_map_needs_no_style_and_is_a_named_picture():
    svg = world_map([], **NAMES)
    root = ElementTree.fromstring(svg)
    assert "style" not in svg
    assert (root.get("role"), root.get("width"), root.get("viewBox")) == ("img", "100%", f"0 0 {WIDTH} {HEIGHT}")
    assert root.get("aria-labelledby") == root[0].get("id")
    assert circles(svg) == []
