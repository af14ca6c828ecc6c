"""Several questions on one scale below each other: Likert bars about a common middle, ranks, a net score."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate

from surveys.charts.sheet import DIVERGING, GAP, INK, LINE, RAMP, SWATCH, TRACK, Direction, Sheet, escaped, shade

_BAR = 22
_SMALLEST_TOLD = Fraction(12, 100)


@dataclass(frozen=True, slots=True)
class Stack:
    """One line: its label, the number that stands out, what is said beside it, and the share of each level with its text.

    Shares are of one base, lowest level first. Raises ValueError when they sum to more than 1 or texts are missing.
    """

    label: str
    strong: str
    weak: str
    shares: tuple[Fraction, ...]
    texts: tuple[str, ...]

    def __post_init__(self) -> None:
        if sum(self.shares) > 1 or len(self.shares) != len(self.texts):
            raise ValueError(f"not the levels of one base: {self.shares}")


def stacked_bars(
    stacks: Sequence[Stack],
    levels: Sequence[tuple[str, str]],
    *,
    title: str,
    description: str,
    is_diverging: bool = False,
    direction: Direction = "ltr",
    width: int | None = None,
) -> str:
    """Draw one stacked bar per line under a key of ``levels`` (mark and label, lowest first).

    ``is_diverging``: bars are moved so that the middle of the scale stands below itself; half of a middle level lies
    on each side. ``direction`` and ``width`` as for other charts.
    """
    sheet = Sheet((stack.strong + stack.weak for stack in stacks), direction=direction, width=width)
    ramp = DIVERGING if is_diverging else RAMP
    key, y = _key(sheet, levels, ramp)
    below = [_below_middle(stack) if is_diverging else Fraction(0) for stack in stacks]
    above = [sum(stack.shares, Fraction(0)) - low for stack, low in zip(stacks, below, strict=True)]
    middle, whole = max(below, default=Fraction(0)), max(below, default=Fraction(0)) + max(above, default=Fraction(0))
    whole = whole if is_diverging and whole else Fraction(1)
    parts = [key]
    for stack, low in zip(stacks, below, strict=True):
        lines = sheet.wrapped(stack.label)
        bar = y + len(lines) * LINE + 6
        parts += [sheet.label(lines, y=y), sheet.value(stack.strong, stack.weak, y=bar - 6 - LINE)]
        parts.append(_bar(sheet, stack, start=(middle - low) / whole, whole=whole, y=bar, ramp=ramp))
        parts.append(_middle_line(sheet, middle / whole, y=bar) if is_diverging else "")
        y = bar + _BAR + GAP
    return sheet.drawn("".join(parts), title=title, description=description, height=max(y - GAP, 1))


def _below_middle(stack: Stack) -> Fraction:
    """The share below the middle of the scale, with half of a middle level."""
    half, is_odd = divmod(len(stack.shares), 2)
    return sum(stack.shares[:half], Fraction(0)) + (stack.shares[half] / 2 if is_odd else 0)


def _key(sheet: Sheet, levels: Sequence[tuple[str, str]], ramp: tuple[str, ...]) -> tuple[str, int]:
    """The key to the colours, and the height that it takes: a line for each level, or one for all where labels lack."""
    if not all(label for _mark, label in levels):
        return _short_key(sheet, levels, ramp)
    parts, y = [], 0
    room = Sheet((), direction=sheet.direction, width=sheet.width, indent=SWATCH + 10)
    for position, (mark, label) in enumerate(levels):
        lines = room.wrapped(label)
        parts += [room.swatch(mark, shade(position, len(levels), ramp), y=y), room.label(lines, y=y + 2)]
        y += max(len(lines) * LINE, SWATCH) + 6
    return "".join(parts), y + GAP


def _short_key(sheet: Sheet, levels: Sequence[tuple[str, str]], ramp: tuple[str, ...]) -> tuple[str, int]:
    """All levels side by side, with the labels of the first and the last below them."""
    parts = []
    for position, (mark, _label) in enumerate(levels):
        fill, ink = shade(position, len(levels), ramp)
        start, share = Fraction(position, len(levels)), Fraction(1, len(levels))
        parts.append(sheet.box(start, share, y=0, height=SWATCH, fill=fill, name="swatch", is_parted=True))
        parts.append(sheet.note(mark, start + share / 2, y=17, fill=ink))
    ends = [(levels[0][1], Fraction(0), "start"), (levels[-1][1], Fraction(1), "end")] if levels else []
    parts += [sheet.note(label, place, y=SWATCH + 16, anchor=anchor) for label, place, anchor in ends if label]
    return "".join(parts), SWATCH + GAP + (LINE if any(label for label, _p, _a in ends) else 0)


def _bar(sheet: Sheet, stack: Stack, *, start: Fraction, whole: Fraction, y: int, ramp: tuple[str, ...]) -> str:
    if not any(stack.shares):
        return sheet.box(Fraction(0), Fraction(1), y=y, height=_BAR, fill=TRACK, name="track")
    starts = accumulate(stack.shares, initial=Fraction(0))
    parts = []
    for position, (share, before) in enumerate(zip(stack.shares, starts, strict=False)):
        if not share:
            continue
        fill, ink = shade(position, len(stack.shares), ramp)
        left, wide = start + before / whole, share / whole
        parts.append(sheet.box(left, wide, y=y, height=_BAR, fill=fill, name="level", is_parted=True))
        if wide >= _SMALLEST_TOLD:
            parts.append(
                f'<text x="{sheet.at(left + wide / 2)}" y="{y + 16}" text-anchor="middle" font-size="12" '
                f'fill="{ink}">{escaped(stack.texts[position])}</text>'
            )
    return "".join(parts)


def _middle_line(sheet: Sheet, place: Fraction, *, y: int) -> str:
    """The middle of the scale, above the bar and below it."""
    x = sheet.at(place)
    ends = ((y - 5, y), (y + _BAR, y + _BAR + 5))
    return "".join(
        f'<line class="chart-middle" x1="{x}" x2="{x}" y1="{top}" y2="{foot}" stroke="{INK}"/>' for top, foot in ends
    )
