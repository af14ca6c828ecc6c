"""What organisers write, as paragraphs and lists: plain text in which an empty line parts paragraphs.

A line that begins with "- " is a point of a list. There is no other markup, and none of it is read as HTML.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

_EMPTY_LINES = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph of one line, or a list of several."""

    lines: tuple[str, ...]
    is_list: bool

    @property
    def text(self) -> str:
        """A paragraph's words."""
        return " ".join(self.lines)


def passages(text: str) -> tuple[Passage, ...]:
    """A text as its paragraphs and lists, in order."""
    blocks = _EMPTY_LINES.split(text.replace("\r\n", "\n").replace("\r", "\n").strip())
    return tuple(passage for block in blocks for passage in _of_block(block))


def _of_block(block: str) -> Iterator[Passage]:
    lines = [line.strip() for line in block.split("\n")]
    for is_list, group in groupby(lines, key=lambda line: line.startswith("- ")):
        words = tuple(word for word in (line.removeprefix("- ").strip() for line in group) if word)
        if words:
            yield Passage(words, is_list)
