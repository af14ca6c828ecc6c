"""What is in a file of responses: how many rows become responses, which do not and why, and the counts they would give."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from surveys.importing.encoding import MOST_KEPT, Encoder, Problem

DUPLICATE, ANSWERED, BLANK = "duplicate", "answered", "blank"
REASONS = (DUPLICATE, ANSWERED, BLANK)
"""Why a row becomes no response: it was imported before (or stands twice), its author has answered, it holds no answer."""


@dataclass(frozen=True, slots=True)
class QuestionCounts:
    """One question over the rows that become responses. ``values`` counts each encoded value of a closed question."""

    name: str
    answered: int
    declined: int
    not_shown: int
    values: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Findings:
    """A file as it was read with one mapping. ``left_out`` has every reason of REASONS."""

    rows: int = 0
    imported: int = 0
    left_out: Mapping[str, int] = field(default_factory=lambda: dict.fromkeys(REASONS, 0))
    linked: int = 0
    strangers: int = 0
    asks_order: bool = False
    problem_count: int = 0
    problems: tuple[Problem, ...] = ()
    questions: tuple[QuestionCounts, ...] = ()
    missing: tuple[str, ...] = ()
    refusal: str = ""
    refusal_details: Mapping[str, object] = field(default_factory=dict)

    @property
    def is_clean(self) -> bool:
        """Whether the file can be applied."""
        return not (self.problem_count or self.asks_order or self.refusal) and self.imported > 0

    def as_json(self) -> dict[str, Any]:
        """Plain values, to be kept."""
        return asdict(self)

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "Findings":
        """From `as_json`."""
        problems = tuple(Problem(**each) for each in kept.get("problems", ()))
        questions = tuple(QuestionCounts(**each) for each in kept.get("questions", ()))
        return cls(**{**kept, "problems": problems, "questions": questions, "missing": tuple(kept.get("missing", ()))})


@dataclass(slots=True)
class Tally:
    """Counts the members of the answers, question by question."""

    counts: dict[str, Counter[str]] = field(default_factory=dict)
    rows: int = 0

    def add(self, encoder: Encoder, fragments: Sequence[Sequence[str]], rows: int) -> None:
        """Count the rows of one block."""
        self.rows += rows
        for source, members in zip(encoder.sources, fragments, strict=True):
            question = source.encoder.question
            counted = self.counts.setdefault(question.name, Counter())
            if question.is_closed:
                counted.update(members)
            else:  # all different: only whether there is an answer matters
                declined = f'"{question.name}":"",'
                counted[declined] += members.count(declined)
                counted[""] += members.count("")

    def result(self, encoder: Encoder) -> tuple[QuestionCounts, ...]:
        """The counts of every question of the file."""
        return tuple(self._counts(source.encoder.question.name) for source in encoder.sources)

    def _counts(self, name: str) -> QuestionCounts:
        counted = self.counts.get(name, Counter())
        declined, not_shown = counted.get(f'"{name}":"",', 0), counted.get("", 0)
        values: Counter[str] = Counter()
        for members, count in counted.most_common(MOST_KEPT):
            value = json.loads(f"{{{members[:-1]}}}")[name] if members else ""
            for each in value.split():
                values[each] += count
        return QuestionCounts(name, self.rows - declined - not_shown, declined, not_shown, dict(values))
