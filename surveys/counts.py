"""Counts over segments: how many of the valid responses of a selection gave each answer.

The pure rules decide on what is different, once each: `surveys.base.exclusion` on every combination of facts that occurs,
a variable on every value of its column. Arrays only carry those decisions to the responses and count.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from registrations.later import later
from surveys.base import REASONS, Base, Definition, ResponseFacts, exclusion, has_too_few_seconds
from surveys.segments import Array, Column, Segment
from surveys.variables import PERSON, Variable

numpy = later("numpy")

Chosen = Sequence[tuple[Variable, str]]
"""A selection: variables with the value that each must have."""

AnswerCounts = dict[str, dict[str, Counter[str]]]
"""Respondents by group, name of the question, and encoded answer."""

FINISHED = "100"
"""The state of most responses: finished, no test, no duplicate."""


@dataclass(frozen=True, slots=True)
class Rule:
    """What decides on validity: a definition, and the names of the questions that count."""

    definition: Definition
    counting: frozenset[str]


@dataclass(frozen=True, slots=True)
class Judged:
    """A segment with what a rule says of each response: 0 for a valid one, else the place of its reason, from 1."""

    segment: Segment
    reasons: Array

    @property
    def valid(self) -> Array:
        """Whether each response is valid."""
        return self.reasons == 0


def state_of(is_finished: bool, is_test: bool, is_duplicate: bool) -> str:
    """The three marks of a response as one value."""
    return "".join("01"[flag] for flag in (is_finished, is_test, is_duplicate))


def judge(segment: Segment, rule: Rule) -> Judged:
    """Say of every response of a segment whether it is valid."""
    columns = [segment.column(PERSON, name) for name in ("sector", "language", "state")]
    seconds = segment.column(PERSON, "seconds")
    slow = _carried(seconds, [has_too_few_seconds(rule.definition, _number(value)) for value in seconds.values], "u1")
    missing = _unanswered(segment, rule.counting)
    sizes = [*(len(column.values) for column in columns), 2, len(rule.counting) + 1]
    combined = numpy().ravel_multi_index([*(column.codes for column in columns), slow, missing], sizes)
    found, places = numpy().unique(combined, return_inverse=True)
    reasons = []
    for sector, language, state, is_slow, unanswered in zip(*numpy().unravel_index(found, sizes), strict=True):
        finished, test, duplicate = (flag == "1" for flag in columns[2].values[state] or FINISHED)
        facts = ResponseFacts(
            sector=columns[0].values[sector] or "",
            unanswered_counting_questions=int(unanswered),
            language=columns[1].values[language] or "",
            seconds=0 if is_slow else None,
            is_finished=finished,
            is_test=test,
            is_duplicate=duplicate,
        )
        reason = exclusion(rule.definition, facts)
        reasons.append(REASONS.index(reason) + 1 if reason else 0)
    return Judged(segment, numpy().array(reasons, dtype="u1")[places])


def base_of_selected(judged: Iterable[Judged], chosen: Chosen) -> Base:
    """The base of a selection."""
    total = numpy().zeros(len(REASONS) + 1, dtype="i8")
    for each in judged:
        total += numpy().bincount(each.reasons[_mask(each.segment, chosen)], minlength=len(total))
    return Base(int(total.sum()), tuple((reason, int(count)) for reason, count in zip(REASONS, total[1:], strict=True)))


def bases_by(judged: Iterable[Judged], variable: Variable, chosen: Chosen) -> dict[str, Base]:
    """The base of each group of a selection."""
    counts: dict[str, Counter[int]] = defaultdict(Counter)
    for each in judged:
        mask = _mask(each.segment, chosen)
        groups, codes = _groups(each.segment, variable)
        pairs = _pairs(codes[mask], each.reasons[mask], len(groups), len(REASONS) + 1)
        for group, line in zip(groups, pairs, strict=True):
            counts[group].update({place: int(count) for place, count in enumerate(line) if count})
    return {
        group: Base(found.total(), tuple((reason, found[place]) for place, reason in enumerate(REASONS, 1)))
        for group, found in counts.items()
        if found
    }


def answers_by(
    judged: Iterable[Judged], names: Sequence[str], chosen: Chosen, variable: Variable | None = None
) -> AnswerCounts:
    """Valid respondents of a selection by group, question and encoded answer; without a variable in one group ""."""
    counts: AnswerCounts = defaultdict(lambda: defaultdict(Counter))
    for each in judged:
        kept = numpy().flatnonzero(each.valid & _mask(each.segment, chosen))
        groups, codes = _groups(each.segment, variable) if variable else ([""], None)
        group_codes = None if codes is None else codes[kept]
        for name in names:
            column = each.segment.column("answer", name)
            given = column.codes[kept]
            table = _table(given, group_codes, len(groups), len(column.values))
            for group, line in zip(groups, table, strict=True):
                for place in line.nonzero()[0].tolist():
                    value = column.values[place]
                    if value is not None:
                        counts[group][name][value] += int(line[place])
    return counts


def sizes_by(judged: Iterable[Judged], variable: Variable, chosen: Chosen) -> Counter[str]:
    """Valid respondents of a selection by value of a variable."""
    return Counter({group: base.n for group, base in bases_by(judged, variable, chosen).items() if base.n})


def crossed(judged: Iterable[Judged], rows: Variable, columns: Variable, chosen: Chosen) -> dict[tuple[str, str], int]:
    """Valid respondents of a selection by the values of two variables; pairs of nobody are not there."""
    counts: Counter[tuple[str, str]] = Counter()
    for each in judged:
        kept = each.valid & _mask(each.segment, chosen)
        downward, down = _groups(each.segment, rows)
        across, right = _groups(each.segment, columns)
        table = _pairs(down[kept], right[kept], len(downward), len(across))
        for row, column in zip(*(places.tolist() for places in table.nonzero()), strict=True):
            counts[downward[row], across[column]] += int(table[row, column])
    return dict(counts)


def valid_keys(judged: Iterable[Judged], chosen: Chosen, answering: str = "") -> list[int]:
    """The keys of the valid responses of a selection, the highest first; only those that answered one question."""
    found: list[int] = []
    for each in judged:
        kept = each.valid & _mask(each.segment, chosen)
        if answering:
            column = each.segment.column("answer", answering)
            kept = kept & _carried(column, [bool(value) for value in column.values], "?")
        found += each.segment.keys[kept].tolist()
    return sorted(found, reverse=True)


def _unanswered(segment: Segment, counting: Iterable[str]) -> Array:
    """How many of the questions that count each response leaves out or was not shown."""
    total = numpy().zeros(len(segment), dtype="u2")
    for name in counting:
        column = segment.column("answer", name)
        total += _carried(column, [not value for value in column.values], "u1")
    return total


def _mask(segment: Segment, chosen: Chosen) -> Array:
    mask = numpy().ones(len(segment), dtype="?")
    for variable, wanted in chosen:
        column = segment.column(variable.section, variable.column)
        mask &= _carried(column, [variable.group_of(value) == wanted for value in column.values], "?")
    return mask


def _groups(segment: Segment, variable: Variable) -> tuple[list[str], Array]:
    """The groups that a variable makes of a segment, and the place of each response's group among them."""
    column = segment.column(variable.section, variable.column)
    of_value = [variable.group_of(value) for value in column.values]
    groups = list(dict.fromkeys(of_value))
    places = {group: place for place, group in enumerate(groups)}
    return groups, _carried(column, [places[group] for group in of_value], "<u4")


def _carried(column: Column, of_value: Sequence[object], dtype: str) -> Array:
    """What was decided on the values of a column, for each response."""
    return numpy().array(of_value, dtype=dtype)[column.codes]


def _table(given: Array, groups: Array | None, group_count: int, value_count: int) -> Array:
    if groups is None:
        return numpy().bincount(given, minlength=value_count).reshape(1, -1)
    return _pairs(groups, given, group_count, value_count)


def _pairs(down: Array, right: Array, rows: int, columns: int) -> Array:
    """How often each pair of codes occurs, as a table."""
    combined = down.astype("i8") * columns + right
    return numpy().bincount(combined, minlength=rows * columns).reshape(rows, columns)


def _number(value: str | None) -> int | None:
    return int(value) if value else None
