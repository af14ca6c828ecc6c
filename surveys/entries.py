"""One question of a survey as its template shows it: what can be answered, what was, and what describes it."""

from dataclasses import dataclass
from functools import cached_property

from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from registrations.models import Told
from surveys.encoding import MOST_STEPS_SHOWN
from surveys.models import Choice, Question
from surveys.sitting import Sitting

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
    error: SafeString | str

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
        """From where to where a long scale goes, or what the labelled steps of one with bare numbers mean."""
        if self.widget == NUMBER and self.question.options:
            return _("From %(lowest)s to %(highest)s.") % {"lowest": self.lowest, "highest": self.highest}
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
    def is_beside(self) -> bool:
        """Whether it says more about an option of the question before it."""
        return any(item.name == self.name and item.other_of for item in self.sitting.layout.items)

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
            return LINE if self.is_beside else TEXT
        if self.question.kind == Question.Kind.RATING:
            return SCALE if len(self.question.options) <= MOST_STEPS_SHOWN else NUMBER
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
        """What can be chosen. Where one option is chosen and none need be, "no answer" is the last one, to take it back.

        That one is never chosen beforehand: nobody said so.
        """
        if self.widget == RANK:
            return self._ranked
        offered = self._worded
        if self.widget == SCALE:
            offered = [self._numbered(option) for option in offered]
        if self.widget in (ONE, SCALE) and not self.is_required:
            offered = [*offered, Option("", _("No answer"), is_chosen=False, is_no_answer=True)]
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


def _choice_label(choice: Choice | None, label: str | Promise) -> SafeString | str:
    """The label of an option; those of yes and no that nobody worded are in the page's language already."""
    return told_html(choice.told("label")) if choice else str(label)
