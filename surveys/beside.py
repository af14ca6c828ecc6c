"""Surveys side by side: what the same people gained between two, and how programmes compare in questions of the bank."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext as _

from surveys.cohorts import Compared, QuestionGain, compared, gains
from surveys.disclosure import LEAST
from surveys.models import Survey
from surveys.results import QuestionResult, SurveyReading
from surveys.statistics import YES_NO
from surveys.wording import NONE, figure_text, number_text, share_text, signed_text


@dataclass(frozen=True, slots=True)
class BesideCell:
    """A figure of one survey: a mean or a share of yes, and its n."""

    text: str
    n: str
    is_withheld: bool = False


@dataclass(frozen=True, slots=True)
class BesideRow:
    """One question of the bank in every survey, and in all of them together."""

    label: str
    what: str
    cells: tuple[BesideCell | None, ...]
    together: BesideCell


@dataclass(frozen=True, slots=True)
class GainRow:
    """What matched pairs of answers say; the parts are empty where they would tell of a few people."""

    label: str
    n: str
    before: str
    after: str
    gain: str
    improved: str
    unchanged: str
    declined: str
    unmatched: str
    is_withheld: bool


def beside_rows(readings: Sequence[SurveyReading], *, sees_people: bool) -> tuple[BesideRow, ...]:
    """Every question that two or more of these surveys ask alike; means, or shares of yes."""
    least = 1 if sees_people else LEAST
    rows = (_row(found, least) for found in compared(readings))
    return tuple(row for row in rows if row is not None)


def gain_rows(before: SurveyReading, after: SurveyReading, *, sees_people: bool) -> tuple[GainRow, ...]:
    """The gains between two surveys of one programme, question by question."""
    least = 1 if sees_people else LEAST
    return tuple(_gain(found, least) for found in gains(before, after))


def earlier_and_later(one: Survey, other: Survey) -> tuple[Survey, Survey] | None:
    """Two surveys of one programme in the order of time; None where no person can be in both under one registration."""
    if one.programme_id != other.programme_id or one.is_anonymous or other.is_anonymous:
        return None
    before, after = sorted((one, other), key=lambda survey: (survey.opens_at, survey.pk))
    return before, after


def _row(found: Compared, least: int) -> BesideRow | None:
    first = next(result for result in found.results if result)
    if _figure(first) is None and first.kind != YES_NO and first.statistics.n:
        return None
    together = QuestionResult(first.pk, first.name, first.label, first.kind, first.labels, found.together)
    return BesideRow(
        label=found.label,
        what=_("share of yes") if first.kind == YES_NO else _("mean"),
        cells=tuple(_cell(result, least) if result else None for result in found.results),
        together=_cell(together, least),
    )


def _figure(result: QuestionResult) -> Fraction | None:
    if result.kind == YES_NO:
        return result.statistics.option("yes").share
    return result.statistics.mean


def _cell(result: QuestionResult, least: int) -> BesideCell:
    n = result.statistics.n
    if 0 < n < least or (result.kind == YES_NO and _tells_of_few(_yes_and_no(result), least)):
        return BesideCell(_("withheld"), "", is_withheld=True)
    figure = _figure(result)
    text = share_text(figure) if result.kind == YES_NO else figure_text(figure)
    return BesideCell(text, number_text(n))


def _yes_and_no(result: QuestionResult) -> list[int]:
    return [option.count for option in result.statistics.options]


def _tells_of_few(counts: Sequence[int], least: int) -> bool:
    return any(0 < count < least for count in counts)


def _gain(found: QuestionGain, least: int) -> GainRow:
    gain = found.gain
    parts = [gain.improved, gain.unchanged, gain.declined]
    is_withheld, are_parts_shown = 0 < gain.n < least, not _tells_of_few(parts, least)
    improved, unchanged, declined = map(number_text, parts) if are_parts_shown else (NONE, NONE, NONE)
    unmatched = gain.only_before + gain.only_after
    return GainRow(
        label=found.after.text("label"),
        n=number_text(gain.n),
        before=figure_text(gain.mean_before),
        after=figure_text(gain.mean_after),
        gain=signed(gain.mean_gain),
        improved=improved,
        unchanged=unchanged,
        declined=declined,
        unmatched=NONE if 0 < unmatched < least else number_text(unmatched),
        is_withheld=is_withheld,
    )


def signed(value: Fraction | None) -> str:
    """A difference with its sign, a true minus; a dash where there is none."""
    return NONE if value is None else signed_text(value, 2)
