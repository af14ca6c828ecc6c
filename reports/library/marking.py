"""Where a text says what was looked for: cut to a length that can be read, with the places marked."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from registrations.folding import fold, is_found

_PIECES = re.compile(
    r"[\u3400-\u4dbf\u4e00-\u9fff]+|[^\W_\u3400-\u4dbf\u4e00-\u9fff][\w\u0300-\u036f\u064b-\u0652]*|.", re.DOTALL
)
LENGTH, BEFORE = 240, 60


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text, found or not."""

    text: str
    is_found: bool


def marked(text: str, terms: Sequence[str]) -> tuple[Piece, ...]:
    """The whole text in pieces; put together they are the text."""
    found: list[Piece] = []
    for piece in _PIECES.findall(text) if terms else [text]:
        for part in _parts(piece, terms):
            if found and found[-1].is_found == part.is_found:
                found[-1] = Piece(found[-1].text + part.text, part.is_found)
            else:
                found.append(part)
    return tuple(found)


def excerpt(text: str, terms: Sequence[str]) -> tuple[Piece, ...]:
    """About 240 letters around the first place that was found, or the beginning."""
    if len(text) <= LENGTH:
        return marked(text, terms)
    before = 0
    for piece in marked(text, terms):
        if piece.is_found:
            break
        before += len(piece.text)
    start = max(0, before - BEFORE) if before < len(text) else 0
    start = text.rfind(" ", 0, start) + 1 if start else 0
    end = start + LENGTH
    stop = max(text.rfind(" ", start, end), start + LENGTH - BEFORE) if end < len(text) else len(text)
    shown = f"{'… ' if start else ''}{text[start:stop].rstrip()}{' …' if stop < len(text) else ''}"
    return marked(shown, terms)


def _parts(piece: str, terms: Sequence[str]) -> list[Piece]:
    if "\u3400" <= piece[:1] <= "\u9fff":
        return _han_parts(piece, terms)
    return [Piece(piece, bool(terms) and piece[:1].isalnum() and is_found(piece, terms))]


def _han_parts(run: str, terms: Sequence[str]) -> list[Piece]:
    """Characters that belong to a pair that was looked for."""
    hit = [False] * len(run)
    for term in terms:
        for place in range(len(run)):
            if fold(run[place : place + len(term)]) == term:
                hit[place : place + len(term)] = [True] * len(term)
    return [Piece(letter, is_hit) for letter, is_hit in zip(run, hit, strict=True)]
