"""Several questions on one scale: the ranking of the ratings, and Likert bars of a group of questions."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import partial

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from surveys.charts import Stack, stacked_bars
from surveys.disclosure import ProtectedOptions
from surveys.exhibits import Cell, Exhibit, count, figure, reading_direction, share, shown_or_withheld, words
from surveys.models import Question
from surveys.panels.options import number_text_of
from surveys.panels.parts import option_label
from surveys.results import QuestionResult
from surveys.statistics import RATING, SELECT_ONE, YES_NO, rounded
from surveys.strips import distribution_strip, scale_key
from surveys.wording import figure_text, number_text, share_text

MOST_LEVELS = 11


@dataclass(frozen=True, slots=True)
class Judged:
    """A question with its number on the page and what may be shown of it."""

    number: int
    result: QuestionResult
    protected: ProtectedOptions

    @property
    def scale(self) -> tuple[str, ...]:
        """The values of its options."""
        return tuple(option.value for option in self.result.statistics.options)


@dataclass(frozen=True, slots=True)
class RankedRating:
    """A rating in the ranking; equal means, as printed, share a rank. The strip is empty where counts are withheld."""

    rank: int
    number: int
    label: str
    n: str
    mean: str
    median: str
    strip: SafeString


@dataclass(frozen=True, slots=True)
class Ranking:
    """The ratings of one scale, best first, with the key to their colours and the same as an exhibit to take away."""

    rows: tuple[RankedRating, ...]
    key: SafeString
    exhibit: Exhibit


def rankings(questions: Iterable[Judged]) -> tuple[Ranking, ...]:
    """The ratings that somebody answered, highest mean first, one ranking for each scale."""
    by_scale: dict[tuple[str, ...], list[tuple[Fraction, Judged]]] = defaultdict(list)
    for judged in questions:
        mean = judged.result.statistics.mean
        if judged.result.kind == RATING and mean is not None and judged.protected.shows_mean:
            by_scale[judged.scale].append((Fraction(rounded(mean, 2)), judged))
    return tuple(
        _ranking(place, sorted(rated, key=lambda item: (-item[0], item[1].number)))
        for place, rated in enumerate(by_scale.values(), 1)
    )


def likert(questions: Iterable[Judged], asked: Iterable[Question]) -> tuple[Exhibit, ...]:
    """Diverging bars for each group of at least two questions that share their options."""
    group_of = {question.name: question.group for question in asked}
    together: dict[tuple[int, tuple[str, ...], tuple[str, ...]], list[Judged]] = defaultdict(list)
    for judged in questions:
        result = judged.result
        group = group_of.get(result.name)
        is_matrix = group is not None and "table-list" in group.appearance
        if result.kind == RATING or (is_matrix and result.kind in {SELECT_ONE, YES_NO}):
            key = (group.pk if group and is_matrix else 0, judged.scale, tuple(result.labels.values()))
            together[key].append(judged)
    titles = {question.group_id: question.group.label for question in asked if question.group}
    return tuple(
        _likert(place, titles.get(group) or _("Ratings side by side"), members)
        for place, ((group, scale, _labels), members) in enumerate(together.items(), 1)
        if len(members) > 1 and len(scale) <= MOST_LEVELS and any(m.result.statistics.n for m in members)
    )


def _ranking(place: int, rated: Sequence[tuple[Fraction, Judged]]) -> Ranking:
    means = [mean for mean, _judged in rated]
    rows = tuple(_ranked(means.index(mean) + 1, judged) for mean, judged in rated)
    first = rated[0][1].result
    return Ranking(rows=rows, key=_key(first), exhibit=_ranking_exhibit(place, rows, [judged for _m, judged in rated]))


def _ranked(rank: int, judged: Judged) -> RankedRating:
    figures = judged.result.statistics
    return RankedRating(
        rank=rank,
        number=judged.number,
        label=judged.result.label,
        n=number_text(figures.n),
        mean=figure_text(figures.mean),
        median=figure_text(figures.median, 1) if judged.protected.shows_rest else _("withheld"),
        strip=_strip(judged.result) if judged.protected.shows_rest else SafeString(""),
    )


def _ranking_exhibit(place: int, rows: Sequence[RankedRating], judged: Sequence[Judged]) -> Exhibit:
    scale = judged[0].scale
    title = _("Ratings, best first (%(low)s to %(high)s)") % {
        "low": number_text_of(scale[0]),
        "high": number_text_of(scale[-1]),
    }
    stacks = [_stack(one.result) for one in judged if one.protected.shows_rest]
    levels = _levels(judged[0].result)
    base = _("n is the number of answers to each question")
    return Exhibit(
        id=f"ranking-{place}",
        title=title,
        base=base,
        heads=(_("Question"), _("Rank"), _("Mean"), _("Median"), "n"),
        rows=tuple(
            (
                words(row.label),
                count(row.rank),
                figure(one.result.statistics.mean),
                shown_or_withheld(figure(one.result.statistics.median, 1), is_shown=one.protected.shows_rest),
                count(one.result.statistics.n),
            )
            for row, one in zip(rows, judged, strict=True)
        ),
        draw=partial(_drawn, stacks, levels, title, base, is_diverging=False) if stacks else None,
    )


def _likert(place: int, title: str, members: Sequence[Judged]) -> Exhibit:
    open_ones = [judged.result for judged in members if judged.protected.shows_rest and judged.result.statistics.n]
    base = _("n is the number of answers to each question; bars are moved so that the middle of the scale is one line")
    heads = (_("Question"), "n", *(option_label(members[0].result, value) for value in members[0].scale))
    return Exhibit(
        id=f"likert-{place}",
        title=title,
        base=base,
        heads=heads,
        rows=tuple(tuple(_likert_row(judged)) for judged in members),
        draw=partial(
            _drawn, [_stack(result) for result in open_ones], _levels(members[0].result), title, base, is_diverging=True
        )
        if open_ones
        else None,
    )


def _likert_row(judged: Judged) -> list[Cell]:
    figures, protected = judged.result.statistics, judged.protected
    return [
        words(judged.result.label),
        shown_or_withheld(count(figures.n), is_shown=protected.shows_n),
        *(
            shown_or_withheld(share(option.share), is_shown=protected.shows_n and option.value not in protected.hidden)
            for option in figures.options
        ),
    ]


def _stack(result: QuestionResult) -> Stack:
    figures = result.statistics
    n = _("n = %(n)s") % {"n": number_text(figures.n)}
    has_mean = figures.mean is not None
    return Stack(
        label=result.label,
        strong=figure_text(figures.mean) if has_mean else n,
        weak=f" · {n}" if has_mean else "",
        shares=tuple(option.share or Fraction(0) for option in figures.options),
        texts=tuple(share_text(option.share, 0) for option in figures.options),
    )


def _levels(result: QuestionResult) -> list[tuple[str, str]]:
    """Mark and label of each level; levels without a label of their own, and signs that are too long, have one only."""
    is_numbered = result.kind == RATING
    return [
        (value if is_numbered and len(value) <= 3 else str(place), label if label != value else "")
        for place, (value, label) in enumerate(result.labels.items(), 1)
    ]


def _drawn(
    stacks: Sequence[Stack],
    levels: Sequence[tuple[str, str]],
    title: str,
    base: str,
    width: int | None,
    *,
    is_diverging: bool,
) -> str:
    return stacked_bars(
        stacks,
        levels,
        title=title,
        description=base,
        is_diverging=is_diverging,
        direction=reading_direction(),
        width=width,
    )


def _strip(result: QuestionResult) -> SafeString:
    options = result.statistics.options
    told = "; ".join(f"{option_label(result, option.value)}: {share_text(option.share)}" for option in options)
    shares = [option.share or Fraction(0) for option in options]
    svg = distribution_strip(shares, title=result.label, description=told, direction=reading_direction())
    return SafeString(svg)


def _key(result: QuestionResult) -> SafeString:
    marks = [number_text_of(option.value) for option in result.statistics.options]
    described = _("From %(low)s, light, to %(high)s, dark") % {"low": marks[0], "high": marks[-1]}
    return SafeString(scale_key(marks, title=_("Key"), description=described, direction=reading_direction()))
