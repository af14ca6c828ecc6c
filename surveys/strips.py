"""Small stacked bars for the rows of a table: the levels of a rating in one line, without a word of their own.

Colours are those of `surveys.charts`; the same policy holds: no script, no ``style``, every text escaped.
"""

from collections.abc import Sequence
from fractions import Fraction
from itertools import accumulate

from surveys.charts.sheet import TRACK, Direction, escaped, naming, shade

_HEIGHT = 22


def distribution_strip(
    shares: Sequence[Fraction], *, title: str, description: str, direction: Direction = "ltr"
) -> str:
    """Draw the shares of one base, lowest level first, as one ``<svg>`` that fills its cell.

    Raises ValueError when they sum to more than 1.
    """
    if sum(shares) > 1:
        raise ValueError("a strip shows shares of one base")
    starts = accumulate(shares, initial=Fraction(0))
    levels = enumerate(zip(shares, starts, strict=False))
    boxes = "".join(
        _box(start, share, shade(place, len(shares))[0], direction) for place, (share, start) in levels if share
    )
    content = f'<rect width="100%" height="{_HEIGHT}" fill="{TRACK}"/>{boxes}'
    return _drawn(content, title=title, description=description)


def scale_key(marks: Sequence[str], *, title: str, description: str, direction: Direction = "ltr") -> str:
    """Draw the key to the colours: one box per level with its mark."""
    parts = []
    for position, mark in enumerate(marks):
        fill, ink = shade(position, len(marks))
        start, share = Fraction(position, len(marks)), Fraction(1, len(marks))
        middle = start + share / 2
        x = _percent(1 - middle if direction == "rtl" else middle)
        parts.append(_box(start, share, fill, direction))
        parts.append(f'<text x="{x}" y="16" text-anchor="middle" font-size="13" fill="{ink}">{escaped(mark)}</text>')
    return _drawn("".join(parts), title=title, description=description)


def _box(start: Fraction, share: Fraction, fill: str, direction: Direction) -> str:
    left = 1 - start - share if direction == "rtl" else start
    return (
        f'<rect x="{_percent(left)}" width="{_percent(share)}" height="{_HEIGHT}" fill="{fill}" '
        'stroke="#ffffff" stroke-width="1"/>'
    )


def _percent(share: Fraction) -> str:
    return f"{float(share * 100):.3f}%"


def _drawn(content: str, *, title: str, description: str) -> str:
    attributes, names = naming("strip", title=title, description=description, content=content)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="strip" width="100%" height="{_HEIGHT}" {attributes}>'
        f"{names}{content}</svg>"
    )
