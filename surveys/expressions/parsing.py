"""From the text of an expression to its tree."""

import functools
from collections.abc import Callable
from decimal import Decimal

from surveys.expressions.errors import ExpressionError, Fault
from surveys.expressions.functions import ARGUMENTS
from surveys.expressions.patterns import compiled
from surveys.expressions.syntax import (
    MAX_DEPTH,
    MAX_LENGTH,
    Call,
    Current,
    Expression,
    Junction,
    Literal,
    Name,
    Negative,
    Node,
    Operation,
)
from surveys.expressions.tokens import Sort, Token, tokens

# From the operators that bind least to those that bind most.
LEVELS: tuple[frozenset[str], ...] = (
    frozenset({"or"}),
    frozenset({"and"}),
    frozenset({"=", "!="}),
    frozenset({"<", "<=", ">", ">="}),
    frozenset({"+", "-"}),
    frozenset({"*", "div", "mod"}),
)


@functools.lru_cache(maxsize=4096)
def parse(text: str) -> Expression:
    """Read an expression as XLSForm writes it. Raises ExpressionError for what is none, or is not supported."""
    if len(text) > MAX_LENGTH:
        raise ExpressionError(Fault.TOO_LONG, most=MAX_LENGTH)
    if not text.strip():
        raise ExpressionError(Fault.EMPTY)
    return Expression(text, Parser(list(tokens(text))).whole())


class Parser:
    """Reads the pieces from left to right."""

    def __init__(self, pieces: list[Token]) -> None:
        self.pieces = pieces
        self.place = 0
        self.depth = 0

    @property
    def next(self) -> Token:
        """The piece that is read next."""
        return self.pieces[self.place]

    def take(self) -> Token:
        """Read on."""
        self.place += 1
        return self.pieces[self.place - 1]

    def whole(self) -> Node:
        """The expression from its beginning to its end."""
        root = self.operations(0)
        if self.next.sort is not Sort.END:
            raise self.unexpected()
        return root

    def unexpected(self) -> ExpressionError:
        """What to say of the next piece where it does not belong."""
        piece = self.next
        if piece.sort is Sort.END:
            return ExpressionError(Fault.ENDS_EARLY, piece.position)
        return ExpressionError(Fault.EXPECTED, piece.position, piece.text)

    def deeper(self, read: Callable[[], Node]) -> Node:
        """Read something inside something else."""
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise ExpressionError(Fault.TOO_DEEP, self.next.position)
        found = read()
        self.depth -= 1
        return found

    def operations(self, level: int) -> Node:
        """Operands with operators of this level, or of one that binds more, between them."""
        if level == len(LEVELS):
            return self.operand()
        parts = [self.operations(level + 1)]
        operators = []
        while self.next.sort in (Sort.MARK, Sort.WORD) and self.next.text in LEVELS[level]:
            operators.append(self.take())
            parts.append(self.operations(level + 1))
        if operators and level < 2:
            return Junction(operators[0].text, tuple(parts))
        if len(operators) > MAX_DEPTH:
            raise ExpressionError(Fault.TOO_DEEP, operators[MAX_DEPTH].position)
        node = parts[0]
        for operator, right in zip(operators, parts[1:], strict=True):
            node = Operation(operator.text, node, right)
        return node

    def operand(self) -> Node:
        """A number, a text, a question, a call, something in brackets, or one of them with a minus."""
        piece = self.next
        if piece.sort is Sort.WORD:
            return self.call()
        if piece.sort is Sort.MARK and piece.text in "-(":
            self.take()
            return Negative(self.deeper(self.operand)) if piece.text == "-" else self.closed()
        if piece.sort is Sort.END or (piece.sort is Sort.MARK and piece.text != "."):
            raise self.unexpected()
        return simple(self.take())

    def closed(self) -> Node:
        """What stands in brackets, and the closing one."""
        inside = self.deeper(lambda: self.operations(0))
        self.expect(")")
        return inside

    def expect(self, mark: str) -> None:
        """Read this mark and nothing else."""
        if (self.next.sort, self.next.text) != (Sort.MARK, mark):
            raise self.unexpected()
        self.take()

    def call(self) -> Call:
        """A function with its arguments."""
        word = self.take()
        if self.next.text != "(" or self.next.sort is not Sort.MARK:
            raise ExpressionError(Fault.BARE_WORD, word.position, word.text)
        self.take()
        arguments: list[Node] = []
        while self.next.text != ")" or self.next.sort is not Sort.MARK:
            if arguments:
                self.expect(",")
            arguments.append(self.deeper(lambda: self.operations(0)))
        self.take()
        return checked(word, tuple(arguments))


def simple(piece: Token) -> Node:
    """A piece that stands for a value."""
    if piece.sort is Sort.NUMBER:
        return Literal(Decimal(piece.text))
    if piece.sort is Sort.TEXT:
        return Literal(piece.text)
    return Name(piece.text) if piece.sort is Sort.QUESTION else Current()


def checked(word: Token, arguments: tuple[Node, ...]) -> Call:
    """A call of a function that exists, with as many arguments as it takes."""
    if word.text == "jr:choice-name":
        raise ExpressionError(Fault.CHOICE_NAME, word.position)
    if word.text not in ARGUMENTS:
        raise ExpressionError(Fault.UNKNOWN_FUNCTION, word.position, word.text)
    least, most = ARGUMENTS[word.text]
    if not least <= len(arguments) <= most:
        raise ExpressionError(Fault.ARGUMENTS, word.position, word.text)
    if word.text == "regex":
        refuse_pattern(word, arguments[1])
    return Call(word.text, arguments)


def refuse_pattern(word: Token, pattern: Node) -> None:
    """Raise ExpressionError for a pattern that comes from an answer, and for one that cannot be used."""
    if not isinstance(pattern, Literal) or not isinstance(pattern.value, str):
        raise ExpressionError(Fault.PATTERN_NOT_FIXED, word.position)
    if compiled(pattern.value) is None:
        raise ExpressionError(Fault.PATTERN, word.position, pattern.value)
