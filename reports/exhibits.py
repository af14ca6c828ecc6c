"""A chart that is a table: rows with their bars, what they are counted over, and a number that stands out."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _

from reports import drawing, words
from reports.figures import Figure
from surveys.wording import figure_text, number_text

Form = Literal["bars", "levels", "means"]


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table: the figure's id, its label, its count and share as printed, and the share that is drawn.

    In a table of means, the count is the number of ratings and the share the mean.
    """

    id: str
    label: str
    count: str
    share: str
    drawn: Fraction
    is_told: bool = True

    @property
    def bar(self) -> SafeString:
        """The bar, in the reading direction of the active language."""
        return _safe(drawing.bar(self.drawn, is_mirrored=is_mirrored()))


@dataclass(frozen=True, slots=True)
class Level:
    """A row of a rating with the sign of its level."""

    row: Row
    swatch: SafeString


@dataclass(frozen=True, slots=True)
class Exhibit:
    """A chart and its table in one. `base` says what it is counted over, `base_id` is the figure of that number.

    `key` is one number that stands out, `key_id` its figure.
    """

    id: str
    title: str
    rows: tuple[Row, ...]
    base: str
    base_id: str
    form: Form = "bars"
    note: str = ""
    key: str = ""
    key_id: str = ""
    key_text: str = ""

    @property
    def is_levels(self) -> bool:
        """Whether its rows are the levels of a rating, drawn in one bar."""
        return self.form == "levels"

    @property
    def heads(self) -> tuple[str, str]:
        """What stands above the two columns of numbers."""
        return (_("Ratings"), _("Mean")) if self.form == "means" else (_("Count"), _("Share"))

    @property
    def stack(self) -> SafeString:
        """The levels in one bar."""
        return _safe(drawing.stack(self.shares, is_mirrored=is_mirrored()))

    @property
    def shares(self) -> list[Fraction | None]:
        """What is drawn of each row; None for one that is not told."""
        return [row.drawn if row.is_told else None for row in self.rows]

    @property
    def has_stack(self) -> bool:
        """Whether its levels are drawn in one bar: not where those that are not told lie on both sides of one that is."""
        hidden = [place for place, row in enumerate(self.rows) if not row.is_told]
        return self.is_levels and self.has_rows and (not hidden or hidden[-1] - hidden[0] == len(hidden) - 1)

    @property
    def has_rows(self) -> bool:
        """Whether any row is told; otherwise there is no chart, only the number that stands out and the note."""
        return any(row.is_told for row in self.rows)

    @property
    def levels(self) -> tuple[Level, ...]:
        """The rows with the signs of their levels."""
        n = len(self.rows)
        return tuple(Level(row, _safe(drawing.swatch(place, n))) for place, row in enumerate(self.rows))


def row(label: str, figure: Figure, *, k: int) -> Row:
    """A figure as a line. What is withheld is drawn in whole percent, or not at all."""
    whole = Fraction(figure.percent or 0, 100)
    value = figure.value
    return Row(
        id=figure.id,
        label=label,
        count=words.count_text(figure, smallest_cell=k),
        share=words.percent_text(figure),
        drawn=whole if value is None or figure.denominator is None else min(value, Fraction(1)),
        is_told=figure.numerator is not None or figure.percent is not None,
    )


def mean_row(label: str, mean: Figure, *, lowest: int = 1, highest: int = 5) -> Row:
    """A mean as a line, drawn on its scale."""
    value = mean.value
    drawn = Fraction(0) if value is None else (value - lowest) / (highest - lowest)
    return Row(
        mean.id,
        label,
        number_text(mean.denominator or 0),
        figure_text(value),
        min(max(drawn, Fraction(0)), Fraction(1)),
    )


def bars(exhibit_id: str, title: str, rows: Sequence[Row], *, base: str, base_id: str, note: str = "") -> Exhibit:
    """Horizontal bars, one for each line, all of one base."""
    return Exhibit(exhibit_id, title, tuple(rows), base, base_id, note=note)


def is_mirrored() -> bool:
    """Whether the active language is read from right to left."""
    return bool(get_language_bidi())


def _safe(drawn: str) -> SafeString:
    return mark_safe(drawn)  # noqa: S308 (reports.drawing writes numbers and colours only)
