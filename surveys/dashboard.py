"""What staff see of a survey, as it is printed: panels with chart, table and base, a ranking, a comparison.

Whoever may not see people gets nothing about groups under five; `surveys.disclosure` decides.
"""

from dataclasses import dataclass

from surveys.comparison import Comparison, compare
from surveys.disclosure import LEAST, is_hidden
from surveys.facts import Selection
from surveys.filters import value_label
from surveys.panels import Panel, RankedRating, panel, ranked_ratings
from surveys.results import SurveyReading, SurveyResults
from surveys.wording import definition_name, definition_text, number_text, reason_text, share_text


@dataclass(frozen=True, slots=True)
class Header:
    """The base of the whole survey in words and numbers."""

    rate: str
    invited: str
    invited_responses: str
    responses: str
    n: str
    excluded: str
    reasons: tuple[tuple[str, str], ...]
    definition_name: str
    definition_text: str


@dataclass(frozen=True, slots=True)
class Dashboard:
    """One page. ``is_hidden``: the selection may not be shown to this reader, and nothing of it is here."""

    header: Header
    is_empty: bool
    is_hidden: bool
    n: int
    n_text: str
    ratings: tuple[RankedRating, ...]
    panels: tuple[Panel, ...]
    comparison: Comparison | None


def build_dashboard(reading: SurveyReading, *, where: Selection, compared_by: str, sees_people: bool) -> Dashboard:
    """Compute the page for a selection, in a constant number of queries; `compared_by` "" compares nothing."""
    whole = reading.results()
    hidden = not sees_people and may_not_be_shown(reading, where)
    results = None if hidden else reading.results(where) if where else whole
    comparison = None
    if results and results.n and compared_by:
        comparison = compare(reading, compared_by, where=where, sees_people=sees_people)
    return Dashboard(
        header=_header(whole),
        is_empty=not whole.base.responses,
        is_hidden=hidden,
        n=results.n if results else 0,
        n_text=number_text(results.n) if results else "",
        ratings=ranked_ratings(results.questions) if results else (),
        panels=_panels(results) if results else (),
        comparison=comparison,
    )


def may_not_be_shown(reading: SurveyReading, where: Selection) -> bool:
    """Whether a selection, the whole survey included, is kept from those who may not see people."""
    n = reading.respondents_by("gender", where).total()
    return 0 < n < LEAST or is_hidden(where, reading.respondents_by)


def selection_text(where: Selection) -> str:
    """The selection in words, such as "Female, Kenya"."""
    return ", ".join(value_label(dimension, value) for dimension, value in where.items())


def _panels(results: SurveyResults) -> tuple[Panel, ...]:
    return tuple(panel(number, question) for number, question in enumerate(results.questions, 1))


def _header(results: SurveyResults) -> Header:
    return Header(
        rate=share_text(results.response_rate),
        invited=number_text(results.invited),
        invited_responses=number_text(results.invited_responses),
        responses=number_text(results.base.responses),
        n=number_text(results.n),
        excluded=number_text(results.base.excluded_total),
        reasons=tuple((reason_text(reason), number_text(count)) for reason, count in results.base.excluded if count),
        definition_name=definition_name(results.definition),
        definition_text=definition_text(results.definition),
    )
