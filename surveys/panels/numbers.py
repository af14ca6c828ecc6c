"""Questions for a number: how the numbers are spread, and their middle."""

from fractions import Fraction

from django.utils.translation import gettext as _

from surveys.charts import Box, Column, columns_chart
from surveys.classes import Classes
from surveys.exhibits import Cell, Exhibit, count, reading_direction, share, shown_or_withheld, words
from surveys.panels.parts import Key, Part, base_text, exhibit_id
from surveys.protection import Protection
from surveys.results import QuestionResult
from surveys.statistics import INTEGER, QuestionStatistics, rounded, share_of
from surveys.wording import figure_text, number_text


def numbers_panel(question: QuestionResult, protection: Protection, whole: QuestionResult) -> Part:
    """A histogram with its classes; classes are those of the whole survey, so that selections can be compared.

    Whoever may not see people gets no single number (least, largest, quartiles), and a mean of the whole survey only.
    """
    classes = Classes.of(whole.statistics.values, is_whole=question.kind == INTEGER)
    counts = classes.counts(question.statistics.values)
    protected = protection.of(question, lambda statistics: _by_class(statistics, classes))
    if not protected.shows_n:
        return Part(())
    is_shown = [str(place) not in protected.hidden for place in range(len(counts))]
    labels = [_label(low, high) for low, high in classes.bounds]
    base = base_text(question.statistics, sees_people=protection.sees_people)
    columns = [
        Column(label, number, number_text(number)) if shown else Column(label, 0, "", is_faint=True)
        for label, number, shown in zip(labels, counts, is_shown, strict=True)
    ]
    box = _box(question.statistics, classes) if protection.sees_people else None

    def draw(width: int | None) -> str:
        direction, title = reading_direction(), question.label
        return columns_chart(columns, title=title, description=base, direction=direction, width=width, box=box)

    n = question.statistics.n
    exhibit = Exhibit(
        id=exhibit_id(question),
        title=question.label,
        base=base,
        heads=(_("From – to"), _("Count"), _("Share of %(n)s") % {"n": number_text(n)}),
        rows=tuple(
            _row(label, number, n, shown) for label, number, shown in zip(labels, counts, is_shown, strict=True)
        ),
        draw=draw,
        notes=_notes(classes, has_box=box is not None),
    )
    is_whole_survey = not protection.where and protected.shows_rest
    return Part((exhibit,), tuple(_keys(question.statistics, protection.sees_people, is_whole_survey)))


def _row(label: str, number: int, n: int, is_shown: bool) -> tuple[Cell, ...]:
    return (
        words(label),
        shown_or_withheld(count(number), is_shown=is_shown),
        shown_or_withheld(share(share_of(number, n)), is_shown=is_shown),
    )


def _by_class(statistics: QuestionStatistics, classes: Classes) -> dict[str, int]:
    return {str(place): number for place, number in enumerate(classes.counts(statistics.values))}


def _label(low: Fraction, high: Fraction) -> str:
    if low == high:
        return _number(low)
    return _("%(low)s–%(high)s") % {"low": _number(low), "high": _number(high)}


def _number(value: Fraction) -> str:
    return number_text(int(value)) if value.denominator == 1 else number_text(rounded(value, 2).normalize())


def _notes(classes: Classes, *, has_box: bool) -> tuple[str, ...]:
    notes = [] if classes.is_whole else [_("A class holds its lower end and not its upper one; the last holds both.")]
    if has_box:
        notes.append(
            _("The box holds the middle half of the answers, its line is the median; the thin line spans all.")
        )
    return tuple(notes)


def _box(statistics: QuestionStatistics, classes: Classes) -> Box | None:
    if statistics.quartiles is None or statistics.median is None or not statistics.values:
        return None
    ends = (Fraction(statistics.values[0][0]), Fraction(statistics.values[-1][0]))
    lower, upper = statistics.quartiles
    return Box(*(classes.place(value) for value in (ends[0], lower, statistics.median, upper, ends[1])))


def _keys(statistics: QuestionStatistics, sees_people: bool, is_whole_survey: bool) -> list[Key]:
    keys = []
    if sees_people or is_whole_survey:
        keys += [Key(figure_text(statistics.mean), _("mean")), Key(figure_text(statistics.median, 1), _("median"))]
    if sees_people and statistics.least is not None and statistics.greatest is not None:
        ends = (_number(Fraction(statistics.least)), _number(Fraction(statistics.greatest)))
        keys.append(Key(_("%(low)s–%(high)s") % {"low": ends[0], "high": ends[1]}, _("smallest and largest")))
    return keys
