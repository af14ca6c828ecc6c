"""From blocks of a file to responses: which rows become one, whose they are, and what is written of them.

The same object looks at a file and applies it, so that what a preview says is what happens.
"""

import datetime as dt
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import compress

from registrations.geography import COUNTRIES
from sessions.readers import Order
from surveys import imported
from surveys.importing.branching import Branching
from surveys.importing.circumstances import Circumstances, order_of
from surveys.importing.encoding import Encoder, is_blank, objects
from surveys.importing.findings import ANSWERED, BLANK, DUPLICATE, REASONS, Findings, Tally
from surveys.importing.mapping import ColumnMapping, shape_of
from surveys.importing.shapes import LIMESURVEY, platform_of
from surveys.importing.table import Block, Table
from surveys.models import Survey

MOST_PROBLEMS = 50  # that are listed; all are counted
KEY_BITS = 63
SNAPSHOT = ("gender", "sector", "country", "city")
Told = Callable[[int], None]
_LOT = secrets.SystemRandom()


@dataclass(frozen=True, slots=True)
class Sifted:
    """The rows of one block that become responses, by the names of their columns in the database."""

    rows: int
    read: int
    columns: dict[str, Sequence[object]]
    fragments: list[list[str]]
    left_out: dict[str, int]
    people: list[int]
    strangers: int


@dataclass(slots=True)
class Sieve:
    """Reads the blocks of one file for one survey, in their order."""

    survey: Survey
    encoder: Encoder
    beside: Circumstances
    branching: Branching | None
    people: dict[str, imported.Person]
    answered: set[int]
    keys: set[str]
    moment: str  # in UTC, of responses about which the file says none; only the day of anonymous ones
    is_limesurvey: bool = False

    @classmethod
    def of(
        cls, survey: Survey, table: Table, mapping: ColumnMapping, order: Order, *, outside: bool, now: dt.datetime
    ) -> "Sieve":
        """For a survey that was fetched with its questions and programme. Up to five queries."""
        today = now.astimezone(survey.programme.zone).date()
        encode = imported.encoder_of(survey, today=today)
        asked = imported.asked_in(survey)
        who = next((use for use in ("link", "email") if mapping.place(use) is not None and not survey.is_anonymous), "")
        readers = imported.readers_for(survey, mapping, order)
        return cls(
            survey,
            Encoder.of(asked, mapping, table.heads, encode, accepts_outside=outside),
            Circumstances.of(mapping, table.heads, readers, shape_of(table.heads)),
            imported.branching_of(survey, today=today),
            imported.people_of(survey, who) if who else {},
            imported.answered_ids(survey) if who else set(),
            imported.known_keys(survey) if mapping.place("key") is not None and not survey.is_anonymous else set(),
            moment_text(now, is_anonymous=survey.is_anonymous),
            platform_of(table.heads) == LIMESURVEY,
        )

    @property
    def problem_count(self) -> int:
        """Cells that cannot be taken, so far."""
        return self.encoder.problem_count + self.beside.problem_count

    def sifted(self, block: Block) -> Sifted:
        """One block. Problems are noted; their cells count as not shown."""
        fragments = self.encoder.fragments(block)
        if self.branching:
            fragments = self.branching.applied(self.encoder, fragments)
        beside = self.beside.columns(block, most_problems=MOST_PROBLEMS)
        answers = objects(fragments, len(block))
        found = self._people(beside, len(block))
        reasons = self._reasons(answers, beside.get("key"), found)
        left_out = {reason: reasons.count(reason) for reason in REASONS}
        kept = [reason is None for reason in reasons]
        if any(left_out.values()):
            fragments = [list(compress(members, kept)) for members in fragments]
            answers = list(compress(answers, kept))
            beside = {use: list(compress(values, kept)) for use, values in beside.items()}
            found = list(compress(found, kept)) if found else found
        people = [person.pk for person in found if person] if found else []
        strangers = sum(bool(a) for a in self._addresses(beside)) - len(people)
        columns = self._columns(answers, beside, found)
        return Sifted(len(answers), len(block), columns, fragments, left_out, people, strangers)

    def _addresses(self, beside: dict[str, Sequence[object]]) -> Sequence[object]:
        return beside.get("link") or beside.get("email") or ()

    def _people(self, beside: dict[str, Sequence[object]], rows: int) -> list[imported.Person | None]:
        """Whose the rows are; an empty list where the file does not say. Only an exact address decides."""
        return [self.people.get(str(each)) if each else None for each in self._addresses(beside)]

    def _reasons(
        self, answers: Sequence[str], keys: Sequence[object] | None, people: Sequence[imported.Person | None]
    ) -> list[str | None]:
        """Why rows become no response, None for those that do."""
        longest = 2 + sum(len(source.encoder.question.name) + 6 for source in self.encoder.sources)
        reasons: list[str | None] = [BLANK if len(each) <= longest and is_blank(each) else None for each in answers]
        for at, key in enumerate(keys or ()):
            if key and reasons[at] is None:
                if key in self.keys:
                    reasons[at] = DUPLICATE
                self.keys.add(str(key))
        for at, person in enumerate(people):
            if person and reasons[at] is None:
                if person.pk in self.answered:
                    reasons[at] = ANSWERED
                self.answered.add(person.pk)
        return reasons

    def _columns(
        self, answers: list[str], beside: dict[str, Sequence[object]], people: Sequence[imported.Person | None]
    ) -> dict[str, Sequence[object]]:
        columns: dict[str, Sequence[object]] = {"answers": answers}
        submitted = beside.get("submitted_at")
        if submitted is not None and self.is_limesurvey and "is_finished" not in beside:
            columns["is_finished"] = [moment is not None for moment in submitted]
        columns |= {use: beside[use] for use in ("is_finished", "is_test") if use in beside}
        if self.survey.is_anonymous:
            return self._anonymous(columns, submitted)
        columns |= {use: beside[use] for use in ("started_at", "language", *SNAPSHOT) if use in beside}
        if submitted is not None:
            columns["submitted_at"] = [each or self.moment for each in submitted]
            if "started_at" in beside:
                columns["seconds"] = list(map(seconds_between, beside["started_at"], submitted))
        if "country" in columns:
            columns["region"] = [
                COUNTRIES[str(code)].region if code in COUNTRIES else "" for code in columns["country"]
            ]
        if "key" in beside:
            columns["source_key"] = beside["key"]
        return columns | _snapshots(columns, people) if any(people) else columns

    def _anonymous(
        self, columns: dict[str, Sequence[object]], submitted: Sequence[object] | None
    ) -> dict[str, Sequence[object]]:
        """In an order and with keys drawn by lot, and of the moment only the day."""
        if submitted is not None:
            columns["submitted_at"] = [f"{str(each or self.moment)[:10]}T00:00:00+00:00" for each in submitted]
        rows = len(columns["answers"])
        lot = _LOT.sample(range(rows), rows)
        columns = {name: [values[at] for at in lot] for name, values in columns.items()}
        return {"id": [secrets.randbits(KEY_BITS) for _ in lot], **columns}


