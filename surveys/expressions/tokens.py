"""An expression in pieces."""

import re
from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from surveys.expressions.errors import ExpressionError, Fault


class Sort(StrEnum):
    """What a piece is."""

    NUMBER = "number"
    TEXT = "text"
    QUESTION = "question"
    WORD = "word"  # a function, or one of and, or, div, mod
    MARK = "mark"
    END = "end"


class Token(NamedTuple):
    """A piece: its content without quotes and braces, and where it begins (from 1)."""

    sort: Sort
    text: str
    position: int


PIECES = re.compile(
    r"""
    (?P<number>[0-9]+(?:\.[0-9]*)?|\.[0-9]+)
  | "(?P<double>[^"]*)" | '(?P<single>[^']*)'
  | \$\{\s*(?P<question>[A-Za-z_][A-Za-z0-9_.-]*)\s*\}
  | (?P<path>\.\./?|\./|//?|@|\[)
  | (?P<word>[A-Za-z_][A-Za-z0-9_.-]*(?::[A-Za-z][A-Za-z0-9_.-]*)?)
  | (?P<mark>!=|<=|>=|[=<>+\-*(),.])
  | (?P<blank>\s+)
    """,
    re.X,
)


def tokens(text: str) -> Iterator[Token]:
    """The pieces of an expression, and the end. Raises ExpressionError for what is none."""
    place = 0
    while place < len(text):
        found = PIECES.match(text, place)
        if found is None:
            raise ExpressionError(fault_at(text, place), place + 1, text[place])
        place = found.end()
        if found["blank"] is None:
            yield token(found)
    yield Token(Sort.END, "", len(text) + 1)


def token(found: re.Match[str]) -> Token:
    """One piece."""
    position = found.start() + 1
    if found["path"]:
        raise ExpressionError(Fault.PATH, position, found["path"])
    for name in ("double", "single"):
        if found[name] is not None:
            return Token(Sort.TEXT, found[name], position)
    for sort in (Sort.NUMBER, Sort.QUESTION, Sort.WORD, Sort.MARK):
        if found[sort] is not None:
            return Token(sort, found[sort], position)
    raise AssertionError(found)


def fault_at(text: str, place: int) -> Fault:
    """Why nothing that belongs to an expression begins here."""
    if text[place] in "'\"":
        return Fault.OPEN_TEXT
    if text[place] in "‘’“”«»„":
        return Fault.CURLY_QUOTES
    return Fault.OPEN_NAME if text[place] == "$" else Fault.CHARACTER
