"""Columns along an axis: numbers in classes, answers day by day; with the middle half of the numbers as a box."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from surveys.charts.sheet import ACCENT, INK, MUTED, NARROWEST, TRACK, Direction, Sheet, text_width

_TALL = 150
_MOST_TOLD = 12


@dataclass(frozen=True, slots=True)
class Column:
    """One column: what stands below it, how many, and that number as it is printed. `is_faint`: nothing is told of it."""

    label: str
    count: int
    count_text: str
    is_faint: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    """A line across the columns at a place from 0 to 1, with what it stands for, such as a deadline."""

    place: Fraction
    label: str


@dataclass(frozen=True, slots=True)
class Box:
    """Least, lower quartile, median, upper quartile and largest number, as places from 0 to 1 along the axis."""

    least: Fraction
    lower: Fraction
    median: Fraction
    upper: Fraction
    largest: Fraction


def columns_chart(
    columns: Sequence[Column],
    *,
    title: str,
    description: str,
    direction: Direction = "ltr",
    width: int | None = None,
    mark: Mark | None = None,
    box: Box | None = None,
) -> str:
    """Draw columns side by side, the first where reading starts, their heights in proportion to the largest count.

    Up to twelve columns carry their numbers, of more only the largest is told. Labels that have no room are left out,
    the first and the last of them last; the table beside the chart has them all.
    """
    sheet = Sheet((), direction=direction, width=width)
    foot = 40 + _TALL
    largest = max((column.count for column in columns), default=0)
    parts = [_line(sheet, foot)]
    for place, column in enumerate(columns):
        parts.append(_column(sheet, column, place, len(columns), largest=largest, foot=foot))
    parts.append(_numbers(sheet, columns, largest=largest, foot=foot))
    parts.append(_labels(sheet, columns, y=foot + 18))
    parts.append(_mark(sheet, mark, foot=foot) if mark else "")
    parts.append(_box(sheet, box, y=foot + 44) if box else "")
    height = foot + (68 if box else 28)
    return sheet.drawn("".join(parts), title=title, description=description, height=height)


def _column(sheet: Sheet, column: Column, place: int, of: int, *, largest: int, foot: int) -> str:
    tall = _tall(column, largest)
    margin = Fraction(1, of * 8)
    start, share = Fraction(place, of) + margin, Fraction(1, of) - 2 * margin
    fill = TRACK if column.is_faint else ACCENT
    return sheet.box(start, share, y=foot - tall, height=tall, fill=fill, name="column")


def _tall(column: Column, largest: int) -> int:
    """A column's height in pixels: at least one where there is anybody."""
    if not column.count or not largest:
        return 0
    return max(1, round(Fraction(_TALL * column.count, largest)))


def _numbers(sheet: Sheet, columns: Sequence[Column], *, largest: int, foot: int) -> str:
    told = list(enumerate(columns))
    if len(columns) > _MOST_TOLD:
        told = [(place, column) for place, column in told if column.count == largest][:1]
    return "".join(
        sheet.note(column.count_text, _middle(place, len(columns)), y=foot - _tall(column, largest) - 6, fill=INK)
        for place, column in told
        if column.count_text
    )


def _middle(place: int, of: int) -> Fraction:
    return Fraction(2 * place + 1, 2 * of)


def _labels(sheet: Sheet, columns: Sequence[Column], *, y: int) -> str:
    """As many labels as have room, at even distances."""
    widest = max((text_width(column.label) for column in columns), default=0.0) * 0.8 + 10
    fitting = max(int((sheet.width or NARROWEST) // max(widest, 1)), 1)
    step = -(-len(columns) // fitting)
    told = [(place, column) for place, column in enumerate(columns) if place % step == 0]
    return "".join(_axis_label(sheet, column.label, place, len(columns), y=y) for place, column in told)


def _axis_label(sheet: Sheet, label: str, place: int, of: int, *, y: int) -> str:
    """A label below the middle of its column; the outer ones keep within the chart."""
    middle = _middle(place, of)
    half = Fraction(int(text_width(label) * 0.4) + 1, sheet.width or NARROWEST)
    if middle < half:
        return sheet.note(label, Fraction(0), y=y, anchor="start")
    if middle > 1 - half:
        return sheet.note(label, Fraction(1), y=y, anchor="end")
    return sheet.note(label, middle, y=y)


def _line(sheet: Sheet, y: int) -> str:
    return f'<line class="chart-axis" x1="0%" x2="100%" y1="{y}" y2="{y}" stroke="{MUTED}"/>'


def _mark(sheet: Sheet, mark: Mark, *, foot: int) -> str:
    x = sheet.at(mark.place)
    anchor = "end" if mark.place > Fraction(1, 2) else "start"
    line = f'<line class="chart-mark" x1="{x}" x2="{x}" y1="20" y2="{foot}" stroke="#a8500f" stroke-dasharray="4 3"/>'
    return line + sheet.note(mark.label, mark.place, y=12, anchor=anchor, fill="#92480f")


def _box(sheet: Sheet, box: Box, *, y: int) -> str:
    """The box with its whiskers; its middle line is the median."""
    least, largest, median = (sheet.at(place) for place in (box.least, box.largest, box.median))
    whisker = f'<line x1="{least}" x2="{largest}" y1="{y}" y2="{y}" stroke="{MUTED}" stroke-width="2"/>'
    body = sheet.box(box.lower, box.upper - box.lower, y=y - 8, height=16, fill="#94c0e3", name="box")
    middle = f'<line x1="{median}" x2="{median}" y1="{y - 10}" y2="{y + 10}" stroke="{INK}" stroke-width="3"/>'
    return whisker + body + middle
