"""Blocks of columns to blocks of answers, as JSON texts: every distinct cell of a column is translated and checked once.

A response's answers are one JSON object, whose members are made per column and joined per row. That is what makes a
million responses a matter of seconds: a rating has five distinct cells, however many rows there are.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from json.encoder import encode_basestring  # the C version where there is one

from surveys.importing.asked import Asked
from surveys.importing.mapping import ColumnMapping
from surveys.importing.table import Block
from surveys.importing.translating import Answer, Translator
from surveys.statistics import NOTE, TEXT

MOST_KEPT = 50_000  # distinct cells of a column that are kept at once: texts are all distinct
PLAIN_LENGTH = 1_000  # letters up to which a text is never too long
MARKED = "'=\\"  # what begins a guard of spreadsheets, or the mark of a question that was not shown
Cell = str | tuple[str, ...]
Encode = Callable[[str, str | Sequence[str]], str]
"""Name of a question and its answer in, the encoded answer out. Raises ValueError for one that does not fit."""


class Outside(ValueError):
    """An answer that the question does not offer, and that could be accepted as such."""


@dataclass(frozen=True, slots=True)
class Problem:
    """A cell that cannot be taken as an answer: the place of its row, its column's head, the question, what it says."""

    line: int
    column: str
    question: str
    value: str


class ColumnEncoder(dict[Cell, str | None]):
    """Translates and encodes the cells of one question: a dictionary that fills itself. None is a cell with a problem."""

    def __init__(self, question: Asked, encode: Encode, written_into: str = "", *, accepts_outside: bool) -> None:
        super().__init__()
        self.question, self.encode, self.written_into = question, encode, written_into
        self.accepts_outside = accepts_outside
        self.translator = Translator(question)
        self.tick_values: tuple[str, ...] = ()
        self.is_plain = question.kind == TEXT and not question.has_condition

    def __missing__(self, cell: Cell) -> str | None:
        """Encode a cell that was not met before."""
        if len(self) > MOST_KEPT:
            self.clear()
        if self.is_plain and type(cell) is str and (text := self._plain_text(cell)):
            return text
        answer = (
            self.translator.answer(cell) if isinstance(cell, str) else self.translator.ticks(self.tick_values, cell)
        )
        try:
            made = self.members(answer)
        except ValueError:
            made = None
        self[cell] = made
        return made

    def _plain_text(self, cell: str) -> str:
        """The member that a text without anything to look out for makes; "" for any other. Texts are too many to keep."""
        text = cell.strip()
        if not text.isprintable() or not text or text[0] in MARKED or len(text) > PLAIN_LENGTH:
            return ""
        return f'"{self.question.name}":{encode_basestring(text)},'

    def members(self, answer: Answer) -> str:
        """The members that an answer makes. Raises ValueError for one that does not fit the question."""
        name = self.question.name
        if answer.values is None:
            return ""
        value = self._value(answer)
        value.encode()  # half a surrogate pair, which no database stores, is a UnicodeEncodeError and so a ValueError
        made = f'"{name}":{encode_basestring(value)},'
        if answer.written and self.written_into:
            written = self.encode(self.written_into, answer.written)
            made += f'"{self.written_into}":{encode_basestring(written)},'
        return made

    def _value(self, answer: Answer) -> str:
        values = answer.values or ""
        if not values:
            return ""  # seen and not answered, also where the form asks for an answer: it is what happened
        try:
            return self.encode(self.question.name, values)
        except Outside:
            if not self.accepts_outside:
                raise
            given = (values,) if isinstance(values, str) else values
            return (
                " ".join("_".join(each.split())[:60] for each in given)
                if self.question.takes_several
                else given[0][:60]
            )


@dataclass(slots=True)
class Source:
    """The columns of one question and their encoder."""

    encoder: ColumnEncoder
    places: tuple[int, ...]
    heads: tuple[str, ...]

    def cells(self, block: Block) -> Sequence[Cell]:
        """What the rows of a block have in them."""
        if len(self.places) == 1 and not self.encoder.tick_values:
            return block.columns[self.places[0]]
        return list(zip(*(block.columns[place] for place in self.places), strict=True))


@dataclass(slots=True)
class Encoder:
    """Encodes blocks. ``shown`` are the questions that have a column."""

    sources: list[Source]
    problems: list[Problem] = field(default_factory=list)
    problem_count: int = 0
    most_problems: int = 50

    @classmethod
    def of(
        cls,
        questions: Sequence[Asked],
        mapping: ColumnMapping,
        heads: Sequence[str],
        encode: Encode,
        *,
        accepts_outside: bool = False,
    ) -> "Encoder":
        """For the columns of a file. Members stand in the order in which PostgreSQL keeps them: shorter names first."""
        whole, ticks = mapping.questions(), mapping.ticks()
        names = {question.name for question in questions}
        sources = []
        for question in sorted(questions, key=lambda each: (len(each.name), each.name)):
            if question.kind == NOTE or not (question.name in whole or question.name in ticks):
                continue
            other = f"{question.name}_other"
            into = other if other in names and other not in whole else ""
            encoder = ColumnEncoder(question, encode, into, accepts_outside=accepts_outside)
            places: tuple[int, ...] = (whole[question.name],) if question.name in whole else ()
            if not places:
                encoder.tick_values = tuple(value for value, _place in ticks[question.name])
                places = tuple(place for _value, place in ticks[question.name])
            sources.append(Source(encoder, places, tuple(heads[place] for place in places)))
        return cls(sources)

    def fragments(self, block: Block) -> list[list[str]]:
        """The members of the answers, question by question. Problems are noted; their cells add nothing."""
        found = []
        for source in self.sources:
            made = list(map(source.encoder.__getitem__, source.cells(block)))
            if None in made:
                self._note(source, block, made)
            found.append([each or "" for each in made] if None in made else made)
        return found  # type: ignore[return-value]

    def _note(self, source: Source, block: Block, made: Sequence[str | None]) -> None:
        self.problem_count += made.count(None)
        for at, each in enumerate(made):
            if len(self.problems) >= self.most_problems:
                return
            if each is None:
                cells = source.cells(block)[at]
                value = cells if isinstance(cells, str) else " | ".join(filter(None, cells))
                name = source.encoder.question.name
                self.problems.append(Problem(block.numbers[at], ", ".join(source.heads), name, value[:200]))


def objects(fragments: Sequence[Sequence[str]], rows: int) -> list[str]:
    """The JSON objects that members make, row by row."""
    if not fragments:
        return ["{}"] * rows
    return ["{" + members[:-1] + "}" for members in map("".join, zip(*fragments, strict=True))]


def is_blank(answers: str) -> bool:
    """Whether a JSON object holds no answer: only questions that were left out. A quotation mark in a text is escaped."""
    return answers.count('":"') == answers.count('":""')
