"""Which column of a file is which question: proposed by its shape, corrected by a person, remembered."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

UNDECIDED, IGNORED = "?", ""
QUESTION, OPTION = "question:", "option:"
SPECIAL = (
    "submitted_at",
    "started_at",
    "key",
    "email",
    "link",
    "language",
    "gender",
    "sector",
    "country",
    "city",
    "is_finished",
    "is_test",
)
"""What a column can be beside a question. `key` tells a response from all others of its source, wherever it is exported."""


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """The use of each column, in their order, and how its moments are read.

    A use is one of SPECIAL, ``question:NAME``, ``option:NAME:VALUE`` (a column of ticks), "" for a column that is left out,
    or "?" for one that nobody has decided on. ``time_zone`` is the clock of moments that name none; "" is the programme's.
    """

    uses: tuple[str, ...]
    order: str = ""  # of dates: "DMY", "MDY"; "" where the file decides
    time_zone: str = ""

    @property
    def undecided(self) -> list[int]:
        """Places of columns that nobody has decided on."""
        return [at for at, use in enumerate(self.uses) if use == UNDECIDED]

    def place(self, use: str) -> int | None:
        """The place of the first column of this use; None where there is none."""
        return self.uses.index(use) if use in self.uses else None

    def questions(self) -> dict[str, int]:
        """The place of the column of each question that has one of its own."""
        return {use.removeprefix(QUESTION): at for at, use in enumerate(self.uses) if use.startswith(QUESTION)}

    def ticks(self) -> dict[str, list[tuple[str, int]]]:
        """The values and places of columns of ticks, by question."""
        found: dict[str, list[tuple[str, int]]] = {}
        for at, use in enumerate(self.uses):
            if use.startswith(OPTION):
                name, _, value = use.removeprefix(OPTION).partition(":")
                found.setdefault(name, []).append((value, at))
        return found

    def twice(self) -> list[str]:
        """Uses that more than one column has and only one can have."""
        counted = Counter(use for use in self.uses if use not in (UNDECIDED, IGNORED))
        both = {QUESTION + name for name in self.ticks()} & counted.keys()
        return sorted({use for use, count in counted.items() if count > 1} | both)

    def as_json(self) -> dict[str, object]:
        """Plain values, to be kept."""
        return {"uses": list(self.uses), "order": self.order, "time_zone": self.time_zone}

    @classmethod
    def from_json(cls, kept: Mapping[str, object]) -> "ColumnMapping":
        """From `as_json`. Raises ValueError for anything else."""
        uses = kept.get("uses")
        if not isinstance(uses, list | tuple) or not all(isinstance(use, str) for use in uses):
            raise ValueError("uses")
        return cls(tuple(uses), str(kept.get("order", "")), str(kept.get("time_zone", "")))

    def fitted(self, proposed: "ColumnMapping", known: Iterable[str]) -> "ColumnMapping":
        """What was said of an earlier file of this shape; uses that are gone since fall back on those `proposed`."""
        allowed = set(known) | {IGNORED}
        uses = (mine if mine in allowed else new for mine, new in zip(self.uses, proposed.uses, strict=True))
        return ColumnMapping(tuple(uses), self.order, self.time_zone)


def shape_of(heads: Sequence[str]) -> str:
    """A fingerprint of heads: files with the same heads in the same order are of one shape."""
    return hashlib.sha256("\x1f".join(heads).encode("utf-8", "surrogatepass")).hexdigest()[:24]
