"""Charts as plain SVG text: no script, no ``style`` attribute, no stylesheet, so they pass the strictest policy.

A chart fills the width of its container. Horizontal lengths are percentages of that width and type keeps its size
in pixels, so a chart reads the same on a phone, in a dashboard and on paper; labels stand above their bars and are
wrapped for a container of ``NARROWEST`` pixels. With ``width`` in pixels the picture stands alone, as a download.

Callers pass translated texts and numbers as they shall be printed. Labels may be written by strangers: every text is
escaped, and long ones are cut, since the table that stands beside each chart holds them in full.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from hashlib import blake2b
from html import escape
from itertools import accumulate
from typing import Literal

Direction = Literal["ltr", "rtl"]

NARROWEST = 312
LONGEST_LABEL = 3

INK = "#1b2a3a"
MUTED = "#4d5b69"
ACCENT = "#0b6fb8"
TRACK = "#e6ebf0"
# From light to dark: told apart by lightness alone, so by every eye and in a black-and-white print.
RAMP = ("#c9dff0", "#94c0e3", "#559bd1", "#0b6fb8", "#0a3d66")

_FONT = 15
_LINE = 20
_GAP = 16
_BAR = 12
_STACK = 40
_SWATCH = 24
_SMALLEST_MARKED = Fraction(7, 100)
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


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
    sheet = _Sheet(bars, direction=direction, width=width)
    parts, y = [], 0
    for bar in bars:
        lines = sheet.wrapped(bar.label)
        top = y + len(lines) * _LINE + 6
        parts += [sheet.label(lines, y=y), sheet.value(bar, y=top - 6 - _LINE)]
        parts += [sheet.box(Fraction(0), Fraction(1), y=top, height=_BAR, fill=TRACK, name="track")]
        parts += [sheet.box(Fraction(0), bar.share, y=top, height=_BAR, fill=ACCENT, name="bar")]
        y = top + _BAR + _GAP
    return sheet.drawn("".join(parts), title=title, description=description, height=max(y - _GAP, 1))


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
    sheet = _Sheet(levels, direction=direction, width=width, indent=_SWATCH + 10)
    parts = [sheet.box(Fraction(0), Fraction(1), y=0, height=_STACK, fill=TRACK, name="track")]
    starts = accumulate((level.share for level in levels), initial=Fraction(0))
    for position, (level, start) in enumerate(zip(levels, starts, strict=False)):
        parts.append(_segment(sheet, level, position, len(levels), start))
    y = _STACK + _GAP
    for position, level in enumerate(levels):
        lines = sheet.wrapped(level.label)
        parts += [_swatch(sheet, level, position, len(levels), y=y), sheet.label(lines, y=y + 2)]
        parts.append(sheet.value(level, y=y + 2))
        y += max(len(lines) * _LINE, _SWATCH) + 8
    return sheet.drawn("".join(parts), title=title, description=description, height=y - 8)


def escaped(text: str) -> str:
    """Escape text for XML and HTML; characters that XML cannot hold become U+FFFD."""
    return escape(_NOT_XML.sub("\ufffd", text))


def naming(prefix: str, *, title: str, description: str, content: str) -> tuple[str, str]:
    """Return the attributes that make an ``<svg>`` a named picture, and its ``<title>`` and ``<desc>``.

    Their ids come from the content: drawn again, the same chart has the same bytes.
    """
    digest = blake2b(f"{title}\n{description}\n{content}".encode(errors="replace"), digest_size=6)
    name = f"{prefix}-{digest.hexdigest()}"
    return (
        f'role="img" aria-labelledby="{name}-title" aria-describedby="{name}-desc"',
        f'<title id="{name}-title">{escaped(title)}</title><desc id="{name}-desc">{escaped(description)}</desc>',
    )


class _Sheet:
    """Where things go on one chart: knows the reading direction and how much room the labels have."""

    def __init__(self, bars: Sequence[Bar], *, direction: Direction, width: int | None, indent: int = 0) -> None:
        self.is_mirrored = direction == "rtl"
        self.direction = direction
        self.width = width
        self.indent = indent
        values = max((_text_width(_count(bar) + _share(bar)) for bar in bars), default=0.0)
        self.room = max((width or NARROWEST) - indent - values - 12, 80.0)

    def wrapped(self, text: str) -> list[str]:
        return _wrapped(text, self.room)

    def box(self, start: Fraction, share: Fraction, *, y: int, height: int, fill: str, name: str) -> str:
        left = 1 - start - share if self.is_mirrored else start
        return (
            f'<rect class="chart-{name}" x="{_percent(left)}" y="{y}" width="{_percent(share)}" '
            f'height="{height}" fill="{fill}"/>'
        )

    def label(self, lines: Sequence[str], *, y: int) -> str:
        """The lines of a label from the edge where reading starts, the first in the 20 pixels below y."""
        x, dx = ("100%", -self.indent) if self.is_mirrored else ("0%", self.indent)
        spans = (
            f'<tspan x="{x}" dx="{dx}" y="{y + _FONT + number * _LINE}">{escaped(line)}</tspan>'
            for number, line in enumerate(lines)
        )
        return f'<text class="chart-label" text-anchor="start">{"".join(spans)}</text>'

    def value(self, bar: Bar, *, y: int) -> str:
        """Count and share at the edge where reading ends, in the 20 pixels below y."""
        x = "0%" if self.is_mirrored else "100%"
        return (
            f'<text class="chart-value" x="{x}" y="{y + _FONT}" text-anchor="end">'
            f'<tspan font-weight="600">{escaped(_count(bar))}</tspan>'
            f'<tspan fill="{MUTED}">{escaped(_share(bar))}</tspan></text>'
        )

    def drawn(self, content: str, *, title: str, description: str, height: int) -> str:
        attributes, names = naming("chart", title=title, description=description, content=content)
        alone = ' font-family="system-ui, sans-serif"' if self.width else ""
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" class="chart" width="{self.width or "100%"}" '
            f'height="{height}" direction="{self.direction}" font-size="{_FONT}" fill="{INK}"{alone} '
            f"{attributes}>{names}{content}</svg>"
        )


def _segment(sheet: _Sheet, level: Bar, position: int, levels: int, start: Fraction) -> str:
    if not level.share:
        return ""
    fill, ink = _shade(position, levels)
    middle = start + level.share / 2
    x = _percent(1 - middle if sheet.is_mirrored else middle)
    box = sheet.box(start, level.share, y=0, height=_STACK, fill=fill, name="level")
    box = box.replace("/>", ' stroke="#ffffff" stroke-width="1"/>')
    if level.share < _SMALLEST_MARKED:
        return box
    mark = escaped(level.mark or str(position + 1))
    return f'{box}<text x="{x}" y="25" text-anchor="middle" font-weight="600" fill="{ink}">{mark}</text>'


def _swatch(sheet: _Sheet, level: Bar, position: int, levels: int, *, y: int) -> str:
    fill, ink = _shade(position, levels)
    x, shift = ("100%", -_SWATCH) if sheet.is_mirrored else ("0%", 0)
    mark = escaped(level.mark or str(position + 1))
    return (
        f'<g transform="translate({shift} 0)">'
        f'<rect class="chart-swatch" x="{x}" y="{y}" width="{_SWATCH}" height="{_SWATCH}" fill="{fill}"/>'
        f'<text x="{x}" dx="{_SWATCH // 2}" y="{y + 17}" text-anchor="middle" font-weight="600" '
        f'fill="{ink}">{mark}</text></g>'
    )


def _shade(position: int, levels: int) -> tuple[str, str]:
    """Fill and ink of one level of several, the fill taken from the ramp at even distances."""
    place = Fraction(position * (len(RAMP) - 1), max(levels - 1, 1))
    low, part = int(place), place - int(place)
    ends = zip(_channels(RAMP[low]), _channels(RAMP[min(low + 1, len(RAMP) - 1)]), strict=True)
    mixed = "".join(f"{round(a + (b - a) * part):02x}" for a, b in ends)
    return f"#{mixed}", "#ffffff" if place > Fraction(5, 2) else INK


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _percent(share: Fraction) -> str:
    return f"{float(share * 100):.4f}".rstrip("0").rstrip(".") + "%"


def _count(bar: Bar) -> str:
    return bar.count_text or str(bar.count)


def _share(bar: Bar) -> str:
    return f" · {bar.share_text}" if bar.share_text else ""


def _wrapped(text: str, room: float) -> list[str]:
    """Break text into at most LONGEST_LABEL lines of about ``room`` pixels; what does not fit becomes an ellipsis."""
    lines = [""]
    for word in _words(text[:500], room):
        longer = f"{lines[-1]} {word}".strip()
        if not lines[-1] or _text_width(longer) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    if len(lines) > LONGEST_LABEL:
        lines = lines[:LONGEST_LABEL]
        lines[-1] += "…"
    return lines


def _words(text: str, room: float) -> Iterator[str]:
    """The words of a text; a word wider than a line is cut, never between a letter and its accent."""
    for word in text.split():
        piece = ""
        for letter in word:
            if piece and _advance(letter) and _text_width(piece + letter) > room:
                yield piece
                piece = ""
            piece += letter
        yield piece


def _text_width(text: str) -> float:
    return _FONT * sum(map(_advance, text))


def _advance(letter: str) -> float:
    """A letter's width as a part of the font size: rough, on the wide side, for any common sans-serif."""
    if unicodedata.category(letter) in {"Mn", "Me", "Cf"}:
        return 0.0
    if unicodedata.east_asian_width(letter) in "WF":
        return 1.0
    if letter in " .,:;·'|!()[]/fijlrtI":
        return 0.34
    return 0.7 if letter.isupper() or letter in "mw%@" else 0.56
