"""The pieces that a results report is told in, as plain values: sections, and what stands in them."""

from dataclasses import dataclass
from typing import ClassVar

from reports.exhibits import Exhibit
from reports.method import Item
from reports.places import Places
from reports.prose import Passage
from reports.summary import Sentence
from reports.survey_telling import ToldBase, ToldQuestion
from reports.wording_list import AskedSurvey


@dataclass(frozen=True, slots=True)
class Headline:
    """A number that stands out, with what it counts and over what."""

    id: str
    number: str
    what: str
    beside: str = ""


@dataclass(frozen=True, slots=True)
class Headlines:
    """Numbers side by side."""

    headlines: tuple[Headline, ...]
    template: ClassVar[str] = "reports/piece_headlines.html"


@dataclass(frozen=True, slots=True)
class Findings:
    """Figures that an organiser picked, each with a line of words."""

    headlines: tuple[Headline, ...]
    template: ClassVar[str] = "reports/piece_findings.html"


@dataclass(frozen=True, slots=True)
class Prose:
    """An organiser's words. `is_fallback`: they are not in the reader's language."""

    passages: tuple[Passage, ...]
    language: str
    language_name: str
    is_fallback: bool
    template: ClassVar[str] = "reports/piece_prose.html"


@dataclass(frozen=True, slots=True)
class Summary:
    """The results in a few sentences."""

    sentences: tuple[Sentence, ...]
    template: ClassVar[str] = "reports/piece_summary.html"


@dataclass(frozen=True, slots=True)
class Geography:
    """Where participants live."""

    places: Places
    template: ClassVar[str] = "reports/piece_places.html"
    is_wide: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class Charts:
    """Charts side by side."""

    exhibits: tuple[Exhibit, ...]
    template: ClassVar[str] = "reports/piece_charts.html"


@dataclass(frozen=True, slots=True)
class SurveyBase:
    """How a survey's valid responses came about."""

    base: ToldBase
    smallest_cell: int
    template: ClassVar[str] = "reports/piece_base.html"
    is_wide: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class Answers:
    """Questions side by side."""

    questions: tuple[ToldQuestion, ...]
    template: ClassVar[str] = "reports/piece_answers.html"
    is_wide: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class Method:
    """How the figures were made: what holds for all of them, the eleven items, and every question as it was asked."""

    notes: tuple[str, ...]
    items: tuple[Item, ...]
    asked: tuple[AskedSurvey, ...]
    template: ClassVar[str] = "reports/piece_method.html"


Piece = Headlines | Findings | Prose | Summary | Geography | Charts | SurveyBase | Answers | Method


@dataclass(frozen=True, slots=True)
class Section:
    """Pieces under a heading; the first section of a report may have none. `lang` where it is not the reader's."""

    id: str
    title: str
    pieces: tuple[Piece, ...]
    lang: str = ""

    @property
    def is_wide(self) -> bool:
        """Whether it needs the whole width of the page."""
        return any(getattr(piece, "is_wide", False) for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class Page:
    """Everything that a report shows."""

    title: str
    dates: str
    is_synthetic: bool
    sections: tuple[Section, ...]
    smallest_cell: int

    @property
    def opening(self) -> tuple[Piece, ...]:
        """What stands above the first heading."""
        return tuple(piece for section in self.sections if not section.title for piece in section.pieces)

    @property
    def chapters(self) -> tuple[Section, ...]:
        """What stands under headings."""
        return tuple(section for section in self.sections if section.title)