def moment_text(now: dt.datetime, *, is_anonymous: bool) -> str:
    """A moment in UTC, or midnight of its day."""
    moment = now.astimezone(dt.UTC)
    return (dt.datetime.combine(moment.date(), dt.time(), dt.UTC) if is_anonymous else moment).isoformat()


def _snapshots(
    columns: dict[str, Sequence[object]], people: Sequence[imported.Person | None]
) -> dict[str, Sequence[object]]:
    """What is known of the people prevails over what the file says of them."""
    found: dict[str, Sequence[object]] = {"registration_id": [person and person.pk for person in people]}
    for name in (*SNAPSHOT, "region"):
        said = columns.get(name) or [""] * len(people)
        found[name] = [getattr(person, name) if person else other for person, other in zip(people, said, strict=True)]
    found["sessions_attended"] = [person.sessions_attended if person else None for person in people]
    found["language_followed"] = [person.language_followed if person else "" for person in people]
    return found


def seconds_between(started: object, submitted: object) -> int | None:
    """Whole seconds; None where one of the two is not known, or the file has them the wrong way round."""
    if not started or not submitted:
        return None
    passed = dt.datetime.fromisoformat(str(submitted)) - dt.datetime.fromisoformat(str(started))
    return int(passed.total_seconds()) if dt.timedelta() <= passed < dt.timedelta(days=20_000) else None


def order_in(table: Table, mapping: ColumnMapping) -> Order | None:
    """The order of the dates of a file; None where they can be read both ways and nobody has said."""
    for use in ("submitted_at", "started_at"):
        place = mapping.place(use)
        if place is not None:
            return order_of(table, place, mapping.order)
    return Order.DAY_FIRST


def looked_at(
    survey: Survey, table: Table, mapping: ColumnMapping, *, outside: bool, now: dt.datetime, told: Told | None = None
) -> Findings:
    """Everything about a file with a mapping that has no undecided column. Nothing is written."""
    order = order_in(table, mapping)
    sieve = Sieve.of(survey, table, mapping, order or Order.DAY_FIRST, outside=outside, now=now)
    summary = Summary(sieve, asks_order=order is None)
    for block in table.blocks():
        summary.add(sieve.sifted(block))
        if told:
            told(summary.rows)
    return summary.findings()


@dataclass(slots=True)
class Summary:
    """Adds up what was found in the blocks of a file."""

    sieve: Sieve
    asks_order: bool = False
    rows: int = 0
    linked: int = 0
    strangers: int = 0
    left_out: dict[str, int] = field(default_factory=lambda: dict.fromkeys(REASONS, 0))
    tally: Tally = field(default_factory=Tally)

    def add(self, found: Sifted) -> None:
        """One more block."""
        self.tally.add(self.sieve.encoder, found.fragments, found.rows)
        self.rows += found.read
        self.linked += len(found.people)
        self.strangers += found.strangers
        self.left_out = {reason: self.left_out[reason] + found.left_out[reason] for reason in REASONS}

    def findings(self) -> Findings:
        """All of it."""
        sieve = self.sieve
        problems = sorted((*sieve.encoder.problems, *sieve.beside.problems), key=lambda each: each.line)
        return Findings(
            rows=self.rows,
            imported=self.tally.rows,
            left_out=self.left_out,
            linked=self.linked,
            strangers=self.strangers,
            asks_order=self.asks_order,
            problem_count=sieve.problem_count,
            problems=tuple(problems[:MOST_PROBLEMS]),
            questions=self.tally.result(sieve.encoder),
            missing=missing(sieve.survey, sieve.encoder),
        )


def missing(survey: Survey, encoder: Encoder) -> tuple[str, ...]:
    """Questions that the file has no column for: they count as not shown."""
    there = {source.encoder.question.name for source in encoder.sources}
    return tuple(asked.name for asked in imported.asked_in(survey) if asked.name not in there)
