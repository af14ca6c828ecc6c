"""An expression as a tree. Source of the grammar: XPath 1.0, chapter 3, without paths and predicates."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

MAX_LENGTH = 2_000  # characters
MAX_DEPTH = 40  # of brackets and calls inside one another, and of operations in a row that are no "and" and no "or"


@dataclass(frozen=True, slots=True)
class Literal:
    """A number or a text."""

    value: Decimal | str


@dataclass(frozen=True, slots=True)
class Name:
    """The answer to a question."""

    name: str


@dataclass(frozen=True, slots=True)
class Current:
    """The answer to the question that the expression belongs to."""


@dataclass(frozen=True, slots=True)
class Negative:
    """A number with its sign turned round."""

    operand: "Node"


@dataclass(frozen=True, slots=True)
class Operation:
    """A comparison or a calculation: one of = != < <= > >= + - * div mod."""

    operator: str
    left: "Node"
    right: "Node"


@dataclass(frozen=True, slots=True)
class Junction:
    """Two or more parts with "and" or "or" between them."""

    operator: str
    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Call:
    """A function and its arguments."""

    function: str
    arguments: tuple["Node", ...]


Node: TypeAlias = Literal | Name | Current | Negative | Operation | Junction | Call


def children(node: Node) -> tuple[Node, ...]:
    """The parts of a part."""
    match node:
        case Negative(operand):
            return (operand,)
        case Operation(_, left, right):
            return (left, right)
        case Junction(_, parts):
            return parts
        case Call(_, arguments):
            return arguments
    return ()


def walk(node: Node) -> Iterator[Node]:
    """A part and everything inside it."""
    waiting = [node]
    while waiting:
        yield (found := waiting.pop())
        waiting.extend(children(found))


@dataclass(frozen=True, slots=True)
class Expression:
    """An expression that can be evaluated: its text as it was written, and its tree."""

    text: str
    root: Node

    @property
    def names(self) -> frozenset[str]:
        """The questions that it refers to."""
        return frozenset(node.name for node in walk(self.root) if isinstance(node, Name))

    @property
    def uses_current(self) -> bool:
        """Whether it refers to the question that it belongs to, as constraints do."""
        return any(isinstance(node, Current) for node in walk(self.root))
