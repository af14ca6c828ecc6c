"""What stands beside the answers: when, by whom, in which language, whether it was a test. Column by column, like those."""

import datetime as dt
import hashlib
import zoneinfo
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from sessions.readers.moments import Order, date_of, moment, settled
from surveys.importing.asked import plain
from surveys.importing.encoding import MOST_KEPT, Problem
from surveys.importing.mapping import ColumnMapping
from surveys.importing.table import Block, Table
from surveys.importing.translating import LEFT, TICKED

EARLIEST, LATEST = dt.datetime(1990, 1, 1, tzinfo=dt.UTC), dt.datetime(2100, 1, 1, tzinfo=dt.UTC)
MOMENTS = ("submitted_at", "started_at")
WORDS = ("gender", "sector", "country", "language")
FLAGS = ("is_finished", "is_test")
ANONYMOUS = {"anonymous", "anonyme", "anónimo", "аноним", "匿名"}  # what Microsoft writes for the address of nobody

Read = Callable[[str], object]


class Reader(dict[str, object]):
    """Reads the cells of one column: a dictionary that fills itself. A cell that cannot be read is a `ValueError` in it."""

    def __init__(self, read: Read) -> None:
        super().__init__()
        self.read = read

    def __missing__(self, cell: str) -> object:
        """Read a cell that was not met before."""
        if len(self) > MOST_KEPT:
            self.clear()
        try:
            found = self.read(cell.strip())
        except ValueError:
            found = ValueError(cell)
        self[cell] = found
        return found


@dataclass(slots=True)
class Circumstances:
    """Reads what stands beside the answers. `places` are the columns by their use."""

    places: Mapping[str, int]
    readers: Mapping[str, Reader]
    heads: Sequence[str]
    key_beside: int | None = None  # the column that tells apart equal numbers of two sources
    shape: str = ""
    problems: list[Problem] = field(default_factory=list)
    problem_count: int = 0

    @classmethod
    def of(
        cls, mapping: ColumnMapping, heads: Sequence[str], readers: Mapping[str, Reader], shape: str
    ) -> "Circumstances":
        """For the columns of a file."""
        places = {use: place for use in (*readers, "key") if (place := mapping.place(use)) is not None}
        return cls(places, readers, heads, mapping.place("submitted_at"), shape)

    def columns(self, block: Block, *, most_problems: int) -> dict[str, Sequence[object]]:
        """The values of a block by their use; where a cell cannot be read a problem is noted."""
        found: dict[str, Sequence[object]] = {}
        for use, reader in self.readers.items():
            if use in self.places:
                cells = block.columns[self.places[use]]
                values = list(map(reader.__getitem__, cells))
                if ValueError in set(map(type, values)):
                    self._note(use, block, values, most_problems)
                found[use] = values
        if "key" in self.places:
            found["key"] = self._keys(block)
        return found

    def _note(self, use: str, block: Block, values: Sequence[object], most: int) -> None:
        place = self.places[use]
        for at, value in enumerate(values):
            if isinstance(value, ValueError):
                self.problem_count += 1
                if len(self.problems) < most:
                    cell = block.columns[place][at]
                    self.problems.append(Problem(block.numbers[at], self.heads[place], f"@{use}", cell[:200]))

    def _keys(self, block: Block) -> list[str]:
        """A fingerprint of what a source calls a response; equal numbers of two forms differ by their heads and moments."""
        own = block.columns[self.places["key"]]
        beside: Iterable[str] = block.columns[self.key_beside] if self.key_beside is not None else [""] * len(own)
        shape = self.shape
        return [
            hashlib.blake2b(
                f"{shape}\x1f{key}\x1f{moment}".encode("utf-8", "surrogatepass"), digest_size=16
            ).hexdigest()
            if key
            else ""
            for key, moment in zip(own, beside, strict=True)
        ]


def moment_reader(order: Order, zone: zoneinfo.ZoneInfo) -> Reader:
    """Moments in UTC as ISO texts; None for an empty cell."""

    def read(text: str) -> str | None:
        if not text:
            return None
        found = _moment(text, order)
        if found is None:
            raise ValueError(text)
        aware = found if found.tzinfo else found.replace(tzinfo=zone)
        if not EARLIEST <= aware < LATEST:
            raise ValueError(text)
        return aware.astimezone(dt.UTC).isoformat()

    return Reader(read)


def _moment(text: str, order: Order) -> dt.datetime | None:
    try:
        return dt.datetime.fromisoformat(text)
    except ValueError:
        pass
    found = moment(text, order)
    day = date_of(text, order) if found is None else None
    return dt.datetime.combine(day, dt.time()) if day else found


def order_of(table: Table, place: int, said: str) -> Order | None:
    """In which order a column writes its dates; None where every one can be read both ways and nobody has said."""
    wanted = Order(said) if said else None
    texts: set[str] = set()
    for block in table.blocks():
        own = set(block.columns[place])
        found = settled(own, near=None, said=wanted)
        if not texts and not found.is_open and wanted is None and any(map(_has_order, list(own)[:200])):
            return found.order
        if not any(map(_has_order, list(own)[:200])):
            return found.order
        texts |= own
    last = settled(texts, near=None, said=wanted)
    return None if last.is_open else last.order


def _has_order(text: str) -> bool:
    """Whether it is a date whose fields could be meant both ways, such as 03/04/2026."""
    return text[:1].isdecimal() and not text[:4].isdecimal()


def word_reader(words: Mapping[str, str], *, default: str | None = None) -> Reader:
    """Values by their words; any other is a problem, or the default."""

    def read(text: str) -> str:
        found = words.get(plain(text), default) if text else (default or "")
        if found is None:
            raise ValueError(text)
        return found

    return Reader(read)


def flag_reader(*, empty: bool) -> Reader:
    """Yes or no."""

    def read(text: str) -> bool:
        word = plain(text)
        if not text:
            return empty
        if word in TICKED:
            return True
        if word in LEFT:
            return False
        raise ValueError(text)

    return Reader(read)


def address_reader() -> Reader:
    """E-mail addresses as registrations have them; "" for nobody's."""
    return Reader(lambda text: "" if plain(text) in ANONYMOUS else text.lower())


def token_reader() -> Reader:
    """The secret of a personal link, given alone or in its address."""
    return Reader(_token)


def _token(text: str) -> str:
    parts = [part for part in text.split("?")[0].split("/") if part]
    if "my" in parts[:-1]:
        return parts[parts.index("my") + 1]
    return parts[-1] if parts else ""


def city_reader() -> Reader:
    """One line of text."""
    return Reader(lambda text: " ".join(text.replace("\0", " ").split())[:120])
