"""Lists of people, read by a mapping: one table or several, on one sheet or many, for one day or many."""

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import chain

from sessions.readers.blocks import Block, blocks_of
from sessions.readers.cells import Day, Stay, stays_of, times_in
from sessions.readers.columns import TITLE_LENGTH, address_of, cell_at, clean, name_of
from sessions.readers.durations import seconds_of
from sessions.readers.mapping import Mapping
from sessions.readers.marks import TOTALS, Marks, is_total
from sessions.readers.moments import DateOrder, Order, date_of, moment, settled, without_accents
from sessions.readers.report import Absence, Connection, Exclusion, Meeting, Source
from sessions.readers.titles import date_in, date_texts, hours_in, orders_of

# Below a table: `Trainer: M. Diop`, `Fait à Dakar, le 12 mai`.
NOTES = re.compile(r"[^:：]{2,40}[:：]|fait (?:a|le)\b|signature|firma d|page \d|\*|n\.?b\.?\b|note\b")
HALVES = re.compile(r"\d\s?[ap]\.?\s?m\b", re.IGNORECASE)
PLAIN_SHEETS = re.compile(
    r"(?:sheet|feuil\w*|hoja|лист|tabelle\w*|planilha|foglio|arkusz|工作表|ورقة|页|시트|blad|sayfa)?\s?\d*"
)


@dataclass(frozen=True)
class Slot:
    """The columns that speak of one meeting."""

    date: dt.date | None  # None: that of the table, or of the line
    label: str
    pairs: tuple[tuple[int, int | None], ...] = ()
    marks: tuple[int, ...] = ()


@dataclass
class Gathered:
    """A meeting as its lines are found."""

    title: str
    day: Day
    connections: list[Connection] = field(default_factory=list)
    absent: list[Absence] = field(default_factory=list)

    def meeting(self) -> Meeting:
        """The meeting, nobody absent who is there on another line."""
        there = {key for found in self.connections for key in (found.email, found.name) if key}
        absent = [who for who in dict.fromkeys(self.absent) if who.email not in there and who.name not in there]
        return Meeting(self.title, self.connections, absent, self.day.starts, self.day.ends)


@dataclass
class Reading:
    """What is known of a whole file while it is read."""

    source: Source
    mapping: Mapping
    dates: DateOrder
    year: int | None
    may_mean_afternoon: bool
    meetings: dict[tuple[dt.date | None, str], Gathered] = field(default_factory=dict)
    lacks_date: bool = False

    @property
    def order(self) -> Order:
        """In which order dates are read."""
        return self.dates.order


def read_lists(source: Source, mapping: Mapping) -> Reading:
    """Every table that the mapping fits; meetings by their day, and by the heads of columns that name none."""
    blocks = [block for sheet in source.sheets for block in blocks_of(sheet, mapping)]
    texts = [text for block in blocks for text in (block.sheet, *block.above, *block.heads)]
    year = next(
        (int(found) for text in texts if (found := stated_year(text))), source.near.year if source.near else None
    )
    cells = list(date_cells(blocks, mapping))
    dates = settled([*orders_of(texts, year), *cells], near=source.near, said=source.order or mapping.order)
    if dates.is_open and source.near is None and not any(HALVES.search(text) for text in (*texts, *cells)):
        dates = DateOrder(Order.DAY_FIRST, is_open=True)  # as most people write, who do not write AM and PM
    reading = Reading(source, mapping, dates, year, hours_are_twelve(blocks, mapping, dates.order))
    for block in blocks:
        read_block(reading, block)
    return reading


def stated_year(text: str) -> str:
    """The year of a full date in a text; "" where there is none."""
    found = [re.search(r"(?<!\d)(?:19|20)\d\d(?!\d)", each) for each in date_texts(text)]
    return next((match[0] for match in found if match), "")


def date_cells(blocks: Iterable[Block], mapping: Mapping) -> set[str]:
    """The cells from which the order of dates can be told."""
    places = [*mapping.joined, *mapping.left, *([] if mapping.date is None else [mapping.date])]
    rows = chain.from_iterable(block.rows for block in blocks)
    return {cells[place] for _line, cells in rows for place in places if place < len(cells) and cells[place]}


def hours_are_twelve(blocks: Iterable[Block], mapping: Mapping, order: Order) -> bool:
    """Whether no time is after 12 and none says its half of the day: then 2:00 after 9:00 is in the afternoon."""
    texts = {
        cells[at]
        for block in blocks
        for _line, cells in block.rows
        for at in (*mapping.joined, *mapping.left)
        if at < len(cells)
    }
    times = [time for text in texts for time in times_in(text, order)]
    return all(time.hour <= 12 for time in times) and not any(HALVES.search(text) for text in texts)


