"""What an expression says of a set of answers."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from surveys.expressions.functions import FUNCTIONS
from surveys.expressions.syntax import Call, Current, Expression, Junction, Literal, Name, Negative, Node, Operation
from surveys.expressions.values import EXACT, NOT_A_NUMBER, Value, boolean, is_at_most, is_equal, is_less, number

Answers = Mapping[str, str | None]


def evaluate(expression: Expression, answers: Answers, current: str | None = None, *, today: dt.date) -> Value:
    """The value of an expression: a text, a number, a boolean or a day.

    ``answers`` maps names of questions to answers as they are stored. One that was declined (""), never shown (None)
    or is missing altogether is the empty text. ``current`` is what "." stands for.
    """
    return Evaluation(answers, current or "", today).value(expression.root)


def is_true(expression: Expression, answers: Answers, current: str | None = None, *, today: dt.date) -> bool:
    """As `evaluate`, taken as yes or no: an empty text, 0 and what is no number are no."""
    return boolean(evaluate(expression, answers, current, today=today))


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What names stand for."""

    answers: Answers
    current: str
    today: dt.date

    def value(self, node: Node) -> Value:
        """The value of a part."""
        match node:
            case Literal(value):
                return value
            case Name(name):
                return self.answers.get(name) or ""
            case Current():
                return self.current
            case Negative(operand):
                return EXACT.minus(number(self.value(operand)))
            case Operation(operator, left, right):
                return OPERATIONS[operator](self.value(left), self.value(right))
            case Junction(operator, parts):
                judge = all if operator == "and" else any
                return judge(boolean(self.value(part)) for part in parts)
        return self.called(node)

    def called(self, node: Call) -> Value:
        """The value of a function. Those that may leave arguments out, or need to know the day, are decided here."""
        arguments = node.arguments
        if node.function == "if":
            return self.value(arguments[1] if boolean(self.value(arguments[0])) else arguments[2])
        if node.function == "coalesce":
            return next((value for value in map(self.value, arguments) if value != ""), "")
        if node.function == "today":
            return self.today
        return FUNCTIONS[node.function]([self.value(argument) for argument in arguments])


def quotient(left: Value, right: Value) -> Value:
    """left div right; what is divided by nothing is no number, or an endless one."""
    return EXACT.divide(number(left), number(right))


def remainder(left: Value, right: Value) -> Value:
    """left mod right, with the sign of the left one, as XPath has it."""
    dividend, divisor = number(left), number(right)
    if not dividend.is_finite() or not divisor:
        return NOT_A_NUMBER
    return EXACT.remainder(dividend, divisor)


OPERATIONS: Mapping[str, Callable[[Value, Value], Value]] = {
    "=": is_equal,
    "!=": lambda left, right: not is_equal(left, right),
    "<": is_less,
    "<=": is_at_most,
    ">": lambda left, right: is_less(right, left),
    ">=": lambda left, right: is_at_most(right, left),
    "+": lambda left, right: EXACT.add(number(left), number(right)),
    "-": lambda left, right: EXACT.subtract(number(left), number(right)),
    "*": lambda left, right: EXACT.multiply(number(left), number(right)),
    "div": quotient,
    "mod": remainder,
}
