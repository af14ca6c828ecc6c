"""Two people at the same form: what each has changed follows from what stood in it when it was opened."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

SEAL = 8  # bytes


@dataclass(frozen=True, slots=True)
class Opened:
    """What a form showed when it was opened, as seals of its fields; None for a form that says nothing of it."""

    seals: frozenset[str] | None

    @classmethod
    def read(cls, token: str) -> Self:
        """From what the form sent back. Of a form without it every text counts as seen."""
        return cls(frozenset(token.split()) if token else None)

    def is_clash(self, field: str, mine: str, stored: str) -> bool:
        """Whether both sides changed a field, to different texts."""
        return mine != stored and not self.has_shown(field, mine) and not self.has_shown(field, stored)

    def is_theirs(self, field: str, mine: str, stored: str) -> bool:
        """Whether only somebody else has changed a field: it stays as they left it."""
        return self.seals is not None and mine != stored and self.has_shown(field, mine)

    def has_shown(self, field: str, text: str) -> bool:
        """Whether the field held this text when the form was opened."""
        return self.seals is None or _seal(field, text) in self.seals


def opened_with(fields: Mapping[str, str]) -> str:
    """What a form carries along, to be sent back: one seal for each field, of its name and text."""
    return " ".join(_seal(field, text) for field, text in fields.items())


def _seal(field: str, text: str) -> str:
    return hashlib.blake2b(f"{field}\0{text}".encode(errors="replace"), digest_size=SEAL).hexdigest()
