"""What was measured, what it is held against, and the table of it."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """One measured quantity. `at_least`, `at_most` and `share_of_floor` are its targets; without any it only informs."""

    what: str
    measured: float
    unit: str
    floor: float | None = None
    at_least: float | None = None
    at_most: float | None = None
    share_of_floor: float | None = None

    @property
    def ratio(self) -> float | None:
        """Measured over its floor."""
        return self.measured / self.floor if self.floor else None

    @property
    def is_target(self) -> bool:
        """Whether it is held against anything."""
        return any(limit is not None for limit in (self.at_least, self.at_most, self.share_of_floor))

    @property
    def is_ok(self) -> bool:
        """Whether every target is reached."""
        return (
            (self.at_least is None or self.measured >= self.at_least)
            and (self.at_most is None or self.measured < self.at_most)
            and (self.share_of_floor is None or (self.ratio is not None and self.ratio >= self.share_of_floor))
        )

    @property
    def target(self) -> str:
        """The targets in words."""
        parts = [
            f">= {self.at_least:g} {self.unit}" if self.at_least is not None else "",
            f"< {self.at_most:g} {self.unit}" if self.at_most is not None else "",
            f">= {self.share_of_floor:.2f} of floor" if self.share_of_floor is not None else "",
        ]
        return ", ".join(part for part in parts if part)

    @property
    def cells(self) -> tuple[str, ...]:
        """As printed."""
        return (
            self.what,
            f"{self.measured:.1f} {self.unit}",
            f"{self.floor:.1f} {self.unit}" if self.floor is not None else "",
            f"{self.ratio:.2f}" if self.ratio is not None else "",
            self.target,
            ("ok" if self.is_ok else "MISSED") if self.is_target else "",
        )


HEADINGS = ("what", "measured", "floor", "ratio", "target", "")


def printed(lines: Sequence[Line], *, cores: int, others: float, seconds: float) -> str:
    """The table, and on how many cores, beside how much other work and how long it was measured."""
    rows = [HEADINGS, *(line.cells for line in lines)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEADINGS))]
    table = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    missed = sum(not line.is_ok for line in lines)
    verdict = f"{missed} missed" if missed else "every target reached"
    where = f"{cores} cores, {seconds:.0f} s; load average before: {others:.1f}"
    return "\n".join(["", *table, "", f"{where}; {verdict}"])
