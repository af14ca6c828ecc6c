"""Days: what was answered to a question for a day, and when responses arrived."""

import datetime as dt
from collections.abc import Iterable, Sequence
from fractions import Fraction

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from surveys.charts import Column, Mark, columns_chart
from surveys.classes import by_period
from surveys.disclosure import hidden_groups
from surveys.exhibits import Exhibit, count, reading_direction, share, shown_or_withheld, words
from surveys.panels.parts import Part, base_text, exhibit_id
from surveys.protection import Protection
from surveys.results import QuestionResult
from surveys.statistics import share_of
from surveys.wording import number_text

Counts = Sequence[tuple[dt.date, int]]
MOST_DAYS = 62


def periods_panel(question: QuestionResult, protection: Protection, whole: QuestionResult) -> Part:
    """How many named each day, or each month where days are many."""
    first_last = whole.statistics.values[:1] + whole.statistics.values[-1:]
    empty = [(dt.date.fromisoformat(value), 0) for value, _n in first_last]
    given = [(dt.date.fromisoformat(value), n) for value, n in question.statistics.values]
    period, counts = by_period([*empty, *given])
    protected = protection.of(question, lambda statistics: _by_period(statistics.values, empty))
    if not protected.shows_n:
        return Part(())
    base = base_text(question.statistics, sees_people=protection.sees_people)
    hidden = {dt.date.fromisoformat(value) for value in protected.hidden}
    return Part((days_exhibit(exhibit_id(question), question.label, base, period, counts, hidden=hidden),))


def arrivals(counts: Counts, *, opens: dt.date, closes: dt.date, today: dt.date, sees_people: bool) -> Exhibit | None:
    """Responses by the day on which they arrived, up to the deadline if it is near; None before there is one."""
    if not counts:
        return None
    first, last = min(opens, counts[0][0]), max(counts[-1][0], min(today, closes))
    end = max(last, closes) if (closes - first).days < MOST_DAYS else last
    period, filled = by_period([(first, 0), *counts, (end, 0)], most=MOST_DAYS)
    n = sum(number for _day, number in counts)
    hidden = set() if sees_people else set(_hidden_days(filled))
    mark = _deadline(filled, closes) if period == "day" else None
    base = _("n = %(n)s responses, valid or not, whatever the selection") % {"n": number_text(n)}
    return days_exhibit(
        "arrivals", _("Responses over time"), base, period, filled, hidden=hidden, mark=mark, until=last
    )


def days_exhibit(
    exhibit: str,
    title: str,
    base: str,
    period: str,
    counts: Counts,
    *,
    hidden: Iterable[dt.date] = (),
    mark: Mark | None = None,
    until: dt.date = dt.date.max,
) -> Exhibit:
    """Columns by day, month or year; the table ends where the future begins (``until``)."""
    withheld, n = set(hidden), sum(number for _day, number in counts)
    labels = [period_text(day, period) for day, _number in counts]
    columns = [
        Column(label, 0, "", is_faint=True)
        if day in withheld or day > until
        else Column(label, number, number_text(number))
        for label, (day, number) in zip(labels, counts, strict=True)
    ]

    def draw(width: int | None) -> str:
        direction = reading_direction()
        return columns_chart(columns, title=title, description=base, direction=direction, width=width, mark=mark)

    return Exhibit(
        id=exhibit,
        title=title,
        base=base,
        heads=(_("Day") if period == "day" else _("Period"), _("Count"), _("Share")),
        rows=tuple(
            (
                words(label),
                shown_or_withheld(count(number), is_shown=day not in withheld),
                shown_or_withheld(share(share_of(number, n)), is_shown=day not in withheld),
            )
            for label, (day, number) in zip(labels, counts, strict=True)
            if day <= until
        ),
        draw=draw,
    )


def period_text(day: dt.date, period: str) -> str:
    """A day, a month or a year in few letters."""
    if period == "day":
        return date_format(day, pgettext("date format", "j M"))
    return date_format(day, pgettext("date format", "M Y")) if period == "month" else str(day.year)


def _by_period(values: Iterable[tuple[str, int]], empty: Counts) -> dict[str, int]:
    given = [(dt.date.fromisoformat(value), number) for value, number in values]
    return {day.isoformat(): number for day, number in by_period([*empty, *given])[1]}


def _hidden_days(counts: Counts) -> Iterable[dt.date]:
    hidden = hidden_groups({day.isoformat(): number for day, number in counts})
    return (dt.date.fromisoformat(day) for day in hidden)


def _deadline(counts: Counts, closes: dt.date) -> Mark | None:
    """Where the survey closes, at the end of its day."""
    days = [day for day, _number in counts]
    if closes not in days:
        return None
    return Mark(Fraction(days.index(closes) + 1, len(days)), _("Deadline"))
