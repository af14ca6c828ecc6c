"""What a results report consists of: an ordered list of blocks, put together by an organiser or made by itself.

A block names what it shows by an id of the frozen figures; its words are plain text, per language. What no longer has
anything to show (a question that was taken out) stays in the list and is left out of the page.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from reports.figures import Results, SurveyFigures

FORMAT = "baraza-composition/1"
MOST_BLOCKS = 200
LONGEST_TEXT = 10_000
FALLBACK = "en"


class Kind(StrEnum):
    """What a block can be."""

    HEADING = "heading"
    TEXT = "text"
    SUMMARY = "summary"
    NUMBERS = "numbers"
    FIGURE = "figure"
    PLACES = "places"
    CHART = "chart"
    BASE = "base"
    QUESTION = "question"
    METHOD = "method"


WRITTEN = frozenset({Kind.HEADING, Kind.TEXT})


@dataclass(frozen=True, slots=True)
class Wording:
    """A text and the language it is in, which is not the reader's where that one is missing."""

    text: str
    language: str


@dataclass(frozen=True, slots=True)
class Block:
    """One piece of a report. `key` is its number in the list for good; `ref` what it shows; `texts` by language code."""

    key: int
    kind: Kind
    ref: str = ""
    texts: Mapping[str, str] = field(default_factory=dict)

    def wording(self, language: str) -> Wording | None:
        """The text in this language, or visibly in another: English, else the first that is there. None without any."""
        for code in (language, FALLBACK, *sorted(self.texts)):
            if self.texts.get(code):
                return Wording(self.texts[code], code)
        return None


@dataclass(frozen=True, slots=True)
class Composition:
    """Blocks in the order in which they are shown."""

    blocks: tuple[Block, ...]

    def as_dict(self) -> dict[str, Any]:
        """Plain JSON values."""
        return {
            "format": FORMAT,
            "blocks": [
                {"key": block.key, "kind": block.kind.value, "ref": block.ref, "texts": dict(block.texts)}
                for block in self.blocks
            ],
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "Composition":
        """Read what `as_dict` wrote. Raises ValueError for a document of another format."""
        if data.get("format") != FORMAT:
            raise ValueError(f"not {FORMAT}: {data.get('format')}")
        return cls(tuple(Block(b["key"], Kind(b["kind"]), b["ref"], dict(b["texts"])) for b in data["blocks"]))

    def block(self, key: int) -> Block:
        """The block of this number. Raises KeyError when there is none."""
        for block in self.blocks:
            if block.key == key:
                return block
        raise KeyError(key)

    def moved(self, key: int, by: int) -> "Composition":
        """The block so many places further down (up where negative), and at an end where there is no further."""
        block = self.block(key)
        rest = [other for other in self.blocks if other.key != key]
        place = min(max(self.blocks.index(block) + by, 0), len(rest))
        return Composition((*rest[:place], block, *rest[place:]))

    def without(self, key: int) -> "Composition":
        """Everything but this block."""
        return Composition(tuple(block for block in self.blocks if block != self.block(key)))

    def with_texts(self, key: int, texts: Mapping[str, str]) -> "Composition":
        """The block with other words; empty ones are left out."""
        worded = replace(self.block(key), texts={code: text for code, text in texts.items() if text})
        return Composition(tuple(worded if block.key == key else block for block in self.blocks))

    def with_added(self, kind: Kind, ref: str, *, after: int | None = None) -> "Composition":
        """One more block, behind the block `after` or, without one, at the end. Raises ValueError where it is full."""
        if len(self.blocks) >= MOST_BLOCKS:
            raise ValueError("too many blocks")
        added = Block(self.next_key, kind, ref)
        place = len(self.blocks) if after is None else self.blocks.index(self.block(after)) + 1
        return Composition((*self.blocks[:place], added, *self.blocks[place:]))

    @property
    def next_key(self) -> int:
        """A number that no block has."""
        return max((block.key for block in self.blocks), default=0) + 1

    @property
    def shown(self) -> "Composition":
        """With the method, which stands at the end where it was taken out: no report goes without."""
        if any(block.kind is Kind.METHOD for block in self.blocks):
            return self
        return self.with_added(Kind.METHOD, "") if len(self.blocks) < MOST_BLOCKS else self

    def has(self, kind: Kind, ref: str) -> bool:
        """Whether such a block is in the list."""
        return any((block.kind, block.ref) == (kind, ref) for block in self.blocks)


def automatic(results: Results) -> Composition:
    """The report that nobody composed: everything there is, in the order in which it came about."""
    parts = list(_parts(results))
    return Composition(tuple(Block(key, kind, ref) for key, (kind, ref) in enumerate(parts, 1)))


def _parts(results: Results) -> Iterator[tuple[Kind, str]]:
    yield Kind.NUMBERS, ""
    yield Kind.SUMMARY, ""
    if results.regions or results.is_geography_withheld:
        yield Kind.HEADING, "where"
        yield Kind.PLACES, ""
    yield from _chapter("people", _people(results))
    yield from _chapter("attendance", _attendance(results))
    yield from _chapter("audience", audience_charts(results))
    for survey in results.surveys:
        if survey.responses.numerator:
            yield from _survey(survey)
    yield Kind.METHOD, ""


def _chapter(heading: str, charts: Iterable[str]) -> Iterator[tuple[Kind, str]]:
    found: Sequence[str] = list(charts)
    if found:
        yield Kind.HEADING, heading
    for chart in found:
        yield Kind.CHART, chart


def _people(results: Results) -> Iterator[str]:
    if any(cell.figure.numerator or cell.figure.percent for cell in results.gender.cells):
        yield "registrations.gender"
    if any(cell.figure.numerator or cell.figure.percent for cell in results.sector.cells):
        yield "registrations.sector"


def _attendance(results: Results) -> Iterator[str]:
    if results.attended or results.certificates.numerator:
        yield "journey"
    if any(session.present for session in results.agenda):
        yield "sessions.present"


def audience_charts(results: Results) -> Iterator[str]:
    """Audiences by session and by channel, where there is more than one of them."""
    for audience in results.audience:
        if len(audience.by_session) > 1:
            yield f"{audience.total.id}.session"
        if len(audience.by_channel) > 1:
            yield f"{audience.total.id}.channel"


def _survey(survey: SurveyFigures) -> Iterator[tuple[Kind, str]]:
    stem = f"survey.{survey.form_id}"
    yield Kind.HEADING, stem
    yield Kind.BASE, stem
    if len([question for question in survey.questions if question.mean]) > 1:
        yield Kind.CHART, f"{stem}.ratings"
    for question in survey.questions:
        yield Kind.QUESTION, f"{stem}.{question.name}"
