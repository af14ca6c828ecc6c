"""One question as it is printed for staff: its base in words, a chart, and the table beside it."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from django.utils.safestring import SafeString
from django.utils.translation import get_language_bidi, ngettext
from django.utils.translation import gettext as _

from surveys.charts import Bar, Direction, horizontal_bars, rating_distribution
from surveys.models import Question
from surveys.results import QuestionResult
from surveys.statistics import RATING, SELECT_MULTIPLE, TEXT, OptionStatistics, QuestionStatistics, rounded
from surveys.strips import distribution_strip, scale_key
from surveys.wording import figure_text, number_text, share_text


@dataclass(frozen=True, slots=True)
class TableRow:
    """A line of the table beside a chart."""

    label: str
    count: str
    share: str


@dataclass(frozen=True, slots=True)
class Panel:
    """A question with all its figures as printed. ``chart`` is empty where there is nothing to draw."""

    number: int
    name: str
    label: str
    kind: str
    is_text: bool
    is_multiple: bool
    n: int
    n_text: str
    base_text: str
    chart: SafeString
    rows: tuple[TableRow, ...]
    mean: str
    median: str
    outside: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class RankedRating:
    """A rating in the ranking; equal means, as printed, share a rank."""

    rank: int
    number: int
    label: str
    n: str
    mean: str
    median: str
    strip: SafeString


def reading_direction() -> Direction:
    """The direction of the language in use."""
    return "rtl" if get_language_bidi() else "ltr"


def panel(number: int, question: QuestionResult) -> Panel:
    """Print one question."""
    statistics = question.statistics
    is_rating = question.kind == RATING and statistics.n > 0
    return Panel(
        number=number,
        name=question.name,
        label=question.label,
        kind=str(Question.Kind(question.kind).label),
        is_text=question.kind == TEXT,
        is_multiple=question.kind == SELECT_MULTIPLE,
        n=statistics.n,
        n_text=number_text(statistics.n),
        base_text=base_text(statistics),
        chart=_chart(question),
        rows=tuple(
            TableRow(_label(question, option), number_text(option.count), share_text(option.share))
            for option in _in_order(question)
        ),
        mean=figure_text(statistics.mean) if is_rating else "",
        median=figure_text(statistics.median, 1) if is_rating else "",
        outside=tuple((value, number_text(count)) for value, count in statistics.outside_values),
    )


def base_text(statistics: QuestionStatistics) -> str:
    """How many answered, and what became of the others; "n = 440 · 7 left it out"."""
    parts = [_("n = %(n)s") % {"n": number_text(statistics.n)}]
    if statistics.declined:
        parts.append(
            ngettext("%(count)s left it out", "%(count)s left it out", statistics.declined)
            % {"count": number_text(statistics.declined)}
        )
    if statistics.not_shown:
        parts.append(
            ngettext("%(count)s was not asked", "%(count)s were not asked", statistics.not_shown)
            % {"count": number_text(statistics.not_shown)}
        )
    if statistics.outside:
        parts.append(
            ngettext(
                "%(count)s gave a value that is not offered",
                "%(count)s gave values that are not offered",
                statistics.outside,
            )
            % {"count": number_text(statistics.outside)}
        )
    return " · ".join(parts)


def ranked_ratings(questions: Iterable[QuestionResult]) -> tuple[RankedRating, ...]:
    """The ratings that somebody answered, highest mean first."""
    rated = [
        (rounded(question.statistics.mean, 2), number, question)
        for number, question in enumerate(questions, 1)
        if question.statistics.mean is not None
    ]
    rated.sort(key=lambda item: (-item[0], item[1]))
    means = [mean for mean, _number, _question in rated]
    return tuple(
        RankedRating(
            rank=means.index(mean) + 1,
            number=number,
            label=question.label,
            n=number_text(question.statistics.n),
            mean=figure_text(question.statistics.mean),
            median=figure_text(question.statistics.median, 1),
            strip=_strip(question),
        )
        for mean, number, question in rated
    )


def rating_key() -> SafeString:
    """The key to the colours of the strips."""
    svg = scale_key(
        ["1", "2", "3", "4", "5"],
        title=_("Key"),
        description=_("From 1, light, to 5, dark"),
        direction=reading_direction(),
    )
    return SafeString(svg)


def _label(question: QuestionResult, option: OptionStatistics) -> str:
    label = question.labels[option.value]
    if question.kind != RATING or label == option.value:
        return label
    return _("%(number)s – %(label)s") % {"number": option.value, "label": label}


def _in_order(question: QuestionResult) -> list[OptionStatistics]:
    """The options: several of many by count, everything else in the order of the questionnaire."""
    options = list(question.statistics.options)
    if question.kind == SELECT_MULTIPLE:
        options.sort(key=lambda option: -option.count)
    return options


def _chart(question: QuestionResult) -> SafeString:
    """The chart; SafeString because `surveys.charts` escapes every text."""
    statistics = question.statistics
    if question.kind == TEXT or not statistics.n:
        return SafeString("")
    bars = [
        Bar(
            label=_bar_label(question, option),
            count=option.count,
            share_text=share_text(option.share),
            share=option.share or Fraction(0),
            count_text=number_text(option.count),
            mark=option.value if question.kind == RATING else "",
        )
        for option in _in_order(question)
    ]
    draw = rating_distribution if question.kind == RATING else horizontal_bars
    return SafeString(
        draw(bars, title=question.label, description=base_text(statistics), direction=reading_direction())
    )


def _bar_label(question: QuestionResult, option: OptionStatistics) -> str:
    """A rating's level carries its number as mark; its label alone stands beside it."""
    label = question.labels[option.value]
    return "" if question.kind == RATING and label == option.value else label


def _strip(question: QuestionResult) -> SafeString:
    options = question.statistics.options
    told = "; ".join(f"{_label(question, option)}: {share_text(option.share)}" for option in options)
    shares = [option.share or Fraction(0) for option in options]
    svg = distribution_strip(shares, title=question.label, description=told, direction=reading_direction())
    return SafeString(svg)
