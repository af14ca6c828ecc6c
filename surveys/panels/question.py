"""One question as staff see it: its exhibit, the numbers that stand out, and what the page needs to know."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from surveys.codebooks import EMPTY, Codebook
from surveys.disclosure import ProtectedOptions
from surveys.exhibits import Exhibit
from surveys.models import Question
from surveys.panels.numbers import numbers_panel
from surveys.panels.options import options_panel, rating_panel
from surveys.panels.parts import Key, Part, base_text
from surveys.panels.periods import periods_panel
from surveys.panels.ranks import ranks_panel
from surveys.panels.texts import texts_panel
from surveys.protection import Protection
from surveys.results import QuestionResult
from surveys.statistics import DATE, NUMBERS, RANK, RATING, SELECT_MULTIPLE, TEXT
from surveys.wording import number_text


@dataclass(frozen=True, slots=True)
class Panel:
    """A question with all its figures as printed. `is_withheld`: this reader may see nothing of it."""

    number: int
    name: str
    kind: str
    is_text: bool
    is_multiple: bool
    is_withheld: bool
    n: int
    n_text: str
    exhibits: tuple[Exhibit, ...]
    keys: tuple[Key, ...]
    outside: tuple[tuple[str, str], ...]
    label: str
    base_text: str


def panel(
    number: int, question: QuestionResult, protection: Protection, whole: QuestionResult, book: Codebook = EMPTY
) -> Panel:
    """Print one question as this reader may see it; `whole` is the same question over the whole survey.

    `book` has the codes of an open text."""
    statistics = question.statistics
    protected = protection.of(question)
    part = _part(question, protection, protected, whole, book) if statistics.n and protected.shows_n else Part(())
    return Panel(
        number=number,
        name=question.name,
        kind=_("rating") if question.kind == RATING else str(Question.Kind(question.kind).label),
        is_text=question.kind == TEXT,
        is_multiple=question.kind == SELECT_MULTIPLE,
        is_withheld=not protected.shows_n,
        n=statistics.n if protected.shows_n else 0,
        n_text=number_text(statistics.n) if protected.shows_n else "",
        exhibits=part.exhibits,
        keys=part.keys,
        outside=_outside(question) if protection.sees_people else (),
        label=question.label,
        base_text=base_text(statistics, sees_people=protection.sees_people) if protected.shows_n else _("withheld"),
    )


def _part(
    question: QuestionResult,
    protection: Protection,
    protected: ProtectedOptions,
    whole: QuestionResult,
    book: Codebook,
) -> Part:
    if question.kind == TEXT:
        keys = protection.reading.valid_keys(protection.where, answering=question.name) if book.codes else []
        return texts_panel(question, protection, book, keys)
    if question.kind in NUMBERS:
        return numbers_panel(question, protection, whole)
    if question.kind == DATE:
        return periods_panel(question, protection, whole)
    if question.kind == RANK:
        return ranks_panel(question, protection)
    if question.kind == RATING:
        return rating_panel(question, protected, sees_people=protection.sees_people)
    return options_panel(question, protected, sees_people=protection.sees_people)


def _outside(question: QuestionResult) -> tuple[tuple[str, str], ...]:
    return tuple((value, number_text(count)) for value, count in question.statistics.outside_values)