def read_block(reading: Reading, block: Block) -> None:
    """The lines of one table, into the meetings that they speak of."""
    mapping = reading.mapping
    slots = slots_of(reading, block)
    marks = {
        place: Marks(cell_at(cells, place) for _line, cells in block.rows if not is_total(cells))
        for place in mapping.marks
    }
    ends = usual_ends(reading, block)
    title, date, hours = title_of(block), date_of_block(reading, block), hours_of_block(block)
    is_after_total = False
    for line, cells in block.rows:
        name, email = identity(cells, mapping)
        if not name and not email and not any(cell_at(cells, at) for slot in slots for at in columns_of(slot)):
            continue
        own = date_of_cell(cell_at(cells, mapping.date), reading.order) or date
        is_nobody = is_no_person(cells, name, email, slots, is_after_total)
        is_after_total = is_after_total or is_nobody
        for slot in slots[:1] if is_nobody else slots:
            gathered = meeting_for(reading, slot, own, hours, title)
            if is_nobody:
                row = Connection(line, name or clean(" ".join(filter(None, cells)))[:300], email)
                gathered.connections.append(row._replace(excluded_because=Exclusion.NOT_A_PERSON))
                continue
            found = presence(cells, slot, reading, marks, ends, gathered.day)
            rows = [row._replace(line=line, name=name, email=email) for row in found]
            gathered.connections.extend(rows)
            if not rows:
                gathered.absent.append(Absence(name, email))


def columns_of(slot: Slot) -> list[int]:
    """The columns of a meeting."""
    return [at for at in (*chain.from_iterable(slot.pairs), *slot.marks) if at is not None]


def slots_of(reading: Reading, block: Block) -> list[Slot]:
    """Which columns speak of which meeting: those under one day together, numbered marks apart."""
    mapping, found = reading.mapping, dict[tuple[dt.date | None, str], Slot]()
    many = len(mapping.marks) > 1
    columns: list[tuple[int, int | None]] = [*mapping.pairs, *((at, -1) for at in mapping.marks)]
    for begin, end in columns:
        head = cell_at(block.heads, begin)
        date = date_in(head, reading.order, reading.year)
        label = clean(head)[:TITLE_LENGTH] if end == -1 and many and not date and re.search(r"\d", head) else ""
        slot = found.get((date, label), Slot(date, label))
        more = Slot(date, label, slot.pairs, (*slot.marks, begin)) if end == -1 else Slot(
            date, label, (*slot.pairs, (begin, end)), slot.marks
        )  # fmt: skip
        found[date, label] = more
    return list(found.values()) or [Slot(None, "")]


def usual_ends(reading: Reading, block: Block) -> dict[int, dt.time]:
    """For each pair of columns, by its place among them: when the last of those left who noted it."""
    found: dict[int, dt.time] = {}
    for at, (_begin, end) in enumerate(reading.mapping.pairs):
        if end is None or len(reading.mapping.pairs) == 1:
            continue
        times = [times_in(cell_at(cells, end), reading.order) for _line, cells in block.rows]
        clocks = [time[-1].time() if isinstance(time[-1], dt.datetime) else time[-1] for time in times if time]
        found |= {at: max(clock.replace(tzinfo=None) for clock in clocks)} if clocks else {}
    return found


def identity(cells: Sequence[str], mapping: Mapping) -> tuple[str, str]:
    """Name and address of a line; an address may stand in the name's cell."""
    given, family = cell_at(cells, mapping.given), cell_at(cells, mapping.family)
    between = "" if is_east_asian(given) and is_east_asian(family) else " "
    parts = [family, given] if not between else [given, family]
    name = cell_at(cells, mapping.name) or between.join(filter(None, parts))
    email = address_of(cell_at(cells, mapping.email)) or address_of(name)
    if "@" in name:
        name = re.sub(r"[<(\[]?[^\s<(\[]+@[^\s>)\]]+[>)\]]?", "", name)
    return name_of(name), email


def is_east_asian(text: str) -> bool:
    """Whether a name is in Chinese, Japanese or Korean letters, which are not parted."""
    return bool(text) and all("\u3040" <= letter <= "\u9fff" or "\uac00" <= letter <= "\ud7a3" for letter in text)


def is_no_person(cells: Sequence[str], name: str, email: str, slots: Sequence[Slot], is_after_total: bool) -> bool:
    """A total, a note below the table, or marks that belong to nobody."""
    says = any(cell_at(cells, at) for slot in slots for at in columns_of(slot))
    if is_total(cells):
        return True
    if email:
        return False
    plain = without_accents(name)
    if TOTALS.match(plain) or not any(letter.isalpha() for letter in name):
        return True
    return not says and (is_after_total or bool(NOTES.match(plain)) or len(name) > 80)


