"""Whether the conditions of a survey can be decided: each asks about questions that exist and come before."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from surveys.expressions import Expression, ExpressionError, Fault, cycle_in, parse
from surveys.expressions.syntax import Junction, Node

UNSUPPORTED = frozenset({Fault.UNKNOWN_FUNCTION, Fault.CHOICE_NAME, Fault.PATH})
"""What is right in XLSForm and not known to Baraza."""


@dataclass(frozen=True)
class Asked:
    """A question or a group in the order of the survey. ``inside`` are the groups that it stands in, by name."""

    name: str
    relevant: str = ""
    constraint: str = ""
    inside: tuple[str, ...] = ()
    is_group: bool = False


def sentence_of(error: ExpressionError) -> str:
    """What is wrong with an expression, in the reader's language."""
    return _(error.template) % error.details


def expression_problem(text: str, *, is_constraint: bool = False) -> str:
    """Why an expression cannot be used; "" for one that can, and for none at all."""
    if not text.strip():
        return ""
    try:
        expression = parse(text)
    except ExpressionError as error:
        return sentence_of(error)
    if expression.uses_current and not is_constraint:
        return _("“.” stands for the answer to this very question, which is not given yet. Write ${name}.")
    return ""


def condition_problems(survey: Sequence[Asked]) -> list[tuple[str, str]]:
    """What is wrong between questions: the name of the question or group, and a sentence. Expressions must be readable."""
    found = list(unknown_names(survey))
    circle = cycle_in(inherited(survey))
    if circle and (len(circle) > 1 or circle[0] in dict(own_conditions(survey))[circle[0]].names):
        found.append((circle[0], circle_sentence(circle)))
        return found
    return found + list(forward_references(survey))


def circle_sentence(circle: Sequence[str]) -> str:
    """What to say of questions that wait for each other."""
    if len(circle) == 1:
        return _("The condition of “%(name)s” asks about “%(name)s” itself. Ask about an earlier question.") % {
            "name": circle[0]
        }
    return _(
        "These questions wait for each other, so that none can ever be shown: %(names)s. Change one condition."
    ) % {"names": " → ".join((*circle, circle[0]))}


def readable(text: str) -> Expression | None:
    """The expression; None where there is none, or none that can be read."""
    try:
        return parse(text) if text.strip() else None
    except ExpressionError:
        return None


def own_conditions(survey: Sequence[Asked]) -> Iterator[tuple[str, Expression]]:
    """The conditions under which each is shown, without those of the groups around it."""
    for asked in survey:
        expression = readable(asked.relevant)
        yield asked.name, expression or parse("true()")


def inherited(survey: Sequence[Asked]) -> Mapping[str, Expression]:
    """The conditions under which each question is shown, those of the groups around it included."""
    groups = {asked.name: asked.relevant for asked in survey if asked.is_group}
    found = {}
    for asked in survey:
        parts = [text for text in (*(groups.get(name, "") for name in asked.inside), asked.relevant) if readable(text)]
        if parts and not asked.is_group:
            found[asked.name] = Expression("", _joined(parts))
    return found


def _joined(parts: Sequence[str]) -> Node:
    return Junction("and", tuple(parse(part).root for part in parts))


def expressions(asked: Asked) -> Iterator[Expression]:
    """The condition and the check of one."""
    for text in (asked.relevant, asked.constraint):
        expression = readable(text)
        if expression:
            yield expression


def unknown_names(survey: Sequence[Asked]) -> Iterator[tuple[str, str]]:
    """References to questions that the survey does not have."""
    known = {asked.name for asked in survey if not asked.is_group}
    for asked in survey:
        for name in sorted({name for expression in expressions(asked) for name in expression.names} - known):
            yield (
                asked.name,
                _("“%(name)s” refers to ${%(other)s}, and there is no question of this name.")
                % {
                    "name": asked.name,
                    "other": name,
                },
            )


def forward_references(survey: Sequence[Asked]) -> Iterator[tuple[str, str]]:
    """References to questions that come later: the server decides page by page, from what has been answered."""
    place = {asked.name: number for number, asked in enumerate(survey) if not asked.is_group}
    for number, asked in enumerate(survey):
        names = {name for expression in expressions(asked) for name in expression.names}
        for name in sorted(name for name in names if place.get(name, -1) > number):
            yield (
                asked.name,
                _("“%(name)s” asks about “%(other)s”, which comes later. Move “%(other)s” before it.")
                % {
                    "name": asked.name,
                    "other": name,
                },
            )
