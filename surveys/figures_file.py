"""Reads the figures of a printed report: YAML in the shape of `reference/figures.yaml`, or CSV with its keys as columns.

Nothing is trusted: the text is limited, aliases are refused, every scalar is a text until it is read as what it should
be (so that 4.40 keeps its nought), and whatever cannot be read is a `Problem` with its line.
"""

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

import yaml

from surveys.feasibility import Printing
from surveys.printed_numbers import MOST_DECIMALS, is_about, is_more_than, read_number

LONGEST = 200_000
DEEPEST = 8
MOST_FIGURES = 1_000
LONGEST_SHOWN = 80

COUNT, SUM, SHARE, SHARE_MULTI, MEAN = "count", "sum", "share", "share_multi", "mean"
KINDS = (COUNT, SUM, SHARE, SHARE_MULTI, MEAN)

TOO_LONG, NOT_YAML, NOT_CSV, TOO_DEEP, ALIAS = "too_long", "not_yaml", "not_csv", "too_deep", "alias"
NO_FIGURES, TOO_MANY, NOT_A_FIGURE = "no_figures", "too_many", "not_a_figure"
NO_ID, TWICE, NO_KIND, NO_NUMBER, NO_WHOLE_NUMBER = "no_id", "twice", "no_kind", "no_number", "no_whole_number"
UNREADABLE_SCALE, UNREADABLE_PRECISION, LINK_WITHOUT_SURVEY = "scale", "precision", "link_without_survey"

NOTHING = frozenset({"", "null", "~", "none", "None"})
SAME = "same"


@dataclass(frozen=True, slots=True)
class Problem:
    """What could not be read, where, and the text in question, cut short. ``line`` counts from 1; 0 is the whole text."""

    line: int
    reason: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """What a figure is compared with: a survey's valid responses, a question's answers, or those of one option."""

    survey: str
    question: str = ""
    option: str = ""


@dataclass(frozen=True, slots=True)
class PrintedFigure:
    """One figure of a report. ``base`` and ``count`` are numbers or the ids of other figures of the same document."""

    id: str
    line: int
    kind: str
    printed: str
    printings: tuple[Printing, ...]
    document: str = ""
    base: str = ""
    count: str = ""
    scale: tuple[int, int] | None = None
    parts: tuple[str, ...] = ()
    group: str = ""
    link: Link | None = None
    is_more_than: bool = False
    is_about: bool = False


