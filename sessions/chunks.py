"""Much work in small transactions."""

from collections.abc import Iterator, Sequence
from typing import TypeVar

Item = TypeVar("Item")


def in_chunks(items: Sequence[Item], size: int) -> Iterator[Sequence[Item]]:
    """Items in their order, `size` at a time; the last are fewer."""
    return (items[start : start + size] for start in range(0, len(items), size))
