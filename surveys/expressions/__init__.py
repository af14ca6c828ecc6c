"""The language of conditions in XLSForm: the part of XPath that surveys need. It computes; it runs nothing.

>>> condition = parse("${age} >= 18 and selected(${topics}, 'trade')")
>>> is_true(condition, {"age": "30", "topics": "trade finance"}, today=dt.date(2026, 11, 22))
True
"""

from surveys.expressions.errors import ExpressionError, Fault
from surveys.expressions.evaluation import Answers, evaluate, is_true
from surveys.expressions.order import cycle_in, first_reference_forward, order_of
from surveys.expressions.parsing import parse
from surveys.expressions.syntax import Expression
from surveys.expressions.values import Value

__all__ = [
    "Answers",
    "Expression",
    "ExpressionError",
    "Fault",
    "Value",
    "cycle_in",
    "evaluate",
    "first_reference_forward",
    "is_true",
    "order_of",
    "parse",
]
