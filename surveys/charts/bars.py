"""Bars of one base: one for each option, or the levels of a rating in one."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate

from surveys.charts.sheet import ACCENT, GAP, LINE, SWATCH, TRACK, Direction, Sheet, escaped, shade

_BAR = 12
_STACK = 40
_SMALLEST_MARKED = Fraction(7, 100)


@dataclass(frozen=True, slots=True)
class Bar:
    """One line of a chart: its label, how many, which share of the base (0..1), and both as they are printed.

    ``count_text`` is the count with the language's digits and separators; without it the plain number is printed.
    An empty ``share_text`` leaves the share out, where the base is 0. ``mark`` is the short sign of a level of a
    rating, "1" to "5"; without it the level's position is used.
    Raises ValueError for a share outside 0..1 or a negative count.
    """

    label: str
    count: int
    share_text: str
    share: Fraction
    count_text: str = ""
    mark: str = ""

    def __post_init__(self) -> None:
        if not 0 <= self.share <= 1 or self.count < 0:
            raise ValueError(f"not a share of a base: {self.count}, {self.share}")


def horizontal_bars(
    bars: Sequence[Bar],
    *,
    title: str,
    description: str,
    direction: Direction = "ltr",
    width: int | None = None,
) -> str:
    """Draw one bar per line, in the order given, as one ``<svg>`` element.

    A bar's length is its share of the full width, to a millionth; the grey track behind it is the whole base.
    ``direction`` "rtl" lets bars grow from the right. ``width`` is in pixels; None fills the container.
    """
    sheet = Sheet((_count(bar) + _share(bar) for bar in bars), direction=direction, width=width)
    parts, y = [], 0
    for bar in bars:
        lines = sheet.wrapped(bar.label)
        top = y + len(lines) * LINE + 6
        parts += [sheet.label(lines, y=y), sheet.value(_count(bar), _share(bar), y=top - 6 - LINE)]
        parts += [sheet.box(Fraction(0), Fraction(1), y=top, height=_BAR, fill=TRACK, name="track")]
        parts += [sheet.box(Fraction(0), bar.share, y=top, height=_BAR, fill=ACCENT, name="bar")]
        y = top + _BAR + GAP
    return sheet.drawn("".join(parts), title=title, description=description, height=max(y - GAP, 1))


def rating_distribution(
    levels: Sequence[Bar],
    *,
    title: str,
    description: str,
    direction: Direction = "ltr",
    width: int | None = None,
) -> str:
    """Draw the levels of a rating, lowest first, stacked in one bar above a legend with counts and shares.

    Levels differ in lightness, are parted by white lines, and carry their mark in the bar (from 7 % of the width)
    and in the legend. Shares are of one base and sum to 1, or are all 0 when nobody answered; a sum over 1 raises
    ValueError. ``direction`` and ``width`` as in ``horizontal_bars``.
    """
    if sum(level.share for level in levels) > 1:
        raise ValueError("the shares of a rating sum to more than 1")
    values = (_count(level) + _share(level) for level in levels)
    sheet = Sheet(values, direction=direction, width=width, indent=SWATCH + 10)
    parts = [sheet.box(Fraction(0), Fraction(1), y=0, height=_STACK, fill=TRACK, name="track")]
    starts = accumulate((level.share for level in levels), initial=Fraction(0))
    for position, (level, start) in enumerate(zip(levels, starts, strict=False)):
        parts.append(_segment(sheet, level, position, len(levels), start))
    y = _STACK + GAP
    for position, level in enumerate(levels):
        lines = sheet.wrapped(level.label)
        mark = level.mark or str(position + 1)
        parts += [sheet.swatch(mark, shade(position, len(levels)), y=y), sheet.label(lines, y=y + 2)]
        parts.append(sheet.value(_count(level), _share(level), y=y + 2))
        y += max(len(lines) * LINE, SWATCH) + 8
    return sheet.drawn("".join(parts), title=title, description=description, height=y - 8)


def _segment(sheet: Sheet, level: Bar, position: int, levels: int, start: Fraction) -> str:
    if not level.share:
        return ""
    fill, ink = shade(position, levels)
    box = sheet.box(start, level.share, y=0, height=_STACK, fill=fill, name="level", is_parted=True)
    if level.share < _SMALLEST_MARKED:
        return box
    mark = escaped(level.mark or str(position + 1))
    x = sheet.at(start + level.share / 2)
    return f'{box}<text x="{x}" y="25" text-anchor="middle" font-weight="600" fill="{ink}">{mark}</text>'


def _count(bar: Bar) -> str:
    return bar.count_text or str(bar.count)


def _share(bar: Bar) -> str:
    return f" · {bar.share_text}" if bar.share_text else ""
