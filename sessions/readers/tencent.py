"""Tencent Meeting and VooV: members of one meeting, as a workbook of two sheets or one of them saved as text.

The overview has one line per member, the detail one per connection; they describe the same people, so only the detail
counts where it is there. Labels of the meeting stand above the heads, or nowhere. `--` stands for a leave that has not
happened yet and is closed at the stated end. Names are `account(nickname)`; a room may be `A＆B`: one connection, whom a
person has to tell apart. Times are Beijing's, which the file does not say. Sources: public parsers of real exports; the
English heads of VooV are known by likely words only.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sessions.readers.columns import (
    TITLE_LENGTH,
    addresses,
    cell_at,
    clean,
    cleaned,
    column,
    head,
    moments_of,
    order_for,
    same_clock,
)
from sessions.readers.durations import seconds_of
from sessions.readers.layout import Lines, place_like, time_columns
from sessions.readers.moments import Order, moment
from sessions.readers.report import Connection, Exclusion, Meeting, ReadError, Reason, Report, Role, Source, reader

# Parts of heads; the first that fits.
NICKNAMES = ("昵称", "暱稱", "nickname")
NAMES = (*NICKNAMES, "成员", "姓名", "name")
JOINED = ("首次入会", "入会时间", "入會時間", "进入", "加入", "first join", "join", "enter")
LEFT = ("最后退会", "退会时间", "退會時間", "离开", "退出", "last leave", "leave", "left", "exit")
TIMES = ("入会次数", "入會次數", "number of join", "join count", "times")
DURATIONS = ("时长", "時長", "duration")
ROLES = ("身份", "角色", "identity", "role")
EMAILS = ("邮箱", "郵箱", "mail")
HOSTS = ("主持人", "会议创建者", "创建者", "host", "creator")
CO_HOSTS = ("联席主持人", "聯席主持人", "co-host", "cohost")
TITLES = ("会议主题", "會議主題", "会议名称", "meeting topic", "meeting subject", "meeting name", "topic")
STARTS = (
    "预定开始时间",
    "預定開始時間",
    "会议开始时间",
    "开始时间",
    "scheduled start time",
    "meeting start time",
    "start time",
)
ENDS = (
    "预定结束时间",
    "預定結束時間",
    "会议结束时间",
    "结束时间",
    "scheduled end time",
    "meeting end time",
    "end time",
)
MARKS = (*TITLES[:2], *STARTS[:2], "会议创建者", "meeting creator", "scheduled start time", "scheduled end time")
SHEETS = ("成员参会概况", "成员参会明细", "成员观看明细", "成員參會概況", "成員參會明細")
HEAD_AMONG = 20


@dataclass(frozen=True)
class Table:
    """One sheet: labels, heads, lines. `is_overview` where it has one line per member."""

    above: Lines
    heads: list[str]
    lines: Lines

    @property
    def is_overview(self) -> bool:
        """Whether it counts how often somebody joined, or says first and last."""
        return any("首次" in text or "first" in text or any(part in text for part in TIMES) for text in self.heads)

    def place(self, parts: Sequence[str]) -> int | None:
        """The first column whose head holds one of these."""
        return place_like(self.heads, parts)


@reader
def read_tencent(source: Source) -> Report | None:
    """The members of a meeting, or `None` where no sheet has the heads of Tencent's."""
    tables = [table for sheet in source.sheets if (table := table_in(sheet.rows, is_known=sheet.title in SHEETS))]
    if not tables:
        return None
    details = [table for table in tables if not table.is_overview and table.lines] or tables[:1]
    times = [column(table.lines, at) for table in details for at in times_of(table)]
    dates = order_for(source, *times)
    stated = labels_of([*details, *tables], dates.order)
    connections = [found for table in details for found in connections_of(table, dates.order, stated["ends"])]
    if not connections:
        raise ReadError(Reason.NO_LINES)
    title = next((text for table in (*details, *tables) if (text := label(table.above, TITLES))), "")
    meeting = Meeting(clean(title)[:TITLE_LENGTH], connections, (), stated["starts"], stated["ends"])
    variant = "overview" if details[0].is_overview else "detail"
    return Report("tencent_meeting", variant, [meeting], dates.stated, dates.notes)


