"""Questions that ask for an order."""

from collections.abc import Sequence
from fractions import Fraction
from functools import partial

from django.utils.translation import gettext as _

from surveys.charts import Bar, Stack, horizontal_bars, stacked_bars
from surveys.disclosure import LEAST, ProtectedOptions
from surveys.exhibits import Cell, Exhibit, count, figure, reading_direction, share, shown_or_withheld, words
from surveys.panels.parts import Part, base_text, exhibit_id
from surveys.protection import Protection
from surveys.results import QuestionResult
from surveys.statistics import QuestionStatistics, RankedOption, share_of
from surveys.wording import figure_text, number_text, share_text


def ranks_panel(question: QuestionResult, protection: Protection) -> Part:
    """Each option with its mean place and how often it came first, best first.

    Whoever may not see people gets all places where none is of few, and otherwise how often each came first.
    """
    firsts = protection.of(question, _firsts)
    if not firsts.shows_n:
        return Part(())
    base = base_text(question.statistics, sees_people=protection.sees_people)
    ranked = list(question.statistics.ranks)
    if protection.sees_people or (not protection.where and _is_open(question.statistics)):
        ranked.sort(key=lambda option: -option.points)
        return Part((_whole(question, ranked, base),))
    return Part((_firsts_only(question, ranked, firsts, base),))


def _firsts(statistics: QuestionStatistics) -> dict[str, int]:
    return {option.value: option.first for option in statistics.ranks}


def _is_open(statistics: QuestionStatistics) -> bool:
    """Whether no place of any option was given by few."""
    return all(
        not 0 < number < LEAST
        for option in statistics.ranks
        for number in (*option.places, statistics.n - option.count)
    )


def _whole(question: QuestionResult, ranked: Sequence[RankedOption], base: str) -> Exhibit:
    n = question.statistics.n
    levels = [(number_text(place), "") for place in range(1, len(ranked) + 1)]
    levels[0] = (levels[0][0], _("first place"))
    levels[-1] = (levels[-1][0], _("last place"))
    stacks = [_stack(question, option, n) for option in ranked]
    return Exhibit(
        id=exhibit_id(question),
        title=question.label,
        base=base,
        heads=(_("Option"), _("Mean place"), _("First"), _("First, share of %(n)s") % {"n": number_text(n)}),
        rows=tuple(
            (
                words(question.labels[option.value]),
                figure(option.mean_place),
                count(option.first),
                share(share_of(option.first, n)),
            )
            for option in ranked
        ),
        draw=partial(_drawn, stacks, levels, question.label, base),
        notes=(_("Options are in the order of their points: for each place, one point for every option behind it."),),
    )


def _stack(question: QuestionResult, option: RankedOption, n: int) -> Stack:
    shares = [share_of(number, n) or Fraction(0) for number in option.places]
    return Stack(
        label=question.labels[option.value],
        strong=figure_text(option.mean_place),
        weak=" · " + _("mean place"),
        shares=tuple(shares),
        texts=tuple(share_text(value, 0) for value in shares),
    )


def _drawn(stacks: Sequence[Stack], levels: Sequence[tuple[str, str]], title: str, base: str, width: int | None) -> str:
    return stacked_bars(stacks, levels, title=title, description=base, direction=reading_direction(), width=width)


def _firsts_only(
    question: QuestionResult, ranked: Sequence[RankedOption], firsts: ProtectedOptions, base: str
) -> Exhibit:
    n = question.statistics.n
    shown = {option.value: option.value not in firsts.hidden for option in ranked}
    bars = [
        Bar(
            question.labels[option.value],
            option.first if shown[option.value] else 0,
            share_text(share_of(option.first, n)) if shown[option.value] else "",
            (share_of(option.first, n) or Fraction(0)) if shown[option.value] else Fraction(0),
            count_text=number_text(option.first) if shown[option.value] else _("withheld"),
        )
        for option in ranked
    ]

    def draw(width: int | None) -> str:
        direction = reading_direction()
        return horizontal_bars(bars, title=question.label, description=base, direction=direction, width=width)

    rows: list[tuple[Cell, ...]] = [
        (
            words(question.labels[option.value]),
            shown_or_withheld(count(option.first), is_shown=shown[option.value]),
            shown_or_withheld(share(share_of(option.first, n)), is_shown=shown[option.value]),
        )
        for option in ranked
    ]
    heads = (_("Option"), _("First"), _("First, share of %(n)s") % {"n": number_text(n)})
    return Exhibit(exhibit_id(question), question.label, base, heads, tuple(rows), draw)
