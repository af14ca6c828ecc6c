"""What a figure is called: a path of names, and of whom it was counted where that is not everybody.

    survey.post_2026.rating_overall.mean
    survey.post_2026.rating_overall.mean@gender=female,language=ar

The part before the sign @ says what is counted, the part behind it is a selection: variable and value, in the order of
the alphabet, so that one figure has one id. It stands in addresses as it is.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

_NAME = r"[A-Za-z0-9_-]+"
_ID = re.compile(rf"({_NAME}(?:\.{_NAME})*)(?:@({_NAME}={_NAME}(?:,{_NAME}={_NAME})*))?")


@dataclass(frozen=True, slots=True)
class FigureId:
    """A figure's path, and its selection as pairs of variable and value."""

    path: tuple[str, ...]
    selection: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, text: str) -> "FigureId":
        """Read an id. Raises ValueError for what is none."""
        found = _ID.fullmatch(text)
        if not found:
            raise ValueError(f"not the id of a figure: {text[:80]}")
        path, selection = found.groups()
        pairs = dict(pair.split("=") for pair in (selection or "").split(",") if pair)
        return cls(tuple(path.split("."))).within(pairs)

    def within(self, selection: Mapping[str, str]) -> "FigureId":
        """The same figure, counted of those only who are in the selection, too."""
        return FigureId(self.path, tuple(sorted({**dict(self.selection), **selection}.items())))

    def __str__(self) -> str:
        selection = ",".join(f"{variable}={value}" for variable, value in self.selection)
        return ".".join(self.path) + (f"@{selection}" if selection else "")