def table_in(rows: Lines, *, is_known: bool) -> Table | None:
    """The table of a sheet whose title is Tencent's, whose heads name nicknames, or that stands below its labels."""
    for index, (_line, cells) in enumerate(rows[:HEAD_AMONG]):
        heads = list(map(head, cells))
        is_theirs = is_known or place_like(heads, NICKNAMES) is not None or label(rows[:index], MARKS)
        has_heads = None not in (place_like(heads, parts) for parts in (NAMES, JOINED, LEFT))
        has_shape = is_known and sum(map(bool, cells)) > 2 and len(time_columns(rows[index + 1 : index + 2])) > 1
        if is_theirs and (has_heads or has_shape):
            return Table(rows[:index], heads, rows[index + 1 :])
    return None


def label(above: Lines, names: Sequence[str]) -> str:
    """What stands beside a label, in the next cell or behind its colon; "" where there is none."""
    for _line, cells in above:
        for at, cell in enumerate(cells):
            name, _colon, value = cell.replace("：", ":").partition(":")
            if head(name) in names:
                return value.strip() or cell_at(cells, at + 1)
    return ""


def labels_of(tables: Sequence[Table], order: Order) -> dict[str, dt.datetime | None]:
    """Start and end that the labels state."""
    texts = {
        "starts": [label(table.above, STARTS) for table in tables],
        "ends": [label(table.above, ENDS) for table in tables],
    }
    return {name: next((moment(text, order) for text in found if text), None) for name, found in texts.items()}


def times_of(table: Table) -> tuple[int | None, int | None]:
    """Where joining and leaving stand: by their heads; newer files have columns in front, which does not matter."""
    known = table.place(JOINED), table.place(LEFT)
    found = time_columns(table.lines)
    return (found[0], found[1]) if None in known and len(found) > 1 else known


def connections_of(table: Table, order: Order, ends: dt.datetime | None) -> list[Connection]:
    """The lines of one table; the overview's add up overlapping connections and are cut to the time they span."""
    names = cleaned(column(table.lines, table.place(NAMES) or 0))
    emails = addresses(column(table.lines, table.place(EMAILS)))
    times = (moments_of(column(table.lines, at), order) for at in times_of(table))
    joined, left, (ends,) = same_clock(*times, [ends])
    roles = column(table.lines, table.place(ROLES))
    durations = column(table.lines, table.place(DURATIONS) if table.is_overview else None)
    connections = []
    people = zip(table.lines, names, emails, joined, left, roles, durations, strict=True)
    for (line, _cells), name, email, start, end, role, duration in people:
        is_open = start is not None and end is None
        until = ends if is_open and ends and start and ends > start else end
        why = None if start else Exclusion.NO_TIMES
        seconds = within(seconds_of(duration), start, until)
        if (name or email) and not (why and is_remark(name)):
            connections.append(Connection(line, name, email, start, until, seconds, role_of(role), why, is_open))
    return connections


def role_of(text: str) -> Role:
    """The host, a host's helper, or one of the ordinary members."""
    word = head(text)
    if any(part in word for part in CO_HOSTS):
        return Role.PRESENTER
    return Role.HOST if any(part in word for part in HOSTS) else Role.ATTENDEE


def is_remark(name: str) -> bool:
    """A line below the table that names nobody: a total, a note, another table's heads."""
    return any(part in name for part in (*NICKNAMES, "合计", "总计", "注：", "备注", "导出", "total"))


def within(stated: int | None, start: dt.datetime | None, end: dt.datetime | None) -> int | None:
    """A stated total, at most the time between the first join and the last leave."""
    if stated is None or start is None or end is None:
        return stated
    return max(0, min(stated, int((end - start).total_seconds())))
