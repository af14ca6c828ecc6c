"""A survey as it is asked: its layout from its rows, and what the conditions of its questions say."""

import datetime as dt
import functools
from collections.abc import Mapping

from surveys.expressions import Expression, ExpressionError, is_true, parse
from surveys.models import Question, Survey
from surveys.pages import Answers, Condition, Item, Layout, Section

FIELD_LIST, TABLE_LIST = "field-list", "table-list"
OTHER_SUFFIX = "_other"


def layout_of(survey: Survey, *, today: dt.date) -> Layout:
    """The layout of a survey that was fetched with its questions. `today` is what conditions call today."""
    names = {group.pk: group.name for group in survey.groups.all()}
    sections = {
        group.name: Section(
            group.name,
            names.get(group.parent_id or 0, ""),
            is_page=FIELD_LIST in group.appearance.split(),
            is_matrix=TABLE_LIST in group.appearance.split(),
            is_relevant=condition_of(group.relevant, today),
        )
        for group in survey.groups.all()
    }
    others = _others(survey)
    items = tuple(
        Item(
            question.name,
            names.get(question.group_id or 0, ""),
            is_note=question.kind == Question.Kind.NOTE,
            is_relevant=condition_of(question.relevant, today),
            other_of=others.get(question.name) if question.kind == Question.Kind.TEXT else None,
        )
        for question in survey.questions.all()
    )
    return Layout(items, sections, is_one_page=survey.kind == Survey.Kind.SESSION_PULSE)


def condition_of(text: str, today: dt.date) -> Condition | None:
    """The condition as a function of the answers; None where there is none."""
    expression = parsed(text)
    if expression is None:
        return None
    return lambda answers: is_true(expression, answers, today=today)


def is_accepted(question: Question, value: str, answers: Mapping[str, str], *, today: dt.date) -> bool:
    """Whether the question's own condition accepts a value; nothing is asked of an empty one."""
    expression = parsed(question.constraint) if value else None
    return expression is None or is_true(expression, answers, value, today=today)


@functools.lru_cache(maxsize=2_000)
def parsed(text: str) -> Expression | None:
    """The expression, or None for an empty one.

    One that cannot be read is as good as none: its author is told on the page where it is written, and people who answer
    shall not be kept from it by somebody else's mistake.
    """
    try:
        return parse(text) if text.strip() else None
    except ExpressionError:
        return None


def effective(layout: Layout, answers: Answers) -> dict[str, str]:
    """The answers to what is shown with these answers."""
    shown = layout.shown(answers)
    return {name: value for name, value in answers.items() if name in shown}


def _others(survey: Survey) -> dict[str, tuple[str, str]]:
    """By the name of a text: the question and the value of its option "other" that the text says more about."""
    return {
        question.name + OTHER_SUFFIX: (question.name, choice.value)
        for question in survey.questions.all()
        for choice in question.choices.all()
        if choice.is_other
    }
