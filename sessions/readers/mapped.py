"""Lists that no reader knows: a mapping is guessed, a person corrects it, and the file is read by it."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from sessions.readers.cells import times_in
from sessions.readers.columns import cell_at
from sessions.readers.durations import HOUR, MINUTE, seconds_of
from sessions.readers.headings import HALF_DAYS, Use, plain_head
from sessions.readers.lists import Reading, read_lists
from sessions.readers.mapping import Mapping
from sessions.readers.marks import Marks, is_total
from sessions.readers.moments import Order, date_of
from sessions.readers.report import ReadError, Reason, Report, Sheet, Source
from sessions.readers.shapes import Heads, fingerprint, heads_of

__all__ = ["Mapping", "guess", "guess_sheet", "read_mapped"]

SAMPLE = 400  # lines that are looked at for a guess


def read_mapped(source: Source, mapping: Mapping) -> Report:
    """The list as the mapping says. Raises `ReadError` where it has no sheet, nobody or no time that fits."""
    return report_of(read_lists(source, mapping), "mapped")


def report_of(reading: Reading, variant: str) -> Report:
    """The report of lists that were read."""
    meetings = [
        gathered.meeting() for _key, gathered in sorted(reading.meetings.items(), key=lambda each: str(each[0]))
    ]
    kept = [meeting for meeting in meetings if meeting.connections or meeting.absent]
    connections = [found for meeting in kept for found in meeting.connections if not found.excluded_because]
    if not any(found.name or found.email for found in connections):
        raise ReadError(Reason.NO_TIMES if any(meeting.absent for meeting in kept) else Reason.NO_LINES)
    notes = [*reading.dates.notes]
    notes += ["date_missing"] if reading.lacks_date else []
    notes += ["open_intervals"] if any(found.is_open for found in connections) else []
    return Report("generic", variant, kept, reading.dates.stated, tuple(notes))


def guess(sheets: Sequence[Sheet]) -> Mapping:
    """The mapping that fits the sheets best. It may lack anything: a person is to look at it."""
    guesses = [guess_sheet(sheet) for sheet in sheets]
    best = max(guesses, key=lambda found: (found.has_identity + found.has_evidence, found.head > 0), default=Mapping())
    same = [found for found in guesses if found.shape == best.shape]
    return replace(best, sheet="" if len(same) > 1 or len(sheets) == 1 else best.sheet)


def guess_sheet(sheet: Sheet) -> Mapping:
    """The mapping of one sheet, by its heads and by what stands below them; by that alone where it has no heads."""
    heads = heads_of(sheet.rows)
    if heads is None:
        return by_content(sheet)
    lines = sheet.rows[heads.index + 1 : heads.index + 1 + SAMPLE]
    rows = [cells for _line, cells in lines if not is_total(cells)]

    def first(use: Use) -> int | None:
        return next(iter(heads.of(use)), None)

    joined, left, marks = evidence(heads, rows)
    duration, unit = duration_of(heads, rows)
    dates = [at for at in heads.of(Use.DATE) if share(rows, at, is_day) > 0.5]
    return Mapping(
        sheet=sheet.title,
        head=sheet.rows[heads.index][0],
        head_lines=heads.lines,
        name=first(Use.NAME),
        given=None if first(Use.NAME) is not None else first(Use.GIVEN),
        family=None if first(Use.NAME) is not None else first(Use.FAMILY),
        email=first(Use.EMAIL),
        joined=joined,
        left=left,
        duration=duration,
        unit=unit,
        marks=marks,
        date=next(iter((*dates, *heads.of(Use.STAMP))), None),
        shape=fingerprint(heads.texts),
    )


def evidence(heads: Heads, rows: Sequence[Sequence[str]]) -> tuple[tuple[int, ...], tuple[int, ...], tuple[int, ...]]:
    """Columns of arrivals, of departures, and of marks: what the head promises, the cells must keep."""
    left = tuple(at for at in heads.of(Use.LEFT) if share(rows, at, is_time) > 0.6 or is_empty(rows, at))
    candidates = {*heads.of(Use.JOINED, Use.MARK), *heads.days, *half_days(heads)}
    joined = tuple(
        sorted(at for at in candidates if share(rows, at, is_time) > 0.6 and not Marks(column(rows, at)).are_plain)
    )
    marked = {*candidates, *heads.numbered} - set(joined)
    marks = tuple(sorted(at for at in marked if Marks(column(rows, at)).are_plain))
    if not joined and not marks:
        signed = heads.of(Use.SIGNATURE)
        marks = tuple(at for at in signed if not is_empty(rows, at))
    return joined, left if joined else (), marks


def half_days(heads: Heads) -> list[int]:
    """Columns headed `Morning` and the like, and no more."""
    return [at for at, text in enumerate(heads.texts) if heads.uses[at] is None and HALF_DAYS.search(plain_head(text))]


def duration_of(heads: Heads, rows: Sequence[Sequence[str]]) -> tuple[int | None, int]:
    """The column of durations and the seconds of its plain numbers, which its head says."""
    for at in heads.of(Use.DURATION):
        text = plain_head(heads.texts[at])
        unit = HOUR if any(word in text for word in ("hour", "heure", "hora", "час", "stunde", "小时")) else MINUTE
        if share(rows, at, lambda cell, unit=unit: seconds_of(cell, unit=unit) is not None) > 0.6:  # type: ignore[misc]
            return at, unit
    return None, MINUTE


def by_content(sheet: Sheet) -> Mapping:
    """A list without heads: addresses show themselves, times too, and the first other words are names."""
    rows = [cells for _line, cells in sheet.rows[:SAMPLE]]
    width = max(map(len, rows), default=0)
    emails = [at for at in range(width) if share(rows, at, lambda cell: "@" in cell) > 0.5]
    times = [
        at
        for at in range(width)
        if share(rows, at, lambda cell: bool(times_in(cell, Order.DAY_FIRST)) and not cell.isdigit()) > 0.6
    ]
    marks = [at for at in range(width) if at not in times and Marks(column(rows, at)).are_plain]
    taken = {*emails, *times, *marks}
    names = [at for at in range(width) if at not in taken and share(rows, at, is_worded) > 0.6]
    return Mapping(
        sheet=sheet.title,
        name=names[0] if len(names) == 1 or (names and len(names) > 2) else None,
        given=names[0] if len(names) == 2 else None,
        family=names[1] if len(names) == 2 else None,
        email=next(iter(emails), None),
        joined=tuple(times[0::2]),
        left=tuple(times[1::2]),
        marks=() if times else tuple(marks),
        shape=f"columns-{width}",
    )


def column(rows: Sequence[Sequence[str]], at: int) -> list[str]:
    """A column's cells."""
    return [cell_at(cells, at) for cells in rows]


def is_empty(rows: Sequence[Sequence[str]], at: int) -> bool:
    """Whether nothing stands in a column."""
    return not any(column(rows, at))


def share(rows: Sequence[Sequence[str]], at: int, holds: Callable[[str], bool]) -> float:
    """Of the cells of a column that hold anything, the share of which something is true."""
    cells = list(filter(None, column(rows, at)))
    return sum(map(holds, cells)) / len(cells) if cells else 0.0


def is_time(cell: str) -> bool:
    """Whether a cell holds a time of day, or a stay."""
    return any(times_in(cell, order) for order in Order)


def is_day(cell: str) -> bool:
    """Whether a cell holds a day."""
    return any(date_of(cell.partition(" ")[0], order) or date_of(cell, order) for order in Order)


def is_worded(cell: str) -> bool:
    """Whether a cell holds words."""
    return any(letter.isalpha() for letter in cell)
