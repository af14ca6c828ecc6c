"""What can be said of the printed figures of a report: a verdict on each, from the figures alone or beside computed ones.

A figure *agrees* with what we compute, or *differs* from it; it *cannot follow* from any data with its base; it is
*possible*, in so many ways; or there is nothing to hold it against. Everything is exact, see `surveys.feasibility`.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction

from surveys.feasibility import (
    Printing,
    Span,
    bases_for_share,
    counts_for_share,
    parts_fill,
    shares_can_fill,
    sums_for_mean,
)
from surveys.figures_file import COUNT, MEAN, SHARE, SHARE_MULTI, SUM, Link, PrintedFigure
from surveys.statistics import rounded

AGREES, DIFFERS, IMPOSSIBLE, POSSIBLE, UNKNOWN = "agrees", "differs", "impossible", "possible", "unknown"

SHARE_OF_COUNT, SHARE_GAP, SHARE_RANGE = "share_of_count", "share_gap", "share_range"
MEAN_GAP, MEAN_RANGE = "mean_gap", "mean_range"
COUNT_OVER_BASE, PARTS, GROUP = "count_over_base", "parts", "group"
NO_BASE, BASE_IS_ABOUT, IS_ABOUT, NO_RESULT, NO_LINK, NO_PART = (
    "no_base",
    "base_is_about",
    "is_about",
    "no_result",
    "no_link",
    "no_part",
)
COUNTS_FIT, SUMS_FIT, COMPUTED, FITS_BASE, PARTS_FIT = "counts_fit", "sums_fit", "computed", "fits_base", "parts_fit"

COUNT_SUFFIX, SHARE_SUFFIX = "_count", "_share"


@dataclass(frozen=True, slots=True)
class Computed:
    """What we compute for a link: a count of n, and the mean of n ratings where there is one."""

    count: int
    n: int
    mean: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """The outcome for one figure, the reason, and the numbers that tell it: exact, or rounded as the figure is printed."""

    figure: PrintedFigure
    outcome: str
    reason: str
    numbers: Mapping[str, int | Decimal] = field(default_factory=dict)


Find = Callable[[Link], Computed | None]


def judge(figures: Iterable[PrintedFigure], computed: Find) -> list[Verdict]:
    """A verdict on each figure, in their order. ``computed`` gives what we have for a link, None where there is nothing."""
    figures = list(figures)
    report = _Report(figures)
    verdicts = [_beside_computed(figure, report.verdict(figure), computed) for figure in figures]
    return _by_groups(verdicts, report)


class _Report:
    """The figures by document and id, to find bases, counts and parts in."""

    def __init__(self, figures: Iterable[PrintedFigure]) -> None:
        self.by_id = {(figure.document, figure.id): figure for figure in figures}

    def other(self, figure: PrintedFigure, name: str) -> PrintedFigure | None:
        """Another figure of the same document."""
        return self.by_id.get((figure.document, name))

    def number(self, figure: PrintedFigure, text: str) -> tuple[int | None, bool]:
        """What is written as a base or a count: a number, or the id of a count; and whether it is approximate."""
        plain = text.replace(",", "").replace(" ", "")
        if plain.isdecimal() and len(plain) <= 12:
            return int(plain), False
        other = self.other(figure, text) if text else None
        if other is None or other.kind not in {COUNT, SUM}:
            return None, False
        return int(other.printings[0].value), other.is_about or other.is_more_than

    def count_of(self, figure: PrintedFigure) -> PrintedFigure | None:
        """The count that belongs to a share by its name: `increased_share` goes with `increased_count`."""
        if not figure.id.endswith(SHARE_SUFFIX):
            return None
        other = self.other(figure, figure.id.removesuffix(SHARE_SUFFIX) + COUNT_SUFFIX)
        return other if other and other.kind == COUNT else None

    def base(self, figure: PrintedFigure) -> tuple[int | None, bool]:
        """The base of a figure; where a share has none, that of the count which belongs to it."""
        if figure.base == figure.id:
            return None, False
        if figure.base:
            return self.number(figure, figure.base)
        other = self.count_of(figure)
        return self.number(other, other.base) if other else (None, False)

    def verdict(self, figure: PrintedFigure) -> Verdict:
        """What follows from the report alone."""
        if figure.parts:
            return _parts_verdict(figure, self)
        judged_by = {SHARE: _share_verdict, SHARE_MULTI: _share_verdict, MEAN: _mean_verdict}
        return judged_by.get(figure.kind, _count_verdict)(figure, self)


def _share_verdict(figure: PrintedFigure, report: _Report) -> Verdict:
    if any(printing.value - printing.half > 100 or printing.value < 0 for printing in figure.printings):
        return Verdict(figure, IMPOSSIBLE, SHARE_RANGE)
    n, is_about = report.base(figure)
    named = report.count_of(figure)
    count = report.number(figure, figure.count or (named.id if named else ""))[0]
    if n is None or is_about or n == 0:
        return Verdict(figure, UNKNOWN, BASE_IS_ABOUT if is_about else NO_BASE)
    counts = counts_for_share(figure.printings, n)
    if count is not None and count not in counts:
        return Verdict(figure, IMPOSSIBLE, SHARE_OF_COUNT, _share_of_count(figure, count, n))
    if not len(counts):
        return Verdict(figure, IMPOSSIBLE, SHARE_GAP, {"n": n, **_neighbours(figure.printings[0], Fraction(100, n))})
    if count is not None:
        return Verdict(figure, POSSIBLE, FITS_BASE, {"count": count, "n": n})
    numbers = {"fitting": len(counts), "low": counts.low, "high": counts.high or 0, "n": n}
    return Verdict(figure, POSSIBLE, COUNTS_FIT, numbers)


def _share_of_count(figure: PrintedFigure, count: int, n: int) -> dict[str, int | Decimal]:
    """The share that a count of a base is, one decimal finer than printed, and the bases for which it would be right."""
    decimals = figure.printings[0].decimals
    bases = bases_for_share(figure.printings, count)
    share = Fraction(100 * count, n)
    numbers: dict[str, int | Decimal] = {
        "count": count,
        "n": n,
        "exact": rounded(share, decimals + 1),
        "right": rounded(share, decimals),
    }
    if bases.high is not None and len(bases):
        numbers |= {"first": bases.low, "last": bases.high}
    return numbers


def _neighbours(printing: Printing, unit: Fraction) -> dict[str, int | Decimal]:
    """The nearest figures that whole numbers can give, below and above."""
    below = int(printing.value / unit)
    return {
        "below": rounded(below * unit, printing.decimals),
        "above": rounded((below + 1) * unit, printing.decimals),
    }


def _mean_verdict(figure: PrintedFigure, report: _Report) -> Verdict:
    scale = figure.scale
    if scale and any(
        not scale[0] - printing.half <= printing.value <= scale[1] + printing.half for printing in figure.printings
    ):
        return Verdict(figure, IMPOSSIBLE, MEAN_RANGE, {"low": scale[0], "high": scale[1]})
    n, is_about = report.base(figure)
    if n is None or is_about or n == 0:
        return Verdict(figure, UNKNOWN, BASE_IS_ABOUT if is_about else NO_BASE)
    sums = sums_for_mean(figure.printings, n, scale)
    if not len(sums):
        return Verdict(figure, IMPOSSIBLE, MEAN_GAP, {"n": n, **_neighbours(figure.printings[0], Fraction(1, n))})
    return Verdict(figure, POSSIBLE, SUMS_FIT, {"fitting": len(sums), "low": sums.low, "high": sums.high or 0, "n": n})


def _count_verdict(figure: PrintedFigure, report: _Report) -> Verdict:
    count = int(figure.printings[0].value)
    n, is_about = report.base(figure)
    if count < 0 or (n is not None and not is_about and count > n):
        return Verdict(figure, IMPOSSIBLE, COUNT_OVER_BASE, {"count": count, "n": n or 0})
    if n is None or is_about:
        reason = IS_ABOUT if figure.is_about else BASE_IS_ABOUT if is_about else NO_LINK
        return Verdict(figure, UNKNOWN, reason)
    return Verdict(figure, POSSIBLE, FITS_BASE, {"count": count, "n": n})


def _parts_verdict(figure: PrintedFigure, report: _Report) -> Verdict:
    """A total against its parts, all counts, or all shares."""
    parts = [report.other(figure, name) for name in figure.parts]
    known = [part for part in parts if part is not None]
    if len(known) < len(parts) or any((part.kind == MEAN) or part.is_about for part in known):
        return Verdict(figure, UNKNOWN, NO_PART)
    printed = figure.printings[0]
    total = sum((part.printings[0].value for part in known), Fraction(0))
    half = sum((part.printings[0].half for part in known if part.kind in {SHARE, SHARE_MULTI}), Fraction(0))
    slack = half + (printed.half if figure.kind in {SHARE, SHARE_MULTI} else 0)
    difference = printed.value - total
    decimals = max(printed.decimals, *(part.printings[0].decimals for part in known))
    numbers: dict[str, int | Decimal] = {
        "total": rounded(total, decimals),
        "difference": rounded(difference, decimals),
        "parts": len(known),
    }
    if abs(difference) > slack:
        return Verdict(figure, IMPOSSIBLE, PARTS, numbers)
    return Verdict(figure, POSSIBLE, PARTS_FIT, numbers)


def _beside_computed(figure: PrintedFigure, verdict: Verdict, computed: Find) -> Verdict:
    """The verdict where there is something to compare with; what is impossible stays so."""
    if figure.link is None or verdict.outcome == IMPOSSIBLE:
        return verdict
    found = computed(figure.link)
    value = _value_of(figure, found) if found else None
    if found is None or value is None:
        return Verdict(figure, UNKNOWN, NO_RESULT)
    printed = figure.printings[0]
    is_right = all(Fraction(rounded(value, one.decimals)) == one.value for one in figure.printings)
    if figure.is_more_than and len(figure.printings) == 1:
        is_right = value > printed.value
    numbers: dict[str, int | Decimal] = {
        "n": found.n,
        "computed": rounded(value, printed.decimals),
        "difference": rounded(printed.value - Fraction(rounded(value, printed.decimals)), printed.decimals),
    }
    if figure.is_about:
        return Verdict(figure, UNKNOWN, IS_ABOUT, numbers)
    return Verdict(figure, AGREES if is_right else DIFFERS, COMPUTED, numbers)


def _value_of(figure: PrintedFigure, found: Computed) -> Fraction | None:
    if figure.kind == MEAN:
        return found.mean
    if figure.kind in {COUNT, SUM}:
        return Fraction(found.count)
    return Fraction(100 * found.count, found.n) if found.n else None


def _by_groups(verdicts: list[Verdict], report: _Report) -> list[Verdict]:
    """The options of one question, told apart by nothing but their group, must be parts of one whole."""
    groups: dict[tuple[str, str], list[PrintedFigure]] = defaultdict(list)
    for verdict in verdicts:
        if verdict.figure.group and verdict.figure.kind in {SHARE, COUNT}:
            groups[verdict.figure.document, verdict.figure.group].append(verdict.figure)
    broken = {key: numbers for key, figures in groups.items() if (numbers := _what_breaks(figures, report))}
    return [
        replace(verdict, outcome=IMPOSSIBLE, reason=GROUP, numbers=numbers)
        if verdict.outcome != IMPOSSIBLE and (numbers := broken.get((verdict.figure.document, verdict.figure.group)))
        else verdict
        for verdict in verdicts
    ]


def _what_breaks(figures: list[PrintedFigure], report: _Report) -> dict[str, int | Decimal] | None:
    """The sum of shares or counts that are no parts of one whole; None where they can be."""
    printings = [figure.printings[0] for figure in figures]
    n, is_about = report.base(figures[0])
    same_base = n is not None and n > 0 and not is_about and {figure.base for figure in figures} == {figures[0].base}
    total = sum((printing.value for printing in printings), Fraction(0))
    decimals = max(printing.decimals for printing in printings)
    numbers: dict[str, int | Decimal] = {"total": rounded(total, decimals), "parts": len(figures)}
    if all(figure.kind == COUNT for figure in figures):
        return numbers | {"n": n or 0} if same_base and total != n else None
    if any(figure.kind == COUNT for figure in figures) or (shares_can_fill(printings) and not same_base):
        return None
    if not shares_can_fill(printings):
        return numbers
    spans: list[Span] = [counts_for_share(figure.printings, n or 1) for figure in figures]
    return None if parts_fill(spans, n or 1) else numbers | {"n": n or 0}
