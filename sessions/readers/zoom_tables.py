"""Where the tables of participants stand in Zoom's reports, and which of their columns holds what."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from sessions.readers import zoom_words as words
from sessions.readers.columns import are_at, cell_at, columns_at, head, place_of
from sessions.readers.layout import BRACKETED, LOOKED_AT, Lines, place_like, time_columns
from sessions.readers.report import ReadError, Reason

HEAD_AMONG = 20  # lines in which a head is sought
WIDE = 5  # columns in front of the name that say which meeting it is, in any language


@dataclass(frozen=True)
class Columns:
    """Where the table of participants has what; `None` where it does not."""

    name: int
    email: int | None
    joined: int | None
    left: int | None
    minutes: int | None
    guest: int | None
    waiting: int | None

    def cells_of(self, lines: Lines) -> list[Sequence[str]]:
        """Of all lines: names, addresses, whether in the waiting room, whether guests, moments of joining and leaving."""
        return columns_at(lines, self.name, self.email, self.waiting, self.guest, self.joined, self.left)


@dataclass(frozen=True)
class Table:
    """The table of participants, and what stands above it."""

    above: Lines
    heads: list[str]
    lines: Lines
    columns: Columns

    @cached_property
    def cells(self) -> list[Sequence[str]]:
        """The columns of its lines; see `Columns.cells_of`."""
        return self.columns.cells_of(self.lines)

    @property
    def is_wide(self) -> bool:
        """Whether each line names its meeting in front of the participant."""
        front = self.heads[: self.columns.name]
        return bool(set(front) & words.TOPICS) or len(front) >= WIDE


def tables_in(rows: Lines) -> list[Table]:
    """The table of participants among the first lines; several, where reports were pasted one below the other."""
    for index, (_line, cells) in enumerate(rows[:HEAD_AMONG]):
        heads = list(map(head, cells))
        name = name_place(heads, rows[index + 1 : index + 1 + LOOKED_AT])
        if name is not None:
            found = list[Table]()
            for above, lines in parted(rows[:index], cells, rows[index + 1 :]):
                found.append(Table(above, heads, lines, columns_of(heads, name, lines)))
            return found
    return []


def parted(above: Lines, heads: list[str], below: Lines) -> list[tuple[Lines, Lines]]:
    """What stands above each table and its lines: the same heads again begin another, below its own summary."""
    starts = are_at(below, heads)
    if not starts:
        return [(above, below)]
    if not above:
        return [(above, [line for line in below if line[1] != heads])]
    first, found = 0, list[tuple[Lines, Lines]]()
    labels = next((cells for _line, cells in above if sum(map(bool, cells)) >= 3), [])
    for start in [*starts, len(below)]:
        lines = below[first:start]
        cut = next((at for at, (_line, cells) in enumerate(lines) if cells == labels), len(lines))
        found.append((above, lines[:cut]))
        above, first = lines[cut:] or above, start + 1
    return found


def name_place(heads: list[str], below: Lines) -> int | None:
    """Where the names are, if this is the head of the table: by its words, else by its shape."""
    known = place_of(heads, words.NAMES)
    if known is None and set(heads) & {"user email", "total duration(minutes)", "duration(minutes)"}:
        known = place_of(heads, words.PLAIN_NAMES)
    if known is not None:
        return known if set(heads[known:]) & (words.JOINS | words.MINUTES) or shape_of(heads, below) == known else None
    return shape_of(heads, below)


def shape_of(heads: list[str], below: Lines) -> int | None:
    """`Name (Original name) … two times … Duration (Minutes)`, or, of unique users, `Name (…), e-mail, Duration (…)`."""
    brackets = [at for at, text in enumerate(heads) if BRACKETED.fullmatch(text)]
    if len(brackets) < 2:
        return None
    times = time_columns(below)
    for at in (at for at in reversed(brackets) if at != 1):  # in webinars, the name stands second
        behind = [time for time in times if time > at]
        if len(behind) == 2 and any(other > behind[1] for other in brackets):
            return at
    numbers = all(cell_at(cells, brackets[1]).isdecimal() for _line, cells in below)
    is_unique = brackets[0] == 0 and brackets[1] <= 2 and not times and numbers
    return 0 if is_unique and "@" in "".join(cell_at(cells, 1) for _line, cells in below) else None


def columns_of(heads: list[str], name: int, lines: Lines) -> Columns:
    """By their heads, else by what they hold, from the name on: what stands before it is about the meeting."""
    joined, left = place_of(heads, words.JOINS, after=name), place_of(heads, words.LEAVES, after=name)
    if joined is None or left is None:
        joined, left = [*time_columns(lines, after=name), None, None][:2]
    email = place_of(heads, words.EMAILS, after=name)
    if email is None:
        email = next((at for _, cells in lines for at, cell in enumerate(cells) if "@" in cell and at > name), None)
    minutes = place_of(heads, words.MINUTES, after=name)
    if minutes is None:
        minutes = next((at for at, text in enumerate(heads) if at > name and BRACKETED.fullmatch(text)), None)
    if minutes is None and joined is None:
        raise ReadError(Reason.NO_TIMES if lines else Reason.NO_LINES)
    guest, waiting = (place_like(heads, parts, after=name) for parts in (words.GUEST, words.WAITING))
    return Columns(name, email, joined, left, minutes, guest, waiting)
