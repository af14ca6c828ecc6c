"""A chart with its table and its base, ready to be shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _

from reports import words
from reports.figures import Figure
from surveys.charts import Bar, Direction, horizontal_bars, rating_distribution


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table: the figure's id, its label, its count and share as printed, and the share that is drawn.

    `is_rounded`: only whole percents may be told, and no count.
    """

    id: str
    label: str
    count: str
    share: str
    drawn: Fraction
    plain_count: int = 0
    is_rounded: bool = False


@dataclass(frozen=True, slots=True)
class Exhibit:
    """A chart, the table of the same figures, and the base in words. `key` is one number that stands out."""

    id: str
    title: str
    chart: SafeString
    rows: tuple[Row, ...]
    base: str
    note: str = ""
    key: str = ""
    key_id: str = ""
    key_text: str = ""


def row(label: str, figure: Figure, *, k: int) -> Row:
    """A figure as a line. What is withheld is drawn in whole percent, or not at all."""
    whole = Fraction(figure.percent or 0, 100)
    value = figure.value
    return Row(
        id=figure.id,
        label=label,
        count=words.count_text(figure, smallest_cell=k),
        share=words.percent_text(figure),
        drawn=whole if value is None else min(value, Fraction(1)),
        plain_count=figure.numerator or 0,
        is_rounded=figure.percent is not None,
    )


def bars(exhibit_id: str, title: str, rows: Sequence[Row], *, base: str, note: str = "") -> Exhibit:
    """Horizontal bars, one for each line, all of one base."""
    chart = horizontal_bars(
        [_bar(line) for line in rows], title=title, description=description(base), direction=direction()
    )
    return Exhibit(exhibit_id, title, _safe(chart), tuple(rows), base, note)


def levels(exhibit_id: str, title: str, rows: Sequence[Row], *, base: str) -> Exhibit:
    """The levels of a rating, lowest first, stacked in one bar."""
    chart = rating_distribution(
        [_bar(line) for line in rows], title=title, description=description(base), direction=direction()
    )
    return Exhibit(exhibit_id, title, _safe(chart), tuple(rows), base)


def description(base: str) -> str:
    """What a chart says of itself to those who do not see it."""
    return _("Base: %(base)s. The table beside it holds the same figures.") % {"base": base}


def direction() -> Direction:
    """The reading direction of the active language."""
    return "rtl" if get_language_bidi() else "ltr"


def _bar(line: Row) -> Bar:
    if line.is_rounded:
        return Bar(line.label, 0, _("rounded"), line.drawn, count_text=line.share)
    return Bar(line.label, line.plain_count, line.share, line.drawn, count_text=line.count)


def _safe(chart: str) -> SafeString:
    return mark_safe(chart)  # noqa: S308 (surveys.charts escapes every text)
