"""A results report in words: a frozen document and its composition turned into sections and pieces. No row is read.

The page, the PDF and the Word document are all made of what stands here.
"""

from collections.abc import Iterable, Iterator
from itertools import groupby

from django.utils.translation import gettext as _

from reports import words
from reports.charts import attendance_note, charts
from reports.composition import Block, Composition, Kind, Wording, automatic
from reports.dates import date_range, day_of
from reports.figures import Results
from reports.headlines import headline, headlines
from reports.method import Words, items
from reports.naming import names, survey_title
from reports.pieces import (
    Answers,
    Charts,
    Findings,
    Geography,
    Headlines,
    Method,
    Page,
    Piece,
    Prose,
    Section,
    Summary,
    SurveyBase,
)
from reports.places import places
from reports.prose import passages
from reports.summary import summary
from reports.survey_telling import stem_of, told_base, told_questions
from reports.wording_list import asked
from surveys.wording import number_text


def told(results: Results, composition: Composition | None = None, entered: Words | None = None) -> Page:
    """Turn a published document into what its report shows; composed by itself where nobody composed it."""
    composition = (composition or automatic(results)).shown
    teller = _Teller(results, entered or {})
    first, last = day_of(results.programme.start_date), day_of(results.programme.end_date)
    return Page(
        title=results.programme.title,
        dates=date_range(first, last),
        is_synthetic=results.programme.is_synthetic,
        sections=tuple(_sections(teller, composition)),
        smallest_cell=results.smallest_cell,
    )


def empty_blocks(results: Results, blocks: Iterable[Block]) -> set[int]:
    """The keys of the blocks that have nothing to show with these figures."""
    teller = _Teller(results, {})
    return {block.key for block in blocks if teller.shown(block) is None}


class _Teller:
    """Finds what a block shows. Charts, questions and names are made once for a whole report."""

    def __init__(self, results: Results, entered: Words) -> None:
        self.results = results
        self.entered = entered
        self.language = words.active_language()
        self.k = results.smallest_cell
        self.charts = charts(results)
        self.names = names(results)
        self.surveys = {stem_of(survey): survey for survey in results.surveys}
        self.questions = {
            key: question
            for survey in results.surveys
            for key, question in told_questions(survey, k=results.smallest_cell).items()
        }

    def shown(self, block: Block) -> Wording | Piece | None:
        """What a block shows, a heading or not."""
        return self.heading(block) if block.kind is Kind.HEADING else self.piece(block)

    def heading(self, block: Block) -> Wording | None:
        """A heading's words: the organiser's, or the usual ones of what it stands above."""
        own = block.wording(self.language)
        if own:
            return own
        if block.ref in self.surveys:
            return Wording(survey_title(self.surveys[block.ref]), self.language)
        usual = usual_headings().get(block.ref)
        return Wording(usual, self.language) if usual else None

    def piece(self, block: Block) -> Piece | None:
        """What a block that is no heading shows; None where there is nothing any more."""
        finder = {
            Kind.TEXT: self._prose,
            Kind.SUMMARY: self._summary,
            Kind.NUMBERS: self._headlines,
            Kind.FIGURE: self._finding,
            Kind.PLACES: self._places,
            Kind.CHART: self._chart,
            Kind.BASE: self._base,
            Kind.QUESTION: self._question,
            Kind.METHOD: self._method,
        }[block.kind]
        return finder(block)

    def _prose(self, block: Block) -> Prose | None:
        wording = block.wording(self.language)
        if wording is None:
            return None
        name = words.language_names().get(wording.language, wording.language)
        return Prose(passages(wording.text), wording.language, name, wording.language != self.language)

    def _summary(self, block: Block) -> Summary | None:
        sentences = summary(self.results)
        return Summary(sentences) if sentences else None

    def _headlines(self, block: Block) -> Headlines | None:
        return Headlines(tuple(headlines(self.results)))

    def _finding(self, block: Block) -> Findings | None:
        named = self.names.get(block.ref)
        if named is None:
            return None
        wording = block.wording(self.language)
        return Findings((headline(named, wording.text if wording else "", k=self.k),))

    def _places(self, block: Block) -> Geography | None:
        found = places(self.results)
        return Geography(found) if found else None

    def _chart(self, block: Block) -> Charts | None:
        chart = self.charts.get(block.ref)
        return Charts((chart,)) if chart else None

    def _base(self, block: Block) -> SurveyBase | None:
        survey = self.surveys.get(block.ref)
        return SurveyBase(told_base(survey, k=self.k), self.k) if survey else None

    def _question(self, block: Block) -> Answers | None:
        question = self.questions.get(block.ref)
        return Answers((question,)) if question else None

    def _method(self, block: Block) -> Method:
        listed = tuple(asked(survey) for survey in self.results.surveys if survey.questions)
        return Method(tuple(_notes(self.results)), items(self.results, self.entered, self.language), listed)


