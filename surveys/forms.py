"""One page of a survey as its template shows it: questions with what was answered, errors, and what ties them together."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from registrations.models import Told, Translated
from surveys.asking import OTHER_SUFFIX
from surveys.models import Choice, Question, Survey
from surveys.pages import Item, Page, Section
from surveys.sitting import Sitting

MOST_NUMBERS = 11
"""A longer scale is a field for a number."""
MOST_WORDED = 7
"""A longer scale shows its numbers only, with the labels of its ends above."""

ONE, SEVERAL, SCALE, RANK, NUMBER, DAY, LINE, TEXT, NOTE = (
    "one",
    "several",
    "scale",
    "rank",
    "number",
    "day",
    "line",
    "text",
    "note",
)
CHOOSING = frozenset({ONE, SEVERAL, SCALE})


def told_html(told: Told) -> SafeString:
    """A text; in another language than the page's it says which, and in what direction it is read."""
    if told.language == get_language():
        return format_html("{}", told.text)
    direction = "rtl" if told.is_rtl else "ltr"
    return format_html('<bdi lang="{}" dir="{}">{}</bdi>', told.language, direction, told.text)


@dataclass(frozen=True, slots=True)
class Option:
    """One thing to choose, or to rank: then `place` is what it was given."""

    value: str
    label: SafeString | str
    is_chosen: bool
    is_no_answer: bool = False
    place: str = ""


@dataclass(frozen=True)
class Entry:
    """One question on the page."""

    question: Question
    sitting: Sitting
    error: str

    @property
    def name(self) -> str:
        """What its fields are called."""
        return self.question.name

    @property
    def label(self) -> SafeString:
        """The question in the reader's language."""
        return told_html(self.question.told("label"))

    @property
    def hint(self) -> SafeString | str:
        """What helps to answer it, or nothing."""
        return told_html(self.question.told("hint")) if self.question.hint else ""

    @property
    def ends(self) -> SafeString | str:
        """What the ends of a scale of bare numbers mean."""
        labelled = [option for option in self._worded if str(option.label) != option.value]
        if self.widget != SCALE or not self.is_numbers or not labelled:
            return ""
        parts = [format_html("{} = {}", option.value, option.label) for option in labelled]
        return SafeString(" · ".join(parts))

    @property
    def is_required(self) -> bool:
        """Whether it must be answered."""
        return self.question.is_required

    @property
    def template(self) -> str:
        """The template that shows it."""
        return f"surveys/entries/{'choice' if self.widget in CHOOSING else self.widget}.html"

    @cached_property
    def widget(self) -> str:
        """How it is answered."""
        kinds = {
            Question.Kind.SELECT_MULTIPLE: SEVERAL,
            Question.Kind.RANK: RANK,
            Question.Kind.INTEGER: NUMBER,
            Question.Kind.DECIMAL: NUMBER,
            Question.Kind.DATE: DAY,
            Question.Kind.NOTE: NOTE,
        }
        if self.question.kind == Question.Kind.TEXT:
            return LINE if self.name.endswith(OTHER_SUFFIX) else TEXT
        if self.question.kind == Question.Kind.RATING:
            return SCALE if len(self.question.options) <= MOST_NUMBERS else NUMBER
        return kinds.get(Question.Kind(self.question.kind), ONE)

    @property
    def is_several(self) -> bool:
        """Whether several options may be chosen."""
        return self.widget == SEVERAL

    @property
    def css(self) -> str:
        """How its options stand."""
        if self.widget != SCALE:
            return ""
        return "numbers" if self.is_numbers else "scale"

    @property
    def is_numbers(self) -> bool:
        """Whether a scale shows bare numbers."""
        return len(self.question.options) > MOST_WORDED

    @property
    def described_by(self) -> str:
        """The ids of what describes its fields."""
        present = {"hint": self.hint, "ends": self.ends, "error": self.error}
        return " ".join(f"{self.name}-{part}" for part, text in present.items() if text)

    @property
    def first_id(self) -> str:
        """The id of its first field, where a link to it leads."""
        return f"{self.name}-0" if self.widget in CHOOSING or self.widget == RANK else f"{self.name}-field"

    @property
    def value(self) -> str:
        """What was typed or answered."""
        return self.sitting.typed.get(self.name, self.sitting.answers.get(self.name, ""))

    @property
    def said(self) -> str:
        """What was typed or answered, in words; nothing where nothing was."""
        if self.is_misfit or self.widget not in {*CHOOSING, RANK}:
            return self.value
        labels = {**self.question.options, **{each.value: each.text("label") for each in self.question.choices.all()}}
        return ", ".join(labels.get(value, value) for value in self.value.split())

    @property
    def is_misfit(self) -> bool:
        """Whether what was typed does not fit the question."""
        return self.name in self.sitting.typed

    @property
    def lowest(self) -> str:
        """The least value of a long scale."""
        return next(iter(self.question.options), "")

    @property
    def highest(self) -> str:
        """The greatest value of a long scale."""
        return next(reversed(self.question.options), "")

    @property
    def is_whole(self) -> bool:
        """Whether digits are all that is typed."""
        return self.question.kind == Question.Kind.INTEGER

    @cached_property
    def options(self) -> list[Option]:
        """What can be chosen. Where one option is chosen and none need be, "no answer" is the last one."""
        if self.widget == RANK:
            return self._ranked
        offered = self._worded
        if self.widget == SCALE:
            offered = [self._numbered(option) for option in offered]
        if self.widget in (ONE, SCALE) and not self.is_required:
            is_left_out = self.sitting.answers.get(self.name) == ""
            offered = [*offered, Option("", _("No answer"), is_left_out, is_no_answer=True)]
        return offered

    @cached_property
    def places(self) -> range:
        """The places of a ranking."""
        return range(1, len(self.question.options) + 1)

    @cached_property
    def _worded(self) -> list[Option]:
        chosen = self.value.split()
        choices = {choice.value: choice for choice in self.question.choices.all()}
        return [
            Option(value, _choice_label(choices.get(value), label), value in chosen)
            for value, label in self.question.options.items()
        ]

    @property
    def _ranked(self) -> list[Option]:
        given = self.value.split()
        places = {value: str(number) for number, value in enumerate(given, 1)}
        if any("=" in text for text in given):
            places = {value: place for value, _equals, place in (text.partition("=") for text in given)}
        return [
            Option(option.value, option.label, is_chosen=False, place=places.get(option.value, ""))
            for option in self._worded
        ]

    def _numbered(self, option: Option) -> Option:
        """A step of a scale: its number, with what it means where there is room for it."""
        if str(option.label) == option.value or self.is_numbers:
            return Option(option.value, option.value, option.is_chosen)
        return Option(option.value, format_html("{} – {}", option.value, option.label), option.is_chosen)


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
        error = self.sitting.problem(item) if self.complains and not item.is_note else ""
        return Entry(self.sitting.questions[item.name], self.sitting, error)

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


def _choice_label(choice: Choice | None, label: str | Promise) -> SafeString | str:
    """The label of an option; those of yes and no that nobody worded are in the page's language already."""
    return told_html(choice.told("label")) if choice else str(label)
