"""The bars that stand inside tables, as plain SVG: a chart and its table are one and the same thing.

A bar is decoration to those who do not see it, since its row says the same in words. Lengths are percentages of the
width that the table gives it; no script, no style attribute. Colours are those of `surveys.charts`.
"""

from collections.abc import Sequence
from fractions import Fraction

from surveys.charts import ACCENT, INK, RAMP, TRACK, escaped

HEIGHT = 10
STACK_HEIGHT = 36
SMALLEST_MARKED = Fraction(7, 100)


def bar(share: Fraction, *, is_mirrored: bool) -> str:
    """One bar on its track, from where reading starts. The share is of the whole width, 0 to 1."""
    left = 1 - share if is_mirrored else Fraction(0)
    return (
        f'<svg class="bar" width="100%" height="{HEIGHT}" aria-hidden="true" focusable="false">'
        f'<rect width="100%" height="{HEIGHT}" fill="{TRACK}"/>'
        f'<rect x="{percent(left)}" width="{percent(share)}" height="{HEIGHT}" fill="{ACCENT}"/></svg>'
    )


def stack(shares: Sequence[Fraction | None], *, is_mirrored: bool) -> str:
    """The levels of a rating in one bar, lowest first, each with its number from 7 % of the width.

    Levels that are not told (None) together leave a gap, where the first of them stands. Raises ValueError where the
    shares sum to more than 1.
    """
    parts = "".join(
        _level(position, len(shares), start, share, is_mirrored=is_mirrored)
        for position, start, share in segments(shares)
        if share
    )
    return (
        f'<svg class="stack-bar" width="100%" height="{STACK_HEIGHT}" aria-hidden="true" focusable="false">'
        f'<rect width="100%" height="{STACK_HEIGHT}" fill="{TRACK}"/>{parts}</svg>'
    )


def segments(shares: Sequence[Fraction | None]) -> list[tuple[int, Fraction, Fraction]]:
    """Where each told level begins and how long it is: (position, start, share). Raises ValueError as `stack`."""
    told = sum((share for share in shares if share is not None), Fraction(0))
    if told > 1:
        raise ValueError("the shares of a rating sum to more than 1")
    found, start, gap = [], Fraction(0), 1 - told
    for position, share in enumerate(shares):
        if share is None:
            start, gap = start + gap, Fraction(0)
        else:
            found.append((position, start, share))
            start += share
    return found


def swatch(position: int, levels: int) -> str:
    """The sign of one level of several beside its label, with the number that it has in the bar."""
    fill, ink = shade(position, levels)
    return (
        f'<svg class="swatch" width="24" height="24" aria-hidden="true" focusable="false">'
        f'<rect width="24" height="24" rx="3" fill="{fill}"/>'
        f'<text x="12" y="17" text-anchor="middle" font-size="14" font-weight="600" fill="{ink}">{position + 1}</text>'
        "</svg>"
    )


def shade(position: int, levels: int) -> tuple[str, str]:
    """Fill and ink of one level of several, the fill taken from the ramp at even distances."""
    place = Fraction(position * (len(RAMP) - 1), max(levels - 1, 1))
    low, part = int(place), place - int(place)
    ends = zip(_channels(RAMP[low]), _channels(RAMP[min(low + 1, len(RAMP) - 1)]), strict=True)
    mixed = "".join(f"{round(a + (b - a) * part):02x}" for a, b in ends)
    return f"#{mixed}", "#ffffff" if place > Fraction(5, 2) else INK


def percent(share: Fraction) -> str:
    """A share as a length: at most four decimals, cut like the number it is."""
    return f"{float(share * 100):.4f}".rstrip("0").rstrip(".") + "%"


def _level(position: int, levels: int, start: Fraction, share: Fraction, *, is_mirrored: bool) -> str:
    fill, ink = shade(position, levels)
    left, middle = (1 - start - share, 1 - start - share / 2) if is_mirrored else (start, start + share / 2)
    box = (
        f'<rect x="{percent(left)}" width="{percent(share)}" height="{STACK_HEIGHT}" fill="{fill}" '
        'stroke="#ffffff" stroke-width="1"/>'
    )
    if share < SMALLEST_MARKED:
        return box
    mark = escaped(str(position + 1))
    return (
        f'{box}<text x="{percent(middle)}" y="23" text-anchor="middle" font-size="14" font-weight="600" '
        f'fill="{ink}">{mark}</text>'
    )


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
