"""One person at one survey: what is answered so far, what is shown because of it, and where to go on."""

import datetime as dt
from collections.abc import Iterable, Mapping
from functools import cached_property

from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from surveys.actions import problem_of
from surveys.asking import layout_of
from surveys.encoding import encode_answer
from surveys.errors import Refused
from surveys.models import Question, Survey
from surveys.pages import Item, Page

TYPED = "typed"
SHOWN = "-shown"


class Sitting:
    """The survey must have been fetched with its questions.

    `kept` is what a draft holds: by a question's name the encoded answer, or ``{"typed": text}`` for what does not fit.
    `language` is how numbers are read and `today` the day that conditions mean.
    """

    def __init__(self, survey: Survey, kept: Mapping[str, object], *, language: str, today: dt.date) -> None:
        self.survey, self.language, self.today = survey, language, today
        self.questions = {question.name: question for question in survey.questions.all()}
        self.layout = layout_of(survey, today=today)
        self.answers: dict[str, str] = {}
        self.typed: dict[str, str] = {}
        for name, value in kept.items():
            self._take_back(name, value)

    def _take_back(self, name: str, value: object) -> None:
        """Put one kept answer where it belongs; what the survey does not ask any more, or not so, is left behind."""
        question = self.questions.get(name)
        if question is None:
            return
        if isinstance(value, dict):
            self.typed[name] = str(value.get(TYPED, ""))
        elif isinstance(value, str):
            self._encode(question, value, language="")

    def _encode(self, question: Question, raw: str, *, language: str) -> None:
        self.answers.pop(question.name, None)
        self.typed.pop(question.name, None)
        try:
            self.answers[question.name] = encode_answer(question, raw, language=language)
        except Refused:
            self.typed[question.name] = raw
        for outdated in ("shown", "pages", "_complete"):
            self.__dict__.pop(outdated, None)

    @cached_property
    def shown(self) -> frozenset[str]:
        """The names of what is shown."""
        return self.layout.shown(self.answers)

    @cached_property
    def all_pages(self) -> tuple[Page, ...]:
        """Every page of the survey."""
        return self.layout.pages()

    @cached_property
    def pages(self) -> list[Page]:
        """The pages on which something is shown now."""
        return [page for page in self.all_pages if any(item.name in self.shown for item in page.items)]

    def page(self, key: str) -> Page | None:
        """The page of that name, if it is shown."""
        return next((page for page in self.pages if page.key == key), None)

    def page_after(self, page: Page) -> Page | None:
        """The next page that is shown."""
        later = {each.key for each in self.all_pages[self.all_pages.index(page) + 1 :]}
        return next((each for each in self.pages if each.key in later), None)

    def page_before(self, page: Page) -> Page | None:
        """The page before that is shown."""
        earlier = {each.key for each in self.all_pages[: self.all_pages.index(page)]}
        return next((each for each in reversed(self.pages) if each.key in earlier), None)

    def take(self, page: Page, data: MultiValueDict[str, str]) -> list[Item]:
        """Take in what was sent of a page; returns what stands on it now and was not on the page that was sent.

        ``data["-shown"]`` has the names of what was on the page. Without it everything sent was, and what belongs to it.
        """
        stood = set(data.get(SHOWN, "").split())
        for item in page.items:
            if not item.is_note and (item.name in stood or item.name in data):
                question = self.questions[item.name]
                self._encode(question, typed_answer(question, data), language=self.language)
        if SHOWN not in data:
            self._take_as_left_out(page, data)
            return []
        return [
            item
            for item in self.layout.offered(page, self.shown)
            if not item.is_note and item.name not in stood and not self.is_known(item.name)
        ]

    def _take_as_left_out(self, page: Page, data: MultiValueDict[str, str]) -> None:
        for item in self.layout.offered(page, self.shown):
            if not item.is_note and item.name not in data:
                self._encode(self.questions[item.name], typed_answer(self.questions[item.name], data), language="")

    def is_known(self, name: str) -> bool:
        """Whether anything was sent for it, be it nothing."""
        return name in self.answers or name in self.typed

    def kept(self, items: Iterable[Item] | None = None) -> dict[str, object]:
        """What a draft holds of some items, or of all. A null character stays behind: PostgreSQL stores none."""
        names = self.questions if items is None else [item.name for item in items]
        typed = {name: {TYPED: self.typed[name].replace("\0", "")} for name in names if name in self.typed}
        return {**{name: self.answers[name] for name in names if name in self.answers}, **typed}

    def complete(self) -> dict[str, str]:
        """The answers to send in: those to what is shown."""
        return dict(self._complete)

    @cached_property
    def _complete(self) -> dict[str, str]:
        return {name: value for name, value in self.answers.items() if name in self.shown}

    def problem(self, item: Item) -> str:
        """Why what stands at an item cannot be sent in, in a sentence, or "". Of what nobody has seen yet it is "" too."""
        question = self.questions[item.name]
        if item.name in self.typed:
            return self._misfit(question)
        if item.name not in self.answers:
            return ""
        if item.name not in self.shown:
            return _orphan() if item.other_of and self.answers[item.name] else ""
        return problem_of(question, self.answers[item.name], self._complete, today=self.today)

    def _misfit(self, question: Question) -> str:
        try:
            encode_answer(question, self.typed[question.name], language=self.language)
        except Refused as reason:
            return str(reason)
        return _("Please look at this answer again.")

    def is_unfinished(self, page: Page) -> bool:
        """Whether something on the page has not been seen yet, or cannot be sent in as it is."""
        return any(
            self.problem(item) or (item.name in self.shown and not item.is_note and item.name not in self.answers)
            for item in self.layout.offered(page, self.shown)
        )

    def first_unfinished(self) -> Page | None:
        """Where to go on; None where everything can be sent in."""
        return next((page for page in self.pages if self.is_unfinished(page)), None)


def typed_answer(question: Question, data: MultiValueDict[str, str]) -> str:
    """What was sent for a question, as `encode_answer` takes it."""
    if question.kind == Question.Kind.RANK:
        prefix = f"{question.name}="
        places = ((value, data.get(prefix + value, "").strip()) for value in question.options)
        return " ".join(f"{value}={place}" for value, place in places if place) or " ".join(data.getlist(question.name))
    return " ".join(dict.fromkeys(data.getlist(question.name)))


def _orphan() -> str:
    return _("You wrote something here without choosing the option that it belongs to. Choose it, or empty this field.")
