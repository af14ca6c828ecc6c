"""One page of a survey as its template shows it: questions with what was answered, errors, and what ties them together."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from django.utils.safestring import SafeString

from registrations.models import Translated
from surveys.entries import CHOOSING, NOTE, Entry, Option, told_html
from surveys.models import Question, Survey
from surveys.pages import Item, Page, Section
from surveys.sitting import Sitting


@dataclass(frozen=True)
class Block:
    """Entries of the same group. In a matrix all of them offer the same, and each is a row."""

    heading: SafeString | str
    entries: list[Entry]
    is_matrix: bool

    @property
    def columns(self) -> list[Option]:
        """What every row of a matrix offers; "no answer" where one row may be left out."""
        return max((entry.options for entry in self.entries), key=len)


@dataclass(frozen=True)
class PageForm:
    """A page with its errors, which stay silent before anything was sent."""

    sitting: Sitting
    page: Page
    complains: bool = False

    @cached_property
    def entries(self) -> list[Entry]:
        """Everything on the page, in its order."""
        return [self._entry(item) for item in self.sitting.layout.offered(self.page, self.sitting.shown)]

    @property
    def errors(self) -> list[Entry]:
        """The entries that something is wrong with."""
        return [entry for entry in self.entries if entry.error]

    @property
    def names(self) -> str:
        """What is asked on this page, sent along with the answers: a field left empty was seen."""
        return " ".join(entry.name for entry in self.entries if entry.widget != NOTE)

    @property
    def blocks(self) -> list[Block]:
        """The entries by group."""
        section_of = {item.name: self._section(item) for item in self.page.items}
        return [
            block
            for section, run in groupby(self.entries, key=lambda entry: section_of[entry.name])
            for block in _blocks(self._heading(section), section, list(run))
        ]

    def _entry(self, item: Item) -> Entry:
        problem = self.sitting.problem(item) if self.complains and not item.is_note else ""
        question = self.sitting.questions[item.name]
        return Entry(question, self.sitting, _own_words(question, problem))

    def _section(self, item: Item) -> Section | None:
        path = self.sitting.layout.path(item)
        return path[-1] if path else None

    def _heading(self, section: Section | None) -> SafeString | str:
        group = next(
            (group for group in self.sitting.survey.groups.all() if section and group.name == section.name), None
        )
        return told_html(group.told("label")) if group and group.label else ""


def survey_languages(survey: Survey) -> list[str]:
    """The languages of a survey fetched with its questions: the original's and those that a question is told in."""
    rows: Iterable[Translated] = survey.questions.all()
    told = {code for row in rows for code, texts in row.translations.items() if texts and texts.get("label")}
    return [survey.language, *sorted(told - {survey.language})]


def _blocks(heading: SafeString | str, section: Section | None, entries: list[Entry]) -> list[Block]:
    """A group of entries: its notes, then its matrix where the rows allow for one, else one after the other."""
    rows = [entry for entry in entries if entry.widget != NOTE]
    offers = {tuple(option.value for option in entry.options if not option.is_no_answer) for entry in rows}
    is_matrix = bool(
        section and section.is_matrix and {entry.widget for entry in rows} <= CHOOSING and len(offers) == 1
    )
    if not is_matrix or len({entry.is_several for entry in rows}) > 1:
        return [Block(heading, entries, is_matrix=False)]
    notes = [entry for entry in entries if entry.widget == NOTE]
    before = [Block(heading, notes, is_matrix=False)] if notes else []
    return [*before, Block("" if notes else heading, rows, is_matrix=True)]


def _own_words(question: Question, problem: str) -> SafeString | str:
    """The sentence about a problem; where it is the author's, in what language it is."""
    own = [question.told(name) for name in ("required_message", "constraint_message")]
    return next((told_html(told) for told in own if problem and told.text == problem), problem)
