"""Small stacked bars for the rows of a table: the levels of a rating in one line, without a word of their own.

Colours are those of `surveys.charts`; the same policy holds: no script, no ``style``, every text escaped.
"""

from collections.abc import Sequence
from fractions import Fraction
from itertools import accumulate

from surveys.charts import INK, RAMP, TRACK, Direction, naming

_HEIGHT = 22


def distribution_strip(
    shares: Sequence[Fraction], *, title: str, description: str, direction: Direction = "ltr"
) -> str:
    """Draw five shares of one base, lowest level first, as one ``<svg>`` that fills its cell.

    Raises ValueError unless there is a share for each colour of the ramp, or when they sum to more than 1.
    """
    if len(shares) != len(RAMP) or sum(shares) > 1:
        raise ValueError("a strip shows five shares of one base")
    starts = accumulate(shares, initial=Fraction(0))
    levels = zip(shares, starts, RAMP, strict=False)
    boxes = "".join(_box(start, share, fill, direction) for share, start, fill in levels if share)
    content = f'<rect width="100%" height="{_HEIGHT}" fill="{TRACK}"/>{boxes}'
    return _drawn(content, title=title, description=description)


def scale_key(marks: Sequence[str], *, title: str, description: str, direction: Direction = "ltr") -> str:
    """Draw the key to the colours: one box per level with its mark."""
    parts = []
    for position, (mark, fill) in enumerate(zip(marks, RAMP, strict=True)):
        start, share = Fraction(position, len(RAMP)), Fraction(1, len(RAMP))
        middle = start + share / 2
        x = _percent(1 - middle if direction == "rtl" else middle)
        ink = "#ffffff" if position > len(RAMP) // 2 else INK
        parts.append(_box(start, share, fill, direction))
        parts.append(f'<text x="{x}" y="16" text-anchor="middle" font-size="13" fill="{ink}">{mark}</text>')
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