@dataclass(frozen=True, slots=True)
class FiguresFile:
    """What could be read, and what could not."""

    figures: tuple[PrintedFigure, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class _Entry:
    """The keys of one figure, as texts, with the line of each; lists are joined by blanks."""

    line: int
    values: Mapping[str, str]
    lines: Mapping[str, int] = field(default_factory=dict)
    document: str = ""

    def text(self, key: str) -> str:
        value = self.values.get(key, "").strip()
        return "" if value in NOTHING else value


class _Unreadable(Exception):
    def __init__(self, line: int, reason: str, text: str = "") -> None:
        super().__init__(reason)
        self.problem = Problem(line, reason, text if len(text) <= LONGEST_SHOWN else text[:LONGEST_SHOWN] + "…")


def read_figures(text: str, *, survey: str = "") -> FiguresFile:
    """Read a text; never raises for what is in it. ``survey`` is meant where a question is linked without one."""
    try:
        if len(text) > LONGEST:
            raise _Unreadable(0, TOO_LONG)
        entries = list(_csv_entries(text) if is_csv(text) else _yaml_entries(text))
        if len(entries) > MOST_FIGURES:
            raise _Unreadable(0, TOO_MANY)
        if not entries:
            raise _Unreadable(0, NO_FIGURES)
    except _Unreadable as unreadable:
        return FiguresFile((), (unreadable.problem,))
    return _read_entries(entries, survey)


def is_csv(text: str) -> bool:
    """Whether the first line is a head of columns."""
    first = text.lstrip("\ufeff \r\n").split("\n", 1)[0]
    return "printed" in {cell.strip().strip('"').lower() for cell in re.split("[,;\t]", first)}


def _read_entries(entries: list[_Entry], survey: str) -> FiguresFile:
    figures: list[PrintedFigure] = []
    problems: list[Problem] = []
    seen: set[tuple[str, str]] = set()
    scale = None
    for entry in entries:
        try:
            figure = _figure(entry, seen, scale, survey)
        except _Unreadable as unreadable:
            problems.append(unreadable.problem)
        else:
            seen.add((figure.document, figure.id))
            scale = figure.scale or scale
            figures.append(figure)
    return FiguresFile(tuple(figures), tuple(problems))


def _figure(entry: _Entry, seen: set[tuple[str, str]], scale: tuple[int, int] | None, survey: str) -> PrintedFigure:
    name, kind, printed = entry.text("id"), entry.text("kind"), entry.text("printed")
    if not name:
        raise _Unreadable(entry.line, NO_ID)
    if (entry.document, name) in seen:
        raise _Unreadable(entry.line, TWICE, name)
    if kind not in KINDS:
        raise _Unreadable(entry.lines.get("kind", entry.line), NO_KIND, kind)
    texts = [text for text in (printed, entry.text("also_printed")) if text] or [""]
    printings = [_printing(text, entry, is_first=text == printed) for text in texts]
    return PrintedFigure(
        id=name,
        line=entry.line,
        kind=kind,
        printed=printed,
        printings=tuple(printings),
        document=entry.document,
        base=entry.text("base"),
        count=entry.text("count"),
        scale=_scale(entry, scale) if kind == MEAN else None,
        parts=tuple(entry.text("parts").split()),
        group=entry.text("group"),
        link=_link(entry, survey),
        is_more_than=is_more_than(printed),
        is_about=is_about(printed),
    )


def _printing(text: str, entry: _Entry, *, is_first: bool) -> Printing:
    line = entry.lines.get("printed" if is_first else "also_printed", entry.line)
    printing = read_number(text, is_whole=entry.text("kind") in {COUNT, SUM})
    if printing is None:
        raise _Unreadable(line, NO_NUMBER, text)
    if entry.text("kind") in {COUNT, SUM} and printing.value.denominator != 1:
        raise _Unreadable(line, NO_WHOLE_NUMBER, text)
    precision = entry.text("precision") if is_first else ""
    if not precision:
        return printing
    if not (precision.isdecimal() and len(precision) == 1 and int(precision) <= MOST_DECIMALS):
        raise _Unreadable(entry.lines.get("precision", entry.line), UNREADABLE_PRECISION, precision)
    return Printing(printing.value, max(int(precision), printing.decimals))


def _scale(entry: _Entry, before: tuple[int, int] | None) -> tuple[int, int] | None:
    """The least and the largest number in the text of a scale: "1-5", "1 poor, ... 5 excellent", "same"."""
    text = entry.text("scale")
    if not text or text.lower() == SAME:
        return before if text else None
    numbers = [int(number) for number in re.findall(r"\d{1,4}", text)]
    if len(numbers) < 2 or min(numbers) == max(numbers):
        raise _Unreadable(entry.lines.get("scale", entry.line), UNREADABLE_SCALE, text)
    return min(numbers), max(numbers)


def _link(entry: _Entry, survey: str) -> Link | None:
    link = Link(entry.text("survey"), entry.text("question"), entry.text("option"))
    if link == Link(""):
        return None
    link = link if link.survey else replace(link, survey=survey)
    if not link.survey or (link.option and not link.question):
        raise _Unreadable(entry.line, LINK_WITHOUT_SURVEY, link.question or link.option or link.survey)
    return link


def _csv_entries(text: str) -> Iterator[_Entry]:
    lines = io.StringIO(text.lstrip("\ufeff \r\n"), newline="")
    skipped = text[: len(text) - len(text.lstrip("\ufeff \r\n"))].count("\n")
    head = lines.getvalue().split("\n", 1)[0]
    delimiter = max(",;\t", key=head.count)
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    try:
        columns = [column.strip().lower() for column in next(reader)]
        start = reader.line_num
        for row in reader:
            if any(cell.strip() for cell in row):
                yield _Entry(skipped + start + 1, dict(zip(columns, row, strict=False)))
            start = reader.line_num
    except csv.Error as error:
        raise _Unreadable(skipped + reader.line_num, NOT_CSV, str(error)) from None


def _yaml_entries(text: str) -> Iterator[_Entry]:
    try:
        _check_events(text)
        node = yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        raise _Unreadable(line, NOT_YAML, error.problem or "") from None
    except yaml.YAMLError as error:
        raise _Unreadable(0, NOT_YAML, str(error).split("\n")[0]) from None
    if node is not None:
        yield from _entries_in(node)


def _check_events(text: str) -> None:
    """Refuse aliases, which make a short text endless, and nesting that no figure needs."""
    depth = 0
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        if isinstance(event, yaml.AliasEvent):
            raise _Unreadable(_line_of(event), ALIAS)
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > DEEPEST:
            raise _Unreadable(_line_of(event), TOO_DEEP)


def _line_of(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 0


def _entries_in(node: yaml.Node, document: str = "") -> Iterator[_Entry]:
    """The figures of a list, of a mapping with `figures`, or of a list of such mappings."""
    if isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _entries_in(item, document)
        return
    if not isinstance(node, yaml.MappingNode):
        raise _Unreadable(node.start_mark.line + 1, NOT_A_FIGURE, _text_of(node))
    keys = {key.value: value for key, value in node.value if isinstance(key, yaml.ScalarNode)}
    if isinstance(keys.get("figures"), yaml.SequenceNode):
        programme = _text_of(keys["programme"]) if "programme" in keys else ""
        yield from _entries_in(keys["figures"], programme or f"{node.start_mark.line + 1}")
        return
    lines = {key: value.start_mark.line + 1 for key, value in keys.items()}
    yield _Entry(node.start_mark.line + 1, {key: _text_of(value) for key, value in keys.items()}, lines, document)


def _text_of(node: yaml.Node) -> str:
    if isinstance(node, yaml.ScalarNode):
        return str(node.value)
    if isinstance(node, yaml.SequenceNode):
        return " ".join(_text_of(item) for item in node.value)
    return ""
