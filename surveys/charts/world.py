"""A world map with one bubble per country, drawn as plain SVG.

The map shows land and no boundaries, so it takes no side on any of them. The projection is Equal Earth, which keeps
areas comparable; it is centred on 11.5 degrees east, so that the edge of the map runs through the Bering Strait and
cuts no land.

``surveys/data/land.txt`` comes from Natural Earth 1:110m land (``ne_110m_land``, version 4.1), public domain,
naturalearthdata.com. To make it again: drop the polygons that lie south of 60 degrees south (Antarctica), join the
land on both sides of 180 degrees by moving what lies west of 168.5 degrees west by 360, put every point through
``project``, simplify with Douglas-Peucker at 0.6 units, drop rings smaller than 6 square units, round to whole units,
and write each ring as ``M x y l dx dy ... z``. Lines that begin with # are a comment.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from math import asin, cos, radians, sin, sqrt
from pathlib import Path

from surveys.charts.sheet import ACCENT, escaped, naming

WIDTH = 2000
HEIGHT = 880
CENTRAL_MERIDIAN = 11.5
LARGEST_RADIUS = 60.0

_SCALE = 362.0
_EQUATOR_Y = 488.0
_LAND_FILE = Path(__file__).parent.parent / "data" / "land.txt"
_LAND_COLOUR = "#d6dee6"
_OUTLINE_COLOUR = "#084a7c"


@dataclass(frozen=True, slots=True)
class Bubble:
    """One circle: its tooltip ("Kenya: 41"), the count its area stands for, and degrees east and north."""

    label: str
    count: int
    longitude: float
    latitude: float


def project(longitude: float, latitude: float) -> tuple[float, float]:
    """Turn degrees east and north into map units: x from 0 to WIDTH rightwards, y from 0 to HEIGHT downwards.

    Latitudes from 58 degrees south to 84 degrees north are on the map, others lie above or below it. Formula:
    B. Šavrič, T. Patterson, B. Jenny, "The Equal Earth map projection", Int. J. Geogr. Inf. Sci. 33 (2019) 454-465.
    """
    a1, a2, a3, a4 = 1.340264, -0.081106, 0.000893, 0.003796
    east = radians((longitude - CENTRAL_MERIDIAN + 180) % 360 - 180)
    t = asin(sqrt(3) / 2 * sin(radians(latitude)))
    slope = 9 * a4 * t**8 + 7 * a3 * t**6 + 3 * a2 * t**2 + a1
    x = 2 * sqrt(3) * east * cos(t) / (3 * slope)
    y = a4 * t**9 + a3 * t**7 + a2 * t**3 + a1 * t
    return WIDTH / 2 + _SCALE * x, _EQUATOR_Y - _SCALE * y


def world_map(bubbles: Sequence[Bubble], *, title: str, description: str, width: int | None = None) -> str:
    """Draw the bubbles on the world's land and return one ``<svg>`` element that fills the width it is given.

    ``width`` is in pixels, for a picture that stands alone.

    A bubble's area is proportional to its count; the largest count has a radius of LARGEST_RADIUS units. Larger
    bubbles are drawn first, so that smaller ones lie on top; counts of 0 are left out. Texts may hold anything.
    """
    shown = sorted((b for b in bubbles if b.count > 0), key=lambda b: (-b.count, b.label))
    largest = shown[0].count if shown else 1
    circles = "".join(_circle(bubble, largest) for bubble in shown)
    size = f'width="{width}" height="{width * HEIGHT // WIDTH}"' if width else 'width="100%"'
    attributes, names = naming("map", title=title, description=description, content=circles)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="chart chart-map" viewBox="0 0 {WIDTH} {HEIGHT}" '
        f"{size} {attributes}>{names}"
        f'<path class="chart-land" fill="{_LAND_COLOUR}" fill-rule="evenodd" d="{_land()}"/>'
        f'<g class="chart-bubbles" fill="{ACCENT}" fill-opacity="0.6" stroke="{_OUTLINE_COLOUR}">{circles}</g></svg>'
    )


def _circle(bubble: Bubble, largest: int) -> str:
    x, y = project(bubble.longitude, bubble.latitude)
    radius = LARGEST_RADIUS * sqrt(bubble.count / largest)
    # The stroke keeps its width however small the map is shown, so that one person remains a visible dot.
    # Antarctica is off the map: its bubble stands on the lower edge.
    return (
        f'<circle cx="{x:.1f}" cy="{min(y, HEIGHT - 8):.1f}" r="{radius:.2f}" vector-effect="non-scaling-stroke">'
        f"<title>{escaped(bubble.label)}</title></circle>"
    )


@cache
def _land() -> str:
    lines = _LAND_FILE.read_text(encoding="utf-8").splitlines()
    return "".join(line for line in lines if not line.startswith("#"))
