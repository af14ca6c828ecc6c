"""The builder of a report: its blocks as lines that can be moved, and everything that could be added."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from reports import words
from reports.charts import charts
from reports.composition import WRITTEN, Block, Composition, Kind
from reports.figures import Results
from reports.naming import names, survey_title
from reports.survey_telling import stem_of, told_questions
from reports.telling import empty_blocks, usual_headings

KINDS = {
    Kind.HEADING: gettext_lazy("Heading"),
    Kind.TEXT: gettext_lazy("Text"),
    Kind.SUMMARY: gettext_lazy("Summary in sentences"),
    Kind.NUMBERS: gettext_lazy("Main numbers"),
    Kind.FIGURE: pgettext_lazy("a number of a report", "Figure"),
    Kind.PLACES: gettext_lazy("Map and countries"),
    Kind.CHART: gettext_lazy("Chart"),
    Kind.BASE: gettext_lazy("From responses to valid responses"),
    Kind.QUESTION: gettext_lazy("Question"),
    Kind.METHOD: gettext_lazy("How these figures were made"),
}
EDITABLE = WRITTEN | {Kind.FIGURE}
ONCE = frozenset(Kind) - EDITABLE
LONGEST_SHOWN = 120


@dataclass(frozen=True, slots=True)
class Line:
    """One block in the builder. `is_empty`: it has nothing to show now; `languages` have words of their own."""

    key: int
    kind: str
    title: str
    is_heading: bool
    is_editable: bool
    is_empty: bool
    is_first: bool
    is_last: bool
    languages: str


@dataclass(frozen=True, slots=True)
class Offer:
    """Something that can be added: what the form sends, and its label."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Offers:
    """Things to add, under one heading."""

    title: str
    offers: tuple[Offer, ...]


def lines(results: Results, composition: Composition) -> tuple[Line, ...]:
    """Every block as a line."""
    titles, empty = _Titles(results), empty_blocks(results, composition.blocks)
    last = len(composition.blocks) - 1
    return tuple(
        Line(
            key=block.key,
            kind=str(KINDS[block.kind]),
            title=titles.of(block),
            is_heading=block.kind is Kind.HEADING,
            is_editable=block.kind in EDITABLE,
            is_empty=block.key in empty,
            is_first=place == 0,
            is_last=place == last,
            languages=_languages(block),
        )
        for place, block in enumerate(composition.blocks)
    )


def offers(results: Results, composition: Composition) -> tuple[Offers, ...]:
    """Everything that could be added; what may stand once and does is left out."""
    found = {
        _("Words"): [(Kind.HEADING, "", str(KINDS[Kind.HEADING])), (Kind.TEXT, "", str(KINDS[Kind.TEXT]))],
        _("Parts"): [(kind, "", str(KINDS[kind])) for kind in (Kind.NUMBERS, Kind.SUMMARY, Kind.PLACES, Kind.METHOD)],
        _("Charts"): [(Kind.CHART, key, chart.title) for key, chart in charts(results).items()],
        _("Surveys"): list(_of_surveys(results)),
        _("Figures"): [
            (Kind.FIGURE, key, f"{named.chapter} · {named.name}"[:LONGEST_SHOWN])
            for key, named in names(results).items()
        ],
    }
    return tuple(
        Offers(
            title,
            tuple(
                Offer(f"{kind.value}|{ref}", label)
                for kind, ref, label in each
                if kind not in ONCE or not composition.has(kind, ref)
            ),
        )
        for title, each in found.items()
    )


def offered(results: Results, composition: Composition, value: str) -> tuple[Kind, str]:
    """What a form asks to add. Raises KeyError for what is not offered."""
    known = {offer.value for group in offers(results, composition) for offer in group.offers}
    if value not in known:
        raise KeyError(value)
    kind, _bar, ref = value.partition("|")
    return Kind(kind), ref


def _of_surveys(results: Results) -> Iterator[tuple[Kind, str, str]]:
    for survey in results.surveys:
        title = survey_title(survey)
        yield Kind.BASE, stem_of(survey), title
        for key, question in told_questions(survey, k=results.smallest_cell).items():
            yield Kind.QUESTION, key, f"{title} · {question.label}"[:LONGEST_SHOWN]


def _languages(block: Block) -> str:
    known = words.language_names()
    return words.listed([known.get(code, code) for code in sorted(block.texts) if block.texts[code]])


class _Titles:
    """What a block is called in the builder."""

    def __init__(self, results: Results) -> None:
        self.titles: dict[tuple[Kind, str], str] = {
            **{(Kind.CHART, key): chart.title for key, chart in charts(results).items()},
            **{(Kind.FIGURE, key): named.name for key, named in names(results).items()},
            **{(kind, ref): label for kind, ref, label in _of_surveys(results)},
            **{(Kind.HEADING, key): text for key, text in usual_headings().items()},
            **{(Kind.HEADING, stem_of(survey)): survey_title(survey) for survey in results.surveys},
        }

    def of(self, block: Block) -> str:
        """Its own words where it has some, else what it shows."""
        wording = block.wording(words.active_language())
        if wording:
            return wording.text[:LONGEST_SHOWN]
        if block.kind in WRITTEN and not block.ref:
            return _("Nothing written yet")
        return self.titles.get((block.kind, block.ref), block.ref)
