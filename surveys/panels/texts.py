"""Questions for an open text: how many wrote what, by the codes that people gave to the texts."""

from collections.abc import Collection
from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from surveys.charts import Bar, horizontal_bars
from surveys.codebooks import Codebook
from surveys.coding import told_apart
from surveys.disclosure import LEAST, ProtectedOptions, protect_ticks
from surveys.exhibits import Exhibit, count, reading_direction, share, shown_or_withheld, words
from surveys.panels.parts import Part, base_text, exhibit_id
from surveys.protection import EVERYTHING, Protection
from surveys.results import QuestionResult
from surveys.statistics import OptionStatistics, QuestionStatistics, coded_statistics
from surveys.wording import number_text, share_text


def texts_panel(question: QuestionResult, protection: Protection, book: Codebook, responses: Collection[int]) -> Part:
    """The agreed codes with their share of all who wrote; nothing without a codebook.

    Whoever may not see people gets them for the whole survey only: the texts of a selection are few, and read by hand.
    """
    if not book.codes or not responses or (protection.where and not protection.sees_people):
        return Part(())
    given = question.statistics
    statistics = coded_statistics(
        book.names, told_apart(book.of(responses), book.names), declined=given.declined, not_shown=given.not_shown
    )
    protected = EVERYTHING if protection.sees_people else _protected(statistics)
    return Part((_exhibit(question, book, statistics, protected, responses),))


def _protected(statistics: QuestionStatistics) -> ProtectedOptions:
    return protect_ticks({option.value: option.count for option in statistics.options}, n=statistics.n, k=LEAST)


def _exhibit(
    question: QuestionResult,
    book: Codebook,
    statistics: QuestionStatistics,
    protected: ProtectedOptions,
    responses: Collection[int],
) -> Exhibit:
    labels = {code.name: code.text("label") for code in book.codes}
    hidden = protected.hidden
    options = sorted(statistics.options, key=lambda option: 1 if option.value in hidden else -option.count)
    base = base_text(statistics, sees_people=False)
    bars = [_bar(option, labels[option.value], is_shown=option.value not in hidden) for option in options]
    title = _("By code: %(question)s") % {"question": question.label}

    def draw(width: int | None) -> str:
        return horizontal_bars(bars, title=title, description=base, direction=reading_direction(), width=width)

    return Exhibit(
        id=exhibit_id(question, "codes"),
        title=title,
        base=base,
        heads=(_("Code"), _("Count"), _("Share of %(n)s") % {"n": number_text(statistics.n)}),
        rows=tuple(
            (
                words(labels[option.value]),
                shown_or_withheld(count(option.count), is_shown=option.value not in hidden),
                shown_or_withheld(share(option.share), is_shown=option.value not in hidden),
            )
            for option in options
        ),
        draw=draw,
        notes=tuple(_notes(book, responses)),
    )


def _bar(option: OptionStatistics, label: str, *, is_shown: bool) -> Bar:
    if not is_shown:
        return Bar(label, 0, "", Fraction(0), count_text=_("withheld"))
    return Bar(
        label, option.count, share_text(option.share), option.share or Fraction(0), count_text=number_text(option.count)
    )


def _notes(book: Codebook, responses: Collection[int]) -> list[str]:
    coded, disputed = book.coded(responses), book.disputed(responses)
    notes = [
        _(
            "People gave the codes: %(coded)s of %(n)s texts are gone through. A text may have several codes; "
            "where several people coded it, it counts with those that more than half of them gave."
        )
        % {"coded": number_text(coded), "n": number_text(len(responses))}
    ]
    if disputed:
        notes.append(
            ngettext(
                "On %(count)s text coders decided differently.",
                "On %(count)s texts coders decided differently.",
                disputed,
            )
            % {"count": number_text(disputed)}
        )
    return notes
