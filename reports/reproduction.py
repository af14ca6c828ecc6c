"""The published figures beside those that our statistics compute from rows, with a verdict each.

What is printed comes from `reference/figures.yaml`; what is computed comes from `reports.results` and from nowhere else.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Any

from reports.cohort.published import printed_number
from reports.figures import Breakdown, Figure, QuestionFigures, Results
from surveys.statistics import rounded


class Verdict(StrEnum):
    """What can be said of a printed figure."""

    REPRODUCED = "reproduced"
    CONSISTENT = "consistent"
    INCONSISTENT = "inconsistent in the source"
    NOT_REPRODUCED = "not reproduced"


@dataclass(frozen=True)
class Computed:
    """A figure of ours: a count, or a share or mean with its denominator; no numerator where nobody was counted."""

    numerator: int | None
    denominator: int | None

    @classmethod
    def of(cls, figure: Figure | None) -> "Computed":
        """From the results; None (nobody answered) has no numerator."""
        return cls(None, None) if figure is None else cls(figure.numerator, figure.denominator)

    def value(self, kind: str) -> Fraction | None:
        """The exact value in the unit in which a figure of this kind is printed: people, percent, or scale points."""
        if self.numerator is None:
            return None
        if kind == "count":
            return Fraction(self.numerator)
        if not self.denominator:
            return None
        return Fraction(self.numerator, self.denominator) * (1 if kind == "mean" else 100)


@dataclass(frozen=True)
class Line:
    """One line of the reproduction table."""

    id: str
    printed: str
    computed: str | None
    numerator: int | None
    denominator: int | None
    verdict: Verdict

    def as_dict(self) -> dict[str, Any]:
        """Plain values."""
        return asdict(self) | {"verdict": self.verdict.value}


def judge(figure: Mapping[str, Any], computed: Computed, printed: Mapping[str, Mapping[str, Any]]) -> Line:
    """Compare one printed figure, out of all the printed ones of its programme, with the computed one."""
    value = computed.value(figure["kind"])
    decimals = figure.get("precision", 0)
    verdict = Verdict.NOT_REPRODUCED if value is None else _verdict(figure, value, decimals, printed)
    return Line(
        id=figure["id"],
        printed=figure["printed"],
        computed=None if value is None else _text(figure, value, decimals),
        numerator=computed.numerator,
        denominator=None if figure["kind"] == "count" else computed.denominator,
        verdict=verdict,
    )


def _verdict(
    figure: Mapping[str, Any], value: Fraction, decimals: int, printed: Mapping[str, Mapping[str, Any]]
) -> Verdict:
    words, number = figure["printed"], printed_number(figure["printed"])
    if words.startswith("close to"):
        return _holds(_nearest_hundred(value) == number)
    if words.startswith(("over", "more than")):
        return _holds(value > number)
    if all(_rounds_to(value, text) for text in _printings(figure)):
        return Verdict.REPRODUCED
    if _contradicts_its_own_parts(figure, decimals, printed):
        return Verdict.INCONSISTENT
    return Verdict.NOT_REPRODUCED


def _holds(is_true: bool) -> Verdict:
    return Verdict.CONSISTENT if is_true else Verdict.NOT_REPRODUCED


def _nearest_hundred(value: Fraction) -> int:
    return math.floor(value / 100 + Fraction(1, 2)) * 100


def _printings(figure: Mapping[str, Any]) -> list[str]:
    return [figure["printed"], *([figure["also_printed"]] if "also_printed" in figure else [])]


def _rounds_to(value: Fraction, text: str) -> bool:
    """Whether the value, rounded half up to as many decimals as the text prints, is the printed number."""
    number = text.split("%")[0].split(" percent")[0].strip()
    decimals = len(number.partition(".")[2])
    return Fraction(rounded(value, decimals)) == printed_number(text)


def _contradicts_its_own_parts(
    figure: Mapping[str, Any], decimals: int, printed: Mapping[str, Mapping[str, Any]]
) -> bool:
    """Whether the document prints a share beside its own count and the number of respondents, and they disagree."""
    part = printed.get(figure["id"].removesuffix("_share") + "_count")
    whole = printed.get("respondents")
    if figure["kind"] != "share" or part is None or whole is None:
        return False
    share = Fraction(printed_number(part["printed"]), printed_number(whole["printed"])) * 100
    return Fraction(rounded(share, decimals)) != printed_number(figure["printed"])


def _text(figure: Mapping[str, Any], value: Fraction, decimals: int) -> str:
    shown = rounded(value, decimals)
    return f"{shown}%" if figure["kind"] in ("share", "share_multi") else f"{shown}"


@dataclass(frozen=True)
class ProgrammeReproduction:
    """All the lines of one programme."""

    slug: str
    lines: tuple[Line, ...]

    @property
    def is_complete(self) -> bool:
        """Whether every line is reproduced, consistent, or impossible in the source itself."""
        return all(line.verdict != Verdict.NOT_REPRODUCED for line in self.lines)

    def as_dict(self) -> dict[str, Any]:
        """Plain values."""
        return {"programme": self.slug, "figures": [line.as_dict() for line in self.lines]}


def reproduce(published: Mapping[str, Any], results: Results) -> ProgrammeReproduction:
    """Judge every published figure of one programme by its computed results."""
    printed = {figure["id"]: figure for figure in published["figures"]}
    lines = [judge(figure, Computed.of(FIGURES[figure["id"]](results)), printed) for figure in published["figures"]]
    return ProgrammeReproduction(published["programme"], tuple(lines))


def _cell(breakdown: Breakdown, key: str) -> Figure:
    return next(cell.figure for cell in breakdown.cells if cell.keys == (key,))


def _question(results: Results, name: str) -> QuestionFigures:
    return next(question for question in results.surveys[0].questions if question.name == name)


def _option(results: Results, name: str, value: str) -> Figure:
    return next(option.figure for option in _question(results, name).options if option.value == value)


def _audience(results: Results, kind: str) -> Figure:
    return next(audience.total for audience in results.audience if audience.kind == kind)


def _sector(sector: str) -> Callable[[Results], Figure]:
    return lambda results: _cell(results.sector, sector)


def _mean(name: str) -> Callable[[Results], Figure | None]:
    return lambda results: _question(results, name).mean


def _chose(name: str, value: str) -> Callable[[Results], Figure]:
    return lambda results: _option(results, name, value)


FIGURES: Mapping[str, Callable[[Results], Figure | None]] = {
    # 2022
    "registrations": lambda results: results.registrations,
    "countries": lambda results: results.countries,
    "gender_female": lambda results: _cell(results.gender, "female"),
    "gender_male": lambda results: _cell(results.gender, "male"),
    "sector_government": _sector("government"),
    "sector_private": _sector("private"),
    "sector_academia": _sector("academia"),
    "sector_un_igo": _sector("un_igo"),
    "sector_ngo": _sector("ngo"),
    "certificates": lambda results: results.certificates,
    "responses": lambda results: results.surveys[0].responses,
    "valid_responses": lambda results: results.surveys[0].valid,
    "greater_understanding": _chose("greater_understanding", "yes"),
    "will_apply": _chose("will_apply", "yes"),
    "rating_overall": _mean("rating_overall"),
    "rating_materials": _mean("rating_materials"),
    "rating_platform": _mean("rating_platform"),
    "rating_duration": _mean("rating_duration"),
    "rating_translation": _mean("rating_translation"),
    "useful_practical": _chose("useful", "practical"),
    "useful_conceptual": _chose("useful", "conceptual"),
    "useful_case_studies": _chose("useful", "case_studies"),
    # 2020
    "webinars": lambda results: results.sessions,
    "speakers": lambda results: results.speakers,
    "live_views": lambda results: _audience(results, "live_views"),
    "playback_views": lambda results: _audience(results, "playbacks"),
    "slide_downloads": lambda results: _audience(results, "slide_downloads"),
    "respondents": lambda results: results.surveys[0].valid,
    "respondents_female": lambda results: _cell(results.surveys[0].gender, "female"),
    "respondent_countries": lambda results: results.surveys[0].countries,
    "respondent_cities": lambda results: results.surveys[0].cities,
    "knowledge_increased_count": _chose("knowledge_increased", "yes"),
    "knowledge_increased_share": _chose("knowledge_increased", "yes"),
    "will_collaborate": _chose("will_collaborate", "absolutely"),
    "brokered_partnerships": _chose("brokered_partnership", "yes"),
}
