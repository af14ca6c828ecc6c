"""What all charts share: colours, where things go in either reading direction, how wide texts are.

A chart fills the width of its container. Horizontal lengths are percentages of that width and type keeps its size
in pixels, so a chart reads the same on a phone, in a dashboard and on paper; labels stand above their bars and are
wrapped for a container of ``NARROWEST`` pixels. With ``width`` in pixels the picture stands alone, as a download.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from functools import lru_cache
from hashlib import blake2b
from html import escape
from typing import Literal

from registrations.direction_marks import isolated_in

Direction = Literal["ltr", "rtl"]

NARROWEST = 312
LONGEST_LABEL = 3

INK = "#1b2a3a"
MUTED = "#4d5b69"
ACCENT = "#0b6fb8"
TRACK = "#e6ebf0"
# From light to dark: told apart by lightness alone, so by every eye and in a black-and-white print.
RAMP = ("#c9dff0", "#94c0e3", "#559bd1", "#0b6fb8", "#0a3d66")
# From one end to the other through grey: the side of the middle on which a level is drawn tells the ends apart, too.
DIVERGING = ("#a8500f", "#eab676", "#d5dbe1", "#86b9df", "#0b5fa5")

FONT = 15
LINE = 20
GAP = 16
SWATCH = 24

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Sheet:
    """One chart's paper: knows the reading direction and how much room labels have beside ``values``."""

    def __init__(self, values: Iterable[str], *, direction: Direction, width: int | None, indent: int = 0) -> None:
        self.is_mirrored = direction == "rtl"
        self.direction = direction
        self.width = width
        self.indent = indent
        widest = max((text_width(value) for value in values), default=0.0)
        self.room = max((width or NARROWEST) - indent - widest - 12, 80.0)

    def wrapped(self, text: str) -> list[str]:
        """The lines of a label."""
        return _wrapped(text, self.room)

    def at(self, place: Fraction) -> str:
        """A place between the edge where reading starts (0) and the one where it ends (1), as an attribute."""
        return percent(1 - place if self.is_mirrored else place)

    def box(
        self, start: Fraction, share: Fraction, *, y: int, height: int, fill: str, name: str, is_parted: bool = False
    ) -> str:
        """A rectangle from `start` on; `is_parted`: with a white line around it."""
        left = 1 - start - share if self.is_mirrored else start
        line = ' stroke="#ffffff" stroke-width="1"' if is_parted else ""
        return (
            f'<rect class="chart-{name}" x="{percent(left)}" y="{y}" width="{percent(share)}" '
            f'height="{height}" fill="{fill}"{line}/>'
        )

    def label(self, lines: Sequence[str], *, y: int) -> str:
        """The lines of a label from the edge where reading starts, the first in the 20 pixels below y."""
        place = self._indented()
        spans = (
            f'<tspan {place} y="{y + FONT + number * LINE}">{self.told(line)}</tspan>'
            for number, line in enumerate(lines)
        )
        return f'<text class="chart-label" text-anchor="start">{"".join(spans)}</text>'

    def told(self, line: str) -> str:
        """A line as XML has it, in its own direction: its full stop stays at its end."""
        return escaped(isolated_in(line, is_rtl=self.is_mirrored))

    def _indented(self) -> str:
        """Where a label begins, in pixels where those of the chart are known."""
        if self.width:
            return f'x="{self.width - self.indent if self.is_mirrored else self.indent}"'
        return f'x="100%" dx="{-self.indent}"' if self.is_mirrored else f'x="0%" dx="{self.indent}"'

    def value(self, strong: str, weak: str = "", *, y: int) -> str:
        """A number, and what is said more quietly after it, at the edge where reading ends, in the 20 pixels below y."""
        x = "0%" if self.is_mirrored else "100%"
        return (
            f'<text class="chart-value" x="{x}" y="{y + FONT}" text-anchor="end">'
            f'<tspan font-weight="600">{escaped(strong)}</tspan>'
            f'<tspan fill="{MUTED}">{escaped(weak)}</tspan></text>'
        )

    def note(self, text: str, place: Fraction, *, y: int, anchor: str = "middle", fill: str = MUTED) -> str:
        """A small text at a place along the chart, its line's foot at y."""
        return (
            f'<text class="chart-note" x="{self.at(place)}" y="{y}" text-anchor="{anchor}" '
            f'font-size="12" fill="{fill}">{escaped(text)}</text>'
        )

    def swatch(self, mark: str, shade: tuple[str, str], *, y: int) -> str:
        """The sign of a level in a legend, at the edge where reading starts."""
        fill, ink = shade
        x, shift = ("100%", -SWATCH) if self.is_mirrored else ("0%", 0)
        return (
            f'<g transform="translate({shift} 0)">'
            f'<rect class="chart-swatch" x="{x}" y="{y}" width="{SWATCH}" height="{SWATCH}" fill="{fill}"/>'
            f'<text x="{x}" dx="{SWATCH // 2}" y="{y + 17}" text-anchor="middle" font-weight="600" '
            f'fill="{ink}">{escaped(mark)}</text></g>'
        )

    def drawn(self, content: str, *, title: str, description: str, height: int) -> str:
        """The whole ``<svg>``."""
        attributes, names = naming("chart", title=title, description=description, content=content)
        alone = ' font-family="system-ui, sans-serif"' if self.width else ""
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" class="chart" width="{self.width or "100%"}" '
            f'height="{height}" direction="{self.direction}" font-size="{FONT}" fill="{INK}"{alone} '
            f"{attributes}>{names}{content}</svg>"
        )


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


@lru_cache(maxsize=1024)
def shade(position: int, levels: int, ramp: tuple[str, ...] = RAMP) -> tuple[str, str]:
    """Fill and ink of one level of several, the fill taken from the ramp at even distances."""
    place = Fraction(position * (len(ramp) - 1), max(levels - 1, 1))
    low, part = int(place), place - int(place)
    ends = zip(_channels(ramp[low]), _channels(ramp[min(low + 1, len(ramp) - 1)]), strict=True)
    mixed = [round(a + (b - a) * part) for a, b in ends]
    return "#" + "".join(f"{channel:02x}" for channel in mixed), INK if _lightness(mixed) > 130 else "#ffffff"


def percent(share: Fraction) -> str:
    """A share of the chart's width as an attribute."""
    return f"{float(share * 100):.4f}".rstrip("0").rstrip(".") + "%"


def text_width(text: str) -> float:
    """About how many pixels a text is wide, on the wide side."""
    return FONT * sum(map(_advance, text))


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _lightness(channels: Sequence[int]) -> float:
    red, green, blue = channels
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _wrapped(text: str, room: float) -> list[str]:
    """Break text into at most LONGEST_LABEL lines of about ``room`` pixels; what does not fit becomes an ellipsis."""
    lines = [""]
    for word in _words(text[:500], room):
        longer = f"{lines[-1]} {word}".strip()
        if not lines[-1] or text_width(longer) <= room:
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
            if piece and _advance(letter) and text_width(piece + letter) > room:
                yield piece
                piece = ""
            piece += letter
        yield piece


def _advance(letter: str) -> float:
    """A letter's width as a part of the font size: rough, on the wide side, for any common sans-serif."""
    if unicodedata.category(letter) in {"Mn", "Me", "Cf"}:
        return 0.0
    if unicodedata.east_asian_width(letter) in "WF":
        return 1.0
    if letter in " .,:;·'|!()[]/fijlrtI":
        return 0.34
    return 0.7 if letter.isupper() or letter in "mw%@" else 0.56
