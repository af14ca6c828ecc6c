"""One moment on two clocks: the programme's and the reader's."""

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class Clock:
    """A time zone at one moment: its place ("Nairobi", "UTC") and its distance from UTC ("UTC+3", "UTC+5:30")."""

    place: str
    offset: str

    @property
    def is_utc(self) -> bool:
        """Whether the place says all there is to say."""
        return self.place == "UTC"


@dataclass(frozen=True, slots=True)
class Span:
    """From a start to an end as one clock shows them."""

    start: dt.datetime
    end: dt.datetime
    clock: Clock


@dataclass(frozen=True, slots=True)
class SpanOnBoth:
    """The same span on the programme's clock and, where that shows something else, on the reader's."""

    programme: Span
    reader: Span | None

    @property
    def is_on_another_day(self) -> bool:
        """Whether the reader's calendar shows another day at the start."""
        return self.reader is not None and self.reader.start.date() != self.programme.start.date()


@dataclass(frozen=True, slots=True)
class TwoZones:
    """The programme's zone and the reader's. `is_chosen`: the reader said so; otherwise UTC stands in."""

    programme: ZoneInfo
    reader: ZoneInfo
    is_chosen: bool

    def span(self, start: dt.datetime, end: dt.datetime) -> SpanOnBoth:
        """`start` to `end` (aware) on both clocks; once, where both show the same."""
        there, here = _span(start, end, self.programme), _span(start, end, self.reader)
        return SpanOnBoth(there, None if _reads_the_same(there, here) else here)

    def moment(self, at: dt.datetime) -> SpanOnBoth:
        """One moment on both clocks: a span without length."""
        return self.span(at, at)


def clock_of(zone: ZoneInfo, at: dt.datetime) -> Clock:
    """The clock of `zone` at the moment `at` (aware)."""
    return Clock(zone.key.rpartition("/")[2].replace("_", " "), _offset(at.astimezone(zone)))


def _span(start: dt.datetime, end: dt.datetime, zone: ZoneInfo) -> Span:
    return Span(start.astimezone(zone), end.astimezone(zone), clock_of(zone, start))


def _reads_the_same(one: Span, other: Span) -> bool:
    return (one.start.utcoffset(), one.end.utcoffset()) == (other.start.utcoffset(), other.end.utcoffset())


def _offset(local: dt.datetime) -> str:
    minutes = int((local.utcoffset() or dt.timedelta()).total_seconds() // 60)
    if not minutes:
        return "UTC"
    hours, rest = divmod(abs(minutes), 60)
    sign = "+" if minutes > 0 else "−"
    return f"UTC{sign}{hours}:{rest:02}" if rest else f"UTC{sign}{hours}"
