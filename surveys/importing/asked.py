"""A question as far as an import must know it: its name, its words in every language, what it offers."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from surveys.statistics import RANK, RATING, SELECT_MULTIPLE, SELECT_ONE, YES_NO

CLOSED = (RATING, YES_NO, SELECT_ONE, SELECT_MULTIPLE, RANK)
SEVERAL = (SELECT_MULTIPLE, RANK)
YES = ("yes", "y", "true", "1", "oui", "o", "si", "sí", "да", "是", "نعم", "sim", "ja")
NO = ("no", "n", "false", "0", "non", "нет", "否", "لا", "não", "nao", "nein")


@dataclass(frozen=True, slots=True)
class Asked:
    """One question. ``options`` maps each value to its words in all languages; ``other`` is the value to be specified,
    ``has_condition`` says that the question accepts not every answer of its kind."""

    name: str
    kind: str
    labels: tuple[str, ...] = ()
    options: Mapping[str, Sequence[str]] = field(default_factory=dict)
    other: str = ""
    has_condition: bool = False

    @property
    def is_closed(self) -> bool:
        """Whether it offers options."""
        return self.kind in CLOSED

    @property
    def takes_several(self) -> bool:
        """Whether an answer may hold several values."""
        return self.kind in SEVERAL

    def values_by_word(self) -> dict[str, str]:
        """Every word that means exactly one of the values: the value itself, and its labels. Ambiguous ones are left out."""
        meant: dict[str, set[str]] = {}
        for value, labels in self.options.items():
            for label in labels:
                meant.setdefault(plain(label), set()).add(value)
        if self.kind == YES_NO:
            for value, words in (("yes", YES), ("no", NO)):
                for word in words:
                    meant.setdefault(plain(word), {value})
        found = {word: values.pop() for word, values in meant.items() if word and len(values) == 1}
        return found | {plain(value): value for value in self.options}


def plain(text: str) -> str:
    """A text as it is compared: without case, marks of a required field, markup, and blanks of every kind."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    bare = re.sub(r"<[^>]{1,200}>", " ", folded) if "<" in folded else folded
    return " ".join(bare.replace("’", "'").split()).strip(" *:.?؟。？!")
