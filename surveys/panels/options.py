"""Questions with options: one of many, several of many, ratings."""

from collections.abc import Sequence
from fractions import Fraction
from functools import partial

from django.utils.translation import gettext as _

from surveys.charts import Bar, Stack, horizontal_bars, rating_distribution, stacked_bars
from surveys.disclosure import ProtectedOptions
from surveys.exhibits import Cell, Exhibit, count, reading_direction, share, shown_or_withheld, words
from surveys.panels.parts import Key, Part, base_text, exhibit_id, option_label
from surveys.protection import EVERYTHING
from surveys.results import QuestionResult
from surveys.statistics import RATING, SELECT_MULTIPLE, NetPromoter, OptionStatistics, share_of
from surveys.wording import figure_text, number_text, share_text


def options_panel(question: QuestionResult, protected: ProtectedOptions, *, sees_people: bool) -> Part:
    """Each option with its count and its share of those who answered."""
    note = _("Several answers were possible: shares are of the respondents who answered, not of the ticks.")
    return Part((_exhibit(question, protected, sees_people, (note,) if question.kind == SELECT_MULTIPLE else ()),))


def rating_panel(question: QuestionResult, protected: ProtectedOptions, *, sees_people: bool) -> Part:
    """The levels with mean, median and top two; for 0 to 10 also the net promoter score."""
    exhibits = [_exhibit(question, protected, sees_people, ())]
    promoter = question.statistics.net_promoter
    if promoter and protected.shows_rest:
        exhibits.append(_promoter_exhibit(question, promoter))
    return Part(tuple(exhibits), tuple(_keys(question, protected)))


def in_order(question: QuestionResult, protected: ProtectedOptions = EVERYTHING) -> list[OptionStatistics]:
    """The options: several of many by count, withheld ones last; everything else in the order of the questionnaire."""
    options = list(question.statistics.options)
    if question.kind == SELECT_MULTIPLE:
        options.sort(key=lambda option: 1 if option.value in protected.hidden else -option.count)
    return options


def _exhibit(
    question: QuestionResult, protected: ProtectedOptions, sees_people: bool, notes: tuple[str, ...]
) -> Exhibit:
    options = in_order(question, protected)
    base = base_text(question.statistics, sees_people=sees_people)
    bars = [_bar(question, option, option.value not in protected.hidden) for option in options]
    drawing = rating_distribution if question.kind == RATING and not protected.hidden else horizontal_bars

    def draw(width: int | None) -> str:
        return drawing(bars, title=question.label, description=base, direction=reading_direction(), width=width)

    return Exhibit(
        id=exhibit_id(question),
        title=question.label,
        base=base,
        heads=(_("Answer"), _("Count"), _("Share of %(n)s") % {"n": number_text(question.statistics.n)}),
        rows=tuple(_row(question, option, option.value not in protected.hidden) for option in options),
        draw=draw,
        notes=notes,
    )


def _row(question: QuestionResult, option: OptionStatistics, is_shown: bool) -> tuple[Cell, ...]:
    return (
        words(option_label(question, option.value)),
        shown_or_withheld(count(option.count), is_shown=is_shown),
        shown_or_withheld(share(option.share), is_shown=is_shown),
    )


def _bar(question: QuestionResult, option: OptionStatistics, is_shown: bool) -> Bar:
    """A rating's level carries its number as mark; its label alone stands beside it."""
    label = question.labels[option.value]
    return Bar(
        label="" if question.kind == RATING and label == option.value and is_shown else label,
        count=option.count if is_shown else 0,
        share_text=share_text(option.share) if is_shown else "",
        share=(option.share or Fraction(0)) if is_shown else Fraction(0),
        count_text=number_text(option.count) if is_shown else _("withheld"),
        mark=option.value if question.kind == RATING else "",
    )


def _keys(question: QuestionResult, protected: ProtectedOptions) -> list[Key]:
    figures, keys = question.statistics, []
    if protected.shows_mean and figures.mean is not None and figures.options:
        values = figures.options
        scale = {"low": number_text_of(values[0].value), "high": number_text_of(values[-1].value)}
        keys.append(Key(figure_text(figures.mean), _("mean of %(low)s to %(high)s") % scale))
    if protected.shows_rest:
        keys.append(Key(figure_text(figures.median, 1), _("median")))
        if top := figures.top_box():
            keys.append(Key(share_text(top.share), _("one of the two highest")))
        if (promoter := figures.net_promoter) and promoter.score is not None:
            keys.append(Key(signed_text(promoter.score), _("net promoter score, −100 to 100")))
    return keys


def number_text_of(value: str) -> str:
    """The value of a level as it is written in this language."""
    number = Fraction(value)
    return number_text(int(number)) if number.denominator == 1 else figure_text(number, 1)


def signed_text(score: Fraction) -> str:
    """A net score with its sign."""
    text = figure_text(abs(score), 0)
    return f"{'−' if score < 0 else '+' if score > 0 else ''}{text}"


def _promoter_exhibit(question: QuestionResult, promoter: NetPromoter) -> Exhibit:
    """Detractors, passives and promoters in one bar about its middle."""
    parts = (promoter.detractors, promoter.passives, promoter.promoters)
    labels = (_("Detractors (0 to 6)"), _("In between (7 and 8)"), _("Promoters (9 and 10)"))
    shares = [share_of(part, promoter.n) for part in parts]
    base = base_text(question.statistics, sees_people=False)
    title = _("Net promoter score: %(question)s") % {"question": question.label}
    score = signed_text(promoter.score or Fraction(0))
    stack = Stack("", score, f" · {base}", tuple(s or Fraction(0) for s in shares), tuple(map(share_text, shares)))
    return Exhibit(
        id=exhibit_id(question, "promoters"),
        title=title,
        base=base,
        heads=(_("Group"), _("Count"), _("Share of %(n)s") % {"n": number_text(promoter.n)}),
        rows=tuple((words(a), count(b), share(c)) for a, b, c in zip(labels, parts, shares, strict=True)),
        draw=partial(
            _stacked, [stack], [(mark, label) for mark, label in zip("−·+", labels, strict=True)], title, base
        ),
        notes=(_("The score is the share of promoters less the share of detractors, times 100."),),
    )


def _stacked(
    stacks: Sequence[Stack], levels: Sequence[tuple[str, str]], title: str, base: str, width: int | None
) -> str:
    return stacked_bars(
        stacks, levels, title=title, description=base, is_diverging=True, direction=reading_direction(), width=width
    )
