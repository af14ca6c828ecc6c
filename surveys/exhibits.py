"""A figure with all that belongs to it: chart, table, base. The page shows it and a download takes it away: one object."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.utils.safestring import SafeString
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _

from surveys.charts import Direction
from surveys.statistics import percent, rounded
from surveys.wording import NONE, figure_text, number_text, share_text

Draw = Callable[[int | None], str]
"""Draws a chart: filling its container with None, or as a picture of so many pixels."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table as it is printed, and as a number for whoever computes on (`value`; None where there is none)."""

    text: str
    value: str | int | Decimal | None
    is_withheld: bool = False


@dataclass(frozen=True, slots=True)
class Exhibit:
    """A chart, its table (the first cell of a row names it), what it is counted over, and what a reader should know.

    `id` names it on the page and in the name of a file; it holds nothing but names of questions and variables.
    """

    id: str
    title: str
    base: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    draw: Draw | None = None
    notes: tuple[str, ...] = ()

    @property
    def chart(self) -> SafeString:
        """The chart for the page; SafeString because `surveys.charts` escapes every text."""
        return SafeString(self.draw(None) if self.draw else "")

    @property
    def has_chart(self) -> bool:
        """Whether there is something to draw."""
        return self.draw is not None

    @property
    def has_withheld(self) -> bool:
        """Whether a cell of the table is kept from this reader."""
        return any(cell.is_withheld for row in self.rows for cell in row)


def reading_direction() -> Direction:
    """The direction of the language in use."""
    return "rtl" if get_language_bidi() else "ltr"


def words(text: str) -> Cell:
    """A cell of text."""
    return Cell(text, text)


def count(number: int) -> Cell:
    """A number of people."""
    return Cell(number_text(number), number)


def share(value: Fraction | None) -> Cell:
    """A share in percent with one decimal; a dash where nobody answered."""
    return Cell(NONE, None) if value is None else Cell(share_text(value), percent(value, 1))


def figure(value: Fraction | None, decimals: int = 2) -> Cell:
    """A mean or a median; a dash where nobody answered."""
    return Cell(NONE, None) if value is None else Cell(figure_text(value, decimals), rounded(value, decimals))


def withheld() -> Cell:
    """What this reader may not see, since it would tell of a few people."""
    return Cell(_("withheld"), None, is_withheld=True)


def shown_or_withheld(cell: Cell, *, is_shown: bool) -> Cell:
    """The cell, or that it is kept back."""
    return cell if is_shown else withheld()