def _sections(teller: _Teller, composition: Composition) -> Iterator[Section]:
    """Blocks gathered under their headings; a heading with nothing under it is left out, the method has its own."""
    title, anchor, pieces = Wording("", teller.language), "opening", list[Piece]()
    for block in composition.blocks:
        if block.kind in (Kind.HEADING, Kind.METHOD):
            yield from _section(anchor, title, pieces, teller.language)
            title, pieces = teller.heading(block) or Wording("", teller.language), []
            anchor = "method" if block.kind is Kind.METHOD else f"part-{block.key}"
        if block.kind is Kind.METHOD:
            title = Wording(_("How these figures were made"), teller.language)
        if block.kind is not Kind.HEADING:
            piece = teller.piece(block)
            pieces += [piece] if piece else []
    yield from _section(anchor, title, pieces, teller.language)


def _section(anchor: str, title: Wording, pieces: list[Piece], language: str) -> Iterator[Section]:
    if pieces:
        lang = "" if title.language == language else title.language
        yield Section(anchor, title.text, tuple(_joined(pieces)), lang)


def _joined(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Charts that follow one another stand side by side, and so do questions and figures."""
    for kind, group in groupby(pieces, key=type):
        found = list(group)
        if kind is Charts:
            yield Charts(tuple(each for piece in found if isinstance(piece, Charts) for each in piece.exhibits))
        elif kind is Answers:
            yield Answers(tuple(each for piece in found if isinstance(piece, Answers) for each in piece.questions))
        elif kind is Findings:
            yield Findings(tuple(each for piece in found if isinstance(piece, Findings) for each in piece.headlines))
        else:
            yield from found


def usual_headings() -> dict[str, str]:
    """The headings of a report that composed itself, by what they stand above."""
    return {
        "where": _("Where participants live"),
        "people": _("Who registered"),
        "attendance": _("Who stayed to the end"),
        "audience": _("Who watched"),
        "findings": _("What they say"),
    }


def _notes(results: Results) -> Iterator[str]:
    """What holds for every figure."""
    if results.programme.is_synthetic:
        yield _(
            "The people in these figures are synthetic. A generator made them up so that the published figures of this "
            "programme can be computed again; they say nothing about real persons."
        )
    yield _("Registrations are counted of people who confirmed their address, have a seat and did not withdraw.")
    if any(session.present for session in results.agenda):
        yield attendance_note(results.threshold)
    if results.audience:
        yield _("Audiences are as counted by each platform and outlet: views, not people.")
    yield _(
        "Shares are of those who answered the question, counted in people. They are rounded half up to one decimal, "
        "means to two; rounded shares need not add up to 100%."
    )
    if results.smallest_cell:
        yield _(
            "So that nobody can be recognised, groups of fewer than %(k)s people are told together with others or not "
            "at all, and so is a survey that fewer than %(k)s people answered."
        ) % {"k": number_text(results.smallest_cell)}
    yield _(
        "Regions follow the standard country codes of the United Nations Statistics Division (M49). Names and dots on "
        "the map imply no opinion on the status of any territory."
    )
    yield _(
        "All figures were computed from the records when this edition was published, and frozen with it. Later changes "
        "appear in a later edition."
    )
