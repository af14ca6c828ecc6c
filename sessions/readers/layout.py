"""What a table looks like: which columns hold times, which heads hold a word, which lines are titles."""

import re
from collections.abc import Iterable, Sequence

from sessions.readers.moments import Order, moment

Lines = Sequence[tuple[int, list[str]]]

LOOKED_AT = 50  # lines by which a column is judged
BRACKETED = re.compile(r"[^()]+\([^()]+\)")  # a head such as `Name (Original Name)`, as `columns.head` writes it


def time_columns(lines: Lines, *, after: int = -1) -> list[int]:
    """Which columns behind the place `after` hold moments, judged by the first lines."""
    cells = [(at, cell) for _line, cells in lines[:LOOKED_AT] for at, cell in enumerate(cells) if at > after and cell]
    return sorted({at for at, cell in cells if is_moment(cell)})


def is_moment(cell: str) -> bool:
    """Whether a cell is a day with a time."""
    return any(moment(cell, order) for order in Order)


def is_title(cells: Sequence[str]) -> bool:
    """Whether a line has one cell, the first."""
    return bool(cells) and bool(cells[0]) and not any(cells[1:])


def place_like(heads: Sequence[str], parts: Iterable[str], *, after: int = -1) -> int | None:
    """The first column behind the place `after` whose head holds one of these, an earlier part before a later one."""
    return next((at for part in parts for at, text in enumerate(heads) if at > after and part in text), None)
