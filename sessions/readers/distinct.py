"""Columns that keep each distinct value once: a report of a hundred thousand lines has a few thousand names and times.

Whatever is done to a column is done once per distinct value.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import count
from typing import TypeVar, cast, overload

T = TypeVar("T")
Other = TypeVar("Other")


class Column(Sequence[T]):
    """One value per line, in their order: values, and for each line the place of its own among them.

    Lines of one column may share their places with another's: then their values go together.
    """

    def __init__(self, values: Sequence[T], places: Sequence[int], *, top: int = 0, since: int | None = 0) -> None:
        """The first `top` values are those of so many first lines, of which `since` were left out; `None` where some of
        the other values may stand in no line.
        """
        self.values, self.places, self._top, self._since = values, places, top, since

    @classmethod
    def of(cls, values: Iterable[T]) -> "Column[T]":
        """Of the values of all lines."""
        known: defaultdict[T, int] = numbering()
        places = list(map(known.__getitem__, values))
        return cls(list(known), places)

    @cached_property
    def distinct(self) -> Collection[T]:
        """Every value of the column, in the order in which they come first, and no other; some may be there twice."""
        if self._since is None:
            return [self.values[place] for place in dict.fromkeys(self.places)]
        return self.values[self._since :] if self._since else self.values

    def each(self, convert: Callable[[T], Other]) -> "Column[Other]":
        """What becomes of every value."""
        before = self._since or 0
        rest = map(convert, self.values[before:] if before else self.values)
        values = [*cast(Sequence[Other], self.values[:before]), *rest]  # the former are no line's
        return Column(values, self.places, top=self._top, since=self._since)

    def beside(self, other: "Column[Other]") -> "Column[tuple[T, Other]]":
        """Pairs of what stands in both columns."""
        if self.places is not other.places:
            return Column.of(zip(self, other, strict=True))
        pairs = list(zip(self.values, other.values, strict=True))
        return Column(pairs, self.places, top=self._top, since=self._since)

    def part(self, at: slice, places: Sequence[int] | None = None) -> "Column[T]":
        """Some lines of the column, whose places are these."""
        start, stop, step = at.indices(len(self))
        begins = None if self._since is None else self._since + start
        is_rest = begins is not None and begins <= self._top and (stop, step) == (len(self), 1)
        own = self.places[at] if places is None else places
        return Column(self.values, own, top=self._top, since=begins if is_rest else None)

    def __len__(self) -> int:
        """How many lines there are."""
        return len(self.places)

    @overload
    def __getitem__(self, at: int) -> T: ...
    @overload
    def __getitem__(self, at: slice) -> "Column[T]": ...
    def __getitem__(self, at: int | slice) -> "T | Column[T]":
        """The value of one line, or some lines."""
        return self.part(at) if isinstance(at, slice) else self.values[self.places[at]]

    def __iter__(self) -> Iterator[T]:
        """Line by line."""
        return map(self.values.__getitem__, self.places)

    def __contains__(self, value: object) -> bool:
        """Whether it stands in some line."""
        return value in self.distinct

    def __eq__(self, other: object) -> bool:
        """Whether both have the same values in the same lines."""
        return isinstance(other, Sequence) and list(self) == list(other)

    __hash__ = None  # type: ignore[assignment]  # like a list's


def numbering(first: int = 0) -> "defaultdict[T, int]":
    """Numbers that are given to values when they are first asked for."""
    return defaultdict(count(first).__next__)


def as_column(values: Iterable[T]) -> Column[T]:
    """The same values."""
    return values if isinstance(values, Column) else Column.of(values)


def distinct_of(values: Collection[T]) -> Collection[T]:
    """The values of a column or of any other collection, without most of the repetitions."""
    return values.distinct if isinstance(values, Column) else set(values)


def alike(value: T, number: int) -> Column[T]:
    """A column of one value for so many lines."""
    return Column([value][:number], [0] * number)
