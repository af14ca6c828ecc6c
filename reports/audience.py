"""Audience figures for a programme's team: charts by session and channel, sums, what is wrong in a file."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.db.models import Sum
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from registrations.models import Programme
from reports import words as told
from sessions.actions.materials import CHANNEL
from sessions.audience import Problem, Wrong
from sessions.models import AudienceFigure, TrainingSession
from surveys.charts import Bar, horizontal_bars
from surveys.exhibits import Cell, Exhibit, count, reading_direction, words
from surveys.statistics import share_of
from surveys.wording import NONE, number_text, share_text

KINDS = tuple(AudienceFigure.Kind.values)
OWN = CHANNEL
WRONG: Mapping[Wrong, str] = {
    Wrong.SESSION: gettext_noop("The programme has no session “%(text)s”. Give its number or its title."),
    Wrong.CHANNEL: gettext_noop("Give the channel in at most 120 letters."),
    Wrong.OWN_CHANNEL: gettext_noop("“%(text)s” is counted here by itself. Take the line out."),
    Wrong.KIND: gettext_noop("“%(text)s” is no kind of figure. Write “live views”, “playbacks” or “slide downloads”."),
    Wrong.COUNT: gettext_noop("“%(text)s” is not a whole number."),
    Wrong.TWICE: gettext_noop("The same figure of “%(text)s” stands here a second time."),
    Wrong.NOTHING: gettext_noop("There is no figure for “%(text)s”."),
}


@dataclass(frozen=True, slots=True)
class SessionLine:
    """A session with its sum for each kind, in the order of `KINDS`; None: nothing is recorded."""

    session: TrainingSession
    sums: tuple[int | None, ...]

    @property
    def texts(self) -> list[str]:
        """The sums as they are printed."""
        return _texts(self.sums)


@dataclass(frozen=True, slots=True)
class AudiencePage:
    """Everything by session; `totals` are what the results of the programme say."""

    lines: tuple[SessionLine, ...]
    totals: tuple[int | None, ...]
    exhibits: tuple[Exhibit, ...]

    @property
    def texts(self) -> list[str]:
        """The totals as they are printed."""
        return _texts(self.totals)


def audience_page(programme: Programme) -> AudiencePage:
    """The page of a programme, in two queries."""
    sessions = list(TrainingSession.objects.for_programme(programme))
    rows = _rows(programme)
    sums: Counter[tuple[int, str]] = Counter()
    for session_number, kind, _channel, total in rows:
        sums[session_number, kind] += total
    lines = tuple(
        SessionLine(session, tuple(sums.get((session.number, kind)) for kind in KINDS)) for session in sessions
    )
    totals = tuple(_sum(row for row in rows if row[1] == kind) for kind in KINDS)
    return AudiencePage(lines, totals, tuple(_exhibits(sessions, rows)))


def session_exhibits(session: TrainingSession) -> tuple[Exhibit, ...]:
    """A chart for each kind by channel, of one session. One query."""
    rows = [row for row in _rows(session.programme) if row[0] == session.number]
    return tuple(_by_channel(kind, rows, f"-{session.number}") for kind in KINDS if any(row[1] == kind for row in rows))


def exhibit_of(programme: Programme, figure: str) -> Exhibit | None:
    """The figure of this name: of the programme, or of a session, whose number is then its end."""
    sessions = list(TrainingSession.objects.for_programme(programme))
    found = list(_exhibits(sessions, _rows(programme)))
    for session in sessions:
        if figure.endswith(f"-{session.number}"):
            found += session_exhibits(session)
    return next((exhibit for exhibit in found if exhibit.id == figure), None)


def grid(session: TrainingSession) -> list[tuple[str, tuple[int | None, ...], bool]]:
    """The channels of the programme with what this session has of each kind, and whether Baraza counts it. Two queries."""
    everywhere = AudienceFigure.objects.filter(session__programme=session.programme_id).order_by()
    known = {(each.channel, each.kind): each.count for each in session.audience_figures.all()}
    channels = sorted(set(everywhere.values_list("channel", flat=True)), key=_naturally)
    shown = [channel for channel in channels if channel != OWN or _has_own(known)]
    return [(name, tuple(known.get((name, kind)) for kind in KINDS), name == OWN) for name in shown]


def told_problems(problems: Sequence[Problem]) -> list[str]:
    """What is wrong, line by line, in words."""
    line = _("Line %(line)s: %(problem)s")
    return [line % {"line": each.line, "problem": _(WRONG[each.wrong]) % {"text": each.text}} for each in problems]


def kind_labels() -> list[str]:
    """What is counted, as heads."""
    return [told.audience_label(kind).capitalize() for kind in KINDS]


Row = tuple[int, str, str, int]
"""The number of a session, a kind, a channel, how many."""


def _rows(programme: Programme) -> list[Row]:
    rows = AudienceFigure.objects.filter(session__programme=programme).order_by("session__number", "channel")
    return list(rows.values_list("session__number", "kind", "channel").annotate(total=Sum("count")))


def _texts(numbers: Iterable[int | None]) -> list[str]:
    return [NONE if number is None else number_text(number) for number in numbers]


def _has_own(known: Mapping[tuple[str, str], int]) -> bool:
    return any(channel == OWN for channel, _kind in known)


def _naturally(text: str) -> list[tuple[int, str]]:
    """Outlet 2 before outlet 10."""
    return [(int(part[:18]) if part.isdecimal() else 0, part.casefold()) for part in re.split(r"(\d+)", text)]


def _sum(rows: Iterable[Row]) -> int | None:
    counts = [total for *_key, total in rows]
    return sum(counts) if counts else None


def _exhibits(sessions: Sequence[TrainingSession], rows: Sequence[Row]) -> Iterator[Exhibit]:
    titles = {session.number: f"{number_text(session.number)}. {session.text('theme')}" for session in sessions}
    for kind in KINDS:
        own = [row for row in rows if row[1] == kind]
        if not own:
            continue
        by_session: dict[str, int] = {}
        for number, _kind, _channel, total in own:
            title = titles.get(number, number_text(number))
            by_session[title] = by_session.get(title, 0) + total
        what = told.audience_label(kind).capitalize()
        yield _bars(f"{kind}-session", _("%(what)s by session") % {"what": what}, _("Session"), kind, by_session)
        yield _by_channel(kind, own, "")


def _by_channel(kind: str, rows: Iterable[Row], end: str) -> Exhibit:
    sums: dict[str, int] = {}
    for _number, own, channel, total in rows:
        if own == kind:
            sums[channel] = sums.get(channel, 0) + total
    listed = dict(sorted(sums.items(), key=lambda item: (-item[1], item[0])))
    what = told.audience_label(kind).capitalize()
    return _bars(f"{kind}-channel{end}", _("%(what)s by channel") % {"what": what}, _("Channel"), kind, listed)


def _bars(name: str, title: str, head: str, kind: str, counts: Mapping[str, int]) -> Exhibit:
    total, most = sum(counts.values()), max(counts.values(), default=0)
    base = told.base_text(kind, total)
    bars = [
        Bar(
            label,
            number,
            _share(number, total),
            share_of(number, most) or Fraction(0),
            count_text=number_text(number),
        )
        for label, number in counts.items()
    ]
    rows: list[tuple[Cell, ...]] = [
        (words(label), count(number), words(_share(number, total))) for label, number in counts.items()
    ]

    def draw(width: int | None) -> str:
        return horizontal_bars(bars, title=title, description=base, direction=reading_direction(), width=width)

    heads = (head, told.audience_label(kind).capitalize(), _("Share"))
    return Exhibit(name, title, base, heads, tuple(rows), draw)


def _share(number: int, total: int) -> str:
    share = share_of(number, total)
    return "" if share is None else share_text(share)
