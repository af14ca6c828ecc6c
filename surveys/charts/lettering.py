"""A picture's texts taken out of it, each with its place, for software that sets scripts better than it draws SVG.

Only what `surveys.charts` draws is understood: nested ``<svg>``, ``<g>`` that are moved, ``<text>`` with lines or runs.
"""

from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from xml.etree import ElementTree

_SVG = "{http://www.w3.org/2000/svg}"
_PARTS = {"start": 0.0, "middle": 0.5, "end": 1.0}


@dataclass(frozen=True, slots=True)
class Run:
    """Letters of one look."""

    text: str
    weight: int
    fill: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line: where its foot is in pixels from the top left, which part of it lies left of that place (0, 0.5, 1)."""

    x: float
    y: float
    part: float
    size: float
    is_rtl: bool
    runs: tuple[Run, ...]

    def as_dict(self) -> dict[str, object]:
        """Plain JSON values."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class _Place:
    """What an element inherits."""

    x: float = 0.0
    y: float = 0.0
    width: float = 0.0
    size: float = 15.0
    fill: str = "#000000"
    is_rtl: bool = False


def taken_apart(picture: str) -> tuple[str, list[Line]]:
    """The picture without its texts, and these. Raises ParseError for what is no XML."""
    root = ElementTree.fromstring(picture)  # noqa: S314 -- drawn by ourselves, every text escaped
    lines = list(_lines(root, _Place()))
    for parent in list(root.iter()):
        for child in [child for child in parent if child.tag in {f"{_SVG}text", f"{_SVG}title", f"{_SVG}desc"}]:
            parent.remove(child)
    ElementTree.register_namespace("", _SVG[1:-1])
    return ElementTree.tostring(root, encoding="unicode"), lines


def _lines(element: ElementTree.Element, place: _Place) -> Iterator[Line]:
    if element.tag == f"{_SVG}text":
        yield from _lines_of_text(element, place)
        return
    inside = _inside(element, place)
    for child in element:
        yield from _lines(child, inside)


def _inside(element: ElementTree.Element, place: _Place) -> _Place:
    """What the element's parts inherit."""
    x, y = place.x, place.y
    if element.tag == f"{_SVG}svg":
        x, y = x + float(element.get("x", 0)), y + float(element.get("y", 0))
    elif moved := element.get("transform", "").removeprefix("translate(").removesuffix(")").split():
        x, y = x + float(moved[0]), y + float(moved[1])
    return replace(
        place,
        x=x,
        y=y,
        width=float(element.get("width", place.width)) if element.tag == f"{_SVG}svg" else place.width,
        size=float(element.get("font-size", place.size)),
        fill=element.get("fill", place.fill),
        is_rtl=element.get("direction", "rtl" if place.is_rtl else "ltr") == "rtl",
    )


def _lines_of_text(text: ElementTree.Element, place: _Place) -> Iterator[Line]:
    """Every part with a place of its own begins a line; other parts are runs of the same line."""
    own = _inside(text, place)
    weight = int(text.get("font-weight", 400))
    parts = [part for part in text if part.text]
    if not parts or parts[0].get("x") is None:
        runs = [
            Run(part.text or "", int(part.get("font-weight", weight)), part.get("fill", own.fill)) for part in parts
        ]
        yield _line(text, text, own, tuple(runs) or (Run(text.text or "", weight, own.fill),))
        return
    for part in parts:
        yield _line(part, text, own, (Run(part.text or "", weight, own.fill),))


def _line(positioned: ElementTree.Element, text: ElementTree.Element, own: _Place, runs: tuple[Run, ...]) -> Line:
    at = positioned.get("x", "0")
    x = float(at[:-1]) / 100 * own.width if at.endswith("%") else float(at)
    part = _PARTS[text.get("text-anchor", "start")]
    return Line(
        x=own.x + x + float(positioned.get("dx", 0)),
        y=own.y + float(positioned.get("y", 0)),
        part=1 - part if own.is_rtl else part,
        size=own.size,
        is_rtl=own.is_rtl,
        runs=runs,
    )
