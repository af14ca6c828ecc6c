"""A chart as a picture that stands alone: with its title above it, and below it what it is counted over."""

import re
from collections.abc import Sequence

from surveys.charts.sheet import FONT, INK, MUTED, Direction, Sheet, escaped

MARGIN = 24
_HEIGHT = re.compile(r'<svg [^>]*?\bheight="([\d.]+)"')
_OPENING = re.compile(r"<svg ")


def framed(chart: str, *, title: str, notes: Sequence[str], width: int, direction: Direction = "ltr") -> str:
    """Put a chart that was drawn for ``width - 2 * MARGIN`` pixels on white paper, between its title and notes."""
    height = _height(chart)
    head = Sheet((), direction=direction, width=int((width - 2 * MARGIN) / 1.3))
    lines = head.wrapped(title)
    foot = [line for note in notes for line in Sheet((), direction=direction, width=width).wrapped(note)]
    top = MARGIN + 26 * len(lines) + 12
    below = top + height + 28
    texts = [_line(line, width, MARGIN + 18 + 26 * place, 20, INK, direction) for place, line in enumerate(lines)]
    texts += [_line(line, width, below + 18 * place, 13, MUTED, direction) for place, line in enumerate(foot)]
    placed = _OPENING.sub(f'<svg x="{MARGIN}" y="{top}" ', chart, count=1)
    total = int(below + 18 * len(foot) + MARGIN / 2)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{total}" viewBox="0 0 {width} {total}" '
        f'direction="{direction}" font-family="system-ui, sans-serif" font-size="{FONT}" fill="{INK}" role="img">'
        f'<rect width="{width}" height="{total}" fill="#ffffff"/>{"".join(texts)}{placed}</svg>'
    )


def _height(chart: str) -> float:
    found = _HEIGHT.search(chart)
    if found is None:
        raise ValueError("a chart without a height")
    return float(found[1])


def _line(text: str, width: int, y: int | float, size: int, fill: str, direction: Direction) -> str:
    x = width - MARGIN if direction == "rtl" else MARGIN
    weight = ' font-weight="700"' if size > FONT else ""
    return f'<text x="{x}" y="{y}" text-anchor="start" font-size="{size}" fill="{fill}"{weight}>{escaped(text)}</text>'
