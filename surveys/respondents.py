"""Who answered a survey, as staff read it: what became of everybody asked, and whom the respondents stand for."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext as _

from surveys.disposition import LEAST_RATE, Disposition, Outcome
from surveys.models import Survey
from surveys.outcomes import SurveyOutcome
from surveys.representation import GroupShare, Representation
from surveys.statistics import rounded, share_of
from surveys.variables import Variable, variables_of
from surveys.wording import number_text, share_text, signed_text

SMALL = "–"


@dataclass(frozen=True, slots=True)
class DispositionLine:
    """How many people ended so, and what share of everybody asked they are."""

    label: str
    code: str
    count: str
    share: str


@dataclass(frozen=True, slots=True)
class GroupLine:
    """A group among those asked and among those who answered. Bars are widths from 0 to 100."""

    label: str
    is_withheld: bool
    asked: str = ""
    answered: str = ""
    share_of_asked: str = ""
    share_of_answered: str = ""
    difference: str = ""
    rate: str = ""
    asked_width: str = "0"
    answered_width: str = "0"


@dataclass(frozen=True, slots=True)
class VariableTable:
    """One variable: its groups, the largest first, and how unlike the two sides are in a sentence."""

    name: str
    title: str
    lines: tuple[GroupLine, ...]
    has_withheld: bool
    dissimilarity: str


@dataclass(frozen=True, slots=True)
class Respondents:
    """The page."""

    asked: str
    rr1: str
    rr2: str
    cooperation: str
    refusal: str
    is_low: bool
    least_rate: str
    dispositions: tuple[DispositionLine, ...]
    tables: tuple[VariableTable, ...]
    unlisted: int


def told(survey: Survey, found: SurveyOutcome, *, k: int) -> Respondents:
    """Put the outcome into words and numbers; groups of fewer than ``k``, and what gives them away, are withheld."""
    outcome, variables = found.outcome, variables_of(survey, ())
    return Respondents(
        asked=number_text(outcome.asked),
        rr1=share_text(outcome.rr1),
        rr2=share_text(outcome.rr2),
        cooperation=share_text(outcome.cooperation),
        refusal=share_text(outcome.refusal),
        is_low=outcome.needs_bias_analysis,
        least_rate=share_text(LEAST_RATE, 0),
        dispositions=tuple(_dispositions(outcome)),
        tables=tuple(_table(each, variables[name], k=k) for name, each in found.by_variable.items()),
        unlisted=found.unlisted,
    )


def _dispositions(outcome: Outcome) -> Iterable[DispositionLine]:
    labels = {
        Disposition.COMPLETE: (_("Answered"), "1.1"),
        Disposition.PARTIAL: (_("Sent in, not finished"), "1.2"),
        Disposition.REFUSED: (_("Asked not to be written to"), "2.11"),
        Disposition.BROKEN_OFF: (_("Began and did not send in"), "2.12"),
        Disposition.NOT_REACHED: (_("No mail has arrived"), "2.20"),
        Disposition.SILENT: (_("Nothing was heard"), "2.20"),
        Disposition.UNKNOWN: (_("Not known whether they were to be asked"), "3"),
    }
    for disposition, (label, code) in labels.items():
        count = getattr(outcome, disposition.value)
        yield DispositionLine(label, code, number_text(count), share_text(share_of(count, outcome.asked)))


def _table(found: Representation, variable: Variable, *, k: int) -> VariableTable:
    hidden = found.hidden(k=k) if k > 1 else frozenset()
    largest = max((share for group in found.groups for share in _shares(group)), default=Fraction(1)) or Fraction(1)
    return VariableTable(
        name=found.variable,
        title=str(variable.label),
        lines=tuple(
            _line(group, variable.label_of(group.value), group.value in hidden, largest) for group in found.groups
        ),
        has_withheld=bool(hidden),
        dissimilarity="" if hidden else share_text(found.dissimilarity),
    )


def _shares(group: GroupShare) -> tuple[Fraction, Fraction]:
    return group.share_of_asked or Fraction(0), group.share_of_answered or Fraction(0)


def _line(group: GroupShare, label: str, is_withheld: bool, largest: Fraction) -> GroupLine:
    if is_withheld:
        return GroupLine(label, is_withheld=True)
    asked, answered = _shares(group)
    return GroupLine(
        label=label,
        is_withheld=False,
        asked=number_text(group.asked),
        answered=number_text(group.answered),
        share_of_asked=share_text(group.share_of_asked),
        share_of_answered=share_text(group.share_of_answered),
        difference=_points(group.difference),
        rate=share_text(group.response_rate),
        asked_width=str(rounded(100 * asked / largest, 1)),
        answered_width=str(rounded(100 * answered / largest, 1)),
    )


def _points(difference: Fraction | None) -> str:
    """Percentage points with their sign; a true minus."""
    if difference is None:
        return SMALL
    return signed_text(difference, 1)
