"""What may be told in public: no line of fewer than k people, and none that a subtraction would give away.

Lines of fewer than k people are put together. What they are together is printed with the total, so nothing is gained by
subtracting; and they are only printed together when that leaves each of them at least two possible values, even to a
reader who knows this rule. Until then the next smallest line joins them. A line of nobody tells of nobody and stays.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from reports.figures import (
    Breakdown,
    Cell,
    FieldworkFacts,
    Figure,
    QuestionFigures,
    Region,
    Results,
    SessionFigures,
    SurveyFigures,
)
from surveys.disclosure import ProtectedOptions, protect_options, protect_ticks, spread_of
from surveys.statistics import RANK, RATING, SELECT_MULTIPLE, SELECT_ONE, YES_NO, percent

K = 10
WHOLE = "merged"


def public(results: Results, *, k: int = K) -> Results:
    """The results as they may be published: small lines put together, what stays too small withheld."""
    regions, is_withheld = protected_regions(results.regions, k=k)
    return replace(
        results,
        gender=protected_breakdown(results.gender, k=k),
        sector=protected_breakdown(results.sector, k=k),
        regions=regions,
        is_geography_withheld=is_withheld,
        agenda=tuple(_public_session(session, k=k) for session in results.agenda),
        surveys=tuple(_public_survey(survey, k=k) for survey in results.surveys),
        smallest_cell=k,
    )


def protected_breakdown(breakdown: Breakdown, *, k: int = K) -> Breakdown:
    """Small lines put together while two others are left beside them; otherwise whole percents, or no line at all.

    Whole percents alone hide k people only where one percent of everybody is at least k.
    """
    split = _split(breakdown.cells, k=k)
    if not split.small:
        return breakdown
    if len(split.kept) >= 2:
        merged = _together(split.small, _stem(split.small[0].figure.id))
        kept = [cell for cell in breakdown.cells if cell in split.kept or not cell.figure.numerator]
        return Breakdown((*kept, merged))
    large = [cell for cell in breakdown.cells if (cell.figure.numerator or 0) >= k]
    everybody = breakdown.cells[0].figure.denominator or 0
    if everybody // 100 < k:
        return Breakdown((), is_withheld=True)
    return Breakdown(tuple(_in_whole_percent(cell) for cell in large), is_withheld=True)


def protected_regions(regions: Sequence[Region], *, k: int = K) -> tuple[tuple[Region, ...], bool]:
    """Countries of each region, small ones put together; regions too small for that are joined with the next smallest.

    The second value says whether even that is not enough and nothing may be told.
    """
    told = [region for region in regions if _protected_region(region, k=k)]
    pool = [region for region in regions if region not in told]
    while pool and told and not _protected_region(_joined(pool), k=k):
        smallest = min(told, key=lambda region: (region.figure.numerator or 0, region.names))
        told.remove(smallest)
        pool.append(smallest)
    protected = [_protected_region(region, k=k) for region in told]
    if pool:
        protected.append(_protected_region(_joined(pool), k=k))
    return tuple(region for region in protected if region), None in protected


@dataclass(frozen=True, slots=True)
class _Split:
    kept: tuple[Cell, ...]
    small: tuple[Cell, ...]


def _split(cells: Sequence[Cell], *, k: int) -> _Split:
    """The lines that may stand alone, and those that may only be told together; lines of nobody are in neither."""
    present = sorted((cell for cell in cells if cell.figure.numerator), key=lambda cell: -(cell.figure.numerator or 0))
    kept = [cell for cell in present if (cell.figure.numerator or 0) >= k]
    small = present[len(kept) :]
    while small and kept and not _is_safe(small, kept, k=k):
        small.insert(0, kept.pop())
    return _Split(tuple(kept), tuple(small))


def _is_safe(small: Sequence[Cell], kept: Sequence[Cell], *, k: int) -> bool:
    """Whether the sum of `small` leaves each of them at least two values. `kept` are those that stand alone."""
    counts = [cell.figure.numerator or 0 for cell in small]
    total = sum(counts)
    ceiling = (kept[-1].figure.numerator or 0) if kept else total
    lowest = sum(1 if count < k else k for count in counts)
    highest = sum(k - 1 if count < k else ceiling for count in counts)
    return len(counts) > 1 and total >= k and lowest < total < highest


def _protected_region(region: Region, *, k: int) -> Region | None:
    split = _split(region.countries, k=k)
    if split.small and not _is_safe(split.small, split.kept, k=k):
        return None
    others = _together(split.small, region.figure.id) if split.small else None
    return replace(region, countries=split.kept, others=others)


def _joined(regions: Sequence[Region]) -> Region:
    ordered = sorted(regions, key=lambda region: region.names)
    names = tuple(name for region in ordered for name in region.names)
    first = ordered[0].figure
    total = sum(region.figure.numerator or 0 for region in ordered)
    return Region(
        names,
        replace(first, id=f"{_stem(first.id)}.{'_'.join(names).lower()}", numerator=total),
        tuple(cell for region in ordered for cell in region.countries),
    )


def _together(cells: Sequence[Cell], stem: str) -> Cell:
    total = sum(cell.figure.numerator or 0 for cell in cells)
    keys = tuple(sorted(key for cell in cells for key in cell.keys))
    return Cell(keys, replace(cells[0].figure, id=f"{stem}.{WHOLE}", numerator=total))


def _stem(figure_id: str) -> str:
    return figure_id.rpartition(".")[0]


def _in_whole_percent(cell: Cell) -> Cell:
    share = cell.figure.value
    whole = None if share is None else int(percent(share, 0))
    return Cell(cell.keys, replace(cell.figure, numerator=None, percent=whole))


def _public_session(session: SessionFigures, *, k: int) -> SessionFigures:
    present = session.present
    if present is None or present.numerator is None or not 0 < present.numerator < k:
        return session
    return replace(session, present=replace(present, numerator=None))


def _public_survey(survey: SurveyFigures, *, k: int) -> SurveyFigures:
    """A survey of fewer than k valid responses tells how many responded, and nothing of what they said."""
    if (survey.valid.numerator or 0) >= k:
        questions = tuple(_public_question(question, k=k) for question in survey.questions)
        gender, fieldwork = protected_breakdown(survey.gender, k=k), _public_fieldwork(survey.fieldwork, k=k)
        return replace(survey, gender=gender, questions=questions, fieldwork=fieldwork)
    empty = Breakdown((), is_withheld=True)
    return replace(
        survey,
        excluded=(),
        valid=_hidden(survey.valid),
        gender=empty,
        questions=(),
        is_withheld=True,
        fieldwork=replace(survey.fieldwork, languages=empty) if survey.fieldwork else None,
    )


def _public_fieldwork(fieldwork: FieldworkFacts | None, *, k: int) -> FieldworkFacts | None:
    if fieldwork is None or not fieldwork.languages.cells:
        return fieldwork
    return replace(fieldwork, languages=protected_breakdown(fieldwork.languages, k=k))


def _public_question(question: QuestionFigures, *, k: int) -> QuestionFigures:
    if (question.answered.numerator or 0) < k:
        return _untold(question)
    counts = {option.value: option.figure.numerator or 0 for option in question.options}
    protected = _protected(question, counts, k=k)
    if not protected.shows_n:
        return _untold(question)
    percents = _percents(question, counts, protected.hidden, k=k)
    return replace(
        question,
        mean=question.mean if question.mean is None or protected.shows_mean else _hidden(question.mean),
        options=tuple(
            option
            if option.value not in protected.hidden
            else replace(option, figure=replace(_hidden(option.figure), percent=percents.get(option.value)))
            for option in question.options
        ),
    )


def _protected(question: QuestionFigures, counts: Mapping[str, int], *, k: int) -> ProtectedOptions:
    """Which options may be told beside the number of answers and, for a rating, beside the mean."""
    if question.kind == SELECT_MULTIPLE:
        return protect_ticks(counts, n=question.answered.numerator or 0, k=k)
    if question.kind == RANK:
        return ProtectedOptions(frozenset(counts), shows_mean=False)
    weights = {value: int(value) for value in counts} if question.kind == RATING else None
    protected = protect_options(counts, k=k, weights=weights)
    return protected if weights or question.mean is None else replace(protected, shows_mean=True)


def _percents(
    question: QuestionFigures, counts: Mapping[str, int], hidden: frozenset[str], *, k: int
) -> dict[str, int]:
    """Whole percents of hidden options, where these leave each of them as many possible counts as hiding it would.

    Only of options that add up to the answers: one answer each, and no mean that would tell more.
    """
    n = question.answered.numerator or 0
    present = [value for value in hidden if counts[value]]
    if not present or question.kind not in (YES_NO, SELECT_ONE) or len(present) != len(hidden):
        return {}
    percents = {value: int(percent(Fraction(counts[value], n), 0)) for value in present}
    ranges = {value: _counts_of(share, n) for value, share in percents.items()}
    total = sum(counts[value] for value in present)
    lowest, highest = (sum(bounds[end] for bounds in ranges.values()) for end in (0, 1))
    room = (
        min(high, total - lowest + low) - max(low, total - highest + high) >= spread_of(k)
        for low, high in ranges.values()
    )
    return percents if all(room) else {}


def _counts_of(share: int, n: int) -> tuple[int, int]:
    """The least and the largest count of n that is printed as this whole percentage, rounded half up."""
    low = -(-(2 * share - 1) * n // 200)
    high = ((2 * share + 1) * n - 1) // 200
    return max(low, 0), min(high, n)


def _untold(question: QuestionFigures) -> QuestionFigures:
    return replace(
        question,
        answered=_hidden(question.answered),
        declined=None,
        not_shown=None,
        outside=None,
        mean=None,
        options=(),
        is_withheld=True,
    )


def _hidden(figure: Figure) -> Figure:
    return replace(figure, numerator=None)
