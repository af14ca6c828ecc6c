"""Responses as columns: what is counted of a stretch of a survey's responses, coded, in little memory.

A column has its different values once and for each response a code into them. What people are (`PERSON_COLUMNS`) and
what they answered is there; of texts only whether there is one. Nothing here decides what a value means or counts.

The written form is one zlib stream: a line of JSON that says what follows, then keys and codes, little-endian.
"""

import hashlib
import json
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from registrations.later import later

numpy = later("numpy")

MOST_RESPONSES = 65_536
FORMAT = 1
TEXT_MARK = "text"
"""What stands for any text."""

PERSON_COLUMNS = (
    "gender",
    "sector",
    "country",
    "region",
    "language",
    "language_followed",
    "sessions",
    "seconds",
    "state",
)

Array = Any
"""A numpy array; numpy is loaded when the first survey is counted."""
Given = str | None
Columns = Mapping[str, "Column"]


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """``values[codes[i]]`` is the value of the i-th response; None was never shown the question, "" declined it."""

    values: tuple[Given, ...]
    codes: Array

    @classmethod
    def of(cls, given: Iterable[Given]) -> "Column":
        """Code a column."""
        places: dict[Given, int] = {}
        codes = [places.setdefault(value, len(places)) for value in given]
        return cls(tuple(places), numpy().array(codes, dtype=_width(len(places))))


@dataclass(frozen=True, slots=True, eq=False)
class Segment:
    """A stretch of a survey's responses in the order of their keys."""

    keys: Array
    person: Columns
    answers: Columns

    def __len__(self) -> int:
        return len(self.keys)

    def column(self, section: str, name: str) -> Column:
        """A column; where nobody was asked such a thing, a column of nothing."""
        found = (self.person if section == "person" else self.answers).get(name)
        return found or Column((None,), numpy().zeros(len(self), dtype="u1"))

    @property
    def size(self) -> int:
        """Bytes of memory that it takes, nearly."""
        columns = [*self.person.values(), *self.answers.values()]
        return int(self.keys.nbytes) + sum(int(column.codes.nbytes) + 60 * len(column.values) for column in columns)


def encode(
    keys: Sequence[int],
    person: Sequence[Sequence[str]],
    answers: Sequence[Mapping[str, str]],
    questions: Mapping[str, bool],
) -> Segment:
    """Code responses in the order of their keys.

    ``person`` has a column for each of PERSON_COLUMNS, ``answers`` those of each response by question; ``questions``
    says of each name whether it asks for a text.
    """
    return Segment(
        keys=numpy().array(keys, dtype="<i8"),
        person={name: Column.of(given) for name, given in zip(PERSON_COLUMNS, person, strict=True)},
        answers={
            name: Column.of(_marks(answers, name) if is_text else [each.get(name) for each in answers])
            for name, is_text in questions.items()
        },
    )


def written(segment: Segment) -> bytes:
    """The segment as it is stored."""
    sections = {"person": segment.person, "answers": segment.answers}
    head = {
        "format": FORMAT,
        "responses": len(segment),
        **{
            section: [[name, column.codes.dtype.str, column.values] for name, column in columns.items()]
            for section, columns in sections.items()
        },
    }
    codes = (column.codes.tobytes() for columns in sections.values() for column in columns.values())
    line = json.dumps(head, ensure_ascii=False, separators=(",", ":")).encode()
    return zlib.compress(b"".join([line, b"\n", segment.keys.tobytes(), *codes]), 1)


def read(content: bytes) -> Segment:
    """The segment that was written. Raises ValueError for content of another format."""
    plain = zlib.decompress(content)
    end = plain.index(b"\n")
    head = json.loads(plain[:end])
    if head["format"] != FORMAT:
        raise ValueError(f"segments of format {head['format']} are not read")
    count, place = head["responses"], end + 1
    keys = numpy().frombuffer(plain, dtype="<i8", count=count, offset=place)
    place += keys.nbytes
    sections: dict[str, dict[str, Column]] = {"person": {}, "answers": {}}
    for section, columns in sections.items():
        for name, width, values in head[section]:
            codes = numpy().frombuffer(plain, dtype=width, count=count, offset=place)
            columns[name] = Column(tuple(values), codes)
            place += codes.nbytes
    return Segment(keys, **sections)


def seal_of(content: bytes) -> str:
    """The hash that stands beside a stored segment."""
    return hashlib.sha256(content).hexdigest()


def _marks(answers: Iterable[Mapping[str, str]], name: str) -> list[Given]:
    return [TEXT_MARK if (given := each.get(name)) else given for each in answers]


def _width(values: int) -> str:
    """The narrowest whole numbers that have a code for each value."""
    return "u1" if values <= 2**8 else "<u2" if values <= 2**16 else "<u4"
