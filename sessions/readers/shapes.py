"""Where the heads of a list are, and a fingerprint of them: files of one shape are read by one mapping."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass

from sessions.readers.columns import cell_at, head
from sessions.readers.headings import Use, uses_of
from sessions.readers.moments import Order, clock_of
from sessions.readers.report import Sheet
from sessions.readers.titles import date_in

SEARCHED = 60  # lines from the top
IDENTITY = {Use.NAME, Use.GIVEN, Use.FAMILY, Use.EMAIL}
EVIDENCE = {Use.JOINED, Use.LEFT, Use.MARK, Use.DURATION, Use.SIGNATURE, Use.STAMP, Use.DATE}
NUMBERED = re.compile(r"^[^\d]{0,30}\d{1,2}(?:\D|$)")
ANY_YEAR = 2024  # a leap year, to tell whether 29/02 in a head is a day

Rows = Sequence[tuple[int, list[str]]]


@dataclass(frozen=True)
class Heads:
    """The heads of a table, and where its lines begin."""

    index: int  # of the last line of heads, among the lines of the sheet
    lines: int  # 1, or 2 where `Morning` stands over `Arrival` and `Departure`
    texts: tuple[str, ...]
    uses: tuple[Use | None, ...]

    @property
    def score(self) -> float:
        """How much like heads these lines are."""
        found = set(self.uses)
        identity = 4 * bool(found & (IDENTITY - {Use.EMAIL})) + 2 * (Use.EMAIL in found)
        evidence = 3 * bool(found & EVIDENCE or self.days)
        known = sum(use is not None for use in self.uses) + len(self.numbered)
        return identity + evidence + self.is_dated + min(known, 12) / 4 if identity and known > 1 else 0

    @property
    def days(self) -> tuple[int, ...]:
        """Columns that are headed by a day."""
        return tuple(
            at for at, text in enumerate(self.texts) if self.uses[at] in (None, Use.MARK) and names_a_day(text)
        )

    @property
    def is_dated(self) -> bool:
        """Whether a day stands in the heads, as above `Arrival` and `Departure`."""
        return any(names_a_day(text) for text in self.texts)

    @property
    def numbered(self) -> tuple[int, ...]:
        """Columns headed `Session 1`, `Day 2`, `12/05`."""
        return tuple(
            at
            for at, text in enumerate(self.texts)
            if self.uses[at] in (None, Use.DATE) and (NUMBERED.search(text) or names_a_day(text))
        )

    def of(self, *uses: Use) -> tuple[int, ...]:
        """The columns for these uses."""
        return tuple(at for at, use in enumerate(self.uses) if use in uses)


def names_a_day(text: str) -> bool:
    """Whether a head names a day, with or without its year."""
    return len(text) < 60 and any(date_in(text, order, ANY_YEAR) for order in Order)


def heads_of(rows: Rows) -> Heads | None:
    """The lines that are most like heads, the upper ones of two alike; `None` where none is."""
    found = [heads for index in range(min(len(rows), SEARCHED)) for heads in heads_at(rows, index)]
    best = max(found, key=lambda heads: heads.score, default=None)
    return best if best and best.score >= 3 else None


def heads_at(rows: Rows, index: int) -> list[Heads]:
    """This line as heads, and together with the line above it."""
    cells = rows[index][1]
    if sum(map(bool, cells)) < 2 or any("@" in cell or len(cell) > 200 or is_moment(cell) for cell in cells):
        return []
    found = [Heads(index, 1, tuple(cells), tuple(uses_of(cells)))]
    upper = rows[index - 1][1] if index and rows[index][0] - rows[index - 1][0] == 1 else []
    if any(upper[1:]):  # a lone first cell is a title
        both = joined_heads(upper, cells)
        uses = uses_of(both)
        names = [at for at, use in enumerate(uses) if use in IDENTITY]
        if names and all(bool(cell_at(upper, at)) != bool(cell_at(cells, at)) for at in names):
            found.append(Heads(index, 2, tuple(both), tuple(uses)))
    return found


def joined_heads(upper: Sequence[str], lower: Sequence[str]) -> list[str]:
    """Two lines of heads as one: an upper head reaches over the columns to its right that have none."""
    found, reaching = [], ""
    for at in range(max(len(upper), len(lower))):
        own, below = cell_at(upper, at), cell_at(lower, at)
        reaching = own or (reaching if below else "")
        found.append(f"{reaching} {below}".strip() if below else own)
    return found


def is_moment(cell: str) -> bool:
    """Whether a cell is a time, as lines of people have and heads have not. `12.05` may be a day in a head."""
    return clock_of(cell) is not None and not re.fullmatch(r"\d{1,2}\.\d{2}", cell)


def fingerprint(heads: Sequence[str]) -> str:
    """Of heads, whatever days, numbers and capitals stand in them."""
    plain = [re.sub(r"\d+", "#", head(text)) for text in heads]
    while plain and not plain[-1]:
        plain.pop()
    if not plain:
        return ""
    return hashlib.sha256("\x1f".join(plain).encode("utf-8", "surrogatepass")).hexdigest()[:24]


def shape_of(sheet: Sheet) -> str:
    """A fingerprint of the sheet's heads; of its number of columns where it has none."""
    heads = heads_of(sheet.rows)
    if heads:
        return fingerprint(heads.texts)
    return f"columns-{max((len(cells) for _line, cells in sheet.rows), default=0)}"