def date_of_cell(text: str, order: Order) -> dt.date | None:
    """The day in a column of dates, which may have a time behind it."""
    if not text:
        return None
    found = moment(text, order)
    return found.date() if found else date_of(text, order) or date_in(text, order)


def date_of_block(reading: Reading, block: Block) -> dt.date | None:
    """The day above the table, on the sheet's title, in the file's name (year first), else the session's."""
    for text in (*reversed(block.above), block.sheet):
        if date := date_in(text, reading.order, reading.year if text == block.sheet else None):
            return date
    named = re.search(r"(?<!\d)20\d\d-\d\d-\d\d(?!\d)", reading.source.file_name)
    return (date_of(named[0], reading.order) if named else None) or reading.source.near


def hours_of_block(block: Block) -> list[dt.time]:
    """When the meeting begins and ends, as stated above the table; empty where it is not."""
    for text in block.above:
        hours = hours_in(text)
        if len(hours) == 2 and hours[0] > hours[1] and hours[0].hour >= 12:
            return hours  # over midnight
        if len(hours) > 1 and max(hours) > min(hours):
            return [min(hours), max(hours)]
    single = [hour for text in block.above for hour in hours_in(text)]
    return single if len(single) == 2 and single[0] < single[1] else []


def title_of(block: Block) -> str:
    """The first line above the table that is no date and no `Label: value`, else such a value, else the sheet's title."""
    labelled = ""
    for text in block.above:
        bare = clean(text)
        if date_texts(bare) or not any(letter.isalpha() for letter in bare):
            before = clean(re.split(r"\d", bare)[0]).strip(" -–—,:|(")
            if len(before) > 12 and ":" not in before:
                labelled = labelled or before
            continue
        label, colon, value = bare.partition(":")
        if not colon or len(label) > 30:
            return bare[:TITLE_LENGTH]
        labelled = labelled or ("" if hours_in(value) else clean(value))
    plain_sheet = PLAIN_SHEETS.fullmatch(block.sheet.casefold()) or date_in(block.sheet, Order.DAY_FIRST, 2024)
    return (labelled or ("" if plain_sheet else block.sheet))[:TITLE_LENGTH]


def meeting_for(reading: Reading, slot: Slot, date: dt.date | None, hours: list[dt.time], title: str) -> Gathered:
    """The meeting of a slot, made where it is not there yet."""
    day = slot.date or date
    key = (day, slot.label)
    if key not in reading.meetings:
        starts, ends = (dt.datetime.combine(day, hour) for hour in hours) if day and hours else (None, None)
        if starts and ends and ends < starts:
            ends += dt.timedelta(days=1)
        name = f"{title} – {slot.label}".strip(" –") if slot.label else title
        reading.meetings[key] = Gathered(name[:TITLE_LENGTH], Day(day, starts, ends, reading.may_mean_afternoon))
    return reading.meetings[key]


def presence(
    cells: Sequence[str], slot: Slot, reading: Reading, marks: dict[int, Marks], ends: dict[int, dt.time], day: Day
) -> list[Connection]:
    """What a line says of one meeting, without whom it says it of; empty where it says absent, or nothing."""
    mapping = reading.mapping
    stays = stays_of(cells, slot.pairs, ends, day, reading.order)
    seconds = seconds_of(cell_at(cells, mapping.duration), unit=mapping.unit)
    if stays:
        return [row_of(stay, reading, day) for stay in stays]
    if seconds is not None:
        return [Connection(0, "", "", seconds=seconds)] if seconds else []
    signs = [(marks[at], cell_at(cells, at)) for at in slot.marks]
    if any(column.says_present(cell, by_any_sign=not column.are_plain) for column, cell in signs):
        return [Connection(0, "", "")]
    return [] if mapping.has_evidence else [Connection(0, "", "")]


def row_of(stay: Stay, reading: Reading, day: Day) -> Connection:
    """A stay as a line; where nothing tells the day, only its length."""
    joined, left, is_open = stay
    if joined is None:
        return Connection(0, "", "", left=left, is_open=True, excluded_because=Exclusion.NO_TIMES)
    if left is not None and left.tzinfo != joined.tzinfo:
        joined, left = joined.replace(tzinfo=None), left.replace(tzinfo=None)
    if joined.year > 1:
        return Connection(0, "", "", joined, left, is_open=is_open)
    reading.lacks_date = True
    length = int((left - joined).total_seconds()) if left and left > joined else None
    return Connection(0, "", "", seconds=length, is_open=is_open)
