"""The tables of a sheet: where each begins and ends, and what stands above it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sessions.readers.mapping import Mapping
from sessions.readers.report import Sheet
from sessions.readers.shapes import SEARCHED, fingerprint, heads_at

MIDNIGHT = re.compile(r"\s00:00:00$")


@dataclass(frozen=True)
class Block:
    """One table: what stands above it, its heads and its lines."""

    sheet: str
    above: Sequence[str]
    heads: Sequence[str]
    rows: Sequence[tuple[int, list[str]]]


def blocks_of(sheet: Sheet, mapping: Mapping) -> list[Block]:
    """The tables of a sheet that have the mapping's heads; none where the sheet has no such heads."""
    if mapping.sheet and mapping.sheet != sheet.title:
        return []
    if not mapping.head:
        return [Block(sheet.title, [], [], sheet.rows)]
    found = head_indexes(sheet.rows, mapping)
    blocks, above_from = [], 0
    for index, following in zip(found, [*found, len(sheet.rows)][1:], strict=True):
        texts = [text_of(cells) for _line, cells in sheet.rows[above_from : index - mapping.head_lines + 1]]
        end = above_from = (
            body_end(sheet.rows, index + 1, following, mapping) if following < len(sheet.rows) else following
        )
        blocks.append(Block(sheet.title, texts, heads_text(sheet.rows, index, mapping), sheet.rows[index + 1 : end]))
    return blocks


def head_indexes(rows: Sequence[tuple[int, list[str]]], mapping: Mapping) -> list[int]:
    """Where the heads stand: wherever their shape is found, else on the mapping's own line."""
    shaped = [
        index
        for index in range(min(len(rows), SEARCHED))
        if any(
            heads.lines == mapping.head_lines and fingerprint(heads.texts) == mapping.shape
            for heads in heads_at(rows, index)
        )
    ]
    if not shaped:
        return [index for index, (line, _cells) in enumerate(rows[: 2 * SEARCHED]) if line == mapping.head]
    first = rows[shaped[0]][1]
    again = [index for index in range(shaped[0], len(rows)) if rows[index][1][:3] == first[:3]]
    return sorted({*shaped, *again})


def heads_text(rows: Sequence[tuple[int, list[str]]], index: int, mapping: Mapping) -> list[str]:
    """The heads, both lines of them as one."""
    found = [heads for heads in heads_at(rows, index) if heads.lines == mapping.head_lines]
    return list(found[0].texts) if found else rows[index][1]


def body_end(rows: Sequence[tuple[int, list[str]]], start: int, next_head: int, mapping: Mapping) -> int:
    """Where a table ends that another one follows: before the title lines of the other, which have one cell or two."""
    end = next_head - mapping.head_lines + 1
    while end > start and sum(map(bool, rows[end - 1][1])) == 1:
        end -= 1
    return end


def text_of(cells: Sequence[str]) -> str:
    """A line above a table as text."""
    return " ".join(MIDNIGHT.sub("", cell) for cell in cells if cell)
