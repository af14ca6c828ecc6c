"""Which column of a list holds what: guessed from its heads, corrected by a person, remembered for lists of its shape."""

from collections.abc import Mapping as Values
from dataclasses import asdict, dataclass, fields
from typing import Self

from sessions.readers.moments import Order

PLACES = ("name", "given", "family", "email", "duration", "date")
LISTS_OF_PLACES = ("joined", "left", "marks")
MOST = 300  # columns


@dataclass(frozen=True)
class Mapping:
    """Columns by their places, from 0; `None` or an empty tuple where the list has no such column.

    A list with neither times nor a duration nor marks says that everybody on it was there.
    """

    sheet: str = ""  # title of the sheet; "" for every sheet whose heads have this shape
    head: int = 0  # number of the line with the heads (the last, where they take two); 0 where there are none
    head_lines: int = 1
    name: int | None = None
    given: int | None = None
    family: int | None = None
    email: int | None = None
    joined: tuple[int, ...] = ()
    left: tuple[int, ...] = ()
    duration: int | None = None
    unit: int = 60  # seconds that a plain number of the duration stands for
    marks: tuple[int, ...] = ()
    date: int | None = None
    order: Order | None = None  # of the fields of dates such as 03/04; None where the file decides
    shape: str = ""  # of the heads; see `shapes`

    @property
    def has_identity(self) -> bool:
        """Whether it says who the people are."""
        return any(place is not None for place in (self.name, self.given, self.family, self.email))

    @property
    def has_evidence(self) -> bool:
        """Whether it says more of their presence than that they are on the list."""
        return bool(self.joined or self.marks or self.duration is not None)

    @property
    def pairs(self) -> list[tuple[int, int | None]]:
        """Columns of arrival, each with its column of departure: the next one, before the next arrival."""
        if self.left and self.joined and self.left[0] < self.joined[0] and len(self.left) == len(self.joined):
            return list(zip(self.joined, self.left, strict=True))
        ends = [*self.joined, MOST][1:]
        return [
            (begin, next((place for place in self.left if begin < place < end), None))
            for begin, end in zip(self.joined, ends, strict=True)
        ]

    def as_json(self) -> dict[str, object]:
        """Plain values, to be kept."""
        return asdict(self)

    @classmethod
    def from_json(cls, values: Values[str, object]) -> Self:
        """From `as_json`, or from a form. Raises `ValueError` for what is no mapping."""
        known = {field.name for field in fields(cls)}
        if set(values) - known:
            raise ValueError("unknown fields")
        kept: dict[str, object] = dict(values)
        for key in PLACES:
            kept[key] = None if kept.get(key) is None else place(kept[key])
        for key in LISTS_OF_PLACES:
            listed = kept.get(key) or ()
            if not isinstance(listed, list | tuple):
                raise ValueError(key)
            kept[key] = tuple(sorted(place(each) for each in listed))
        kept["order"] = Order(str(kept["order"])) if kept.get("order") else None
        if not all(isinstance(kept.get(key, 0), int) for key in ("head", "head_lines", "unit")):
            raise ValueError("head")
        return cls(**kept)  # type: ignore[arg-type]


def place(value: object) -> int:
    """A column's place. Raises `ValueError`."""
    if not isinstance(value, int | str) or isinstance(value, bool) or not 0 <= int(value) < MOST:
        raise ValueError(value)
    return int(value)
